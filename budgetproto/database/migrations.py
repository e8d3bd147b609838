"""Brings a database to the present schema with Alembic, and tells whether it is there."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from budgetproto.database.engine import Database
from budgetproto.errors import SetUp

SCRIPTS = Path(__file__).parent.parent.parent / "migrations"


def migrate(database: Database) -> None:
    """Run every migration this database has not had; safe to call at each start.

    A database that a newer version has migrated is refused: there is no way back but a backup.
    """
    _found(database)
    with database.rebuilding() as session:
        migrate_within(session.connection(), "head")


def migrate_within(connection: sa.Connection, revision: str) -> None:
    """Run the migrations up to `revision`, inside the caller's transaction, one of `Database.rebuilding`."""
    configuration = configured()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def knows(revision: str) -> bool:
    """Tell whether this version of the service has the migration `revision`."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def present_revision() -> str | None:
    """Return the revision this version of the service was written for."""
    return _scripts().get_current_head()


def _found(database: Database) -> str | None:
    """Return the revision a database is at; raise SetUp when a newer version of the service made it."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and not knows(found):
        raise SetUp("errors.newer_schema", found=found, known=present_revision())
    return found


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configured())


def check_schema(database: Database) -> None:
    """Raise SetUp unless the database has the schema this version of the service was written for."""
    wanted, found = present_revision(), _found(database)
    if found != wanted:
        raise SetUp(what=f"schema {found or '-'}, {wanted}", remedy="budgetproto migrate")


def configured() -> Config:
    """Return Alembic's configuration: our scripts, no ini file."""
    configuration = Config()
    configuration.set_main_option("script_location", str(SCRIPTS))
    configuration.set_main_option("path_separator", "os")
    return configuration
