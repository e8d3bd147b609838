"""What is done to somebody's account, alone, or by two people together where it is a key to the seal."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import keys, links, links_storage, second_factor_storage, storage, tokens_storage
from budgetproto.accounts.acting import Actor, account_of, acting, is_last_administrator
from budgetproto.accounts.domain import DECIDING, Person, Role
from budgetproto.accounts.events import (
    AgreementAsked,
    Deactivated,
    LogInsEnded,
    Reactivated,
    SecondFactorRemoved,
    TokensRevoked,
)
from budgetproto.accounts.keys import Key
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.links_storage import RequestRow
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.storage import PersonRow
from budgetproto.database import Database, new_id, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.journal import SYSTEM, append

#: Hours within which a second person can agree.
_HOURS_TO_AGREE: Final = 24


class Deed(StrEnum):
    """What can be done to somebody's account; for a key to the seal two must agree on it."""

    NEW_LINK = "new_link"
    RESET_SECOND_FACTOR = "reset_second_factor"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    END_LOG_INS = "end_log_ins"
    REVOKE_TOKENS = "revoke_tokens"


#: What opens nothing, but done again and again keeps a delegate from filing in time.
_HINDERING: Final = frozenset({Deed.END_LOG_INS, Deed.REVOKE_TOKENS})


class NotOnYourself(Refused):
    """Nobody does this to his own account."""

    message_key = "accounts.not_on_yourself"


class WrongState(Refused):
    """The account is not in the state that the act needs."""

    message_key = "accounts.wrong_state"


class LastAdministrator(Refused):
    """Without this account nobody would be administrator."""

    message_key = "accounts.last_administrator"


class TwoMustAgree(Refused):
    """The account opens sealed positions: a second person has to agree."""

    message_key = "accounts.two_must_agree"


class OtherMustAgree(Refused):
    """Of the two one must be administrator and the other secretary."""

    message_key = "accounts.other_must_agree"


class AlreadyAsked(Refused):
    """The same person has asked for the same act, and it waits for the second one."""

    message_key = "accounts.already_asked"


def do(database: Database, rules: Rules, actor_id: str, whom: str, deed: Deed) -> NewLink | None:
    """Do something to an account on one's own; raise TwoMustAgree when it opens sealed positions."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        row, person = touched(session, actor, whom, deed)
        if held := others_keys(session, actor, person.id, deed):
            raise TwoMustAgree(party=held[0].party.name)
        return _done(session, rules, deed, row, person, by=actor.id)


def ask(database: Database, actor_id: str, whom: str, deed: Deed, reason: str) -> str:
    """Ask a second person to agree, once while it waits; return the id of the request."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        touched(session, actor, whom, deed)
        at = now(session)
        if any(
            each.asked_by == actor.id
            for each in links_storage.open_requests(session, at, person=whom, deed=deed)
        ):
            raise AlreadyAsked
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
    return asking is not None and are_two(Actor(asking.id, asking.roles), actor)


def touched(session: Session, actor: Actor, whom: str, deed: Deed) -> tuple[PersonRow, Person]:
    """Return the account that a deed is to be done to, or raise why this person may not do it."""
    row, person = account_of(session, actor, whom)
    if person.id == actor.id:
        raise NotOnYourself
    if deed is Deed.RESET_SECOND_FACTOR and person.roles & DECIDING and not actor.administers:
        raise NotPermitted(denied="accounts.people")
    if row.active != (deed is not Deed.REACTIVATE) or not row.name:
        raise WrongState
    if deed is Deed.DEACTIVATE and is_last_administrator(session, person):
        raise LastAdministrator
    return row, person


def others_keys(session: Session, actor: Actor, person_id: str, deed: Deed) -> tuple[Key, ...]:
    """Return the keys of a person for which somebody else must agree to a deed.

    Ended log-ins and revoked tokens open nothing: another one agrees only while the party may file.
    """
    held = keys.foreign(session, actor.id, person_id)
    return tuple(key for key in held if key.filing) if deed in _HINDERING else held


def are_two(one: Actor, other: Actor) -> bool:
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
    tokens_storage.revoke_all(session, now(session), person=row.id)
    append(session, SYSTEM, SecondFactorRemoved(by, row.id, agreed))


def _deactivate(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    row.active = False
    session.add(row)
    session.flush()
    links.void(session, row.id)
    storage.end_log_ins(session, row.id)
    tokens_storage.revoke_all(session, now(session), person=row.id)
    append(session, SYSTEM, Deactivated(by, row.id, agreed))


def _reactivate(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    row.active = True
    session.add(row)
    session.flush()
    append(session, SYSTEM, Reactivated(by, row.id, agreed))


def _end_log_ins(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    storage.end_log_ins(session, row.id)
    row.ended_by, row.ended_at = by, now(session)
    session.add(row)
    session.flush()
    append(session, SYSTEM, LogInsEnded(by, row.id, agreed))


def _revoke_tokens(session: Session, row: PersonRow, by: str, agreed: str | None) -> None:
    if not tokens_storage.revoke_all(session, now(session), person=row.id):
        raise WrongState
    append(session, SYSTEM, TokensRevoked(by, row.id, agreed))


_ACTS: Final[dict[Deed, Callable[[Session, PersonRow, str, str | None], None]]] = {
    Deed.RESET_SECOND_FACTOR: _reset_second_factor,
    Deed.DEACTIVATE: _deactivate,
    Deed.REACTIVATE: _reactivate,
    Deed.END_LOG_INS: _end_log_ins,
    Deed.REVOKE_TOKENS: _revoke_tokens,
}
