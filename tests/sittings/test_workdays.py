"""Terms in working days pass over weekends, holidays and days moved by an act, and nothing else."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from budgetproto.i18n import Named
from budgetproto.sittings.day_calendar import published_days
from budgetproto.sittings.workdays import (
    SpecialDay,
    calendar_day_after,
    is_working,
    working_day_after,
    working_days,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def calendar(year: int) -> dict[date, SpecialDay]:
    return {day.day: day for day in published_days(year)}


def moved(day: date, *, working: bool) -> dict[date, SpecialDay]:
    return {day: SpecialDay(day, working, Named("Которулган күн"), "Министрлер Кабинетинин чечими")}


def test_independence_day_is_no_working_day() -> None:
    assert not is_working(date(2026, 8, 31), calendar(2026))
    assert is_working(date(2026, 9, 1), calendar(2026))


def test_the_saturday_worked_for_the_second_of_january_2025_is_a_working_day() -> None:
    assert date(2025, 1, 11).weekday() == 5
    assert is_working(date(2025, 1, 11), calendar(2025))
    assert not is_working(date(2025, 1, 2), calendar(2025))


def test_a_saturday_moved_by_an_act_is_worked() -> None:
    saturday = date(2026, 11, 28)
    assert not is_working(saturday, {})
    assert is_working(saturday, moved(saturday, working=True))


def test_five_working_days_from_the_last_of_april_2026_pass_over_the_may_holidays() -> None:
    assert working_day_after(date(2026, 4, 30), 5, calendar(2026)) == date(2026, 5, 15)


def test_day_twenty_after_the_fourth_of_may_2020_is_the_twenty_fourth() -> None:
    assert calendar_day_after(date(2020, 5, 4), 20) == date(2020, 5, 24)


def test_holidays_are_named_in_three_languages() -> None:
    eighth = next(day for day in published_days(2026) if day.day == date(2026, 3, 8))
    assert (eighth.name.ky != "", eighth.name.ru != "") == (True, True)
    assert eighth.name.en == "International Women's Day"


@given(DAYS, st.integers(1, 60))
def test_counting_to_the_end_of_a_term_gives_its_length(day: date, count: int) -> None:
    end = working_day_after(day, count, calendar(2026))
    assert working_days(day, end, calendar(2026)) == count
    assert is_working(end, calendar(2026))


@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    parts = working_days(day, middle, {}) + working_days(middle, end, {})
    assert parts == working_days(day, end, {})
