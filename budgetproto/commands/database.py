"""`budgetproto migrate` and `budgetproto seal-key`: what an installation needs before it serves."""

import click

from budgetproto.commands.terminal import language_option, prepare, refusals_told, say
from budgetproto.database import Database
from budgetproto.disputes import sealing
from budgetproto.errors import SetUp
from budgetproto.i18n import as_language
from budgetproto.settings import Settings


@click.command("migrate")
@language_option
@refusals_told
def migrate_command(language: str) -> None:
    """Bring the database to the present schema and the shipped reference data."""
    database = Database(Settings.from_environment().database_url)
    prepare(database)
    say("commands.migrated", as_language(language))


@click.command("seal-key")
@language_option
@refusals_told
def seal_key_command(language: str) -> None:
    """Make the key that seals positions; an existing key is never overwritten."""
    file = Settings.from_environment().seal_key_file
    if file.exists():
        raise SetUp("commands.seal_key_exists", file=file)
    sealing.make_key(file)
    say("commands.seal_key_made", as_language(language), file=file)
