"""`budgetproto tick` opens what is due; `budgetproto verify-journal` recomputes every chain."""

import sys

import click

from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.disputes.positions.opening import open_due
from budgetproto.disputes.positions.repeating import forget_answers
from budgetproto.i18n import Language, Sentence, as_language
from budgetproto.operations.verification import altered_records, checked_chains
from budgetproto.settings import Settings


@click.command("tick")
@language_option
@refusals_told
def tick_command(language: str) -> None:
    """Open what is due in every sitting, and forget old answers; for a timer, once a minute."""
    database, key = installation(Settings.from_environment())
    for number in open_due(database, key):
        say("commands.opened", as_language(language), number=number)
    forget_answers(database)


@click.command("verify-journal")
@language_option
@refusals_told
def verify_journal_command(language: str) -> None:
    """Recompute every chain, and the records it speaks of; leave with status 1 if one is broken."""
    database, key = installation(Settings.from_environment())
    chosen, broken = as_language(language), 0
    with database.reading() as session:
        for chain in checked_chains(session):
            broken += chain.broken is not None
            _tell(chain.sentence(), chosen)
        for sentence in altered_records(session, key):
            broken += 1
            _tell(sentence, chosen)
    sys.exit(1 if broken else 0)


def _tell(sentence: Sentence, language: Language) -> None:
    say(sentence.key, language, **dict(sentence.values))
