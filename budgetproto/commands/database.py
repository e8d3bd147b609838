"""`budgetproto migrate` and `budgetproto seal-key`: what an installation needs before it serves."""

from pathlib import Path

import click

from budgetproto.commands.passphrases import new_passphrase, passphrase, passphrase_file_option
from budgetproto.commands.terminal import language_option, prepare, refusals_told, say
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.errors import SetUp
from budgetproto.i18n import as_language
from budgetproto.operations.seal_keys import export_key, import_key
from budgetproto.settings import Settings

_path = click.Path(path_type=Path, dir_okay=False)


@click.command("migrate")
@language_option
@refusals_told
def migrate_command(language: str) -> None:
    """Bring the database to the present schema and the shipped reference data."""
    database = Database(Settings.from_environment().database_url)
    prepare(database)
    say("commands.migrated", as_language(language))


@click.command("seal-key")
@click.option("--export", "target", type=_path, metavar="FILE", help="Write the key under a passphrase.")
@click.option("--import", "source", type=_path, metavar="FILE", help="Put an exported key in its place.")
@passphrase_file_option
@language_option
@refusals_told
def seal_key_command(
    target: Path | None, source: Path | None, passphrase_file: Path | None, language: str
) -> None:
    """Make the key that seals positions, or carry it to the safe and back; none is ever overwritten."""
    chosen, file = as_language(language), Settings.from_environment().seal_key_file
    if target is not None and source is not None:
        raise click.UsageError("--export, --import: one of them")
    if target is not None:
        sealing.load_key(file)
        export_key(file, target, new_passphrase(passphrase_file, chosen))
        say("operations.key_exported", chosen, file=target)
        return
    if file.exists():
        raise SetUp("commands.seal_key_exists", file=file)
    if source is not None:
        import_key(source, file, passphrase(passphrase_file, chosen))
        say("operations.key_imported", chosen, file=file)
        return
    sealing.make_key(file)
    say("commands.seal_key_made", chosen, file=file)
