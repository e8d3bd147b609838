"""Until when each duty runs, over weekends, holidays, year ends and moved days, and how it stands with it."""

from datetime import date, timedelta

import pytest

from budgetproto.coordination import happenings as h
from budgetproto.coordination.clock import Due, Duty, State, duties
from budgetproto.coordination.course import Course
from budgetproto.coordination.deadlines import Deadlines
from budgetproto.coordination.happenings import Ruling, Stance, Verdict
from budgetproto.i18n import Named
from budgetproto.sittings.day_calendar import published_days
from budgetproto.sittings.workdays import SpecialDay
from tests.coordination.going import START, TERMS, deadlines, goes, served

PUBLISHED = {day.day: day for year in (2025, 2026, 2027) for day in published_days(year)}
REMARK = h.Opined("union", Stance.WITH_REMARKS, "", (("Art. 3", "Keep the norm"),))
REJECTED = h.Answered(1, Verdict.REJECTED, "No room")


def of(course: Course, today: date, what: Due) -> list[Duty]:
    return [duty for duty in duties(deadlines(course), today) if duty.what is what]


def told(course: Course, today: date, what: Due) -> list[State]:
    return [duty.state for duty in of(course, today, what)]


@pytest.mark.parametrize(
    ("served_on", "special", "until"),
    [
        (date(2026, 9, 7), {}, date(2026, 9, 21)),
        (date(2026, 9, 5), {}, date(2026, 9, 18)),
        (date(2026, 8, 27), PUBLISHED, date(2026, 9, 11)),
        (date(2026, 3, 13), PUBLISHED, date(2026, 3, 30)),
        (date(2026, 12, 21), PUBLISHED, date(2027, 1, 11)),
        (
            date(2026, 9, 7),
            {date(2026, 9, 19): SpecialDay(date(2026, 9, 19), True, Named("Иш күнү"), "Decree")},
            date(2026, 9, 19),
        ),
        (
            date(2026, 9, 7),
            {date(2026, 9, 14): SpecialDay(date(2026, 9, 14), False, Named("Дем алыш"), "Decree")},
            date(2026, 9, 22),
        ),
    ],
    ids=[
        "two weeks",
        "on a Saturday",
        "Independence Day",
        "Nooruz",
        "year end",
        "worked Saturday",
        "day off",
    ],
)
def test_ten_working_days_for_an_opinion(
    served_on: date, special: dict[date, SpecialDay], until: date
) -> None:
    course = goes(Course(), served_on, *[each.what for each in served().happenings])
    assert Deadlines(course, TERMS, special).opinion(1, "union") == until


def test_a_duty_is_due_on_its_last_day_and_overdue_on_the_next() -> None:
    last_day = date(2026, 11, 16)
    assert told(served(), last_day, Due.OPINION) == [State.DUE]
    assert told(served(), last_day + timedelta(days=1), Due.OPINION) == [State.OVERDUE]


def test_an_opinion_after_its_deadline_is_kept_and_late() -> None:
    course = goes(served(), date(2026, 11, 20), REMARK)
    assert told(course, date(2026, 11, 20), Due.OPINION) == [State.LATE]
    assert told(course, date(2026, 11, 20), Due.ANSWER) == [State.DUE]


def test_silence_at_the_close_stays_unanswered() -> None:
    course = goes(served(), date(2026, 11, 17), h.Closed())
    assert told(course, date(2026, 12, 1), Due.OPINION) == [State.UNANSWERED]


def test_what_a_bypass_went_past_is_skipped() -> None:
    course = goes(served(), START, REMARK, h.Bypassed("Put to the vote"), h.Adopted("№ 1"))
    assert told(course, date(2026, 12, 1), Due.NOTICE) == [State.DONE]
    assert told(course, date(2026, 12, 1), Due.ANSWER) == [State.SKIPPED]


def test_an_answer_is_due_five_days_after_the_opinion_and_the_first_one_counts() -> None:
    course = goes(served(), START, REMARK)
    assert [duty.until for duty in of(course, START, Due.ANSWER)] == [date(2026, 11, 9)]
    course = goes(course, date(2026, 11, 6), REJECTED)
    course = goes(course, date(2026, 11, 12), h.Answered(1, Verdict.PARTLY, "Half"))
    assert told(course, date(2026, 11, 12), Due.ANSWER) == [State.DONE]


def test_an_accepted_remark_asks_nothing_more_and_a_rejected_one_asks_its_author() -> None:
    course = goes(served(), START, REMARK)
    assert of(goes(course, START, h.Answered(1, Verdict.ACCEPTED, "")), START, Due.STAND) == []
    rejected = goes(course, START, REJECTED)
    assert [(duty.body, duty.until) for duty in of(rejected, START, Due.STAND)] == [
        ("union", date(2026, 11, 5))
    ]


def test_an_open_dispute_asks_for_a_meeting_until_it_is_held() -> None:
    course = goes(served(), START, REMARK, REJECTED, h.Stood("union", 1, insists=True, why="Promised"))
    assert [(duty.until, duty.state) for duty in of(course, date(2026, 11, 10), Due.MEETING)] == [
        (date(2026, 11, 9), State.OVERDUE)
    ]
    met = goes(course, date(2026, 11, 10), h.Met("Both", "Said"))
    assert told(met, date(2026, 11, 10), Due.MEETING) == [State.LATE]


def test_a_meeting_before_the_second_round_is_none_on_what_is_disputed_in_it() -> None:
    course = goes(served(), START, REMARK, REJECTED, h.Met("Both", "Said"), h.RoundBegun("Art. 3 anew"))
    course = goes(course, START, h.Served("union", "№ 20"), h.Opined("union", Stance.DISAGREES, "No change"))
    assert told(course, START, Due.MEETING) == [State.DUE]


def test_an_appeal_stays_due_after_the_act_was_adopted() -> None:
    course = goes(served(), START, h.Bypassed("Put to the vote"), h.Adopted("№ 1"))
    course = goes(course, START, h.Appealed("union", "Prime Minister", "The bypass"))
    assert told(course, date(2026, 12, 1), Due.RULING) == [State.OVERDUE]
    ruled = goes(course, date(2026, 11, 16), h.Ruled(1, Ruling.UPHELD, "It was mandatory"))
    assert told(ruled, date(2026, 12, 1), Due.RULING) == [State.DONE]


def test_duties_come_in_the_order_of_their_days() -> None:
    course = goes(served("union", "cities"), START, REMARK, REJECTED)
    days = [duty.until for duty in duties(deadlines(course), START)]
    assert days == sorted(days)
    assert len(days) == 6


@pytest.mark.parametrize(
    ("days", "state"), [(7, State.DONE), (8, State.LATE)], ids=["on the last day", "a day after it"]
)
def test_an_appeal_after_its_term_is_kept_and_late(days: int, state: State) -> None:
    course = goes(served(), START, REMARK, REJECTED)
    course = goes(course, START + timedelta(days), h.Appealed("union", "Prime Minister", "The rejection"))
    assert told(course, date(2026, 12, 1), Due.APPEAL) == [state]


def test_an_appeal_against_silence_counts_from_the_day_the_answer_was_due() -> None:
    course = goes(served(), START, REMARK)
    appealed = goes(course, date(2026, 11, 16), h.Appealed("union", "Prime Minister", "No answer"))
    assert [(each.until, each.state) for each in of(appealed, date(2026, 12, 1), Due.APPEAL)] == [
        (date(2026, 11, 16), State.DONE)
    ]


def test_no_term_runs_for_who_appeals_before_anything_is_answered() -> None:
    disagrees = h.Opined("union", Stance.DISAGREES, "Against the Budget Code")
    course = goes(served(), START, disagrees, h.Appealed("union", "Prime Minister", "The draft"))
    assert told(course, START, Due.APPEAL) == []
