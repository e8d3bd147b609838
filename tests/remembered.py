"""What is dear and always the same is made once: scenes for each process, templates for all runs."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cache, wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from jinja2.bccache import BytecodeCache, FileSystemBytecodeCache
from sqlmodel import SQLModel

from budgetproto.database import Database

S = TypeVar("S", bound=Any)
Rows = list[tuple[sa.Table, list[dict[str, Any]]]]
_COMPILED: Final = Path(__file__).parents[1] / "var" / "templates"


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


def compiled() -> BytecodeCache:
    """Return the templates that another process or an earlier run has compiled from the same sources."""
    _COMPILED.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(_COMPILED))


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
