"""`budgetproto verify FILE` says whether a file is a protocol, or its box, as it was issued."""

import sys
from pathlib import Path

import click

from budgetproto.commands.terminal import language_option, refusals_told, say
from budgetproto.database import Database
from budgetproto.database.migrations import check_schema
from budgetproto.i18n import Language, as_language, text
from budgetproto.protocol.signature.certificates import certificates
from budgetproto.protocol.verification.checks import Check, Verified
from budgetproto.protocol.verification.files import Unreadable, verify_file
from budgetproto.settings import Settings

_path = click.Path(path_type=Path, dir_okay=False, exists=True)
_MARKS = {"passed": "green", "failed": "red", "not_possible": None}


@click.command("verify")
@click.argument("file", type=_path)
@click.option("--trust", type=_path, metavar="CERT", help="Certificates (PEM) that you trust.")
@click.option("--head", metavar="HASH", help="A head of the sitting's journal that you hold.")
@click.option("--record", is_flag=True, help="Ask the database of this installation, too.")
@language_option
@refusals_told
def verify_command(file: Path, trust: Path | None, head: str | None, record: bool, language: str) -> None:
    """Check a protocol's PDF or box; leave with 0 when it is genuine, 1 when not, 2 when unreadable."""
    chosen = as_language(language)
    trusted = certificates(trust.read_bytes()) if trust else ()
    database = _record() if record else None
    try:
        found = verify_file(file.read_bytes(), trusted=trusted, head=head and head.lower(), database=database)
    except Unreadable as unreadable:
        click.echo(text(unreadable.key, chosen), err=True)
        sys.exit(2)
    _tell(found, chosen)
    sys.exit(0 if found.genuine else 1)


def _record() -> Database:
    """Return the database of this installation; raise SetUp where it is not at the present schema."""
    database = Database(Settings.from_environment().database_url)
    check_schema(database)
    return database


def _tell(found: Verified, language: Language) -> None:
    for number, check in enumerate(found.checks, 1):
        click.echo(f"{number}. {text(f'protocol.check.{check.name}', language)}: ", nl=False)
        click.secho(_outcome(check, language), fg=_MARKS[check.outcome])
    if found.signer:
        say("protocol.verified.signer", language, signer=found.signer)
    say(found.verdict, language, number=found.number)
    if found.known and found.known.replaced_by:
        say("protocol.replaced_by", language, number=found.known.replaced_by)


def _outcome(check: Check, language: Language) -> str:
    said = text(f"protocol.check.{check.outcome}", language)
    return f"{said} ({text(f'protocol.check.why.{check.why}', language)})" if check.why else said
