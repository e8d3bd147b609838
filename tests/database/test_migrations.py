"""The migrations make the tables the rooms describe, on both databases, and an old schema is refused."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from budgetproto.accounts.attempts import digest
from budgetproto.accounts.service import log_in_of
from budgetproto.database import Database
from budgetproto.database.migrations import SCRIPTS, check_schema, configured, migrate
from budgetproto.database.rows import APPENDED_ONLY
from budgetproto.disputes import storage
from budgetproto.disputes.domain import Base
from budgetproto.disputes.lines.history import HistoryEntry, HistoryKind
from budgetproto.errors import SetUp
from budgetproto.i18n import Named
from budgetproto.protocol import number_storage


def test_the_migrated_schema_is_the_one_the_tables_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_each_append_only_table_has_the_triggers_it_was_made_with(database: Database) -> None:
    """Word for word: what a database was migrated by years ago is what one of today is migrated by."""
    wanted = {words for table in APPENDED_ONLY for words in _triggers(table, sqlite=database.is_sqlite)}
    query = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    with database.engine.connect() as connection:
        assert set(connection.exec_driver_sql(query).scalars()) == wanted


def test_no_migration_words_a_trigger_of_its_own() -> None:
    found = sorted((SCRIPTS / "versions").glob("*.py"))
    assert found
    assert [each.name for each in found if "TRIGGER" in each.read_text()] == []


def _triggers(table: str, *, sqlite: bool) -> tuple[str, ...]:
    if sqlite:
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refused}"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION budgetproto_append_only()",
    )


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    check_schema(database)


def test_a_database_that_was_never_migrated_is_refused_at_start(tmp_path: object) -> None:
    empty = Database(f"sqlite:///{tmp_path}/empty.sqlite3")
    with pytest.raises(SetUp) as refusal:
        check_schema(empty)
    assert refusal.value.details["remedy"] == "budgetproto migrate"
    empty.close()


def test_the_old_text_of_a_history_becomes_its_first_entry(database: Database, tmp_path: Path) -> None:
    old = at_revision(database, tmp_path, "0001")
    for name, values in (("sitting", {"id": "s"}), ("dispute_line", {"id": "l", "sitting": "s", **_OLD})):
        insert(old, name, values)
    migrate(old)
    with old.reading() as session:
        (line,) = storage.lines(session, "s")
    texts = Named("2019-ж. каралган", "рассмотрено в 2019 г.", "")
    assert line.text.history == (HistoryEntry(HistoryKind.OTHER, None, texts),)
    assert line.text.approved_last_year == Base()
    old.close()


def test_accounts_and_log_ins_of_before_go_on_as_they_were(database: Database, tmp_path: Path) -> None:
    old = at_revision(database, tmp_path, "0004")
    token, at = "a-token", datetime.now(UTC)
    insert(old, "account_person", {"id": "p", "login": "aida", "active": True})
    log_in = {"token_hash": digest(token), "person": "p", "since": at, "until": at + timedelta(hours=12)}
    insert(old, "account_log_in", log_in)
    migrate(old)
    with old.reading() as session:
        found = log_in_of(session, token)
    assert found is not None
    assert (found.person.login, found.half, found.initial, found.confirmed) == ("aida", False, False, None)
    old.close()


_OLD = {"history_ky": "2019-ж. каралган", "history_ru": "рассмотрено в 2019 г.", "measure": "amount"}


def test_a_protocol_of_before_has_its_number_already(database: Database, tmp_path: Path) -> None:
    old = at_revision(database, tmp_path, "0016")
    for sitting, held_on in (("s", date(2019, 12, 30)), ("t", None), ("u", None)):
        values = {"id": sitting, "number": f"№ {sitting}", "budget_year": 2020, "held_on": held_on}
        insert(old, "sitting", values)
    insert(old, "protocol", {"id": "p", "sitting": "s", "number": "№ s"})
    insert(old, "protocol_lay_out", {"id": "l", "sitting": "t", "number": "№ t"})
    migrate(old)
    with old.reading() as session:
        found = [number_storage.given(session, each, 1) for each in "stu"]
    assert [each and (each.number, each.year) for each in found] == [("№ s", 2019), ("№ t", 2020), None]
    old.close()


def at_revision(database: Database, folder: Path, revision: str) -> Database:
    """Return a database of the same engine with an old schema and nothing in it."""
    if database.engine.dialect.name == "sqlite":
        database = Database(f"sqlite:///{folder}/old.sqlite3")
    else:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    with database.engine.connect() as connection:
        configuration = configured()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)
    return database


def insert(database: Database, name: str, values: Mapping[str, object]) -> None:
    """Enter a row into a table as it is there, with something in every column that needs it."""
    with database.engine.begin() as connection:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        needed = {column.name: _some(column.type) for column in table.columns if not column.nullable}
        connection.execute(table.insert().values({**needed, **values}))


def _some(kind: sa.types.TypeEngine[Any]) -> object:
    some: dict[type, object] = {str: "", int: 1, bool: False, datetime: datetime(2020, 5, 14, tzinfo=UTC)}
    return some.get(kind.python_type, date(2020, 5, 14))


def test_an_upgraded_table_keeps_its_links(sqlite_database: Database) -> None:
    """While tables are made anew SQLite checks no links; afterwards it does, and a broken one is seen."""
    migrate(sqlite_database)
    with sqlite_database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with pytest.raises(sa.exc.IntegrityError), sqlite_database.rebuilding() as session:
        session.connection().exec_driver_sql("INSERT INTO account_role (person, role) VALUES ('nobody', 'x')")
    with sqlite_database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM account_role").scalar() == 0
