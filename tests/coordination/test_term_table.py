"""Every term of a course over holidays, weekends, year ends and moved days, worked out by hand."""

from datetime import date

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.happenings import Stance, Verdict
from budgetproto.i18n import Named
from budgetproto.sittings.day_calendar import published_days
from budgetproto.sittings.workdays import SpecialDay
from tests.coordination.going import MANDATORY, TERMS, goes

PUBLISHED = {day.day: day for year in (2025, 2026, 2027) for day in published_days(year)}
WORKED = {date(2027, 1, 9): SpecialDay(date(2027, 1, 9), True, Named("Иш күнү"), "Токтом")}

#: A day on which everything happens; the calendar; the third, fifth and tenth working day after it.
DAYS = {
    "no holiday": (date(2026, 11, 2), PUBLISHED, date(2026, 11, 5), date(2026, 11, 9), date(2026, 11, 16)),
    "Orozo Ait and Nooruz": (
        date(2026, 3, 19), PUBLISHED, date(2026, 3, 25), date(2026, 3, 27), date(2026, 4, 3),
    ),
    "days off in May": (
        date(2026, 4, 30), PUBLISHED, date(2026, 5, 13), date(2026, 5, 15), date(2026, 5, 22),
    ),
    "a Saturday before Independence Day": (
        date(2026, 8, 29), PUBLISHED, date(2026, 9, 3), date(2026, 9, 7), date(2026, 9, 14),
    ),
    "the end of a year": (
        date(2026, 12, 30), PUBLISHED, date(2027, 1, 11), date(2027, 1, 13), date(2027, 1, 20),
    ),
    "the end of a year and a worked Saturday": (
        date(2026, 12, 30), PUBLISHED | WORKED, date(2027, 1, 9), date(2027, 1, 12), date(2027, 1, 19),
    ),
}  # fmt: skip


def all_on(day: date) -> Course:
    """Let a draft go on one day as far as an appeal against the rejection of a remark."""
    return goes(
        Course(),
        day,
        h.Screened(MANDATORY, 1, ("union",)),
        h.Served("union", "№ 12"),
        h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 3", "Keep the norm"),)),
        h.Answered(1, Verdict.REJECTED, "No room"),
        h.Stood("union", 1, insists=True, why="Promised"),
        h.Appealed("union", "Prime Minister", "The rejection"),
    )


@pytest.mark.parametrize("when", DAYS)
def test_each_term_ends_on_the_working_day_that_the_procedure_counts(when: str) -> None:
    day, calendar, third, fifth, tenth = DAYS[when]
    found = Deadlines(all_on(day), TERMS, calendar)
    assert {
        "notice": found.notice(1),
        "opinion": found.opinion(1, "union"),
        "answer": found.answer(1),
        "stand": found.stand(1),
        "meeting": found.meeting(),
        "appeal": found.appeal("union", day),
        "ruling": found.ruling(1),
    } == {
        "notice": third,
        "opinion": tenth,
        "answer": fifth,
        "stand": third,
        "meeting": fifth,
        "appeal": fifth,
        "ruling": tenth,
    }
