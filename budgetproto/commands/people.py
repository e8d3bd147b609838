"""`budgetproto user` and `budgetproto party`: accounts with roles, and bodies that can hold a mandate."""

import click

from budgetproto.accounts import passwords
from budgetproto.accounts.domain import SIDES, Role, Side
from budgetproto.accounts.service import add_party, add_person, set_password
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.i18n import Named, as_language
from budgetproto.settings import Settings


@click.command("user")
@click.argument("login")
@click.option("--name", help="Full name; without it an existing account gets a new password.")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]))
@language_option
@refusals_told
def user_command(login: str, name: str | None, roles: tuple[str, ...], language: str) -> None:
    """Make an account, or give an existing one a fresh password; the password is printed once."""
    database, _ = installation(Settings.from_environment())
    password = passwords.fresh()
    if name:
        held = frozenset(map(Role, roles))
        add_person(database, login=login, name=name, password=password, roles=held)
    else:
        set_password(database, login, password)
    say("commands.password", as_language(language), login=login, password=password)


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
