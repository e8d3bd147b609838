"""PURE: the duty clock: what is due on a draft act and from whom, what is overdue, unanswered or skipped."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.happenings import Appealed


class Due(StrEnum):
    """What somebody owes."""

    NOTICE = "notice"
    OPINION = "opinion"
    ANSWER = "answer"
    STAND = "stand"
    MEETING = "meeting"
    #: No duty of anybody's, but a term: an appeal made after it is marked as late.
    APPEAL = "appeal"
    RULING = "ruling"


class State(StrEnum):
    """How it stands with a duty."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    #: The draft went its way, and this was never answered.
    UNANSWERED = "unanswered"
    #: The draft went past the step: a bypass is on record.
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Duty:
    """One duty: of what kind, until when, how it stands, when it was done.

    `body` is the association whose duty it is, or whom it is owed to; `number` a remark's or an appeal's;
    `round` that of a notice or an opinion.
    """

    what: Due
    until: date
    state: State
    body: str = ""
    number: int = 0
    done: date | None = None
    round: int = 1


def duties(deadlines: Deadlines, day: date) -> tuple[Duty, ...]:
    """Return every duty of a draft, done or not, in the order of their last days."""
    found = [*_notices(deadlines, day), *_opinions(deadlines, day), *_of_remarks(deadlines, day)]
    found += [*_meeting(deadlines, day), *_appeals(deadlines), *_rulings(deadlines, day)]
    return tuple(sorted(found, key=lambda duty: (duty.until, list(Due).index(duty.what), duty.number)))


def state_of(course: Course, until: date, done: date | None, day: date) -> State:
    """Tell how it stands with one duty: a late act stays late, and what was never done says why."""
    if done is not None:
        return State.DONE if done <= until else State.LATE
    if course.bypassed:
        return State.SKIPPED
    if course.ended:
        return State.UNANSWERED
    if day <= until:
        return State.DUE
    return State.OVERDUE if course.closed is None else State.UNANSWERED


def _notices(deadlines: Deadlines, day: date) -> Iterator[Duty]:
    course = deadlines.course
    for round_ in range(1, course.round + 1):
        until = deadlines.notice(round_)
        for body in course.bodies if until else ():
            done = course.served.get((round_, body))
            # What was not served in an earlier round was made good by the next.
            if until and (done or round_ == course.round):
                yield Duty(
                    Due.NOTICE, until, state_of(course, until, done, day), body, done=done, round=round_
                )


def _opinions(deadlines: Deadlines, day: date) -> Iterator[Duty]:
    course = deadlines.course
    for round_, body in course.served:
        until = deadlines.opinion(round_, body)
        given = course.opinions.get((round_, body))
        done = given[0] if given else None
        if until is None:
            continue
        if done is None and _put_anew(course, round_, until):
            continue
        state = state_of(course, until, done, day)
        if done is None and round_ < course.round and state in {State.DUE, State.OVERDUE}:
            state = State.UNANSWERED
        yield Duty(Due.OPINION, until, state, body, done=done, round=round_)


def _put_anew(course: Course, round_: int, until: date) -> bool:
    """Tell whether a bundle screened anew was put to everybody before a term of the round ran out."""
    return round_ < course.round and course.happenings[course.rounds.index(round_ + 1)].on <= until


def _of_remarks(deadlines: Deadlines, day: date) -> Iterator[Duty]:
    course = deadlines.course
    for remark in course.remarks:
        answers, until = course.answers.get(remark.number), deadlines.answer(remark.number)
        done = answers[0][1] if answers else None
        state = state_of(course, until, done, day)
        yield Duty(Due.ANSWER, until, state, remark.body, remark.number, done)
        asked = deadlines.stand(remark.number)
        if asked is None or (remark.number not in course.stands and not course.against(remark.number)):
            continue
        stood = course.stands.get(remark.number)
        done = stood[1] if stood else None
        yield Duty(Due.STAND, asked, state_of(course, asked, done, day), remark.body, remark.number, done)


def _meeting(deadlines: Deadlines, day: date) -> Iterator[Duty]:
    course, until = deadlines.course, deadlines.meeting()
    if until is not None:
        yield Duty(Due.MEETING, until, state_of(course, until, course.met, day), done=course.met)


def _appeals(deadlines: Deadlines) -> Iterator[Duty]:
    """Yield each appeal that was made with its term, as it ran on the day of the appeal."""
    course = deadlines.course
    made = ((place, on, what) for place, on, what in course.each(Appealed))
    for number, (place, on, what) in enumerate(made, start=1):
        before = replace(deadlines, course=Course(course.happenings[:place]))
        until = before.appeal(what.body, on)
        # Who does not agree may appeal before anything else has happened; no term has begun to run then.
        if until is not None:
            yield Duty(Due.APPEAL, until, state_of(course, until, on, on), what.body, number, on)


def _rulings(deadlines: Deadlines, day: date) -> Iterator[Duty]:
    course = deadlines.course
    for number, (_, appealed) in enumerate(course.appeals, start=1):
        until, ruled = deadlines.ruling(number), course.rulings.get(number)
        done = ruled[0] if ruled else None
        # An appeal outlives the step it is against: it stays due after a bypass, a close and the adoption.
        state = state_of(Course(), until, done, day)
        yield Duty(Due.RULING, until, state, appealed.body, number, done)
