"""`budgetproto import`: take a large file of the Treasury or the Ministry, all of it or nothing."""

import sys
from pathlib import Path
from typing import Final

import click

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Person
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.database import Database
from budgetproto.errors import BadInput, Unknown
from budgetproto.exchange import told
from budgetproto.i18n import Language, as_language
from budgetproto.money import Unit
from budgetproto.settings import Settings
from budgetproto.transfers.importing import service
from budgetproto.transfers.importing.rows import Beside
from budgetproto.transfers.importing.service import FileRead

_UNITS: Final = {unit.key: unit for unit in (Unit.THOUSAND_SOMS, Unit.MILLION_SOMS, Unit.SOM)}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", required=True, help="Title, number and date of the document, or its address.")
@click.option("--unit", type=click.Choice(list(_UNITS)), default="thousand_soms", show_default=True)
@click.option("--by", "login", required=True, metavar="LOGIN", help="The secretary or administrator.")
@click.option("--look", is_flag=True, help="Tell what would change, and change nothing.")
@click.option("--remove-gone", is_flag=True, help="Remove figures of the source that FILE has not got.")
@click.option("--confirmed", is_flag=True, help="Amounts 10 or 1,000 times what they were are right.")
@language_option
@refusals_told
def import_command(  # noqa: PLR0917  # one argument per option
    file: Path,
    source: str,
    unit: str,
    login: str,
    look: bool,
    remove_gone: bool,
    confirmed: bool,
    language: str,
) -> None:
    """Read the transfers of FILE (CSV or XLSX), up to a million rows, and take them in one transaction.

    Exit status 2: FILE has faults, each is told with row and column; 1: refused. Nothing was changed.
    """
    chosen = as_language(language)
    database, _ = installation(Settings.from_environment())
    keeper = _keeper(database, login)
    read = _read(database, file, unit=_UNITS[unit], source=source, language=chosen)
    if look:
        with database.reading() as session:
            found = service.beside(session, read)
    else:
        found = service.take(database, keeper, read, remove_gone=remove_gone, confirmed=confirmed)
    say("commands.import.would" if look else "commands.import.taken", chosen, **_counts(found))


def _keeper(database: Database, login: str) -> Person:
    """Return the person who acts; raise Unknown, or NotPermitted for one who keeps no reference data."""
    with database.reading() as session:
        row = accounts.person_row(session, login)
        person = accounts.person(session, row.id) if row else None
    if person is None:
        raise Unknown
    service.require_keeper(person)
    return person


def _read(database: Database, file: Path, *, unit: Unit, source: str, language: Language) -> FileRead:
    def progress(rows: int) -> None:
        say("commands.import.read", language, rows=rows)

    try:
        with file.open("rb") as opened:
            return service.read_file(
                database, opened, name=file.name, unit=unit, source=source, progress=progress
            )
    except BadInput as faulty:
        for problem in faulty.problems:
            click.echo(told(problem, language), err=True)
        sys.exit(2)


def _counts(found: Beside) -> dict[str, int]:
    return {
        "new": len(found.new),
        "changed": len(found.changed),
        "gone": len(found.gone),
        "same": found.same,
    }
