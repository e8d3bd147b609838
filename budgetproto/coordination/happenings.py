"""PURE: what can happen to a draft act on its way, each a value of its own; the course is made of them."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from budgetproto.coordination.domain import Amended, GroundNote, Level, Screening
from budgetproto.i18n.languages import NO_NAME, Named


class Stance(StrEnum):
    """What an association says of a draft."""

    AGREES = "agrees"
    WITH_REMARKS = "with_remarks"
    DISAGREES = "disagrees"


class Verdict(StrEnum):
    """What the initiator makes of a remark."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


class Ruling(StrEnum):
    """How an appeal ends."""

    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"


class TextKind(StrEnum):
    """What a text is that is attached to a draft as a file."""

    DRAFT = "draft"
    COMPANION = "companion"
    EXPLANATION = "explanation"
    COMPARISON = "comparison"
    LETTER = "letter"
    ANSWERS = "answers"
    PROOF = "proof"
    MINUTES = "minutes"
    ADOPTED = "adopted"
    OTHER = "other"


class TextLanguage(StrEnum):
    """The language in which an attached text is written."""

    KY = "ky"
    RU = "ru"
    BOTH = "both"
    OTHER = "other"


@dataclass(frozen=True)
class Noted:
    """The ground note was written, or written anew."""

    note: GroundNote


@dataclass(frozen=True)
class Screened:
    """The three questions were answered; `bodies` are the associations to be asked (ids).

    `procedure` is the version of the procedure that the draft goes by from here on.
    """

    screening: Screening
    procedure: int
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Served:
    """A body was given notice of the draft; `proof` says how that is shown (number, receipt, signature)."""

    body: str
    proof: str


@dataclass(frozen=True)
class Consulted:
    """The initiator spoke with an association, a single LSG body or a union of communities."""

    whom: str
    said: str
    taken_up: str


@dataclass(frozen=True)
class Opined:
    """An association gave its opinion: a stance, a text, and remarks (place in the draft, wording)."""

    body: str
    stance: Stance
    text: str
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answered:
    """The initiator answered a remark; `changed` says why where an earlier answer had been gone on from."""

    remark: int
    verdict: Verdict
    reason: str
    changed: str = ""


@dataclass(frozen=True)
class Stood:
    """An association said whether it lets a remark go after the answer, or insists on it."""

    body: str
    remark: int
    insists: bool
    why: str = ""


@dataclass(frozen=True)
class RoundBegun:
    """A second round began: what is different in the text that is sent again."""

    reason: str


@dataclass(frozen=True)
class Met:
    """The conciliation meeting: who came, what was said, which remarks were settled there (by number)."""

    present: str
    said: str
    settled: tuple[int, ...] = ()


@dataclass(frozen=True)
class Appealed:
    """An association appealed: to whom, and against what.

    `elsewhere` tells whether it went to somebody else than the draft's procedure names; where it did not,
    `to` has the procedure's own words. None is not asked: appeals of before were not.
    """

    body: str
    to: str
    against: str
    elsewhere: bool | None = None

    def addressed(self, named: Named) -> "Appealed":
        """Return the appeal with the procedure's own words where it goes to whom they name, typed or not."""
        typed = self.to.strip().casefold()
        known = {said.casefold() for said in (named.ky, named.ru, named.en) if said}
        if self.elsewhere is False or (self.elsewhere and typed in known):
            return replace(self, to=named.text("ky"), elsewhere=False)
        return self


@dataclass(frozen=True)
class Ruled:
    """An appeal was decided."""

    appeal: int
    ruling: Ruling
    reason: str


@dataclass(frozen=True)
class Referred:
    """A disputed remark was handed on to a sitting as a contested line (ids of both)."""

    remark: int
    sitting: str
    line: str


@dataclass(frozen=True)
class Closed:
    """Coordination was closed: what came of it follows from the course, and is never typed in."""


@dataclass(frozen=True)
class Bypassed:
    """It was recorded that a draft goes its way without coordination, and what is known of why."""

    why: str


@dataclass(frozen=True)
class Submitted:
    """The draft was submitted: where to, under which number.

    `sheet` is the hash of the coordination sheet that was handed in with it: nobody types it in. Drafts that
    were submitted before sheets were kept have none.
    """

    where: str
    sheet: str = ""


@dataclass(frozen=True)
class Adopted:
    """The act was adopted: its number as printed."""

    number: str


@dataclass(frozen=True)
class Withdrawn:
    """The initiator took the draft back: nothing of it is due any longer."""

    reason: str


@dataclass(frozen=True)
class Arrived:
    """A companion act arrived: its number in the bundle from 1, or 0 for one that was not named before.

    Of `title` each language that is filled in takes the place of what stood; the others stand as they are.
    """

    companion: int
    title: Named = NO_NAME


@dataclass(frozen=True)
class Published:
    """The text was published on the day of this happening; `why` says why another day stood before."""

    why: str = ""


@dataclass(frozen=True)
class Amending:
    """The acts that the draft changes, all of them from here on; `why` where one that stood is left out."""

    acts: tuple[Amended, ...]
    why: str = ""


@dataclass(frozen=True)
class AnswersFor:
    """Which party of the house answers for a draft, and which one did before (ids); empty is none of them."""

    was: str
    party: str


@dataclass(frozen=True)
class Corrected:
    """The title, the initiator's number and name as they are right, and why they are corrected.

    `initiator` is None in corrections of before, which did not ask for it. `level` and `answers` are given
    where another level brings the draft in, and where another party answers for it; None is as it stood.
    """

    title: Named
    reference: str
    why: str
    initiator: Named | None = None
    level: Level | None = None
    answers: AnswersFor | None = None

    @property
    def moves(self) -> bool:
        """Tell whether it changes which procedure the draft goes by, or whose people act on it."""
        return self.level is not None or self.answers is not None

    def beside(self, level: Level, party: str) -> "Corrected":
        """Return the correction with what it changes alone: `level` and `party` are those that stand."""
        answers = self.answers
        if answers is not None:
            answers = None if answers.party == party else AnswersFor(party, answers.party)
        return replace(self, level=None if self.level is level else self.level, answers=answers)


@dataclass(frozen=True)
class Attached:
    """A text was attached as a file: of `size` bytes, whose SHA-256 is `digest` (hex).

    `body` is the association whose text it is, empty for the initiator's. `companion` is the number in the
    bundle of the act that a companion's text is of, `replaces` that of the attached text in whose place it
    comes; 0 is none. Texts are numbered from 1 in the order of attaching.
    """

    body: str
    kind: TextKind
    language: TextLanguage
    name: str
    size: int
    digest: str
    title: str = ""
    companion: int = 0
    replaces: int = 0


What = (
    Noted
    | Screened
    | Served
    | Consulted
    | Opined
    | Answered
    | Stood
    | RoundBegun
    | Met
    | Appealed
    | Ruled
    | Referred
    | Closed
    | Bypassed
    | Submitted
    | Adopted
    | Withdrawn
    | Arrived
    | Published
    | Amending
    | Corrected
    | Attached
)


@dataclass(frozen=True)
class Happening:
    """One thing that happened, and on which day in Bishkek.

    `recorded` is the day on which it was entered: what reached the register on paper happened before it.
    """

    on: date
    what: What
    recorded: date
