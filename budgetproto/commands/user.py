"""`budgetproto user`: accounts from the command line of the host.

Exit status: 0 done, 1 refused in one sentence, 2 the command was written wrongly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import click

import budgetproto.sittings.keys  # noqa: F401 - says which accounts open sealed positions
from budgetproto.accounts import deeds, managing, passwords, second_factor_storage, service, storage
from budgetproto.accounts.deeds import Deed
from budgetproto.accounts.domain import Person, Role
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.naming import SYSTEM
from budgetproto.accounts.rules import Rules
from budgetproto.commands.terminal import installation, language_option, refusals_told, say
from budgetproto.database import Database
from budgetproto.errors import Refused
from budgetproto.i18n import Language, as_language, text
from budgetproto.i18n.formatting import shown
from budgetproto.settings import Settings


class NoSuchLogin(Refused):
    """No account has this log-in name."""

    message_key = "commands.user.no_such_login"


class Users(click.Group):
    """The group `user`; without a known act it is what it was: LOGIN --name adds, LOGIN gives a password."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Read `user LOGIN ...` as `user add LOGIN ...` or `user password LOGIN`."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            named = any(each.split("=")[0] == "--name" for each in args)
            args = ["add" if named else "password", *args]
        return super().resolve_command(ctx, args)


@dataclass(frozen=True)
class _Installed:
    database: Database
    rules: Rules

    def person(self, login: str) -> Person:
        """Return the account with a log-in name, in service or not."""
        with self.database.reading() as session:
            row = storage.person_row(session, login)
            held = storage.holder(session, row.id) if row else None
        if held is None:
            raise NoSuchLogin(login=login)
        return held[1]


@click.group("user", cls=Users)
def user_command() -> None:
    """Make accounts, hand out links, change roles, put accounts in and out of service."""


_ROLE: Final = click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="May be repeated.",
)
_NAME: Final = click.option("--name", required=True, help="Full name, as the protocol prints it.")
_LOGIN: Final = click.argument("login")


def _act(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return what makes a function an act of `user` that knows the reader's language and tells refusals."""

    def made(function: Callable[..., None]) -> click.Command:
        return user_command.command(name)(language_option(refusals_told(function)))

    return made


@_act("add")
@_LOGIN
@_NAME
@_ROLE
def add(login: str, name: str, roles: tuple[str, ...], language: str) -> None:
    """Make an account with a password that is printed once and changed at the first log-in."""
    password = passwords.fresh()
    service.add_person(
        _installed().database,
        login=login,
        name=name,
        password=password,
        roles=_roles(roles),
        language=as_language(language),
        initial=True,
    )
    say("commands.password", as_language(language), login=login, password=password)


@_act("invite")
@_LOGIN
@_NAME
@_ROLE
def invite(login: str, name: str, roles: tuple[str, ...], language: str) -> None:
    """Make an account and print the one-time link with which its owner sets the password."""
    here, chosen = _installed(), as_language(language)
    link = managing.invite(
        here.database, here.rules, SYSTEM, login=login, name=name, roles=_roles(roles), language=chosen
    )
    _print_link(link, chosen)


@_act("link")
@_LOGIN
def link(login: str, language: str) -> None:
    """Print a new one-time link for an account; its log-ins end."""
    here = _installed()
    made = deeds.do(here.database, here.rules, SYSTEM, here.person(login).id, Deed.NEW_LINK)
    if made is not None:
        _print_link(made, as_language(language))


@_act("list")
def list_users(language: str) -> None:
    """List the accounts: log-in name, name, roles, state, last log-in, second factor."""
    with _installed().database.reading() as session:
        enrolled = second_factor_storage.enrolled(session)
        people = storage.people(session)
    for row, person in people:
        click.echo("  ".join(_columns(row, person, row.id in enrolled, as_language(language))).rstrip())


@_act("roles")
@_LOGIN
@_ROLE
@click.option("--none", "nothing", is_flag=True, help="Take every role away.")
def roles(login: str, roles: tuple[str, ...], nothing: bool, language: str) -> None:
    """Give an account these roles and no others; without any, print those it has."""
    here, chosen = _installed(), as_language(language)
    if roles or nothing:
        managing.change_roles(here.database, SYSTEM, here.person(login).id, _roles(roles))
    held = _in_words(here.person(login).roles, chosen)
    say("commands.user.roles", chosen, login=login, roles=held)


@_act("password")
@_LOGIN
def password(login: str, language: str) -> None:
    """Give an account a fresh password, printed once and changed at the first log-in; its log-ins end."""
    here, made = _installed(), passwords.fresh()
    managing.set_initial_password(here.database, here.person(login).id, made)
    say("commands.password", as_language(language), login=login, password=made)


@_act("end-sessions")
@_LOGIN
def end_sessions(login: str, language: str) -> None:
    """End every log-in of an account."""
    here = _installed()
    deeds.do(here.database, here.rules, SYSTEM, here.person(login).id, Deed.END_LOG_INS)
    say("commands.user.log_ins_ended", as_language(language), login=login)


@_act("reset-second-factor")
@_LOGIN
def reset_second_factor(login: str, language: str) -> None:
    """Remove the second factor of an account whose telephone and printed codes are lost."""
    _do(login, Deed.RESET_SECOND_FACTOR, language)


@_act("deactivate")
@_LOGIN
def deactivate(login: str, language: str) -> None:
    """Put an account out of service; nothing of it is deleted."""
    _do(login, Deed.DEACTIVATE, language)


@_act("reactivate")
@_LOGIN
def reactivate(login: str, language: str) -> None:
    """Put an account back into service."""
    _do(login, Deed.REACTIVATE, language)


def _installed() -> _Installed:
    settings = Settings.from_environment()
    return _Installed(installation(settings)[0], Rules.of(settings))


def _do(login: str, deed: Deed, language: str) -> None:
    here, chosen = _installed(), as_language(language)
    deeds.do(here.database, here.rules, SYSTEM, here.person(login).id, deed)
    say("commands.user.done", chosen, deed=text(f"accounts.deed.{deed.value}", chosen), login=login)


def _print_link(link: NewLink, language: Language) -> None:
    say("commands.user.link", language, login=link.person.login, until=link.until)
    click.echo(f"  /invitation#{link.token}")
    click.echo(f"  {link.code}")


def _columns(row: storage.PersonRow, person: Person, enrolled: bool, language: Language) -> list[str]:
    state = "inactive" if not row.active else "active" if row.password_hash else "no_password_yet"
    return [
        f"{row.login:<20}",
        f"{row.name or text('accounts.erased', language):<32}",
        f"{_in_words(person.roles, language):<28}",
        f"{text(f'accounts.{state}', language):<18}",
        f"{shown(row.last_log_in, language):<12}",
        text("accounts.second_factor", language) if enrolled else "",
    ]


def _in_words(roles: frozenset[Role], language: Language) -> str:
    return ", ".join(text(f"accounts.role.{role.value}", language) for role in sorted(roles)) or "—"


def _roles(named: tuple[str, ...]) -> frozenset[Role]:
    return frozenset(map(Role, named))
