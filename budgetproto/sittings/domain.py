"""PURE: the life of a sitting as a state machine, who may do what in it, and its terms."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from budgetproto.accounts.domain import Party, Role, Side
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n.languages import Named, Sentence
from budgetproto.money import Som, Unit
from budgetproto.sittings.groups import GroupLimit
from budgetproto.sittings.kinds import SittingKind
from budgetproto.sittings.pinned import Pinned


class Stage(StrEnum):
    """Where a sitting stands."""

    PREPARING = "preparing"
    COLLECTING = "collecting"
    OPENED = "opened"
    IN_SESSION = "in_session"
    DECIDED = "decided"
    ISSUED = "issued"
    ARCHIVED = "archived"


#: From the end of the session on there is something to follow; before, decisions can still change.
AFTER_SESSION: Final = frozenset({Stage.DECIDED, Stage.ISSUED, Stage.ARCHIVED})


class Act(StrEnum):
    """Everything somebody can do in a sitting; each is a named permission."""

    SEE = "see"
    PREPARE = "prepare"
    ENTER_MANDATE = "enter_mandate"
    EXTEND_DEADLINE = "extend_deadline"
    SET_AGENDA = "set_agenda"
    START_COLLECTING = "start_collecting"
    ACKNOWLEDGE_TERMS = "acknowledge_terms"
    FIX_TERMS = "fix_terms"
    FILE_POSITION = "file_position"
    DECLARE_FINAL = "declare_final"
    OPEN = "open"
    READ_OPENED = "read_opened"
    PUBLISH_OPTION = "publish_option"
    START_SESSION = "start_session"
    RECORD = "record"
    RESPOND = "respond"
    PROPOSE = "propose"
    GIVE_OPINION = "give_opinion"
    ENTER_PARTICIPATION = "enter_participation"
    WAIVE_PARTICIPATION = "waive_participation"
    CLOSE_SESSION = "close_session"
    LAY_OUT = "lay_out"
    ISSUE = "issue"
    CORRECT = "correct"
    DROP_CORRECTION = "drop_correction"
    ATTACH_SCAN = "attach_scan"
    ENTER_FOLLOW_UP = "enter_follow_up"
    ENTER_EXECUTED = "enter_executed"
    TRANSMIT = "transmit"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    GO_BACK = "go_back"


#: Who may do what by role; delegates of a party have the acts of `_DELEGATE` besides.
_BY_ROLE: Final[dict[Role, frozenset[Act]]] = {
    Role.SECRETARY: frozenset(Act)
    - {Act.ACKNOWLEDGE_TERMS, Act.FILE_POSITION, Act.DECLARE_FINAL}
    - {Act.RESPOND, Act.PROPOSE, Act.GIVE_OPINION, Act.WAIVE_PARTICIPATION},
    Role.CHAIR: frozenset({Act.SEE, Act.READ_OPENED, Act.PROPOSE, Act.GIVE_OPINION})
    | {Act.WAIVE_PARTICIPATION, Act.CLOSE_SESSION, Act.ISSUE, Act.PUBLISH},
    Role.MEMBER: frozenset({Act.SEE, Act.READ_OPENED, Act.GIVE_OPINION}),
    Role.ANALYST: frozenset({Act.SEE, Act.READ_OPENED, Act.ENTER_EXECUTED}),
    Role.OBSERVER: frozenset({Act.SEE, Act.READ_OPENED}),
    Role.ADMINISTRATOR: frozenset(),
}
_DELEGATE: Final = frozenset(
    {
        Act.SEE,
        Act.ACKNOWLEDGE_TERMS,
        Act.FILE_POSITION,
        Act.DECLARE_FINAL,
        Act.READ_OPENED,
        Act.RESPOND,
        Act.GIVE_OPINION,
    }
)

#: The only steps there are, each with its permission.
STEPS: Final[dict[tuple[Stage, Stage], Act]] = {
    (Stage.PREPARING, Stage.COLLECTING): Act.START_COLLECTING,
    (Stage.COLLECTING, Stage.OPENED): Act.OPEN,
    (Stage.OPENED, Stage.IN_SESSION): Act.START_SESSION,
    (Stage.IN_SESSION, Stage.DECIDED): Act.CLOSE_SESSION,
    (Stage.DECIDED, Stage.ISSUED): Act.ISSUE,
    (Stage.ISSUED, Stage.ARCHIVED): Act.ARCHIVE,
    # what was issued stays: from here another protocol is issued, which replaces it
    (Stage.ISSUED, Stage.DECIDED): Act.CORRECT,
    (Stage.ARCHIVED, Stage.DECIDED): Act.CORRECT,
    (Stage.IN_SESSION, Stage.OPENED): Act.GO_BACK,
    (Stage.DECIDED, Stage.IN_SESSION): Act.GO_BACK,
}

#: The stages in which an act is possible at all; an act not named here is possible in every stage.
_WHEN: Final[dict[Act, frozenset[Stage]]] = {
    Act.PREPARE: frozenset({Stage.PREPARING}),
    Act.EXTEND_DEADLINE: frozenset({Stage.COLLECTING}),
    Act.SET_AGENDA: frozenset({Stage.PREPARING, Stage.COLLECTING, Stage.OPENED, Stage.IN_SESSION}),
    Act.ACKNOWLEDGE_TERMS: frozenset({Stage.PREPARING, Stage.COLLECTING}),
    Act.FIX_TERMS: frozenset({Stage.PREPARING, Stage.COLLECTING}),
    # a line's second term may run on into the session, which begins with the lines that are open
    Act.FILE_POSITION: frozenset({Stage.COLLECTING, Stage.OPENED, Stage.IN_SESSION}),
    Act.OPEN: frozenset({Stage.COLLECTING, Stage.OPENED, Stage.IN_SESSION}),
    Act.DECLARE_FINAL: frozenset({Stage.COLLECTING}),
    Act.READ_OPENED: frozenset({Stage.OPENED, Stage.IN_SESSION, Stage.DECIDED, Stage.ISSUED, Stage.ARCHIVED}),
    Act.PUBLISH_OPTION: frozenset({Stage.OPENED, Stage.IN_SESSION}),
    Act.RESPOND: frozenset({Stage.IN_SESSION}),
    Act.RECORD: frozenset({Stage.OPENED, Stage.IN_SESSION}),
    Act.PROPOSE: frozenset({Stage.OPENED, Stage.IN_SESSION}),
    # an opinion given after the decision would move the journal under a protocol about to be issued
    Act.GIVE_OPINION: frozenset({Stage.OPENED, Stage.IN_SESSION}),
    Act.ENTER_PARTICIPATION: frozenset(Stage) - {Stage.ISSUED, Stage.ARCHIVED},
    Act.CORRECT: frozenset({Stage.ISSUED, Stage.ARCHIVED}),
    **dict.fromkeys(
        (Act.WAIVE_PARTICIPATION, Act.LAY_OUT, Act.ISSUE, Act.DROP_CORRECTION), frozenset({Stage.DECIDED})
    ),
    Act.ENTER_FOLLOW_UP: AFTER_SESSION,
    Act.ENTER_EXECUTED: AFTER_SESSION,
    Act.ATTACH_SCAN: frozenset({Stage.ISSUED, Stage.ARCHIVED}),
    Act.TRANSMIT: frozenset({Stage.ISSUED, Stage.ARCHIVED}),
    # a protocol that is being corrected is published still, and may have to be withdrawn
    Act.PUBLISH: frozenset(Stage) - {Stage.PREPARING, Stage.COLLECTING},
}


class StepNotAllowed(Refused):
    """The life of a sitting has no such step."""

    message_key = "sittings.no_such_step"


class WrongStage(Refused):
    """The act belongs to another stage of the sitting."""

    message_key = "sittings.wrong_stage"


class NotYours(NotPermitted):
    """Neither a role nor a mandate of this person allows the act."""

    message_key = "sittings.not_yours"


@dataclass(frozen=True)
class Sitting:
    """The identity of a sitting and where it stands; `deadline` is an instant in UTC."""

    id: str
    number: str
    title: Named
    draft_budget: Named
    draft_reference: str
    draft_submitted: date | None
    budget_year: int
    place: Named
    held_on: date | None
    stage: Stage
    deadline: datetime
    unit: Unit
    currency: Named
    illustrative: bool
    note: Named
    opened_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    terms_version: int | None
    version: int
    #: The sitting of an earlier year that this one was made from.
    cloned_from: str | None = None
    kind: SittingKind = SittingKind.CONCILIATION


class MandatePart(StrEnum):
    """What a delegate does in his party's filing."""

    AUTHOR = "author"
    APPROVER = "approver"
    BOTH = "both"

    @property
    def writes(self) -> bool:
        """Tell whether he writes positions."""
        return self is not MandatePart.APPROVER

    @property
    def approves(self) -> bool:
        """Tell whether he lets positions be filed."""
        return self is not MandatePart.AUTHOR


@dataclass(frozen=True)
class Mandate:
    """A person's right to speak for a party in one sitting, by a document, for some days.

    Revoked, it holds no more from that day on; the record of it stays.
    """

    person: str
    person_name: str
    party: str
    capacity: Named
    document: Named
    valid_from: date | None
    valid_to: date | None
    part: MandatePart = MandatePart.BOTH
    revoked_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the mandate is valid on a day; an open end is open."""
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return not revoked and (self.valid_from or day) <= day <= (self.valid_to or day)

    def ends_before(self, day: date) -> bool:
        """Tell whether the mandate will have ended before a day."""
        return self.revoked_on is not None or (self.valid_to is not None and self.valid_to < day)


@dataclass(frozen=True)
class Extension:
    """The deadline of a sitting was put off once: from when to when, why, and at what moment."""

    before: datetime
    after: datetime
    reason: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """What one person is in one sitting at this moment: roles, and the parties whose mandate holds today.

    `parts` says what he does for a party when it is not both.
    """

    person: str
    roles: frozenset[Role]
    parties: tuple[Party, ...]
    parts: Mapping[str, MandatePart] = field(default_factory=dict)

    @property
    def acts(self) -> frozenset[Act]:
        """Everything this person may do in some stage."""
        by_role = frozenset[Act]().union(*(_BY_ROLE[role] for role in self.roles))
        return by_role | _DELEGATE if self.parties else by_role

    def speaks_for(self, party_id: str) -> bool:
        """Tell whether a mandate of this person for that party holds."""
        return any(party.id == party_id for party in self.parties)

    def part(self, party_id: str) -> MandatePart:
        """Return what this person does for a party he speaks for."""
        return self.parts.get(party_id, MandatePart.BOTH)

    def approves_for(self, party_id: str) -> bool:
        """Tell whether this person lets positions of that party be filed."""
        return self.speaks_for(party_id) and self.part(party_id).approves

    def names_approvers(self, party_id: str, *, four_eyes: bool) -> bool:
        """Tell whether this person lets others approve: with four eyes nobody who writes himself does."""
        return self.approves_for(party_id) and not (four_eyes and self.part(party_id).writes)


@dataclass(frozen=True)
class Source:
    """One named source of the envelope: amount, year, document, and the side that asserts it."""

    name: Named
    amount: Som
    year: int
    document: Named
    side: Side | None
    illustrative: bool


@dataclass(frozen=True)
class Limit:
    """Floor, cap and protection of one line, by its number, with the reason; figures as wire text."""

    line: int
    floor: str | None
    cap: str | None
    protected: bool
    basis: str


class LsgFigure(StrEnum):
    """Whose figure counts for the side of local self-government."""

    JOINT = "joint"
    LEAD = "lead"


@dataclass(frozen=True)
class Terms:
    """The terms of a sitting, known before any figure: rule, envelope, limits, quantum, priority weight."""

    rule: str
    sources: tuple[Source, ...]
    quantum: Som
    kappa: int
    lsg_figure: LsgFigure
    limits: tuple[Limit, ...]
    deadline: datetime
    #: SHA-256 over every line as it stands: leads, bases, measures, steps and signs decide the result too.
    lines: str = ""
    groups: tuple[GroupLimit, ...] = ()
    #: What a rule that counts residents goes by; empty under the others.
    indicators: tuple[Pinned, ...] = ()
    #: A claim counts up to so many percent of last year's figure; None where last year caps nothing.
    growth: int | None = None

    @property
    def envelope(self) -> Som | None:
        """The extra money that can be found: the sum of its sources, None when none is named."""
        return Som.total(source.amount for source in self.sources) if self.sources else None


@dataclass(frozen=True)
class TermsVersion:
    """One proposed version of the terms: immutable, identified by its hash."""

    version: int
    terms: Terms
    digest: str
    proposed_at: datetime


@dataclass(frozen=True)
class Acknowledgement:
    """A party has seen this version of the terms."""

    party: str
    person: str
    at: datetime


def may(standing: Standing, act: Act, stage: Stage) -> bool:
    """Tell whether a person may do something in this stage."""
    return act in standing.acts and possible(act, stage)


def possible(act: Act, stage: Stage) -> bool:
    """Tell whether anybody may do something in this stage."""
    return stage in _WHEN.get(act, frozenset(Stage))


def require(standing: Standing, act: Act, sitting: Sitting) -> None:
    """Let an act pass, or raise Unknown (outsiders), NotYours (no right), WrongStage (wrong time)."""
    if Act.SEE not in standing.acts:
        raise Unknown(denied="sittings.sitting")
    if act not in standing.acts:
        raise NotYours(denied=f"sittings.{act.value}")
    if not possible(act, sitting.stage):
        raise WrongStage(stage=stage_name(sitting.stage))


def step(present: Stage, wanted: Stage) -> Act:
    """Return the permission a step needs; raise StepNotAllowed when there is no such step."""
    if (present, wanted) not in STEPS:
        raise StepNotAllowed(present=stage_name(present), wanted=stage_name(wanted))
    return STEPS[present, wanted]


def is_backward(present: Stage, wanted: Stage) -> bool:
    """Tell whether a step goes back, which needs a reason."""
    return STEPS.get((present, wanted)) is Act.GO_BACK


def stage_name(stage: Stage) -> Sentence:
    """Return the name of a stage, to be told in the reader's language."""
    return Sentence(f"sittings.stage.{stage.value}")


def sides_missing(parties: Iterable[Party], acknowledged: Iterable[str]) -> frozenset[Side]:
    """Return the sides of which no party has acknowledged the terms."""
    seen, every = set(acknowledged), list(parties)
    heard = {party.side for party in every if party.id in seen}
    return frozenset(party.side for party in every) - heard


def terms_digest(document: str) -> str:
    """Return the SHA-256 of a canonical terms document, in hexadecimal."""
    return hashlib.sha256(b"budgetproto.terms.1\n" + document.encode()).hexdigest()
