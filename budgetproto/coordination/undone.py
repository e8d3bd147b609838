"""PURE: what is not done of a draft's duties, as it is kept beside the draft; and which step was late."""

from dataclasses import dataclass
from datetime import date

from budgetproto.coordination import happenings as h
from budgetproto.coordination.clock import Due, Duty, State, duties
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines

#: What the initiator owes, what the association does; the rest is of whoever decides an appeal.
OF_INITIATOR = frozenset({Due.NOTICE, Due.ANSWER, Due.MEETING})
OF_BODY = frozenset({Due.OPINION, Due.STAND})


@dataclass(frozen=True)
class Undone:
    """A duty that nobody has done: how it stands until its last day, and how after it."""

    duty: Duty
    running: State
    passed: State


def undone(deadlines: Deadlines) -> tuple[Undone, ...]:
    """Return what is not done, in the order of the last days; no day of today is needed to keep it."""
    early, late = duties(deadlines, date.min), duties(deadlines, date.max)
    both = zip(early, late, strict=True)
    return tuple(Undone(duty, duty.state, then.state) for duty, then in both if duty.done is None)


def state_on(running: State, passed: State, until: date, day: date) -> State:
    """Tell how it stands with an undone duty on a day.

    >>> state_on(State.DUE, State.OVERDUE, date(2026, 11, 16), date(2026, 11, 17))
    <State.OVERDUE: 'overdue'>
    """
    return running if day <= until else passed


def last_day(deadlines: Deadlines, place: int) -> date | None:
    """Return the last day for what happened at a place of the course, by its term as it ran then.

    None for what has no term: a note, a consultation, an answer given anew.
    """
    course, happening = deadlines.course, deadlines.course.happenings[place]
    before = Deadlines(Course(course.happenings[:place]), deadlines.terms, deadlines.calendar)
    match happening.what:
        case h.Served():
            return deadlines.notice(course.rounds[place])
        case h.Opined(body=body):
            return deadlines.opinion(course.rounds[place], body)
        case h.Answered(remark=remark):
            return deadlines.answer(remark) if course.answers[remark][0][0] == place else None
        case h.Stood(remark=remark):
            return before.stand(remark)
        case h.Met():
            return before.meeting()
        case h.Appealed(body=body):
            return before.appeal(body, happening.on)
        case h.Ruled(appeal=appeal):
            return deadlines.ruling(appeal)
        case _:
            return None
