"""What the pages of people show: everybody, and one person with what the reader may do to the account."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from budgetproto.accounts import acting, deeds, keys, links_storage, second_factor_storage, storage, tokens
from budgetproto.accounts.acting import Actor
from budgetproto.accounts.deeds import Deed
from budgetproto.accounts.domain import Account, Person, Role
from budgetproto.accounts.keys import Key
from budgetproto.accounts.links_storage import LinkRow, RequestRow
from budgetproto.accounts.naming import people_names
from budgetproto.accounts.storage import PersonRow
from budgetproto.accounts.tokens_storage import TokenRow
from budgetproto.database import now
from budgetproto.errors import ConciliationError, Unknown
from budgetproto.i18n import Named
from budgetproto.i18n.letters import folded


@dataclass(frozen=True)
class Listed:
    """The people found, with the links and requests that are open."""

    accounts: tuple[Account, ...]
    links: tuple[LinkRow, ...]
    requests: tuple[RequestRow, ...]
    names: dict[str, Named]


@dataclass(frozen=True)
class OnePerson:
    """One person, and what the reader may do to the account.

    `alone` are the deeds the reader may do at once, `together` those a second person has to agree on.
    """

    account: Account
    keys: tuple[Key, ...]
    alone: tuple[Deed, ...]
    together: tuple[Deed, ...]
    grantable: frozenset[Role]
    may_erase: bool
    is_me: bool
    links: tuple[LinkRow, ...]
    requests: tuple[RequestRow, ...]
    #: Requests the reader may agree to.
    agreeable: frozenset[str]
    names: dict[str, Named]
    at: datetime
    #: The tokens for programs that hold.
    tokens: tuple[TokenRow, ...] = ()


def listed(session: Session, reader: str, words: str = "") -> Listed:
    """Return the people whose name or log-in name holds every word."""
    acting.manager(session, reader)
    at, enrolled = now(session), second_factor_storage.enrolled(session)
    found = [
        _account(row, person, enrolled)
        for row, person in storage.people(session)
        if _holds(row, person, words)
    ]
    links = tuple(links_storage.open_links(session, at))
    requests = tuple(links_storage.open_requests(session, at))
    return Listed(tuple(found), links, requests, _names(session, links, requests))


def one(session: Session, reader: str, person_id: str) -> OnePerson:
    """Return one person as the reader may see him; raise Unknown when there is none."""
    actor = acting.manager(session, reader)
    held = storage.holder(session, person_id)
    if held is None:
        raise Unknown
    at, enrolled = now(session), second_factor_storage.enrolled(session)
    account = _account(*held, enrolled)
    possible = tuple(deed for deed in Deed if _may(session, actor, account, deed))
    together = tuple(deed for deed in possible if deeds.others_keys(session, actor, person_id, deed))
    links = tuple(links_storage.open_links(session, at, person=person_id))
    requests = tuple(links_storage.open_requests(session, at, person=person_id))
    return OnePerson(
        account=account,
        keys=keys.sealed(session, person_id),
        alone=tuple(deed for deed in possible if deed not in together),
        together=together,
        grantable=_grantable(actor, account.person),
        may_erase=Role.ADMINISTRATOR in actor.roles and not account.active and not account.erased,
        is_me=reader == person_id,
        links=links,
        requests=requests,
        agreeable=frozenset(each.id for each in requests if deeds.may_agree(session, actor, each)),
        names=_names(session, links, requests),
        at=at,
        tokens=tuple(tokens.held_by(session, person_id)),
    )


def _may(session: Session, actor: Actor, account: Account, deed: Deed) -> bool:
    """Tell whether a deed makes sense and is the reader's to do, alone or with another."""
    if deed is Deed.RESET_SECOND_FACTOR and not account.second_factor:
        return False
    if deed is Deed.REVOKE_TOKENS and not tokens.held_by(session, account.person.id):
        return False
    try:
        deeds.touched(session, actor, account.person.id, deed)
    except ConciliationError:
        return False
    return True


def _grantable(actor: Actor, person: Person) -> frozenset[Role]:
    """Return the roles to choose among: those that may be given, and of one's own those one has."""
    if Role.ADMINISTRATOR in person.roles and Role.ADMINISTRATOR not in actor.roles:
        return frozenset()
    return acting.grantable(actor) & (person.roles if actor.id == person.id else frozenset(Role))


def _account(row: PersonRow, person: Person, enrolled: set[str]) -> Account:
    return Account(
        person=person,
        active=row.active,
        password_set=bool(row.password_hash) and not row.initial,
        last_log_in=row.last_log_in,
        second_factor=row.id in enrolled,
        erased=not row.name,
    )


def _holds(row: PersonRow, person: Person, words: str) -> bool:
    searched = folded(f"{person.name} {person.login}") if row.name else ""
    return all(word in searched for word in folded(words).split())


def _names(
    session: Session, links: tuple[LinkRow, ...], requests: tuple[RequestRow, ...]
) -> dict[str, Named]:
    ids = {each for link in links for each in (link.person, link.made_by)}
    ids |= {each for request in requests for each in (request.person, request.asked_by)}
    return people_names(session, ids)
