"""People: enter them, change roles, revoke links, erase names."""

from sqlmodel import Session

from budgetproto.accounts import keys, links, passwords, second_factor_storage, service, storage
from budgetproto.accounts.acting import Actor, account_of, acting, grantable, is_last_administrator
from budgetproto.accounts.deeds import Deed, LastAdministrator, TwoMustAgree, WrongState, touched
from budgetproto.accounts.domain import COMMITTEE, Person, Role
from budgetproto.accounts.events import LinkRevoked, NameErased, PasswordChanged, RolesChanged
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.links_storage import LinkRow
from budgetproto.accounts.naming import SYSTEM as THE_SERVICE
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.service import LoginTaken
from budgetproto.database import Database, now, taken
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Language
from budgetproto.journal import SYSTEM, append


class RoleNotYours(Refused):
    """The role is not for this person to give or to take."""

    message_key = "accounts.role_not_yours"


class HoldsMandate(Refused):
    """Whoever speaks for a party now takes no role in the committee: it would silence the party."""

    message_key = "accounts.holds_mandate"


class NameNeeded(Refused):
    """A protocol that is not issued yet is to name this person; `sittings` holds the numbers."""

    message_key = "accounts.name_needed"


def invite(
    database: Database,
    rules: Rules,
    actor_id: str,
    *,
    login: str,
    name: str,
    roles: frozenset[Role] = frozenset(),
    language: Language = "ky",
) -> NewLink:
    """Make an account whose owner sets the password himself with the link."""
    with taken(LoginTaken(login=login)), database.writing() as session:
        actor = acting(session, actor_id)
        if not roles <= grantable(actor):
            raise RoleNotYours
        person = service.enter(session, login=login, name=name, roles=roles, language=language)
        return links.make(session, rules, person=person, by=actor.id)


def set_initial_password(database: Database, whom: str, password: str) -> None:
    """Give an account a password made by the service, from the command line: its owner sets another one."""
    password_hash = passwords.hashed(password)
    with database.writing() as session:
        actor = acting(session, THE_SERVICE)
        row, person = touched(session, actor, whom, Deed.NEW_LINK)
        if held := keys.foreign(session, actor.id, person.id):
            raise TwoMustAgree(party=held[0].party.name)
        links.void(session, person.id)
        service.put_password(session, row, password_hash, initial=True)
        append(session, SYSTEM, PasswordChanged(actor.id, person.id))


def change_roles(database: Database, actor_id: str, whom: str, wanted: frozenset[Role]) -> None:
    """Give a person these roles and no others."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        row, person = account_of(session, actor, whom)
        _check_roles(session, actor, person, wanted)
        if wanted == person.roles:
            return
        storage.set_roles(session, person.id, wanted)
        before, after = (" ".join(sorted(roles)) for roles in (person.roles, wanted))
        append(session, SYSTEM, RolesChanged(actor.id, row.id, before, after))


def revoke(database: Database, actor_id: str, link_id: str) -> str:
    """Revoke a link before it is used; return whose it was. A party's own links are its own."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        row = session.get(LinkRow, link_id, with_for_update=True)
        if row is None:
            raise Unknown
        account_of(session, actor, row.person)
        if row.made_by != actor.id and (held := keys.foreign(session, actor.id, row.person, prepared=False)):
            raise TwoMustAgree(party=held[0].party.name)
        if row.open_at(now(session)):
            row.revoked = now(session)
            session.add(row)
            session.flush()
            append(session, SYSTEM, LinkRevoked(actor.id, row.person))
        return row.person


def erase_name(database: Database, actor_id: str, whom: str) -> None:
    """Erase name and log-in name of an account out of service; events keep telling of its id."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        row, person = account_of(session, actor, whom)
        if not actor.administers:
            raise NotPermitted(denied="accounts.erase_name")
        if row.active:
            raise WrongState
        if sittings := keys.needs_name(session, person):
            raise NameNeeded(sittings=", ".join(sittings))
        row.name, row.login, row.password_hash = "", f"erased-{row.id}", ""
        session.add(row)
        session.flush()
        storage.set_roles(session, person.id, ())
        second_factor_storage.drop_factor(session, person.id)
        append(session, SYSTEM, NameErased(actor.id, person.id))


def _check_roles(session: Session, actor: Actor, person: Person, wanted: frozenset[Role]) -> None:
    given, lost = wanted - person.roles, person.roles - wanted
    if (person.id == actor.id and given) or not given | lost <= grantable(actor):
        raise RoleNotYours
    if Role.ADMINISTRATOR in lost and is_last_administrator(session, person):
        raise LastAdministrator
    if given & COMMITTEE and (held := keys.speaking(session, person.id)):
        raise HoldsMandate(party=held[0].name)
