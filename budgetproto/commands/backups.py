"""`budgetproto backup`, `restore`, `drill`: the record in one file, and the proof that it comes back."""

import sys
from pathlib import Path
from typing import Final

import click

from budgetproto.commands.passphrases import new_passphrase, passphrase, passphrase_file_option
from budgetproto.commands.terminal import language_option, refusals_told, say
from budgetproto.database import Database
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.errors import Refused, SetUp
from budgetproto.i18n import Language, as_language, text
from budgetproto.operations.archive import is_locked
from budgetproto.operations.backup import back_up
from budgetproto.operations.restoring import Report, drill, restore
from budgetproto.settings import Settings

#: Restored whole, but the seal key at hand does not open every sealed sitting.
KEY_MISSING: Final = 3

_file = click.argument("file", type=click.Path(path_type=Path))


@click.command("backup")
@_file
@click.option("--lock", is_flag=True, help="Encrypt the file under a passphrase, asked for unseen.")
@passphrase_file_option
@language_option
@refusals_told
def backup_command(file: Path, lock: bool, passphrase_file: Path | None, language: str) -> None:
    """Write everything the database holds to FILE, while the service runs.

    An existing file is never overwritten, and an unfinished one never gets its name. The seal key is not in
    it. Exit status 1: nothing was written.
    """
    chosen = as_language(language)
    locked = lock or passphrase_file is not None
    secret = new_passphrase(passphrase_file, chosen) if locked else None
    database = Database(Settings.from_environment().database_url)
    manifest = back_up(database, file, passphrase=secret)
    told = {"made_at": manifest.made_at, "rows": manifest.rows, "chains": len(manifest.heads)}
    say("operations.backed_up", chosen, file=file, **told)
    say("operations.key_is_apart", chosen)
    if not locked:
        say("operations.not_locked", chosen)


@click.command("restore")
@_file
@click.option("--replace", is_flag=True, help="Replace what the database holds, after a typed confirmation.")
@passphrase_file_option
@language_option
@refusals_told
def restore_command(file: Path, replace: bool, passphrase_file: Path | None, language: str) -> None:
    """Fill the empty database of this installation from FILE, prove it, and only then keep it.

    Stop the service first. Exit status 1: nothing was changed. 3: restored, but the seal key at hand does
    not open every sealed sitting.
    """
    chosen, settings = as_language(language), Settings.from_environment()
    database = Database(settings.database_url)
    if replace:
        _confirm(database, chosen)
    secret = _secret(file, passphrase_file, chosen)
    report = restore(database, file, key=_key(settings), passphrase=secret, replace=replace)
    _tell("operations.restored", report, chosen)


@click.command("drill")
@_file
@passphrase_file_option
@language_option
@refusals_told
def drill_command(file: Path, passphrase_file: Path | None, language: str) -> None:
    """Restore FILE into a throw-away database, compare every head, verify every chain, tell the seconds.

    The database of this installation is not touched. Exit status as of `restore`.
    """
    chosen = as_language(language)
    secret = _secret(file, passphrase_file, chosen)
    report = drill(file, key=_key(Settings.from_environment()), passphrase=secret)
    _tell("operations.drilled", report, chosen)


def _secret(file: Path, passphrase_file: Path | None, language: Language) -> str | None:
    return passphrase(passphrase_file, language) if is_locked(file) else None


def _confirm(database: Database, language: Language) -> None:
    """Let the person type the database's name: a slip of the hand replaces nothing."""
    name = database.name
    typed = click.prompt(text("operations.confirm_replacing", language, name=name), default="", err=True)
    if typed != name:
        raise Refused("operations.not_confirmed")


def _key(settings: Settings) -> SealKey | None:
    """Return the seal key at hand; a restored record is whole without it, though closed."""
    try:
        return sealing.load_key(settings.seal_key_file)
    except SetUp:
        return None


def _tell(key: str, report: Report, language: Language) -> None:
    made = report.manifest
    told = {"made_at": made.made_at, "rows": made.rows, "chains": len(made.heads)}
    say(key, language, seconds=f"{report.seconds:.2f}", **told)
    for number in report.unopenable:
        say("operations.key_opens_not", language, number=number)
    if report.unopenable:
        sys.exit(KEY_MISSING)
    say("operations.key_opens_all", language)
