"""Brings a database to the present schema with Alembic, and tells whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from budgetproto.database.engine import Database
from budgetproto.errors import SetUp

SCRIPTS = Path(__file__).parent.parent.parent / "migrations"


def migrate(database: Database) -> None:
    """Run every migration this database has not had; safe to call at each start."""
    with database.engine.connect() as connection:
        configuration = configured()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


def check_schema(database: Database) -> None:
    """Raise SetUp unless the database has the schema this version of the service was written for."""
    wanted = ScriptDirectory.from_config(configured()).get_current_head()
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != wanted:
        raise SetUp(what=f"schema {found or '-'}, {wanted}", remedy="budgetproto migrate")


def configured() -> Config:
    """Return Alembic's configuration: our scripts, no ini file."""
    configuration = Config()
    configuration.set_main_option("script_location", str(SCRIPTS))
    configuration.set_main_option("path_separator", "os")
    return configuration
