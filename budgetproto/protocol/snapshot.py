"""PURE: the frozen facts of one sitting that a protocol is made of, taken from all rooms at one moment."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from budgetproto.disputes.options.explanation.sections import Section
from budgetproto.disputes.parameters.prices import Prices
from budgetproto.i18n.languages import NO_NAME, Named, Points, Words
from budgetproto.money import Som, Unit
from budgetproto.protocol.answers import Answer
from budgetproto.protocol.correction import Correction
from budgetproto.protocol.fixed_terms import Rule, Terms
from budgetproto.protocol.group_limits import GroupShare
from budgetproto.protocol.need_caps import NeedCap
from budgetproto.protocol.open_places import OpenPlaces
from budgetproto.protocol.option_parts import Lifted, PerResident, Served
from budgetproto.protocol.participation import Participation
from budgetproto.protocol.trial_votes import TrialVote, UnderTerms

Side = Literal["government", "lsg"]
Measure = Literal["amount", "percentage", "yes_no", "text"]
Outcome = Literal["agreed", "partly_agreed", "not_agreed", "referred"]
Group = Literal["member", "government", "lsg", "invited"]
OpinionKind = Literal["opinion", "dissent"]
SigningRole = Literal["chair", "government", "lsg", "secretary"]
Signing = Literal["open", "signed", "signed_with_remarks", "refused", "absent"]
#: How an answer was confirmed: with the second factor, with the password alone; absence is no confirmation.
SigningWay = Literal["", "second_factor", "password"]
#: How far the signature of the service reaches (PAdES): alone, with a time stamp, with long-term data.
Level = Literal["B-B", "B-T", "B-LTA"]

#: What a side states on a line: an amount, whole hundredths of a percentage point, yes or no, or a text;
#: `None` is no position and never the same as zero. The line's measure says which it is.
Figure = Som | int | bool | Words | None

#: What a sentence may carry in its places.
Value = Som | int | Fraction | Points | date | datetime | Named | str | None


@dataclass(frozen=True)
class Sentence:
    """A sentence of a catalogue with its values: language-free until it is printed."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True)
class Body:
    """A committee, a parliament, a delegation: its name is a setting, `source` says where it comes from."""

    name: Named
    source: Named = NO_NAME


@dataclass(frozen=True)
class DraftBudget:
    """The draft budget the sides differ on."""

    title: Named
    reference: str = ""
    submitted: date | None = None


SittingKind = Literal["conciliation", "committee", "joint", "hearing", "plenary"]


@dataclass(frozen=True)
class Sitting:
    """The identity of the sitting; `code` is its public number, `unit` what amounts are shown in."""

    code: str
    title: Named
    budget_year: int
    parliament: Body
    committee: Body
    place: Named
    held_on: date | None
    started: datetime | None
    ended: datetime | None
    draft_budget: DraftBudget
    unit: Unit
    currency: Named
    illustrative: bool = False
    notes: tuple[Named, ...] = ()
    kind: SittingKind = "conciliation"


@dataclass(frozen=True)
class Mandate:
    """Who speaks for a party, by which document, from and to which day."""

    person: str
    role: Named = NO_NAME
    document: Named = NO_NAME
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Party:
    """A body with a mandate on one side; `code` joins it to its positions."""

    code: str
    side: Side
    name: Named
    mandates: tuple[Mandate, ...] = ()


@dataclass(frozen=True)
class Attendee:
    """A person who was expected: present or absent, with the reason of an absence."""

    group: Group
    name: str
    role: Named = NO_NAME
    body: Named = NO_NAME
    mandate: Named = NO_NAME
    present: bool = True
    reason: Named = NO_NAME


@dataclass(frozen=True)
class Attendance:
    """Committee members in all and present, the quorum (a setting with its source), and the people."""

    members_total: int
    members_present: int
    quorum: int | None
    quorum_source: Named = NO_NAME
    people: tuple[Attendee, ...] = ()
    chair: str = ""
    secretary: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class Speech:
    """What one person reported or said, in short."""

    speaker: str
    role: Named
    words: Words


@dataclass(frozen=True)
class AgendaItem:
    """One question of the agenda: who was heard, who spoke, what was decided on the item as a whole."""

    number: int
    title: Named
    heard: tuple[Speech, ...] = ()
    spoke: tuple[Speech, ...] = ()
    decided: Words | None = None


@dataclass(frozen=True)
class Base:
    """A side's base figure (last year, submitted draft ...) with its source and the date of the data."""

    side: Side
    figure: Figure
    source: Named = NO_NAME
    illustrative: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class Known:
    """A figure known before the sitting that belongs to no side: approved last year, executed."""

    figure: Figure
    source: Named = NO_NAME
    illustrative: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class Attempt:
    """A step taken to settle the line before the sitting; `by` names who acted, `figure` what was offered."""

    on: date | None
    words: Words
    source: Named = NO_NAME
    kind: str = ""
    by: Named = NO_NAME
    figure: Figure = None


@dataclass(frozen=True)
class Position:
    """What one party states on one line; `instrument` is a message key (grant, loan, tranche) or empty."""

    party: str
    figure: Figure = None
    instrument: str = ""
    timing: Words | None = None
    rationale: Words | None = None
    speaker: str = ""
    legal_basis: Named = NO_NAME
    source: Named = NO_NAME
    source_date: date | None = None
    vulnerable_groups: Words | None = None
    illustrative: bool = False
    late_round: bool = False
    priority: int = 0


@dataclass(frozen=True)
class LineOption:
    """The balanced option of one line as the stored option version has it; nothing here is computed again.

    `claim` and `granted` are money on the scale of the envelope, `rate` the share of the gap that is closed,
    `reason` the reason code. `party` names whose figure it answers when the LSG side is divided.
    """

    figure: Figure
    claim: Som | None = None
    granted: Som | None = None
    rate: Fraction | None = None
    reason: str = ""
    sentences: tuple[Sentence, ...] = ()
    midpoint: Figure = None
    party: str = ""


@dataclass(frozen=True)
class Votes:
    """Votes of the committee members on one line."""

    for_: int
    against: int
    abstained: int


@dataclass(frozen=True)
class Decision:
    """What the chair proposed with reason, how the members voted, what was decided."""

    proposed: Figure = None
    proposed_reason: Words | None = None
    decided: Figure = None
    instrument: str = ""
    votes: Votes | None = None
    outcome: Outcome | None = None
    note: Words | None = None
    illustrative: bool = False


@dataclass(frozen=True)
class Line:
    """One contested line with everything stated, computed and decided on it.

    `lead_government` and `lead_lsg` are the codes of the parties whose figures count, empty when there is
    none (`lsg_divided`: the associations state different figures and none leads). `money_base` is what a
    percentage is taken of; `cost_sign` is -1 when a higher figure saves the State money. `region` is the
    oblast or republican city that the territory lies in, empty where the line has no one territory.
    """

    number: int
    title: Named
    kind: Named
    legal_basis: Named
    territory: Named
    year: int
    measure: Measure
    recurring: bool = False
    history: tuple[Attempt, ...] = ()
    bases: tuple[Base, ...] = ()
    approved_last_year: Known | None = None
    executed: Known | None = None
    documented_need: Known | None = None
    money_base: Som | None = None
    cost_sign: Literal[1, -1] = 1
    floor: Figure = None
    cap: Figure = None
    protected: bool = False
    lead_government: str = ""
    lead_lsg: str = ""
    lsg_divided: bool = False
    positions: tuple[Position, ...] = ()
    option: LineOption | None = None
    divided_options: tuple[LineOption, ...] = ()
    decision: Decision | None = None
    region: Named = NO_NAME
    territory_code: str = ""
    budget_code: str = ""
    limit_basis: str = ""
    #: The parameter of a model that the line is about, its set and year, and what figures of it are.
    parameter: Named = NO_NAME
    #: What the parties answer to the option; empty before the session, and where answers were not kept yet.
    answers: tuple[Answer, ...] = ()
    #: What each value of that parameter costs, where its money follows it in no one proportion.
    prices: Prices | None = None


@dataclass(frozen=True)
class Opinion:
    """An association's opinion or a dissent, on the whole or on one line."""

    kind: OpinionKind
    author: Named
    words: Words
    person: str = ""
    line: int | None = None


@dataclass(frozen=True)
class OptionVersion:
    """Which version of the option the lines carry, with its general sentences and engine version."""

    version: int
    rule: str
    engine: str
    rate: Fraction | None = None
    computed_at: datetime | None = None
    sentences: tuple[Sentence, ...] = ()
    emergency: tuple[Served, ...] = ()
    groups: tuple[GroupShare, ...] = ()
    recipients: tuple[Lifted, ...] = ()
    per_resident: PerResident | None = None
    caps: tuple[NeedCap, ...] = ()
    explained: tuple[Section, ...] = ()
    #: The number of the vote by which a trial became this version; None where it follows the terms.
    vote: int | None = None
    under_terms: tuple[UnderTerms, ...] = ()


@dataclass(frozen=True)
class Signatory:
    """A place in the signature block, of the account `person` where it has one, and what became of it."""

    role: SigningRole
    name: str = ""
    position: Named = NO_NAME
    body: Named = NO_NAME
    state: Signing = "open"
    remark: Words | None = None
    at: datetime | None = None
    way: SigningWay = ""
    #: When and why it was refused before it was signed.
    refused_at: datetime | None = None
    refused_words: Words | None = None
    person: str = ""


@dataclass(frozen=True)
class Head:
    """The head of the sitting's journal at the snapshot: hash (hex), number and time of the event."""

    digest: str
    sequence: int
    at: datetime


@dataclass(frozen=True)
class Snapshot:
    """All of it; `number` is the protocol's number, `None` while it is a draft; `replaces` the one before."""

    sitting: Sitting
    parties: tuple[Party, ...]
    attendance: Attendance
    terms: Terms
    lines: tuple[Line, ...]
    head: Head
    number: str | None = None
    replaces: str | None = None
    agenda: tuple[AgendaItem, ...] = ()
    option: OptionVersion | None = None
    opinions: tuple[Opinion, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    state_language_source: Named = NO_NAME
    trial_votes: tuple[TrialVote, ...] = ()
    #: The fingerprint of the text that was laid out and confirmed; empty where none was.
    signed_text: str = ""
    legal_basis: Rule | None = None
    appeal: Rule | None = None
    settings: tuple[Rule, ...] = ()
    issued_open: OpenPlaces | None = None
    #: Address of the page on which anybody checks the file; empty where the service has no public address.
    verify_at: str = ""
    #: How far the service signed the files; None for a draft and where the service has no key.
    service_level: Level | None = None
    correction: Correction | None = None
    #: The associations' part in the questions of the agenda; None where the sitting has no such duty.
    participation: Participation | None = None

    @property
    def adopted(self) -> TrialVote | None:
        """The trial that the committee made the option; None where it follows the terms."""
        number = self.option.vote if self.option else None
        return next((each for each in self.trial_votes if each.number == number), None)
