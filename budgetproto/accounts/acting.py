"""Who acts on other people's accounts, and which of them he may touch."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import storage
from budgetproto.accounts.domain import MANAGERS, Person, Role
from budgetproto.accounts.naming import SYSTEM as THE_SERVICE
from budgetproto.accounts.storage import PersonRow
from budgetproto.errors import NotPermitted, Unknown


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, or the service's command line, which stands for an administrator of the host."""

    id: str
    roles: frozenset[Role]

    @property
    def administers(self) -> bool:
        """Tell whether he is an administrator."""
        return Role.ADMINISTRATOR in self.roles


#: The command line: whoever runs it holds the host.
COMMAND_LINE: Final = Actor(THE_SERVICE, frozenset({Role.ADMINISTRATOR}))


def acting(session: Session, actor_id: str) -> Actor:
    """Return who acts: a manager, or the command line. Acts on people wait for each other.

    Otherwise two administrators could put each other out of service, and none would be left.
    """
    storage.lock_administrators(session)
    return COMMAND_LINE if actor_id == THE_SERVICE else manager(session, actor_id)


def manager(session: Session, person_id: str) -> Actor:
    """Return who acts, or raise: the pages of people are for secretaries and administrators."""
    person = storage.person(session, person_id)
    if person is None or not person.roles & MANAGERS:
        raise Unknown(denied="accounts.people")
    return Actor(person.id, person.roles)


def grantable(actor: Actor) -> frozenset[Role]:
    """Return the roles that somebody may give to others: secretaries make no administrators."""
    every = frozenset(Role)
    return every if actor.administers else every - {Role.ADMINISTRATOR}


def account_of(session: Session, actor: Actor, whom: str) -> tuple[PersonRow, Person]:
    """Return an account; only administrators touch that of an administrator."""
    held = storage.holder(session, whom)
    if held is None:
        raise Unknown
    if Role.ADMINISTRATOR in held[1].roles and not actor.administers:
        raise NotPermitted(denied="accounts.people")
    return held


def is_last_administrator(session: Session, person: Person) -> bool:
    """Tell whether nobody else could act as administrator; who never set a password cannot."""
    able = (one for row, one in storage.people(session) if row.active and row.password_hash)
    return [one.id for one in able if Role.ADMINISTRATOR in one.roles] == [person.id]
