"""What the page of who acts for each body shows, and what its reader may do there."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.acting import Actor
from budgetproto.accounts.bodies import storage
from budgetproto.accounts.bodies.domain import Entry
from budgetproto.accounts.bodies.standing import people_of, stands_for
from budgetproto.accounts.bodies.storage import BodyPersonRow
from budgetproto.accounts.deeds import are_two
from budgetproto.accounts.domain import MANAGERS, Party
from budgetproto.accounts.naming import people_names
from budgetproto.database import now
from budgetproto.i18n import Named


@dataclass(frozen=True)
class Body:
    """One body: who acts for it, who waits for the second manager, and who acted for it before.

    `acting` are those of the list who act now: one out of service, or in the committee, does not.
    """

    party: Party
    listed: tuple[Entry, ...]
    acting: frozenset[str]
    waiting: tuple[Entry, ...]
    before: tuple[Entry, ...]
    #: The reader is one of its people.
    mine: bool


@dataclass(frozen=True)
class Shown:
    """Every body with the names of people (by id), and what the reader may agree to as a manager."""

    bodies: tuple[Body, ...]
    names: Mapping[str, Named]
    manages: bool
    agreeable: frozenset[str]


def shown(session: Session, reader: str) -> Shown:
    """Return every body, as this reader sees it: what waits is for managers and the one it is about."""
    person, at, every = accounts.person(session, reader), now(session), storage.rows(session)
    own = {each.id for each in stands_for(session, reader)}
    manages = person is not None and bool(person.roles & MANAGERS)
    visible = [row for row in every if row.waits(at) and (manages or row.person == reader)]
    names = {row.person for row in every} | {row.by for row in every}
    names |= {each for row in every for each in (row.agreed, row.ended_by) if each}
    bodies = (_body(session, party, every, visible, own) for party in accounts.parties(session))
    asking = {row.by: accounts.person(session, row.by) for row in visible}
    agreeable = frozenset(
        row.id
        for row in visible
        if manages
        and person is not None
        and (one := asking[row.by]) is not None
        and are_two(Actor(one.id, one.roles), Actor(person.id, person.roles))
    )
    return Shown(tuple(bodies), people_names(session, names), manages, agreeable)


def _body(
    session: Session,
    party: Party,
    every: list[BodyPersonRow],
    visible: list[BodyPersonRow],
    own: set[str],
) -> Body:
    entries = [row.entry() for row in every if row.party == party.id]
    return Body(
        party=party,
        listed=tuple(each for each in entries if each.stands),
        acting=frozenset(people_of(session, party.id)),
        waiting=tuple(row.entry() for row in visible if row.party == party.id),
        before=tuple(each for each in entries if each.since and each.ended),
        mine=party.id in own,
    )
