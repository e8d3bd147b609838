"""The journal on both databases: chained, verified, never changed."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
import sqlalchemy as sa

from budgetproto.database import Database
from budgetproto.journal import SYSTEM, Event, append
from budgetproto.journal.storage import check, entries, head


@dataclass(frozen=True)
class BellRung(Event):
    """A test event."""

    kind: ClassVar[str] = "tests.bell_rung"
    times: int


def ring(database: Database, times: int) -> None:
    with database.writing() as session:
        append(session, SYSTEM, BellRung(times))


def test_each_entry_carries_the_hash_of_the_one_before(database: Database) -> None:
    for times in range(1, 4):
        ring(database, times)
    with database.reading() as session:
        first, second, third = entries(session, SYSTEM)
        assert (second.previous, third.previous) == (first.hash, second.hash)
        assert head(session, SYSTEM).hash == third.hash


def test_a_whole_chain_verifies(database: Database) -> None:
    for times in range(20):
        ring(database, times)
    with database.reading() as session:
        assert check(session, SYSTEM) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET payload = '{}'", "DELETE FROM journal_entry"]
)
def test_the_database_refuses_to_change_an_entry(database: Database, statement: str) -> None:
    ring(database, 1)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_a_failed_transaction_leaves_no_entry(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        append(session, SYSTEM, BellRung(1))
        raise RuntimeError
    with database.reading() as session:
        assert entries(session, SYSTEM) == []


def test_an_altered_payload_is_found_at_its_number(sqlite_database: Database) -> None:
    for times in range(1, 6):
        ring(sqlite_database, times)
    with sqlite_database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER journal_entry_no_update")
        connection.exec_driver_sql("""UPDATE journal_entry SET payload = '{"times":9}' WHERE sequence = 3""")
    with sqlite_database.reading() as session:
        found = check(session, SYSTEM)
    assert found is not None
    assert (found.sequence, found.key) == (3, "journal.break.altered")


def test_a_cut_tail_is_found_by_the_head(sqlite_database: Database) -> None:
    for times in range(1, 6):
        ring(sqlite_database, times)
    with sqlite_database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER journal_entry_no_delete")
        connection.exec_driver_sql("DELETE FROM journal_entry WHERE sequence = 5")
    with sqlite_database.reading() as session:
        found = check(session, SYSTEM)
    assert found is not None
    assert found.key == "journal.break.head"


def test_a_read_only_transaction_writes_nothing(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.reading() as session:
        session.connection().exec_driver_sql("UPDATE journal_chain SET length = 0")
