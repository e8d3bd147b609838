"""Keep beside each draft what is not done of its duties, so that no list has to go through whole courses."""

from datetime import date

from sqlmodel import Session

from budgetproto.coordination import duty_storage, storage
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.domain import Level
from budgetproto.coordination.duty_storage import DutyRow
from budgetproto.coordination.procedure_values import Procedure, Terms, judging
from budgetproto.coordination.rules import acted_on
from budgetproto.coordination.storage import ActRow
from budgetproto.coordination.undone import OF_BODY, OF_INITIATOR, Undone, undone
from budgetproto.database import now
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings.day_calendar import calendar_of

#: Terms run for at most so many years after a course.
_YEARS_BEYOND = 2


def deadlines(session: Session, course: Course, terms: Terms) -> Deadlines:
    """Return the terms of a course by the calendar of the house."""
    days = [happening.on for happening in course.happenings] or [bishkek_day(now(session))]
    years = range(min(days).year, max(days).year + _YEARS_BEYOND + 1)
    return Deadlines(course, terms, calendar_of(session, *years))


def judged_by(session: Session, row: ActRow, on: date) -> Procedure | None:
    """Return the version that a screening of a day goes by; None where there is no version.

    A bundle screened once more under way goes on by its own: no term that has run is counted anew.
    """
    versions, course = storage.procedures(session, Level(row.level)), storage.course(session, row.id)
    if course.screened is not None and acted_on(course):
        return versions[course.screened.procedure]
    return judging(versions, on)


def keep(session: Session, row: ActRow, running: Deadlines | None) -> None:
    """Put what is not done of a draft in the place of what was kept before; nothing is owed unscreened."""
    found = undone(running) if running else ()
    rows = [_duty_row(row, place, each) for place, each in enumerate(found, start=1)]
    duty_storage.put(session, row.id, rows)


def _duty_row(row: ActRow, place: int, each: Undone) -> DutyRow:
    duty = each.duty
    owed_by = row.initiator if duty.what in OF_INITIATOR else duty.body if duty.what in OF_BODY else None
    return DutyRow(
        act=row.id,
        place=place,
        what=duty.what.value,
        body=duty.body,
        number=duty.number,
        round=duty.round,
        until=duty.until,
        running=each.running.value,
        passed=each.passed.value,
        party=owed_by,
    )
