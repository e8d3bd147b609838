"""What only a power cut would show is skipped: the databases of tests live for one test."""

from sqlite3 import Connection

import sqlalchemy as sa

from budgetproto.database import Database


def hurried(database: Database) -> Database:
    """Let a SQLite database acknowledge before the disk has it; return it."""
    if database.is_sqlite:
        sa.event.listen(database.engine, "connect", _unwaited)
        database.engine.dispose()
    return database


def _unwaited(connection: Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
