"""What only a power cut would show is skipped: the databases of tests live for one test."""

from sqlite3 import Connection
from typing import Any, Final

import sqlalchemy as sa

from budgetproto.database import Database

#: By the name of the engine: what speaks its SQL, and every statement that it has written out.
_SPOKEN: Final[dict[str, tuple[sa.Dialect, Any]]] = {}


def hurried(database: Database) -> Database:
    """Let a SQLite database acknowledge before the disk has it; return it.

    What another database of this process has had written out as SQL is not written out again.
    """
    if database.is_sqlite:
        sa.event.listen(database.engine, "connect", _unwaited)
        database.engine.dispose()
    return well_spoken(database)


def well_spoken(database: Database) -> Database:
    """Let a database use the statements that another one of its kind has written out; return it."""
    engine = database.engine
    if engine.dialect.name not in _SPOKEN:
        engine.connect().close()  # a dialect asks its first connection what it can
        _SPOKEN[engine.dialect.name] = engine.dialect, engine._compiled_cache
    for each in (engine, database._reader):
        each.dialect, each._compiled_cache = _SPOKEN[engine.dialect.name]
    return database


def _unwaited(connection: Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
