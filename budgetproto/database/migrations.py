"""Brings a database to the present schema with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from budgetproto.database.engine import Database

SCRIPTS = Path(__file__).parent.parent.parent / "migrations"


def migrate(database: Database) -> None:
    """Run every migration this database has not had; safe to call at each start."""
    with database.engine.connect() as connection:
        configuration = configured()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


def configured() -> Config:
    """Return Alembic's configuration: our scripts, no ini file."""
    configuration = Config()
    configuration.set_main_option("script_location", str(SCRIPTS))
    configuration.set_main_option("path_separator", "os")
    return configuration
