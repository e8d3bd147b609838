"""Courses to begin from: drafts, screenings and steps, told by days of November and December 2026."""

from collections.abc import Mapping
from datetime import date

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Answer, Screening, Touch
from budgetproto.coordination.procedure_values import Terms
from budgetproto.coordination.rules import check_happening
from budgetproto.sittings.workdays import Calendar

TERMS = Terms(
    notice=3, opinion=10, second_opinion=5, answer=5, stand=3, meeting=5, appeal=5, ruling=10, rounds=2
)
#: A Monday.
START = date(2026, 11, 2)


def screening(**yes: str) -> Screening:
    """Answer the questions named with yes and their reasons, and the others with no."""
    answers: Mapping[Touch, Answer] = {
        touch: Answer(touch.value in yes, yes.get(touch.value, "not touched")) for touch in Touch
    }
    return Screening(answers)


MANDATORY = screening(finance="the norm of deductions changes")


def deadlines(course: Course, calendar: Calendar | None = None, terms: Terms = TERMS) -> Deadlines:
    return Deadlines(course, terms, calendar or {})


def goes(course: Course, on: date, *steps: h.What, recorded: date | None = None) -> Course:
    """Take steps of one day, each checked; the refusal of the first that cannot be taken is raised."""
    for step in steps:
        happening = h.Happening(on, step, recorded or on)
        check_happening(happening, deadlines(course))
        course = course.then(happening)
    return course


def screened(*bodies: str) -> Course:
    """Begin a draft that must be coordinated with these bodies, screened on the start."""
    return goes(Course(), START, h.Screened(MANDATORY, 1, bodies or ("union",)))


def served(*bodies: str, on: date = START) -> Course:
    asked = bodies or ("union",)
    return goes(screened(*asked), on, *(h.Served(body, "№ 12") for body in asked))
