"""PURE: the expertise of a draft act as a structured review: its parts and its course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from budgetproto.coordination.domain import LONGEST_NAME, LONGEST_TEXT, check_length
from budgetproto.coordination.expertise import refusals as no
from budgetproto.errors import NotPermitted
from budgetproto.i18n.languages import Language, Sentence
from budgetproto.money.som import Som

#: The sums that one part of a review may have, and the experts of one expertise.
MOST_SUMS: Final = 50
MOST_EXPERTS: Final = 20


class Part(StrEnum):
    """What every review looks at, in this order."""

    POWERS = "powers"
    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    STAFF = "staff"
    SERVICE = "service"
    VULNERABLE = "vulnerable"


#: The parts that have amounts by year.
MONEY: Final = (Part.REVENUE, Part.EXPENDITURE)


class Verdict(StrEnum):
    """What the experts advise."""

    SUPPORTS = "supports"
    CONDITIONS = "conditions"
    OBJECTS = "objects"


class Stance(StrEnum):
    """What the body that prepared the draft makes of the review."""

    ACCEPTS = "accepts"
    PARTLY = "partly"
    REJECTS = "rejects"


@dataclass(frozen=True)
class Sum:
    """An amount of one budget year: what the local budgets gain or, with a minus, lose; and what it is."""

    year: int
    amount: Som
    what: str


@dataclass(frozen=True)
class Finding:
    """What the experts found in one part; a part of money that has no sums says why no amount is known."""

    part: Part
    touched: bool
    text: str
    sums: tuple[Sum, ...] = ()
    unknown: str = ""

    @property
    def by_year(self) -> Mapping[int, Som]:
        """The exact sum of each year, the earliest first.

        >>> rows = (Sum(2027, Som(150), ""), Sum(2026, Som(-5), ""), Sum(2027, Som(50), ""))
        >>> Finding(Part.REVENUE, True, "", rows).by_year
        {2026: Som(tyiyn=-5), 2027: Som(tyiyn=200)}
        """
        years = sorted({each.year for each in self.sums})
        return {year: Som.total(each.amount for each in self.sums if each.year == year) for year in years}


@dataclass(frozen=True)
class Review:
    """A version of the review, in its language; it may be unfinished until it is handed in."""

    language: Language
    findings: tuple[Finding, ...]
    verdict: Verdict | None
    conclusion: str

    def finding(self, part: Part) -> Finding:
        """Return what was found in a part; nothing said where it is not written yet."""
        return next(
            (each for each in self.findings if each.part is part), Finding(part, touched=False, text="")
        )


@dataclass(frozen=True)
class Commissioned:
    """Somebody asked for an expertise: what is to be answered, until when, by whom (ids of people)."""

    task: str
    until: date | None
    experts: tuple[str, ...]


@dataclass(frozen=True)
class ExpertNamed:
    """Another expert was named."""

    expert: str


@dataclass(frozen=True)
class Declared:
    """An expert declared his interests; empty is that he has none."""

    interests: str


@dataclass(frozen=True)
class Written:
    """An expert wrote a version of the review."""

    review: Review


@dataclass(frozen=True)
class HandedIn:
    """The last version was handed in: from now on everybody who reads the register reads it."""


@dataclass(frozen=True)
class Replied:
    """The body that prepared the draft replied."""

    stance: Stance
    text: str


@dataclass(frozen=True)
class Withdrawn:
    """Whoever commissioned it took it back, and why: it counts for nothing, and stays on record."""

    reason: str


What = Commissioned | ExpertNamed | Declared | Written | HandedIn | Replied | Withdrawn


@dataclass(frozen=True)
class Entry:
    """One thing that happened: its number, whose act it was, and when."""

    number: int
    person: str
    at: datetime
    what: What


@dataclass(frozen=True)
class Course:
    """All that happened to an expertise, in its order; nothing of it is ever changed."""

    entries: tuple[Entry, ...] = ()

    @property
    def task(self) -> Commissioned:
        """What was asked; the first entry of every expertise."""
        first = self.entries[0].what
        assert isinstance(first, Commissioned)  # noqa: S101 - an expertise begins with it
        return first

    @property
    def experts(self) -> tuple[str, ...]:
        """The ids of the experts, in the order in which they were named."""
        later = (each.what.expert for each in self.entries if isinstance(each.what, ExpertNamed))
        return (*self.task.experts, *later)

    @property
    def interests(self) -> Mapping[str, str]:
        """What each expert declared last; who has not declared is not in it."""
        return {each.person: each.what.interests for each in self.entries if isinstance(each.what, Declared)}

    @property
    def undeclared(self) -> tuple[str, ...]:
        """The experts who have not declared their interests."""
        return tuple(each for each in self.experts if each not in self.interests)

    @property
    def latest(self) -> Review | None:
        """The last version that was written, handed in or not."""
        return next(
            (each.what.review for each in reversed(self.entries) if isinstance(each.what, Written)), None
        )

    @property
    def handed_in(self) -> Entry | None:
        """The last time that a version was handed in; None while none was."""
        return next((each for each in reversed(self.entries) if isinstance(each.what, HandedIn)), None)

    @property
    def withdrawn(self) -> tuple[datetime, Withdrawn] | None:
        """When and why the expertise was withdrawn; None while it was not."""
        return next(((each.at, each.what) for each in self.entries if isinstance(each.what, Withdrawn)), None)

    @property
    def unsent(self) -> bool:
        """Tell whether there is a version that is not handed in."""
        written = [each.number for each in self.entries if isinstance(each.what, Written)]
        handed = self.handed_in
        return bool(written) and (handed is None or handed.number < written[-1])

    def seen_outside(self) -> "Course":
        """Return what those see who neither write nor commissioned it: all but the versions not handed in.

        An earlier version that was never handed in stays the experts' own, like a later one; so does what
        they declared after they handed in, until they hand in again.
        """
        last = self.handed_in.number if self.handed_in else 0
        return Course(tuple(each for each in self.entries if self._open(each, last)))

    def _open(self, entry: Entry, last: int) -> bool:
        if isinstance(entry.what, Written):
            after = next((each.what for each in self.entries[entry.number :] if _ends(each.what)), None)
            return isinstance(after, HandedIn)
        return entry.number <= last or (last > 0 and isinstance(entry.what, Replied | Withdrawn))

    @property
    def replies(self) -> tuple[tuple[datetime, Replied], ...]:
        """Every reply of the body with its moment, the first one first."""
        return tuple((each.at, each.what) for each in self.entries if isinstance(each.what, Replied))


def _ends(what: What) -> bool:
    return isinstance(what, Written | HandedIn)


def check_commission(what: Commissioned) -> None:
    """Raise unless an expertise can be asked for so."""
    if not what.task.strip():
        raise no.TaskMissing
    check_length(LONGEST_TEXT, what.task)
    if not what.experts:
        raise no.NoExperts
    _check_experts(what.experts)


def check_next(course: Course, person: str, what: What) -> None:
    """Raise unless this can happen next; what only experts do is refused to everybody else."""
    if isinstance(what, Declared | Written | HandedIn) and person not in course.experts:
        raise NotPermitted(denied="expertise.write")
    if course.withdrawn:
        raise no.ExpertiseWithdrawn
    if isinstance(what, ExpertNamed):
        _check_experts((*course.experts, what.expert))
    elif isinstance(what, Declared):
        check_length(LONGEST_TEXT, what.interests)
    elif isinstance(what, Written):
        if person not in course.interests:
            raise no.InterestsFirst
        check_review(what.review)
    elif isinstance(what, HandedIn):
        check_handing_in(course)
    elif isinstance(what, Replied):
        _check_reply(course, what)
    elif isinstance(what, Withdrawn):
        _check_withdrawal(what)


def declared(interests: str, *, none: bool) -> Declared:
    """Return a declaration: none, or which; raise where it is neither or both.

    >>> declared("", none=True)
    Declared(interests='')
    """
    said = interests.strip()
    if none and said:
        raise no.InterestsBoth
    if not none and not said:
        raise no.InterestsUnsaid
    return Declared(said)


def check_review(review: Review) -> None:
    """Raise unless a version can be kept; it may be unfinished."""
    check_length(LONGEST_TEXT, review.conclusion)
    for finding in review.findings:
        check_length(LONGEST_TEXT, finding.text, finding.unknown)
        check_length(LONGEST_NAME, *(each.what for each in finding.sums))
        if len(finding.sums) > MOST_SUMS or (finding.sums and finding.part not in MONEY):
            raise no.TooManySums(
                limit=MOST_SUMS if finding.part in MONEY else 0, part=named_part(finding.part)
            )


def check_handing_in(course: Course) -> None:
    """Raise unless the last version is finished, is not handed in, and every interest is declared."""
    review = course.latest
    if review is None or not course.unsent:
        raise no.NothingWritten
    if course.undeclared:
        raise no.InterestsAwaited(experts=len(course.undeclared))
    for part in Part:
        finding = review.finding(part)
        if not finding.text.strip():
            raise no.PartUnsaid(part=named_part(part))
        if part in MONEY and finding.touched and not finding.sums and not finding.unknown.strip():
            raise no.SumMissing(part=named_part(part))
    if review.verdict is None or not review.conclusion.strip():
        raise no.ConclusionUnsaid


def named_part(part: Part) -> Sentence:
    """Return the name of a part, to be told in the reader's language."""
    return Sentence(f"expertise.part.{part.value}")


def _check_experts(experts: Iterable[str]) -> None:
    every = list(experts)
    if len(set(every)) < len(every):
        raise no.ExpertTwice
    if len(every) > MOST_EXPERTS:
        raise no.TooManyExperts(limit=MOST_EXPERTS)


def _check_reply(course: Course, what: Replied) -> None:
    if course.handed_in is None:
        raise no.NotHandedIn
    if not what.text.strip():
        raise no.ReplyUnsaid
    check_length(LONGEST_TEXT, what.text)


def _check_withdrawal(what: Withdrawn) -> None:
    if not what.reason.strip():
        raise no.WithdrawalUnsaid
    check_length(LONGEST_TEXT, what.reason)
