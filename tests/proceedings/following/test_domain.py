"""When an assignment is due, overdue, kept or late; and what a new entry has to say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.proceedings.following.domain import (
    DUTIES,
    NO_READING,
    READINGS,
    Appearance,
    Assignment,
    CorrectionUnexplained,
    Duty,
    FollowUp,
    NoSuchReading,
    NotInvited,
    OwnerMissing,
    Reading,
    ReadingToCome,
    check_appearance,
    check_assignment,
    check_correction,
    duty_of,
    of_kind,
    reading_of,
)

MINISTRY = Named("Финансы министрлиги", "Министерство финансов")
DUE = date(2026, 12, 15)
ASSIGNED = Assignment(MINISTRY, DUE)


def law(on: date | None) -> FollowUp:
    return FollowUp("adopted", Som(100), None, on, "Мыйзам", NO_NAME)


@pytest.mark.parametrize(
    ("today", "adopted", "duty"),
    [
        (date(2026, 11, 30), None, "waiting"),
        (date(2026, 12, 1), None, "due"),
        (date(2026, 12, 15), None, "due"),
        (date(2026, 12, 16), None, "overdue"),
        (date(2027, 3, 1), law(date(2026, 12, 15)), "kept"),
        (date(2027, 3, 1), law(date(2026, 12, 16)), "late"),
        (date(2027, 3, 1), law(None), "settled"),
    ],
)
def test_an_assignment_is_judged_by_its_day(today: date, adopted: FollowUp | None, duty: Duty) -> None:
    assert duty_of(ASSIGNED, adopted, day=today, warning=14) == duty


def test_where_nobody_is_named_nothing_is_overdue() -> None:
    assert duty_of(None, None, day=date(2030, 1, 1), warning=14) == "nobody"


@given(st.integers(-400, 400), st.integers(0, 365))
def test_every_day_has_exactly_one_duty_and_they_come_in_order(after: int, warning: int) -> None:
    order = ["waiting", "due", "overdue"]
    today = DUE + timedelta(days=after)
    now, next_day = (
        duty_of(ASSIGNED, None, day=day, warning=warning) for day in (today, today + timedelta(days=1))
    )
    assert {now, next_day} <= set(DUTIES)
    assert order.index(now) <= order.index(next_day)


def test_what_replaces_an_entry_says_why() -> None:
    check_correction([], "")
    check_correction([law(None)], "Катачылык")
    with pytest.raises(CorrectionUnexplained):
        check_correction([law(None)], "  ")


@pytest.mark.parametrize(
    ("assignment", "refusal"),
    [
        (Assignment(NO_NAME, DUE), OwnerMissing),
        (Assignment(MINISTRY, DUE, reading=4), NoSuchReading),
        (Assignment(MINISTRY, DUE, reading=-1), NoSuchReading),
        (Assignment(MINISTRY, DUE, party="stranger"), NotInvited),
    ],
)
def test_what_cannot_be_assigned_is_refused(assignment: Assignment, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_assignment(assignment, readings=3, invited=["ministry"])


def test_a_body_that_was_not_invited_may_see_to_it_without_a_desk() -> None:
    check_assignment(Assignment(MINISTRY, DUE, reading=NO_READING), readings=3, invited=["ministry"])
    check_assignment(Assignment(MINISTRY, DUE, reading=3), readings=3, invited=["ministry"])
    check_assignment(Assignment(MINISTRY, DUE, party="ministry"), readings=3, invited=["ministry"])


def test_the_entries_of_a_kind_keep_their_order() -> None:
    paid = FollowUp("executed", Som(1), None, DUE, "Казына", NO_NAME)
    first, second = law(None), law(DUE)
    assert of_kind([first, paid, second], "adopted") == (first, second)


AT_SECOND = Assignment(MINISTRY, DUE, reading=2)


def read(reading: int | None, on: date = DUE) -> Appearance:
    return Appearance(reading, on, "Стенограмма")


@pytest.mark.parametrize(
    ("assignment", "appearance", "day", "state"),
    [
        (None, None, DUE, "unnamed"),
        (ASSIGNED, None, date(2030, 1, 1), "unnamed"),
        (Assignment(MINISTRY, DUE, reading=NO_READING), None, date(2030, 1, 1), "none_needed"),
        (AT_SECOND, None, DUE, "waiting"),
        (AT_SECOND, None, DUE + timedelta(days=1), "overdue"),
        (AT_SECOND, read(1), date(2030, 1, 1), "earlier"),
        (AT_SECOND, read(2), date(2030, 1, 1), "as_promised"),
        (AT_SECOND, read(3), DUE, "later"),
        (AT_SECOND, read(None), DUE, "not_there"),
        (None, read(None), DUE, "not_there"),
        (None, read(3), DUE, "appeared"),
        (Assignment(MINISTRY, DUE, reading=NO_READING), read(1), DUE, "appeared"),
    ],
)
def test_the_reading_is_judged_by_what_was_named_and_what_is_entered(
    assignment: Assignment | None, appearance: Appearance | None, day: date, state: Reading
) -> None:
    assert reading_of(assignment, appearance, day=day) == state
    assert state in READINGS


def test_a_reading_that_is_not_there_or_has_not_come_cannot_be_entered() -> None:
    check_appearance(read(3), readings=3, day=DUE)
    check_appearance(read(None), readings=3, day=DUE)
    for reading in (0, 4):
        with pytest.raises(NoSuchReading):
            check_appearance(read(reading), readings=3, day=DUE)
    with pytest.raises(ReadingToCome):
        check_appearance(read(2, DUE + timedelta(days=1)), readings=3, day=DUE)
