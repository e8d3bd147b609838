"""Days of the calendar are entered and taken out by the keepers of the procedure, with their source."""

from datetime import date

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.sittings.day_calendar import DayNameMissing, calendar_of, enter_day, remove_day
from budgetproto.sittings.procedure import SourceMissing
from budgetproto.sittings.workdays import is_working
from tests.factories import make_person

SATURDAY = date(2026, 12, 26)
NAME = Named("Которулган иш күнү", "Перенесённый рабочий день")
SOURCE = "Министрлер Кабинетинин 2026-жылдын 1-декабрындагы чечими"


def keeper(database: Database) -> str:
    return make_person(database, roles=frozenset({Role.SECRETARY})).id


def works(database: Database, day: date) -> bool:
    with database.reading() as session:
        return is_working(day, calendar_of(session, day.year))


def test_an_entry_goes_before_the_published_calendar_until_it_is_taken_out(database: Database) -> None:
    person = keeper(database)
    enter_day(database, person, SATURDAY, working=True, name=NAME, source=SOURCE)
    assert works(database, SATURDAY)
    enter_day(database, person, SATURDAY, working=False, name=NAME, source=SOURCE)
    assert not works(database, SATURDAY)
    remove_day(database, person, SATURDAY)
    with pytest.raises(Unknown):
        remove_day(database, person, SATURDAY)
    with database.reading() as session:
        kinds = [each.kind for each in entries(session, SYSTEM)][-3:]
    assert kinds == ["sittings.calendar_day_entered"] * 2 + ["sittings.calendar_day_removed"]


def test_a_day_without_source_or_name_is_not_taken(sqlite_database: Database) -> None:
    person = keeper(sqlite_database)
    with pytest.raises(SourceMissing):
        enter_day(sqlite_database, person, SATURDAY, working=True, name=NAME, source=" ")
    with pytest.raises(DayNameMissing):
        enter_day(sqlite_database, person, SATURDAY, working=True, name=Named(ru="День"), source=SOURCE)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.ANALYST, Role.OBSERVER])
def test_nobody_but_the_keepers_touches_the_calendar(sqlite_database: Database, role: Role) -> None:
    person = make_person(sqlite_database, roles=frozenset({role})).id
    with pytest.raises(NotPermitted):
        enter_day(sqlite_database, person, SATURDAY, working=True, name=NAME, source=SOURCE)
    with pytest.raises(NotPermitted):
        remove_day(sqlite_database, person, SATURDAY)
