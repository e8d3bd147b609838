"""Accounts that open something sealed: a higher room knows them; whoever touches one asks here first.

A mandate is a key to the seal, and whoever can set its holder's password holds the key. So from the
day positions are collected nobody alone hands out a link to such an account, silences it or wakes it, but a
delegate of the same party, who has every key of it already; the opening does not end that, since earlier
versions and what a party keeps for itself stay sealed. A mandate of a sitting that is prepared is one
already for whoever makes a link anew: the password would still be known when positions are sealed. And who
acts for a body outside sittings holds its name: his account is touched by two, or by his own people.
"""

from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from budgetproto.accounts.bodies.events import StandingTouched
from budgetproto.accounts.bodies.standing import stands_for
from budgetproto.accounts.domain import Party, Person
from budgetproto.i18n import NO_NAME, Named
from budgetproto.journal import SYSTEM, append


@dataclass(frozen=True)
class Key:
    """A mandate for a party in a sitting, or, without one, a place on the list of who acts for a body.

    `filing`: the party may still file. `prepared`: nothing is sealed in the sitting yet.
    """

    sitting: str
    title: Named
    party: Party
    filing: bool
    prepared: bool = False


@dataclass(frozen=True)
class Touch:
    """What was done to the account of a key's holder, by whom, and who agreed to it."""

    deed: str
    person: str
    agreed: str | None
    holder: str


class Keeper(Protocol):
    """The room that knows mandates."""

    def sealed(self, session: Session, person_id: str) -> tuple[Key, ...]:
        """Return the keys a person holds now."""

    def speaking(self, session: Session, person_id: str) -> tuple[Party, ...]:
        """Return the parties a person speaks for in sittings that are prepared or go on."""

    def shares(self, session: Session, person_id: str, key: Key) -> bool:
        """Tell whether a person speaks for the party of a key, so that it tells him nothing new."""

    def needs_name(self, session: Session, person: Person) -> tuple[str, ...]:
        """Return the numbers of sittings whose protocol is not issued yet and is to name a person."""

    def tell(self, session: Session, key: Key, touch: Touch) -> None:
        """Write to the chain that the party reads what was done to the holder's account."""


_KEEPERS: list[Keeper] = []


def kept_by(keeper: Keeper) -> None:
    """Say which room knows the keys."""
    _KEEPERS[:] = [keeper]


def sealed(session: Session, person_id: str) -> tuple[Key, ...]:
    """Return the keys a person holds now: mandates, and places on the lists of who acts for a body."""
    listed = (Key("", NO_NAME, party, filing=False) for party in stands_for(session, person_id))
    return (*_keeper().sealed(session, person_id), *listed)


def speaking(session: Session, person_id: str) -> tuple[Party, ...]:
    """Return the parties a person speaks for, in sittings that are prepared or go on or outside them."""
    return (*_keeper().speaking(session, person_id), *stands_for(session, person_id))


def foreign(session: Session, actor: str, person_id: str, *, prepared: bool = True) -> tuple[Key, ...]:
    """Return the keys of a person that would be new to whoever acts on the account.

    Without `prepared` those alone that open something by now.
    """
    held = (key for key in sealed(session, person_id) if prepared or not key.prepared)
    return tuple(key for key in held if not _shares(session, actor, key))


def needs_name(session: Session, person: Person) -> tuple[str, ...]:
    """Return the numbers of sittings whose protocol is not issued yet and is to name a person."""
    return _keeper().needs_name(session, person)


def tell(session: Session, touch: Touch) -> None:
    """Tell every party whose key was touched, and everybody of a body's people."""
    for key in sealed(session, touch.holder):
        if key.sitting:
            _keeper().tell(session, key, touch)
        else:
            told = StandingTouched(touch.person, touch.holder, key.party.id, touch.agreed, touch.deed)
            append(session, SYSTEM, told)


def _shares(session: Session, actor: str, key: Key) -> bool:
    if key.sitting:
        return _keeper().shares(session, actor, key)
    return key.party.id in {each.id for each in stands_for(session, actor)}


def _keeper() -> Keeper:
    if not _KEEPERS:
        # Without it every account would look harmless: rather nothing is done.
        raise RuntimeError("no room has said that it keeps the keys")
    return _KEEPERS[0]
