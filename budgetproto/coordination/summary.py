"""PURE: what a list and the statistics need to know of a draft act, added up from its course."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from budgetproto.coordination.clock import State, duties
from budgetproto.coordination.completing import standing
from budgetproto.coordination.course import Conclusion, Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Draft, act_key
from budgetproto.coordination.happenings import (
    Adopted,
    Bypassed,
    Closed,
    RoundBegun,
    Screened,
    Verdict,
    Withdrawn,
)

#: What somebody still owes.
_OPEN: Final = frozenset({State.DUE, State.OVERDUE})
_LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True)
class Tally:
    """What came of asking one association: its opinions over all rounds, and what its remarks got.

    `silent` counts the rounds in which its term ran out without a word; `awaited_until` is the last day of
    the term that runs now, so that silence is seen on the day after it without anybody recording anything.
    """

    body: str
    opinions: int = 0
    late: int = 0
    silent: int = 0
    awaited_until: date | None = None
    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    unanswered: int = 0

    @property
    def remarks(self) -> int:
        """Every remark of the association, answered or not."""
        return self.accepted + self.partly + self.rejected + self.unanswered


@dataclass(frozen=True)
class Summary:
    """One draft in a line of a list and in the sums of a year; `draft` as its steps have completed it.

    `year` is that of the publication, or of the entry where no publication is known; `due_on` the last day
    of the first duty that is open; `amendable_until` the last day within twelve months of its adoption.
    """

    draft: Draft
    year: int
    mandatory: bool
    conclusion: Conclusion | None
    bypassed_on: date | None
    adopted_on: date | None
    adoption_days: int | None
    amendable_until: date | None
    due_on: date | None
    tallies: tuple[Tally, ...]
    own_key: str
    changes: tuple[str, ...]
    words: str


def summary(draft: Draft, course: Course, deadlines: Deadlines | None, *, entered: date) -> Summary:
    """Add up one draft, given as it was entered on a day.

    `deadlines` are those of its course, None before it was screened.
    """
    versions = standing(draft, course)
    draft = versions[-1]
    adopted, bypassed = course.last(Adopted), course.last(Bypassed)
    on = adopted[1] if adopted else None
    return Summary(
        draft=draft,
        year=(draft.published or entered).year,
        mandatory=course.mandatory,
        conclusion=course.conclusion,
        bypassed_on=bypassed[1] if bypassed else None,
        adopted_on=on,
        adoption_days=(on - draft.published).days if on and draft.published else None,
        amendable_until=twelve_months_after(on) if on else None,
        due_on=_due_on(deadlines),
        tallies=tuple(_tallies(deadlines)) if deadlines else (),
        own_key=act_key(adopted[1], adopted[2].number) if adopted else "",
        changes=tuple(each.key for each in draft.amends),
        words=_words(versions),
    )


def twelve_months_after(day: date) -> date:
    """Return the same day of the next year, 28 February after a leap day.

    >>> twelve_months_after(date(2024, 2, 29)).isoformat()
    '2025-02-28'
    """
    if (day.month, day.day) == _LEAP_DAY:
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def _due_on(deadlines: Deadlines | None) -> date | None:
    if deadlines is None:
        return None
    # As of the last entry: what was still due then is open, and what a close ended is not.
    found = duties(deadlines, max(each.recorded for each in deadlines.course.happenings))
    return min((duty.until for duty in found if duty.state in _OPEN), default=None)


def _tallies(deadlines: Deadlines) -> Iterator[Tally]:
    course = deadlines.course
    for body in sorted({*course.bodies, *(opined for _, opined in course.opinions)}):
        given = [(round_, on) for (round_, of), (on, _) in course.opinions.items() if of == body]
        late = sum(_is_late(deadlines, round_, body, on) for round_, on in given)
        silent, awaited = _silence(deadlines, body)
        yield Tally(body, len(given), late, silent, awaited, *_answers(course, body))


def _is_late(deadlines: Deadlines, round_: int, body: str, on: date) -> bool:
    until = deadlines.opinion(round_, body)
    return until is not None and until < on


def _silence(deadlines: Deadlines, body: str) -> tuple[int, date | None]:
    """Count the rounds that ended after a body's term without its word, and tell the term that runs."""
    course, silent, awaited = deadlines.course, 0, None
    for round_, of in course.served:
        until = deadlines.opinion(round_, body)
        if of != body or until is None or (round_, body) in course.opinions:
            continue
        ended = _ended(course, round_)
        if ended is None:
            awaited = until
        else:
            silent += until < ended
    return silent, awaited


def _ended(course: Course, round_: int) -> date | None:
    """Return the day from which no opinion of a round is waited for; None while it is."""
    for place, happening in enumerate(course.happenings):
        of = course.rounds[place]
        match happening.what:
            case RoundBegun() | Screened() if of > round_:
                return happening.on
            case Closed() if place == course.closed:
                return happening.on
            case Bypassed() | Adopted() | Withdrawn() if of >= round_:
                return happening.on
    return None


def _answers(course: Course, body: str) -> tuple[int, int, int, int]:
    """Count a body's remarks accepted, partly accepted, rejected and unanswered, by their last answers."""
    own = [remark.number for remark in course.remarks if remark.body == body]
    last = [course.answers[number][-1][2].verdict for number in own if number in course.answers]
    accepted, partly, rejected = (last.count(verdict) for verdict in Verdict)
    return accepted, partly, rejected, len(own) - len(last)


def _words(versions: Sequence[Draft]) -> str:
    """Return what a draft is found by, in small letters: titles, initiator, the initiator's number.

    By what was corrected it is found still.
    """
    names = (name for draft in versions for name in (draft.title, draft.initiator))
    every = [word for name in names for word in (name.ky, name.ru, name.en)]
    every += [draft.reference for draft in versions]
    return " ".join(dict.fromkeys(filter(None, every))).casefold()
