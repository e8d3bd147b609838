"""`budgetproto user`: make an account with roles, or give one a new password."""

import click

from budgetproto.accounts import passwords
from budgetproto.accounts.domain import Role
from budgetproto.accounts.service import add_person, set_password
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.i18n import as_language
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
