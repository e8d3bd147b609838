"""The tables as they are in the database, whatever its revision: rows out, rows in, an emptied database."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session

from budgetproto.database import now
from budgetproto.journal.storage import Head

_REVISION: Final = "alembic_version"
_AT_A_TIME: Final = 1_000
#: Our functions on PostgreSQL carry this name before theirs.
_OURS: Final = "budgetproto\\_%"


@dataclass(frozen=True)
class Contents:
    """One table as it is: its columns and its rows, to be read once."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[object]]


def revision(session: Session) -> str | None:
    """Return the migration the database is at."""
    if _REVISION not in sa.inspect(session.connection()).get_table_names():
        return None
    return session.connection().execute(sa.text(f"SELECT version_num FROM {_REVISION}")).scalar()  # noqa: S608


def made_at(session: Session) -> str:
    """Return the time by the database's clock as text."""
    return now(session).isoformat()


def contents(session: Session) -> Generator[Contents]:
    """Yield every table with its rows in the order of its key, a few at a time."""
    for table in _tables(session):
        query = sa.select(table).order_by(*table.primary_key.columns)
        with session.connection().execute(query.execution_options(yield_per=_AT_A_TIME)) as found:
            yield Contents(table.name, tuple(column.name for column in table.columns), found)


def heads(session: Session) -> tuple[Head, ...]:
    """Return the end of every chain, in alphabetical order."""
    query = sa.text("SELECT chain, length, head FROM journal_chain ORDER BY chain")
    found = (Head(*row) for row in session.connection().execute(query))
    return tuple(sorted(found, key=lambda head: head.chain))


def is_empty(session: Session) -> bool:
    """Tell whether nothing would be lost: no tables, or nobody and no sitting in them."""
    names = set(sa.inspect(session.connection()).get_table_names())
    if not names:
        return True
    if not {_REVISION, "account_person", "sitting"} <= names:
        return names == {_REVISION}
    questions = (f"SELECT count(*) FROM {name}" for name in ("account_person", "sitting"))  # noqa: S608
    return not any(session.connection().execute(sa.text(question)).scalar() for question in questions)


def clear(session: Session) -> None:
    """Take every table away, and with it the guards of those that are only appended to."""
    connection = session.connection()
    metadata = sa.MetaData()
    metadata.reflect(connection)
    if connection.dialect.name == "sqlite":
        for table in reversed(metadata.sorted_tables):
            table.drop(connection)
        return
    for table in metadata.sorted_tables:
        connection.execute(sa.text(f'DROP TABLE "{table.name}" CASCADE'))
    query = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    found = connection.execute(sa.text(f"{query} AND proname LIKE :ours"), {"ours": _OURS})
    for function in found.scalars().all():
        connection.execute(sa.text(f"DROP FUNCTION {function}"))


class Loading:
    """Puts rows into fresh tables; rows may refer to rows that come later, until `finish`."""

    def __init__(self, session: Session) -> None:
        self._connection = session.connection()
        self._tables = {table.name: table for table in _tables(session)}
        self._links: list[str] = []
        self._let_links_wait()

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Put rows into a table in place of what its migrations put there."""
        target = self._tables[table]
        if self._connection.execute(sa.select(target).limit(1)).first():
            self._connection.execute(target.delete())
        source = (dict(zip(columns, row, strict=True)) for row in rows)
        while batch := list(islice(source, _AT_A_TIME)):
            self._connection.execute(target.insert(), batch)

    def finish(self) -> None:
        """Check that every row refers to one there is; set the counters of numbered tables.

        On SQLite the transaction checks the links when it ends, and there are no counters.
        """
        if self._connection.dialect.name == "sqlite":
            return
        self._connection.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
        for link in self._links:
            self._connection.execute(sa.text(f"{link} NOT DEFERRABLE"))
        for table in self._tables.values():
            self._count_on(table)

    def _let_links_wait(self) -> None:
        if self._connection.dialect.name == "sqlite":
            return
        for table in self._tables.values():
            for link in table.foreign_key_constraints:
                self._links.append(f'ALTER TABLE "{table.name}" ALTER CONSTRAINT "{link.name}"')
        for each in self._links:
            self._connection.execute(sa.text(f"{each} DEFERRABLE INITIALLY DEFERRED"))

    def _count_on(self, table: sa.Table) -> None:
        for column in table.primary_key.columns:
            place = {"table": f'"{table.name}"', "column": column.name}
            counter = sa.text("SELECT pg_get_serial_sequence(:table, :column)")
            if sequence := self._connection.execute(counter, place).scalar():
                most = self._connection.execute(sa.select(sa.func.max(column))).scalar()
                setting = sa.text("SELECT setval(:sequence, :most, :used)")
                values = {"sequence": sequence, "most": most or 1, "used": most is not None}
                self._connection.execute(setting, values)


def _tables(session: Session) -> list[sa.Table]:
    """Return the tables, each after those it refers to; the one of the migrations is left out."""
    metadata = sa.MetaData()
    metadata.reflect(session.connection())
    return [table for table in metadata.sorted_tables if table.name != _REVISION]
