"""The settings of the procedure: shipped with sources, changed with sources, the quorum follows them."""

import time

import pytest

from budgetproto.accounts.domain import Role
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Named
from budgetproto.journal import SYSTEM
from budgetproto.journal.storage import entries
from budgetproto.sittings.procedure import SourceMissing, ValueUnfit, change_setting, procedure, shipped
from tests.factories import make_person

DECISION = Named("чечим", "решение", "decision of 12.02.2026")
RULES = Named("Регламент", "Регламент", "Rules of procedure")


def quorum(database: Database) -> int:
    with database.reading() as session:
        return procedure(session).quorum


def test_every_shipped_setting_has_a_source() -> None:
    sources = [setting.source for setting in shipped().values()]
    assert all(source.ky and source.ru and source.en for source in sources)


def test_more_than_half_of_eleven_members_are_six(sqlite_database: Database) -> None:
    assert quorum(sqlite_database) == 6


def test_the_quorum_follows_the_number_of_members(database: Database) -> None:
    secretary = make_person(database, roles=frozenset({Role.SECRETARY}))
    change_setting(database, secretary.id, "members_total", value="9", source=DECISION)
    assert quorum(database) == 5
    change_setting(database, secretary.id, "members_total", value="8", source=DECISION)
    assert quorum(database) == 5


def test_a_change_of_a_setting_is_an_event_with_its_source(sqlite_database: Database) -> None:
    secretary = make_person(sqlite_database, roles=frozenset({Role.SECRETARY}))
    change_setting(sqlite_database, secretary.id, "quorum_share", value="2/3", source=RULES)
    with sqlite_database.reading() as session:
        last = entries(session, SYSTEM)[-1]
    assert (last.kind, last.values()["source"]) == ("sittings.setting_changed", "Регламент")


def test_a_setting_without_a_source_is_refused(sqlite_database: Database) -> None:
    secretary = make_person(sqlite_database, roles=frozenset({Role.SECRETARY}))
    with pytest.raises(SourceMissing):
        change_setting(sqlite_database, secretary.id, "members_total", value="9", source=Named())


def test_a_setting_that_does_not_exist_is_unknown(sqlite_database: Database) -> None:
    secretary = make_person(sqlite_database, roles=frozenset({Role.SECRETARY}))
    with pytest.raises(Unknown):
        change_setting(sqlite_database, secretary.id, "number_of_chairs", value="9", source=RULES)


def test_an_analyst_may_not_change_the_procedure(sqlite_database: Database) -> None:
    analyst = make_person(sqlite_database, roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotPermitted):
        change_setting(sqlite_database, analyst.id, "members_total", value="1", source=RULES)


@pytest.mark.parametrize("written", ["1e-99999999", "1e99999999", "0,5", "½", "1/0", "-1/2", "3/2", " "])
def test_a_share_is_a_plain_fraction_and_costs_no_time_to_refuse(database: Database, written: str) -> None:
    secretary = make_person(database, roles=frozenset({Role.SECRETARY}))
    began = time.monotonic()
    with pytest.raises(ValueUnfit):
        change_setting(database, secretary.id, "quorum_share", value=written, source=RULES)
    assert time.monotonic() - began < 1
