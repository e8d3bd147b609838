"""The duty to report: by the setting's day, or by no act's."""

from dataclasses import replace
from datetime import date

import pytest

from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.proceedings.participation.listing import bind
from budgetproto.reporting.annual.duty import SETTING, State, day_due, duties, every_duty, state_of
from budgetproto.reporting.annual.service import open_report
from budgetproto.sittings.procedure import ValueUnfit, change_setting, shipped
from tests.bodies import stand_all
from tests.factories import make_scene
from tests.reporting.annual.writing import filed

SOURCE = Named("Регламенттин долбоору", "Проект Регламента", "Draft Rules")
DAY = date(2027, 5, 1)


@pytest.mark.parametrize(
    ("value", "year", "day"),
    [
        ("", 2026, None),
        ("05-01", 2026, DAY),
        ("02-29", 2027, date(2028, 2, 29)),
        ("02-29", 2026, date(2027, 2, 28)),
    ],
)
def test_the_day_is_in_the_year_after(value: str, year: int, day: date | None) -> None:
    assert day_due(replace(shipped()[SETTING], value=value), year) == day


@pytest.mark.parametrize(
    ("until", "done", "today", "state"),
    [
        (None, None, DAY, State.NO_DAY),
        (None, DAY, DAY, State.DONE),
        (DAY, None, DAY, State.DUE),
        (DAY, None, date(2027, 5, 2), State.OVERDUE),
        (DAY, DAY, date(2027, 9, 1), State.DONE),
        (DAY, date(2027, 5, 2), date(2027, 9, 1), State.LATE),
    ],
)
def test_a_report_is_late_from_the_day_after(
    until: date | None, done: date | None, today: date, state: State
) -> None:
    assert state_of(until, done, today) is state


def test_as_shipped_the_day_is_one_to_begin_with_and_the_source_says_that_no_act_sets_it(
    database: Database,
) -> None:
    scene = make_scene(database)
    stand_all(scene)
    with database.reading() as session:
        (duty,) = duties(session, scene.unionist.id)
        assert duties(session, scene.minister.id) == duties(session, scene.secretary.id) == ()
    assert duty.until == date(duty.year + 1, 4, 1)
    assert "No act sets this" in duty.source.en


def test_where_the_committee_sets_no_day_none_is_missed(database: Database) -> None:
    scene = make_scene(database)
    stand_all(scene)
    change_setting(database, scene.secretary.id, SETTING, value="", source=SOURCE)
    with database.reading() as session:
        (duty,) = duties(session, scene.unionist.id)
    assert (duty.state, duty.until) == (State.NO_DAY, None)


def test_both_sides_see_the_duty_of_whom_the_committee_has_to_invite_and_of_nobody_else(
    database: Database,
) -> None:
    scene = make_scene(database)
    stand_all(scene)
    basis = Named("Комитеттин чечими", "Решение комитета", "")
    bind(database, scene.secretary.id, party=scene.union.id, beside=None, listed=True, basis=basis)
    with database.reading() as session:
        for reader in (scene.minister, scene.secretary, scene.unionist):
            assert [each.party for each in every_duty(session, reader.id)] == [scene.union]
        # An association that is not on the list sees its own duty beside.
        assert {each.party.key for each in every_duty(session, scene.mayor.id)} == {
            scene.union.key,
            scene.cities.key,
        }


def test_a_report_in_the_making_changes_nothing_of_what_others_see(database: Database) -> None:
    scene = make_scene(database)
    stand_all(scene)
    basis = Named("Комитеттин чечими", "Решение комитета", "")
    bind(database, scene.secretary.id, party=scene.union.id, beside=None, listed=True, basis=basis)
    with database.reading() as session:
        (before,) = every_duty(session, scene.minister.id)
    report = open_report(database, scene.unionist.id, party_id=scene.union.id, year=before.year)
    with database.reading() as session:
        assert every_duty(session, scene.minister.id) == (before,)
    assert report


def test_a_report_of_another_year_does_not_meet_the_duty(
    database: Database,
) -> None:
    scene = make_scene(database)
    change_setting(database, scene.secretary.id, SETTING, value="01-01", source=SOURCE)
    filed(scene)
    with database.reading() as session:
        (duty,) = duties(session, scene.unionist.id)
    assert (duty.state, duty.source) == (State.OVERDUE, SOURCE)


@pytest.mark.parametrize("unfit", ["13-01", "02-30", "5-1", "04-31", "1 May"])
def test_what_is_no_day_is_refused(database: Database, unfit: str) -> None:
    scene = make_scene(database)
    with pytest.raises(ValueUnfit):
        change_setting(database, scene.secretary.id, SETTING, value=unfit, source=SOURCE)
