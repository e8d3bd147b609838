"""Drafts a migration from what the tables say now against a database at the last one: `draft.py NAME`.

Read what it writes: triggers of append-only tables, moved data and renamed columns are for a person to add.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory

from budgetproto.database import Database
from budgetproto.database.migrations import configured, migrate


def draft(name: str) -> None:
    """Write the next numbered migration."""
    configuration = configured()
    last = ScriptDirectory.from_config(configuration).get_current_head() or "0000"
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'draft.sqlite3')}")
        migrate(database)
        with database.engine.connect() as connection:
            configuration.attributes["connection"] = connection
            command.revision(configuration, message=name, autogenerate=True, rev_id=f"{int(last) + 1:04d}")
        database.close()


if __name__ == "__main__":
    draft(sys.argv[1])
