"""What is not done stands beside each draft, and is counted anew with every step and with the calendar."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from budgetproto.app import name_things
from budgetproto.coordination import duty_storage, storage
from budgetproto.coordination import happenings as h
from budgetproto.coordination.clock import Due, State, duties
from budgetproto.coordination.duty_storage import DutyRow
from budgetproto.coordination.service import deadlines_of
from budgetproto.coordination.undone import last_day
from budgetproto.i18n import Named
from budgetproto.sittings import day_calendar
from tests.coordination.going import START, deadlines, goes, served
from tests.coordination.held import Register, opinion
from tests.coordination.test_service import register

__all__ = ["register"]


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    name_things()


def kept(register: Register) -> list[DutyRow]:
    with register.scene.database.reading() as session:
        rows = select(DutyRow).where(DutyRow.act == register.act).order_by(col(DutyRow.place))
        return list(session.exec(rows))


def test_what_is_not_done_is_kept_with_who_owes_it(register: Register) -> None:
    scene = register.served().scene
    assert {(row.due, row.party) for row in kept(register)} == {
        (Due.OPINION, scene.union.id),
        (Due.OPINION, scene.cities.id),
    }
    register.record(scene.unionist, opinion(scene.union))
    assert {(row.due, row.party, row.number) for row in kept(register)} == {
        (Due.OPINION, scene.cities.id, 0),
        (Due.ANSWER, scene.ministry.id, 1),
    }


def test_what_is_kept_is_what_the_clock_says_on_any_day(register: Register) -> None:
    scene = register.served().scene
    told = register.record(scene.unionist, opinion(scene.union))
    with scene.database.reading() as session:
        running = deadlines_of(session, told)
    assert running is not None
    for days in (0, 400):
        day = told.course.happenings[-1].on + timedelta(days)
        clock = [(duty.what, duty.until, duty.state) for duty in duties(running, day) if duty.done is None]
        assert [(row.due, row.until, row.state(day)) for row in kept(register)] == clock


def test_a_day_off_entered_later_moves_what_is_kept(register: Register) -> None:
    scene = register.served().scene
    before = kept(register)[0].until
    name, source = Named("Дем алыш"), "Буйрук"
    day_calendar.enter_day(
        scene.database, scene.secretary.id, before, working=False, name=name, source=source
    )
    after = kept(register)[0].until
    assert after > before
    day_calendar.remove_day(scene.database, scene.secretary.id, before)
    assert kept(register)[0].until == before


def test_a_bypass_makes_them_skipped_and_a_withdrawal_unanswered(register: Register) -> None:
    scene = register.served().scene
    register.record(scene.secretary, h.Bypassed("Бир күндө үч окуу"))
    day = date(2200, 1, 1)
    assert {row.state(day) for row in kept(register)} == {State.SKIPPED}
    with scene.database.reading() as session:
        mine = frozenset({scene.union.id})
        assert duty_storage.counts(session, mine, day) == {State.SKIPPED: 1}
        found = duty_storage.duties_in(session, State.SKIPPED, mine, day, most=9)
        assert [(row.party, act.number) for row, act in found] == [(scene.union.id, 1)]
        assert duty_storage.owed_on(session, [register.act], day) == {}
        assert storage.act_row(session, register.act) is not None


def test_only_steps_with_a_term_have_a_last_day() -> None:
    course = goes(served(), START, h.Consulted("The Union", "The norm", ""))
    remark = h.Opined("union", h.Stance.WITH_REMARKS, "", (("Art. 3", "Keep the norm"),))
    answer = h.Answered(1, h.Verdict.REJECTED, "No room")
    course = goes(course, START, remark, answer, h.Stood("union", 1, insists=True, why="Promised"))
    course = goes(course, START, h.Answered(1, h.Verdict.PARTLY, "Half", changed="Asked by the chair"))
    days = [last_day(deadlines(course), place) for place in range(len(course.happenings))]
    assert days == [
        None,
        date(2026, 11, 5),
        None,
        date(2026, 11, 16),
        date(2026, 11, 9),
        date(2026, 11, 5),
        None,
    ]
