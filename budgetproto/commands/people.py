"""`budgetproto party`: bodies that can hold a mandate."""

import click

from budgetproto.accounts.domain import SIDES, Side
from budgetproto.accounts.service import add_party
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.i18n import Named, as_language
from budgetproto.settings import Settings


@click.command("party")
@click.argument("key")
@click.option("--side", required=True, type=click.Choice(SIDES))
@click.option("--ky", required=True, help="Its name in Kyrgyz.")
@click.option("--ru", required=True, help="Its name in Russian.")
@click.option("--en", required=True, help="Its name in English.")
@language_option
@refusals_told
def party_command(*, key: str, side: Side, ky: str, ru: str, en: str, language: str) -> None:
    """Enter a body that can be a party to sittings, such as a ministry or an association."""
    database, _ = installation(Settings.from_environment())
    party = add_party(database, key=key, side=side, name=Named(ky, ru, en))
    say("commands.party", as_language(language), party=party.name)
