"""The duty to report: by the setting's day, or by no act's."""

from dataclasses import replace
from datetime import date

import pytest

from budgetproto.database import Database
from budgetproto.i18n import Named
from budgetproto.reporting.annual.duty import SETTING, State, day_due, duties, state_of
from budgetproto.sittings.procedure import ValueUnfit, change_setting, shipped
from tests.factories import make_scene, stand_all
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


def test_as_shipped_no_act_sets_a_day_and_the_source_says_so(database: Database) -> None:
    scene = make_scene(database)
    stand_all(scene)
    with database.reading() as session:
        (duty,) = duties(session, scene.unionist.id)
        assert duties(session, scene.minister.id) == duties(session, scene.secretary.id) == ()
    assert (duty.state, duty.until) == (State.NO_DAY, None)
    assert "No act sets this" in duty.source.en


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
