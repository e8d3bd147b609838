"""PURE: who was there, how was voted, what was decided, and when a decision is one."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from budgetproto.disputes.domain import Figure, Instrument
from budgetproto.errors import Refused
from budgetproto.i18n.languages import Named, Words

OpinionKind = Literal["opinion", "dissent"]


#: The opinions and dissents that one person may give in one sitting.
MOST_OPINIONS: Final = 50


class Group(StrEnum):
    """In what quality somebody is at the sitting."""

    MEMBER = "member"
    GOVERNMENT = "government"
    LSG = "lsg"
    INVITED = "invited"


class Outcome(StrEnum):
    """What became of a line."""

    AGREED = "agreed"
    PARTLY_AGREED = "partly_agreed"
    NOT_AGREED = "not_agreed"
    REFERRED = "referred"


_SETTLED: Final = frozenset({Outcome.AGREED, Outcome.PARTLY_AGREED})


class NoQuorum(Refused):
    """Fewer members are present than the quorum asks: no vote can be taken."""

    message_key = "proceedings.no_quorum"


class LineStillClosed(Refused):
    """Nothing is proposed or decided on a line whose positions are still sealed."""

    message_key = "proceedings.line_still_closed"


class TooManyVotes(Refused):
    """More votes were counted than members are present."""

    message_key = "proceedings.too_many_votes"


class NoMajority(Refused):
    """What the majority did not vote for cannot be recorded as agreed."""

    message_key = "proceedings.no_majority"


class MajorityFor(Refused):
    """What the majority voted for cannot be recorded as rejected."""

    message_key = "proceedings.trial.majority_for"


class LinesUndecided(Refused):
    """The session ends when every line has a decision, be it that it is not agreed or referred."""

    message_key = "proceedings.lines_undecided"


class ReasonNeeded(Refused):
    """The chair's proposal needs a reason, since it departs from what was computed."""

    message_key = "proceedings.reason_needed"


class TooManyOpinions(Refused):
    """The person has given as many opinions in this sitting as anybody may."""

    message_key = "proceedings.too_many_opinions"


@dataclass(frozen=True)
class Attendee:
    """Somebody expected at the sitting, present or absent."""

    group: Group
    name: str
    role: Named
    body: Named
    mandate: Named
    present: bool
    reason: Named
    #: The id of the party that sent him; empty where the record names none.
    party: str = ""


@dataclass(frozen=True)
class Speech:
    """What somebody reported (heard) or said (spoke) on a question of the agenda."""

    heard: bool
    speaker: str
    role: Named
    words: Words
    #: The id of the party he spoke for; empty where the record names none.
    party: str = ""


@dataclass(frozen=True)
class AgendaItem:
    """One question of the agenda."""

    number: int
    title: Named
    speeches: tuple[Speech, ...] = ()


@dataclass(frozen=True)
class Votes:
    """Votes of committee members."""

    for_: int
    against: int
    abstained: int

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstained) < 0:
            raise ValueError("votes are counted from none upwards")

    @property
    def cast(self) -> int:
        """Everybody who voted or abstained."""
        return self.for_ + self.against + self.abstained


@dataclass(frozen=True)
class Decision:
    """What the chair proposed and why, how the members voted, and what was decided."""

    proposed: Figure = None
    proposed_reason: Words | None = None
    decided: Figure = None
    instrument: Instrument | None = None
    votes: Votes | None = None
    outcome: Outcome | None = None
    note: Words | None = None
    version: int = 0

    @property
    def settled(self) -> bool:
        """Tell whether the line is settled, wholly or in part."""
        return self.outcome in _SETTLED


@dataclass(frozen=True)
class Opinion:
    """An association's opinion or a member's dissent, on the whole sitting or on one line."""

    kind: OpinionKind
    author: Named
    person: str
    line: int | None
    words: Words
    at: datetime
    #: The id of the party in whose name it was given; empty for a member's own.
    party: str = ""


def mark_of(people: Sequence[Attendee]) -> str:
    """Return a short mark of an attendance list that changes with every change of it."""
    return hashlib.sha256(repr(tuple(people)).encode()).hexdigest()[:16]


def members_present(attendees: Iterable[Attendee]) -> int:
    """Count the committee members who are there."""
    return sum(each.group is Group.MEMBER and each.present for each in attendees)


def majority_base(*, present: int, members: int, majority_of: str) -> int:
    """Return of how many members a majority is more than half."""
    return members if majority_of == "all" else present


def check_votes(
    votes: Votes, outcome: Outcome, *, present: int, quorum: int, members: int, majority_of: str
) -> None:
    """Raise unless these votes can be recorded with this outcome.

    `majority_of` is a setting of the procedure: "present" (default) or "all" members.
    """
    if present < quorum:
        raise NoQuorum(present=present, quorum=quorum)
    if votes.cast > present:
        raise TooManyVotes(cast=votes.cast, present=present)
    base = majority_base(present=present, members=members, majority_of=majority_of)
    settled = outcome in _SETTLED
    if settled and 2 * votes.for_ <= base:
        raise NoMajority(votes=votes.for_, base=base)
