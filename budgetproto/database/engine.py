"""Engines and transactions: for writing, for reading only, and aside for what must survive a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, create_engine

from budgetproto.database import picture
from budgetproto.errors import ConciliationError, SetUp

#: SQLite as the sitting needs it. FULL, not NORMAL: with NORMAL a power cut loses acknowledged positions.
#: Without recursive triggers, INSERT OR REPLACE deletes an append-only row and no trigger notices.
_PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "synchronous": 2,
    "recursive_triggers": 1,
}


#: The server does not answer, or another program holds the file.
ConnectionFailure = sa.exc.OperationalError
#: Every connection was in use for too long.
PoolExhausted = sa.exc.TimeoutError


class Database:
    """One database with its two kinds of transactions.

    A `writing` transaction commits when its block ends and rolls back when it raises; nothing else commits.
    `aside` is a second short one for what must outlive a refusal: open it after the first has ended.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(**_read_only(self.engine))

    @property
    def is_sqlite(self) -> bool:
        """Tell the embedded database from a server."""
        return self.engine.dialect.name == "sqlite"

    @property
    def name(self) -> str:
        """Return what the database is called: the name of its file, or its name on the server."""
        return Path(self.engine.url.database or "-").name

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that commits when the block returns and rolls back when it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a read-only transaction: one unchanging picture of the data for the whole block."""
        known = picture.empty()
        with (
            Session(self._reader, expire_on_commit=False, autoflush=False, info=known) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def rebuilding(self) -> Iterator[Session]:
        """Open a writing transaction that may take tables apart: links are proven when it ends."""
        with (
            self.engine.connect() as connection,
            _links_unchecked(connection),
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            _check_links(connection)

    def aside(self) -> Any:
        """Open the short transaction for a record that must survive the refusal just made."""
        return self.writing()

    def check(self) -> None:
        """Assert at start-up that SQLite keeps what it acknowledges; raise SetUp otherwise."""
        if not self.is_sqlite:
            return
        with self.engine.connect() as connection:
            for name, wanted in _PRAGMAS.items():
                found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                if found != wanted:
                    raise SetUp(what=f"PRAGMA {name} = {found}", remedy=f"{name} = {wanted}")

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


@contextmanager
def taken(refusal: ConciliationError) -> Iterator[None]:
    """Turn the loss of a race for a unique name into the refusal that a look before would have given."""
    try:
        yield
    except sa.exc.IntegrityError as lost:
        raise refusal from lost


@contextmanager
def unless_busy() -> Iterator[None]:
    """Leave a record undone that is worth less than the answer, when the database is too busy for it."""
    with suppress(sa.exc.OperationalError):
        yield


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if (file := sa.make_url(url).database) and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    """Take BEGIN into our own hands (Python 3.11 would start transactions late) and set the pragmas."""
    connection.isolation_level = None
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


@contextmanager
def _links_unchecked(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite make a table anew that others refer to, as its manual says; outside a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - it was just opened
    driver.execute("PRAGMA foreign_keys=0")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=1")


def _check_links(connection: sa.Connection) -> None:
    """Raise IntegrityError when a row refers to one there is not."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise sa.exc.IntegrityError("PRAGMA foreign_key_check", None, ValueError(f"{broken[0]}, {broken[2]}"))


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at once for writers, so that two of them queue instead of failing half-way."""
    reading = connection.get_execution_options().get("budgetproto_reading", False)
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - it has just been given out
    driver.execute(f"PRAGMA query_only={1 if reading else 0}")
    if reading:
        # Straight to the driver, as it waits for nobody: on the shortest pages the way round costs as much
        # as a query. Only a writer can find the database busy, which must come as SQLAlchemy's error.
        driver.execute("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _read_only(engine: sa.Engine) -> dict[str, object]:
    if engine.dialect.name == "sqlite":
        return {"budgetproto_reading": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
