"""The database: engine, transactions, row conventions, clock and migrations, on SQLite and PostgreSQL."""

from budgetproto.database.engine import ConnectionFailure, Database, PoolExhausted, taken, unless_busy
from budgetproto.database.rows import Versioned, appended_only, new_id, now

__all__ = [
    "ConnectionFailure",
    "Database",
    "PoolExhausted",
    "Versioned",
    "appended_only",
    "new_id",
    "now",
    "taken",
    "unless_busy",
]
