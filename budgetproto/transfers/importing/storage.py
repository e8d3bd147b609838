"""The SQL of imports: many figures at once, and files that wait to be taken."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import new_id
from budgetproto.transfers.importing.rows import COLUMNS, Keyed
from budgetproto.transfers.rows import TransferRow

#: So many keys go into one statement.
_AT_ONCE: Final = 500
_SAID: Final = ("planned", "approved", "executed", "counted")


class WaitingFileRow(SQLModel, table=True):
    """A file that was looked at and waits to be taken by the person who sent it."""

    __tablename__ = "transfers_waiting_file"
    id: str = Field(default_factory=new_id, primary_key=True)
    person: str = Field(foreign_key="account_person.id", index=True)
    name: str
    unit: str
    source: str = Field(sa_type=sa.Text)
    content: bytes
    at: datetime


def put_file(session: Session, row: WaitingFileRow) -> str:
    """Keep a file; return its id."""
    session.add(row)
    session.flush()
    return row.id


def waiting_file(session: Session, person: str, id_: str) -> WaitingFileRow | None:
    """Return the file, if this person sent it."""
    row = session.get(WaitingFileRow, id_)
    return row if row and row.person == person else None


def drop_files(session: Session, *, before: datetime | None = None, id_: str | None = None) -> None:
    """Forget one file, or all that have waited since before a time."""
    statement = sa.delete(WaitingFileRow)
    if before is not None:
        statement = statement.where(col(WaitingFileRow.at) < before)
    if id_ is not None:
        statement = statement.where(col(WaitingFileRow.id) == id_)
    session.connection().execute(statement)


def stored_of(session: Session, source: str) -> Iterator[Keyed]:
    """Return what is stored of a source, figure by figure."""
    table = _table()
    query = sa.select(table.c.key, *(table.c[name] for name in _SAID)).where(table.c.source == source)
    rows = session.connection().execute(query, execution_options={"yield_per": 10_000})
    for key, planned, approved, executed, counted in rows:
        soms = (None if each is None else each.tyiyn for each in (planned, approved, executed))
        yield key, (*soms, counted)


def last_place(session: Session) -> int:
    """Return the place of the last figure, -1 where there is none."""
    found = session.exec(select(sa.func.max(TransferRow.place))).one()
    return -1 if found is None else int(found)


def insert(session: Session, values: Iterable[tuple[object, ...]]) -> None:
    """Insert figures, given as `COLUMNS`, as fast as the driver can."""
    driver: Any = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "sqlite":
        places = ", ".join("?" * len(COLUMNS))
        driver.executemany(f"INSERT INTO {_NAME} ({', '.join(COLUMNS)}) VALUES ({places})", values)  # noqa: S608
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {_NAME} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def update(session: Session, rows: Iterable[Keyed]) -> None:
    """Write what figures say now, by their keys."""
    table = _table()
    statement = sa.text(
        f"UPDATE {table.name} SET "  # noqa: S608 - names of our own columns
        + ", ".join(f"{name} = :{name}" for name in _SAID)
        + " WHERE key = :of"
    )
    values = (dict(zip(_SAID, said, strict=True), of=key) for key, said in rows)
    while part := list(islice(values, _AT_ONCE)):
        session.connection().execute(statement, part)


def delete(session: Session, keys: Sequence[str]) -> None:
    """Delete figures by their keys."""
    table = _table()
    for first in range(0, len(keys), _AT_ONCE):
        session.connection().execute(sa.delete(table).where(table.c.key.in_(keys[first : first + _AT_ONCE])))


def _table() -> sa.Table:
    table: sa.Table = TransferRow.__table__  # type: ignore[attr-defined]
    return table


_NAME: Final = str(TransferRow.__tablename__)
