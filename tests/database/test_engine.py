"""Transactions commit whole or not at all, readers cannot write, and SQLite keeps what it acknowledges."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel, select

from budgetproto.accounts.storage import PartyRow
from budgetproto.database import Database, new_id, now
from budgetproto.database.migrations import migrate
from budgetproto.database.rows import APPENDED_ONLY
from budgetproto.errors import SetUp
from tests.factories import file_all, make_party, make_scene

WRITES = (
    "INSERT INTO account_party (id, key, side, name_ky, name_ru, name_en) VALUES ('x','x','lsg','','','')",
    "UPDATE account_party SET key = 'other'",
    "DELETE FROM account_party",
    "CREATE TABLE leak (x INTEGER)",
)


def keys(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(PartyRow.key)))


@pytest.mark.parametrize("statement", WRITES)
def test_a_read_only_transaction_cannot_write(database: Database, statement: str) -> None:
    make_party(database, key="union")
    with pytest.raises(sa.exc.DBAPIError), database.reading() as session:
        session.connection().exec_driver_sql(statement)
    assert keys(database) == ["union"]


def test_a_writer_may_write_right_after_a_reader_on_the_same_connection(database: Database) -> None:
    for number in range(5):
        assert len(keys(database)) == number
        make_party(database, key=f"party-{number}")


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.connection().exec_driver_sql(WRITES[0])
        raise RuntimeError
    assert keys(database) == []


def test_what_is_written_aside_survives_the_refusal_before_it(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.connection().exec_driver_sql(WRITES[0])
        raise RuntimeError
    with database.aside() as session:
        session.connection().exec_driver_sql(WRITES[0])
    assert keys(database) == ["x"]


def test_a_reader_sees_one_picture_while_others_write(database: Database) -> None:
    make_party(database, key="first")
    with database.reading() as session:
        before = session.exec(select(PartyRow.key)).all()
        writer = threading.Thread(target=make_party, args=(database,), kwargs={"key": "second"})
        writer.start()
        writer.join(timeout=5)
        assert not writer.is_alive()  # a reader holds no writer up
        assert session.exec(select(PartyRow.key)).all() == before
    assert keys(database) == ["first", "second"]


def test_the_databases_clock_is_utc_and_runs_within_a_transaction(database: Database) -> None:
    with database.reading() as session:
        first, second = now(session), now(session)
        while second == first:
            second = now(session)
    assert first.tzinfo is UTC
    assert timedelta(0) < second - first < timedelta(seconds=5)
    assert abs(first - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("recursive_triggers", 1),
    ],
)
def test_sqlite_is_set_up_to_keep_what_it_acknowledges(
    sqlite_database: Database, pragma: str, value: object
) -> None:
    # The database of the tests skips what only a power cut would show: opened anew it is as people run it.
    database = Database(sqlite_database.url)
    with database.writing() as session:
        assert session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    database.check()
    database.close()


def test_a_weaker_setting_stops_the_start(sqlite_database: Database) -> None:
    @sa.event.listens_for(sqlite_database.engine, "connect")
    def _weaken(connection: object, _record: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]

    sqlite_database.engine.dispose()
    with pytest.raises(SetUp):
        sqlite_database.check()


def test_a_foreign_key_is_kept(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO account_role (person, role) VALUES ('nobody', 'chair')"
        )


def test_migrating_twice_changes_nothing(database: Database) -> None:
    make_party(database, key="union")
    migrate(database)
    assert keys(database) == ["union"]


def test_the_tables_are_exactly_what_the_rooms_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        difference = compare_metadata(context, SQLModel.metadata)
    assert [each for each in difference if "alembic_version" not in str(each)] == []


def test_ids_are_random_and_tell_no_order() -> None:
    made = [new_id() for _ in range(2_000)]
    assert len(set(made)) == 2_000
    assert {len(each) for each in made} == {26}
    assert sorted(made) != made


GUARDED = sorted(APPENDED_ONLY)


@pytest.mark.parametrize("table", GUARDED)
def test_every_append_only_table_refuses_every_change(database: Database, table: str) -> None:
    """With a row in it, whatever it may mean, since SQLite's triggers fire per row."""
    with database.engine.connect() as connection:
        described = sa.inspect(connection).get_columns(table)
    values = {column["name"]: _any(column["type"]) for column in described}
    column = next(iter(values))
    verbs = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    for verb in verbs if database.is_sqlite else [*verbs, f"TRUNCATE {table} CASCADE"]:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.writing() as session:
            connection = session.connection()
            _ignore_foreign_keys(database, connection)
            connection.execute(sa.table(table, *map(sa.column, values)).insert(), values)
            connection.exec_driver_sql(verb)


def test_the_tables_that_must_never_change_are_among_them() -> None:
    assert {"journal_entry", "dispute_position", "dispute_reveal", "sitting_terms"} <= set(GUARDED)


def _ignore_foreign_keys(database: Database, connection: sa.Connection) -> None:
    if database.is_sqlite:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return
    named = "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f'"
    for table, name in connection.exec_driver_sql(named).all():
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def _any(kind: sa.types.TypeEngine[object]) -> object:
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, sa.DateTime):
        return datetime(2020, 5, 14, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return datetime(2020, 5, 14, tzinfo=UTC).date()
    return b"x" if isinstance(kind, sa.LargeBinary) else "x"


def test_replacing_a_row_is_refused_like_deleting_it(sqlite_database: Database) -> None:
    """SQLite's INSERT OR REPLACE deletes without asking the trigger unless triggers are recursive."""
    scene = make_scene(sqlite_database)
    file_all(scene)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), sqlite_database.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT OR REPLACE INTO dispute_position SELECT * FROM dispute_position"
        )
