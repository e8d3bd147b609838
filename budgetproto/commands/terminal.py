"""What commands share: the reader's language, the installation's database and seal key, clear refusals."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from budgetproto.coordination.service import reckon_all
from budgetproto.coordination.shipped import load_procedures
from budgetproto.database import ConnectionFailure, Database
from budgetproto.database.migrations import migrate
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.errors import ConciliationError
from budgetproto.i18n import LANGUAGES, Language, as_language, text
from budgetproto.settings import Settings
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import load

_F = TypeVar("_F", bound=Callable[..., Any])


def language_option(command: _F) -> _F:
    """Add `--language`; without it the terminal's locale decides, Kyrgyz when it is none of ours."""
    chosen = click.option(
        "--language", type=click.Choice(LANGUAGES), default=terminal_language, help="ky, ru or en."
    )
    return chosen(command)


def terminal_language() -> Language:
    """Return the language of the terminal's locale."""
    return as_language((os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2])


def refusals_told(command: _F) -> _F:
    """Tell a refusal as one sentence on the error stream and leave with status 1."""

    @wraps(command)
    def guarded(*args: Any, **values: Any) -> Any:
        language = as_language(values.get("language") or terminal_language())
        try:
            return command(*args, **values)
        except ConciliationError as refusal:
            click.echo(text(refusal.key, language, **refusal.details), err=True)
        except ConnectionFailure as failure:
            why = str(failure.orig).partition("\n")[0]
            click.echo(text("errors.database_unreachable", language, why=why), err=True)
        sys.exit(1)

    return guarded  # type: ignore[return-value]


def say(key: str, language: Language, **values: object) -> None:
    """Print one sentence."""
    click.echo(text(key, language, **values))


def installation(settings: Settings) -> tuple[Database, SealKey]:
    """Open the database at its present schema, and the seal key; a first start makes both.

    In production the key is never made silently: a forgotten volume would lock every sealed position away.
    """
    if not settings.production and not settings.seal_key_file.exists():
        sealing.make_key(settings.seal_key_file)
    key = sealing.load_key(settings.seal_key_file)
    database = Database(settings.database_url)
    prepare(database)
    return database, key


def prepare(database: Database) -> None:
    """Bring a database to the present schema and load what is shipped, if it changed; add up what is not."""
    migrate(database)
    database.check()
    load(database, read_reference())
    # The models compute with numpy, which commands that prepare no database do not wait for.
    from budgetproto.transfers.modelling.service import load_models

    load_models(database)
    load_procedures(database)
    reckon_all(database)
