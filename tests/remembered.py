"""What is dear and always the same is made once for all tests of a process: scenes, compiled templates."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cache, wraps
from typing import Any, TypeVar

import sqlalchemy as sa
from jinja2.bccache import Bucket, BytecodeCache
from sqlmodel import SQLModel

from budgetproto.database import Database

S = TypeVar("S", bound=Any)
Rows = list[tuple[sa.Table, list[dict[str, Any]]]]


def remembered(make: Callable[..., S]) -> Callable[..., S]:
    """Make each thing once for each set of arguments; put its rows into every further empty database.

    They are rows that the services themselves wrote, in this very process.
    """
    kept: dict[Hashable, tuple[S, Rows]] = {}

    @wraps(make)
    def made(database: Database, **how: Any) -> S:
        if not _is_empty(database) or how.get("deadline") is not None:
            return make(database, **how)
        wanted = tuple(sorted(how.items()))
        if wanted not in kept:
            first = make(database, **how)
            kept[wanted] = first, _rows(database)
            return first
        thing, rows = kept[wanted]
        _put(database, rows)
        return replace(thing, database=database)

    return made


class Compiled(BytecodeCache):
    """Templates that another application of this process has compiled."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was kept, if it was compiled from the same source."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


def _is_empty(database: Database) -> bool:
    with database.engine.connect() as connection:
        return not connection.scalar(_any_row())


@cache
def _any_row() -> sa.TextClause:
    """Return the question whether any table has a row."""
    return sa.text("SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {table.name})" for table in _tables()))


def _rows(database: Database) -> Rows:
    with database.engine.connect() as connection:
        found = ((table, connection.execute(sa.select(table)).mappings()) for table in _tables())
        return [(table, kept) for table, rows in found if (kept := [dict(row) for row in rows])]


def _put(database: Database, rows: Rows) -> None:
    with database.engine.begin() as connection:
        for table, kept in rows:
            connection.execute(sa.insert(table), kept)


def _tables() -> list[sa.Table]:
    """Return every table but those of the reference data, which a test may have filled before."""
    return [each for each in SQLModel.metadata.sorted_tables if not each.name.startswith("transfers_")]
