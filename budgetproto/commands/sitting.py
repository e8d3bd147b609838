"""`budgetproto tick` opens what is due; `budgetproto verify-journal` recomputes every chain."""

import sys

import click

from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.disputes.opening import open_due
from budgetproto.disputes.repeating import forget_answers
from budgetproto.disputes.verifying import altered
from budgetproto.i18n import as_language, text
from budgetproto.journal.storage import chains, check, head
from budgetproto.settings import Settings
from budgetproto.sittings.storage import sittings


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
    database, _ = installation(Settings.from_environment())
    chosen, broken = as_language(language), 0
    with database.reading() as session:
        for chain in chains(session):
            end, found = head(session, chain), check(session, chain)
            if found is None:
                say("commands.chain_whole", chosen, chain=chain, length=end.length, head=end.hash)
                continue
            broken += 1
            why = text(found.key, chosen)
            say("commands.chain_broken", chosen, chain=chain, number=found.sequence, why=why)
        for sitting in sittings(session):
            for sentence in altered(session, sitting.id):
                broken += 1
                say("commands.record_altered", chosen, sitting=sitting.number, what=sentence)
    sys.exit(1 if broken else 0)
