"""Keep the lists of who acts for a body outside sittings, so that nobody outside it gives himself its name.

A mandate is entered by the secretariat while a sitting is prepared, and the secretariat alone takes the
sitting on: a mandate proves nothing beyond the sitting. So a body's first person is entered by two, an
administrator and a secretary, by a document whose hash everybody reads, and only while the body has nobody;
from then on its own people alone admit and let go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import attempts, keys, links, storage
from budgetproto.accounts.access import note_denial
from budgetproto.accounts.acting import Actor, acting
from budgetproto.accounts.bodies import events
from budgetproto.accounts.bodies.domain import (
    HasPeople,
    LastOfBody,
    NobodyCalled,
    NoPasswordYet,
    NotToBeAdmitted,
    StandsAlready,
    TooManyNames,
    WaitsAlready,
    check_free,
)
from budgetproto.accounts.bodies.standing import people_of, stands_for
from budgetproto.accounts.bodies.storage import BodyPersonRow, locked_row, rows
from budgetproto.accounts.deeds import OtherMustAgree, are_two
from budgetproto.accounts.domain import REST_MINUTES, Party, Person
from budgetproto.database import Database, new_id, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n.letters import folded
from budgetproto.journal import SYSTEM, append

#: Days within which the second one may agree: a paper has to be looked at.
DAYS_TO_AGREE: Final = 14


def ask_first(
    database: Database, actor_id: str, *, party_id: str, login: str, document: str, digest: str
) -> str:
    """Enter the first person of a body by a document; return the id of what waits for the second manager."""
    with database.writing() as session:
        actor = acting(session, actor_id)
        party, person = _party(session, party_id), _free(session, party_id, login)
        if people_of(session, party.id):
            raise HasPeople(party=party.name)
        at = now(session)
        if any(row.waits(at) for row in rows(session, party=party.id)):
            raise WaitsAlready(party=party.name)
        row = BodyPersonRow(
            id=new_id(),
            party=party.id,
            person=person.id,
            by=actor.id,
            asked=at,
            first=True,
            document=document.strip(),
            digest=digest,
            until=at + timedelta(days=DAYS_TO_AGREE),
        )
        session.add(row)
        session.flush()
        event = events.FirstPersonAsked(actor.id, person.id, party.id, row.document, digest)
        append(session, SYSTEM, event)
        return row.id


def agree_first(database: Database, actor_id: str, entry_id: str) -> None:
    """Agree to the first person of a body: of the two one is administrator, the other secretary."""
    with database.writing() as session:
        actor, row = acting(session, actor_id), _waiting(session, entry_id)
        asking = storage.person(session, row.by)
        if asking is None or not are_two(Actor(asking.id, asking.roles), actor):
            raise OtherMustAgree
        party = _party(session, row.party)
        if people_of(session, party.id):
            raise HasPeople(party=party.name)
        person = _checked(session, party, storage.person(session, row.person))
        row.agreed, row.since = actor.id, now(session)
        session.add(row)
        session.flush()
        # Whoever made a link before could still set the password with it.
        links.void(session, person.id)
        event = events.FirstPersonEntered(row.by, person.id, party.id, actor.id, row.digest)
        append(session, SYSTEM, event)


def decline_first(database: Database, actor_id: str, entry_id: str) -> None:
    """Take back, or decline, what waits for the second manager."""
    with database.writing() as session:
        actor, row = acting(session, actor_id), _waiting(session, entry_id)
        row.ended, row.ended_by = now(session), actor.id
        session.add(row)
        session.flush()
        append(session, SYSTEM, events.FirstPersonDeclined(actor.id, row.person, row.party))


def admit(database: Database, person_id: str, *, party_id: str, login: str, name: str) -> None:
    """Admit a colleague to the list of a body by both names; its own people alone do.

    Raises NotToBeAdmitted whatever is in the way: the names that there are cannot be tried out.
    """
    with database.writing() as session:
        party = _own(session, person_id, party_id)
        try:
            person = _free(session, party_id, login)
        except Refused as hindered:
            raise NotToBeAdmitted from hindered
        if folded(person.name).split() != folded(name).split():
            raise NotToBeAdmitted
        at = now(session)
        session.add(
            BodyPersonRow(id=new_id(), party=party.id, person=person.id, by=person_id, asked=at, since=at)
        )
        session.flush()
        links.void(session, person.id)
        append(session, SYSTEM, events.BodyPersonAdmitted(person_id, person.id, party.id))


@contextmanager
def names_counted(database: Database, person_id: str, *, origin: str) -> Iterator[None]:
    """Count every refusal of names; raise TooManyNames after too many."""
    target = attempts.names_by(person_id, origin)
    with database.reading() as session:
        if attempts.resting(session, target):
            raise TooManyNames(minutes=REST_MINUTES)
    try:
        yield
    except NotToBeAdmitted:
        attempts.forget_old(database)
        with database.aside() as session:
            attempts.count(session, target)
            note_denial(session, person=person_id, asked="bodies.admit")
        raise


def let_go(database: Database, person_id: str, *, party_id: str, entry_id: str, why: str) -> None:
    """Take a colleague, or oneself, off the list of a body, but never the last one who acts for it."""
    with database.writing() as session:
        party, row = _own(session, person_id, party_id), locked_row(session, entry_id)
        if row is None or row.party != party.id or not row.entry().stands:
            raise Unknown
        if not set(people_of(session, party.id)) - {row.person}:
            raise LastOfBody(party=party.name)
        row.ended, row.ended_by, row.why = now(session), person_id, why.strip()
        session.add(row)
        session.flush()
        append(session, SYSTEM, events.BodyPersonLetGo(person_id, row.person, party.id, row.why))


def own_body(session: Session, person_id: str, party_id: str) -> Party:
    """Return a body to those who act for it; others know of the list, and may not change it."""
    party = _party(session, party_id)
    if party.id not in {each.id for each in stands_for(session, person_id)}:
        raise NotPermitted(denied="bodies.admit")
    return party


def _own(session: Session, person_id: str, party_id: str) -> Party:
    """Return a body to one of its people who changes its list; changes wait for each other."""
    storage.lock_administrators(session)
    return own_body(session, person_id, party_id)


def _party(session: Session, party_id: str) -> Party:
    party = storage.party(session, party_id)
    if party is None:
        raise Unknown
    return party


def _waiting(session: Session, entry_id: str) -> BodyPersonRow:
    row = locked_row(session, entry_id)
    if row is None or not row.waits(now(session)):
        raise Unknown
    return row


def _free(session: Session, party_id: str, login: str) -> Person:
    """Return who has a log-in name, when he can be put on the list of a body."""
    row = storage.person_row(session, login)
    person = storage.person(session, row.id) if row else None
    if person is None:
        raise NobodyCalled(login=login.strip())
    return _checked(session, _party(session, party_id), person)


def _checked(session: Session, party: Party, person: Person | None) -> Person:
    """Return a person who can be put on the list of a body now, or raise why not."""
    held = storage.holder(session, person.id) if person else None
    if held is None or person is None:
        raise Unknown
    row, _ = held
    check_free(person, party, keys.speaking(session, person.id))
    if party.id in {each.id for each in stands_for(session, person.id)}:
        raise StandsAlready(person=person.name)
    if not row.password_hash or row.initial:
        raise NoPasswordYet(person=person.name)
    return person
