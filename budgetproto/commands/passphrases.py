"""Passphrases of the command line: typed unseen or read from a file, never an argument that `ps` shows."""

from pathlib import Path

import click

from budgetproto.errors import SetUp
from budgetproto.i18n import Language, text
from budgetproto.operations.locking import SHORTEST

passphrase_file_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the passphrase from the first line of this file.",
)


def new_passphrase(file: Path | None, language: Language) -> str:
    """Ask for a passphrase twice, or read it from `file`; refuse one that is soon guessed."""
    again = text("operations.passphrase_again", language)
    found = _from(file) if file else _typed(language, again)
    if len(found) < SHORTEST:
        raise SetUp("operations.passphrase_short", least=SHORTEST)
    return found


def passphrase(file: Path | None, language: Language) -> str:
    """Ask for the passphrase of an existing file, or read it from `file`."""
    return _from(file) if file else _typed(language, None)


def _typed(language: Language, again: str | None) -> str:
    asked = text("operations.passphrase", language)
    found: str = click.prompt(asked, hide_input=True, confirmation_prompt=again or False, err=True)
    return found


def _from(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SetUp("operations.unreadable", file=file) from unreadable
