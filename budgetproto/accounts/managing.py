"""People: enter them, hand out links, change roles, put accounts out of service and back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import (
    keys,
    links,
    links_storage,
    passwords,
    second_factor_storage,
    service,
    storage,
)
from budgetproto.accounts.domain import COMMITTEE, DECIDING, MANAGERS, Person, Role
from budgetproto.accounts.events import (
    AgreementAsked,
    Deactivated,
    LinkRevoked,
    LogInsEnded,
    NameErased,
    PasswordChanged,
    Reactivated,
    RolesChanged,
    SecondFactorRemoved,
)
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.links_storage import LinkRow, RequestRow
from budgetproto.accounts.naming import SYSTEM as THE_SERVICE
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.service import LoginTaken
from budgetproto.accounts.storage import PersonRow
from budgetproto.database import Database, new_id, now, taken
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Language
from budgetproto.journal import SYSTEM, append

#: Hours within which a second person can agree.
_HOURS_TO_AGREE: Final = 24


class Deed(StrEnum):
    """What can be done to somebody's account; for a key to the seal two must agree on it."""

    NEW_LINK = "new_link"
    RESET_SECOND_FACTOR = "reset_second_factor"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"


class NotOnYourself(Refused):
    """Nobody does this to his own account."""

    message_key = "accounts.not_on_yourself"


class LastAdministrator(Refused):
    """Without this account nobody would be administrator."""

    message_key = "accounts.last_administrator"


class RoleNotYours(Refused):
    """The role is not for this person to give or to take."""

    message_key = "accounts.role_not_yours"


class HoldsMandate(Refused):
    """Whoever speaks for a party now takes no role in the committee: it would silence the party."""

    message_key = "accounts.holds_mandate"


class TwoMustAgree(Refused):
    """The account opens sealed positions: a second person has to agree."""

    message_key = "accounts.two_must_agree"


class OtherMustAgree(Refused):
    """Of the two one must be administrator and the other secretary."""

    message_key = "accounts.other_must_agree"


class NameNeeded(Refused):
    """A protocol that is not issued yet is to name this person; `sittings` holds the numbers."""

    message_key = "accounts.name_needed"


class WrongState(Refused):
    """The account is not in the state that the act needs."""

    message_key = "accounts.wrong_state"


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, or the service's command line, which stands for an administrator of the host."""

    id: str
    roles: frozenset[Role]


#: The command line: whoever runs it holds the host.
COMMAND_LINE: Final = Actor(THE_SERVICE, frozenset({Role.ADMINISTRATOR}))


def manager(session: Session, person_id: str) -> Actor:
    """Return who acts, or raise: the pages of people are for secretaries and administrators."""
    person = storage.person(session, person_id)
    if person is None or not person.roles & MANAGERS:
        raise Unknown(denied="accounts.people")
    return Actor(person.id, person.roles)


def grantable(actor: Actor) -> frozenset[Role]:
    """Return the roles that somebody may give to others: secretaries make no administrators."""
    every = frozenset(Role)
    return every if Role.ADMINISTRATOR in actor.roles else every - {Role.ADMINISTRATOR}


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


def do(database: Database, rules: Rules, actor_id: str, whom: str, deed: Deed) -> NewLink | None:
    """Do something to an account on one's own; raise TwoMustAgree when it opens sealed positions."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        row, person = touched(session, actor, whom, deed)
        if held := keys.foreign(session, actor.id, person.id):
            raise TwoMustAgree(party=held[0].party.name)
        return _done(session, rules, deed, row, person, by=actor.id)


def ask(database: Database, actor_id: str, whom: str, deed: Deed, reason: str) -> str:
    """Ask a second person to agree; return the id of the request."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        touched(session, actor, whom, deed)
        at = now(session)
        row = RequestRow(
            id=new_id(),
            deed=deed.value,
            person=whom,
            asked_by=actor.id,
            reason=reason.strip(),
            asked=at,
            until=at + timedelta(hours=_HOURS_TO_AGREE),
        )
        session.add(row)
        session.flush()
        append(session, SYSTEM, AgreementAsked(actor.id, whom, deed.value, row.reason))
        return row.id


def agree(database: Database, rules: Rules, actor_id: str, request_id: str) -> NewLink | None:
    """Agree to what another person asked for, and do it; the party whose key it is reads who decided."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        request = links_storage.locked_request(session, request_id)
        if request is None or request.done is not None or request.until <= now(session):
            raise Unknown
        if not may_agree(session, actor, request):
            raise OtherMustAgree
        deed = Deed(request.deed)
        row, person = touched(session, actor, request.person, deed)
        request.done, request.agreed_by = now(session), actor.id
        session.add(request)
        session.flush()
        return _done(session, rules, deed, row, person, by=request.asked_by, agreed=actor.id)


def may_agree(session: Session, actor: Actor, request: RequestRow) -> bool:
    """Tell whether this person and the one who asked are the two that are needed, both in service."""
    asking = storage.person(session, request.asked_by)
    return asking is not None and _are_two(Actor(asking.id, asking.roles), actor)


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
        row, person = _seen(session, actor, whom)
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
        _seen(session, actor, row.person)
        if row.made_by != actor.id and (held := keys.foreign(session, actor.id, row.person)):
            raise TwoMustAgree(party=held[0].party.name)
        if row.open_at(now(session)):
            row.revoked = now(session)
            session.add(row)
            session.flush()
            append(session, SYSTEM, LinkRevoked(actor.id, row.person))
        return row.person


def end_log_ins(database: Database, actor_id: str, whom: str) -> None:
    """End every log-in of somebody: a laptop is lost. Of a delegate the party reads it."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        _, person = _seen(session, actor, whom)
        storage.end_log_ins(session, person.id)
        append(session, SYSTEM, LogInsEnded(actor.id, person.id))
        keys.tell(session, keys.Touch("end_log_ins", actor.id, None, person.id))


def erase_name(database: Database, actor_id: str, whom: str) -> None:
    """Erase name and log-in name of an account out of service; events keep telling of its id."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        row, person = _seen(session, actor, whom)
        if Role.ADMINISTRATOR not in actor.roles:
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


def acting(session: Session, actor_id: str) -> Actor:
    """Return who acts: a manager, or the command line. Acts on people wait for each other.

    Otherwise two administrators could put each other out of service, and none would be left.
    """
    storage.lock_administrators(session)
    return COMMAND_LINE if actor_id == THE_SERVICE else manager(session, actor_id)


def touched(session: Session, actor: Actor, whom: str, deed: Deed) -> tuple[PersonRow, Person]:
    """Return the account that a deed is to be done to, or raise why this person may not do it."""
    row, person = _seen(session, actor, whom)
    if person.id == actor.id:
        raise NotOnYourself
    if deed is Deed.RESET_SECOND_FACTOR and person.roles & DECIDING and not _administers(actor):
        raise NotPermitted(denied="accounts.people")
    if row.active != (deed is not Deed.REACTIVATE) or not row.name:
        raise WrongState
    if deed is Deed.DEACTIVATE and _is_last_administrator(session, person):
        raise LastAdministrator
    return row, person


def _seen(session: Session, actor: Actor, whom: str) -> tuple[PersonRow, Person]:
    """Return an account; only administrators touch that of an administrator."""
    held = storage.holder(session, whom)
    if held is None:
        raise Unknown
    if Role.ADMINISTRATOR in held[1].roles and not _administers(actor):
        raise NotPermitted(denied="accounts.people")
    return held


def _administers(actor: Actor) -> bool:
    return Role.ADMINISTRATOR in actor.roles


def _check_roles(session: Session, actor: Actor, person: Person, wanted: frozenset[Role]) -> None:
    given, lost = wanted - person.roles, person.roles - wanted
    if (person.id == actor.id and given) or not given | lost <= grantable(actor):
        raise RoleNotYours
    if Role.ADMINISTRATOR in lost and _is_last_administrator(session, person):
        raise LastAdministrator
    if given & COMMITTEE and (held := keys.speaking(session, person.id)):
        raise HoldsMandate(party=held[0].name)


def _is_last_administrator(session: Session, person: Person) -> bool:
    """Tell whether nobody else could act as administrator; who never set a password cannot."""
    able = (one for row, one in storage.people(session) if row.active and row.password_hash)
    return [one.id for one in able if Role.ADMINISTRATOR in one.roles] == [person.id]


def _are_two(one: Actor, other: Actor) -> bool:
    """Tell whether two different people are an administrator and a secretary."""
    wanted = (Role.ADMINISTRATOR, Role.SECRETARY)
    pairs = ((one, other), (other, one))
    return one.id != other.id and any(wanted[0] in a.roles and wanted[1] in b.roles for a, b in pairs)


def _done(
    session: Session,
    rules: Rules,
    deed: Deed,
    row: PersonRow,
    person: Person,
    *,
    by: str,
    agreed: str | None = None,
) -> NewLink | None:
    """Do it in the caller's transaction, and tell the parties whose keys were touched."""
    link = None
    if deed is Deed.NEW_LINK:
        link = links.make(session, rules, person=person, by=by, agreed=agreed)
    else:
        _ACTS[deed](session, row, by, agreed)
    keys.tell(session, keys.Touch(deed.value, by, agreed, person.id))
    return link


def _reset_second_factor(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    if not second_factor_storage.drop_factor(session, row.id):
        raise WrongState
    storage.end_log_ins(session, row.id)
    append(session, SYSTEM, SecondFactorRemoved(by, row.id, agreed))


def _deactivate(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    row.active = False
    session.add(row)
    session.flush()
    links.void(session, row.id)
    storage.end_log_ins(session, row.id)
    append(session, SYSTEM, Deactivated(by, row.id, agreed))


def _reactivate(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    row.active = True
    session.add(row)
    session.flush()
    append(session, SYSTEM, Reactivated(by, row.id, agreed))


_ACTS: Final[dict[Deed, Callable[[Session, PersonRow, str, str | None], None]]] = {
    Deed.RESET_SECOND_FACTOR: _reset_second_factor,
    Deed.DEACTIVATE: _deactivate,
    Deed.REACTIVATE: _reactivate,
}
