"""The database: engine, transactions, row conventions, clock and migrations, on SQLite and PostgreSQL."""

from budgetproto.database.engine import ConnectionFailure, Database, PoolExhausted, taken, unless_busy
from budgetproto.database.picture import is_picture, keep, once
from budgetproto.database.rows import Clock, Versioned, appended_only, moment, new_id, now

__all__ = [
    "Clock",
    "ConnectionFailure",
    "Database",
    "PoolExhausted",
    "Versioned",
    "appended_only",
    "is_picture",
    "keep",
    "moment",
    "new_id",
    "now",
    "once",
    "taken",
    "unless_busy",
]
