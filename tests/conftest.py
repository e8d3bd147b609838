"""Fixtures every test shares: both databases, and the tools that a check needs."""

import gc
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
import pytest
import sqlalchemy as sa
import structlog
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from sqlalchemy.orm import ORMExecuteState, Session

from budgetproto.accounts import passwords
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from tests.hurry import hurried, well_spoken
from tests.longest import longest_first
from tests.needs import missing_tools, report_missing
from tests.remembered import compiled

settings.register_profile("house", deadline=None, database=None)
settings.load_profile("house")
Flask.jinja_options = {"bytecode_cache": compiled()}

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEST_ALL = os.environ.get("BUDGETPROTO_TEST_ALL") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip, and name, each check whose tool is missing; under BUDGETPROTO_TEST_ALL=1 that is a failure."""
    if hasattr(config, "workerinput"):
        longest_first(items)
    missing = missing_tools()
    for item in items:
        for tool in sorted(missing & {mark.name for mark in item.iter_markers()}):
            if not TEST_ALL:
                item.add_marker(pytest.mark.skip(reason=f"not run for want of {tool}"))


def pytest_collection_finish() -> None:
    """Leave what was imported to itself: going through it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@sa.event.listens_for(Session, "do_orm_execute")
def locks_nothing_to_read(state: ORMExecuteState) -> None:
    """Fail whoever locks a row in a picture that is read only: PostgreSQL refuses, SQLite has no locks."""
    chosen = state.session.get_bind()
    kept = chosen.get_execution_options()
    only_read = kept.get("budgetproto_reading") or kept.get("postgresql_readonly")
    locks = getattr(state.statement, "_for_update_arg", None) is not None
    if only_read and locks:
        raise sa.exc.InternalError("locked while reading", None, ValueError(str(state.statement)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a check that cannot be run where every check must be."""
    wanting = missing_tools() & {mark.name for mark in item.iter_markers()}
    if TEST_ALL and wanting:
        pytest.fail(f"BUDGETPROTO_TEST_ALL=1, and wanting: {', '.join(sorted(wanting))}", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every check that was not run."""
    report_missing(terminalreporter)


@pytest.fixture(scope="session", autouse=True)
def cheap_hasher() -> Iterator[None]:
    """Hash passwords with the least memory and time Argon2id allows: the tests make hundreds of accounts."""
    kept = passwords.HASHER
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobody.cache_clear()
    yield
    passwords.HASHER = kept


@pytest.fixture(scope="session", autouse=True)
def quiet_requests() -> None:
    """Write no line for each request: the tests make a hundred thousand; tests/operations reads its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, to be copied for each test."""
    file = tmp_path_factory.mktemp("template") / "budgetproto.sqlite3"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=0")
    database.close()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start the embedded PostgreSQL server and migrate a template database in it; return its URL."""
    from tests.postgres import running_server

    with running_server() as url:
        _hurry(url)
        _execute(url, "CREATE DATABASE template_sitting")
        database = Database(_named(url, "template_sitting"))
        migrate(database)
        database.close()
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a test an empty, migrated database of its own: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        yield from _sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        yield from _postgres(request.getfixturevalue("_lent"))


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """Give a test an empty, migrated SQLite database, where the engine does not matter."""
    yield from _sqlite(sqlite_template, tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Start Chromium once for the whole run: two of them cannot live in one process."""
    from tests.browser import chromium

    with chromium() as browser:
        yield browser


def _sqlite(template: Path, folder: Path) -> Iterator[Database]:
    shutil.copy(template, folder / "budgetproto.sqlite3")
    database = hurried(Database(f"sqlite:///{folder}/budgetproto.sqlite3"))
    yield database
    database.close()


class _Lent:
    """The server's one test database: emptying it takes a tenth of the time of copying a new one.

    One connection empties it after every test: a new one each time would take longer than the emptying.
    """

    def __init__(self, server: str) -> None:
        self._server, self.url = server, _named(server, "test_sitting")
        self._connection: psycopg.Connection | None = None
        with _connected(_named(server, "template_sitting")) as template:
            self._migrated = template.execute(_SCHEMA).fetchone()

    def begin(self) -> None:
        """Copy the migrated database where there is none."""
        if self._connection is None:
            _execute(self._server, "CREATE DATABASE test_sitting TEMPLATE template_sitting")
            self._connection = _connection(self.url)

    def end(self) -> None:
        """Delete every row past the guards, or the database where a test has changed tables or guards."""
        assert self._connection is not None
        if self._connection.execute(_SCHEMA).fetchone() == self._migrated:
            self._connection.execute(_DELETE)
        else:
            self.close()
            _execute(self._server, "DROP DATABASE test_sitting WITH (FORCE)")

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@pytest.fixture(scope="session")
def _lent(postgres_server: str) -> Iterator[_Lent]:
    lent = _Lent(postgres_server)
    yield lent
    lent.close()


def _postgres(lent: _Lent) -> Iterator[Database]:
    lent.begin()
    database = well_spoken(Database(lent.url))
    yield database
    database.close()
    lent.end()


#: What describes the tables and guards of a database, in one row.
_SCHEMA: Final = """
SELECT (SELECT string_agg(tgname, ' ' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT string_agg(conname, ' ' ORDER BY conname) FROM pg_constraint),
       (SELECT string_agg(relname || '.' || attname, ' ' ORDER BY relname, attname)
        FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped)
"""
#: Deletes from every table that has a row.
_DELETE: Final = """
DO $$
DECLARE name text; filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
    END LOOP;
END $$
"""


def _hurry(url: str) -> None:
    """Let the server skip what only a power cut would show: its databases live for one test."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _execute(url, f"ALTER SYSTEM SET {setting} = off")
    _execute(url, "SELECT pg_reload_conf()")


def _execute(url: str, statement: str) -> None:
    with _connected(url) as connection:
        connection.execute(statement)


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    """Talk to a database without the means of the service, each statement for itself."""
    with _connection(url) as connection:
        yield connection


def _connection(url: str) -> psycopg.Connection:
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def _named(url: str, name: str) -> str:
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)
