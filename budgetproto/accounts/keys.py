"""Accounts that open something sealed: a higher room knows them; whoever touches one asks here first.

A mandate is a key to the seal, and whoever can set its holder's password holds the key. So from the
day positions are collected nobody alone hands out a link to such an account, silences it or wakes it, but a
delegate of the same party, who has every key of it already; the opening does not end that, since earlier
versions and what a party keeps for itself stay sealed.
"""

from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from budgetproto.accounts.domain import Party, Person
from budgetproto.i18n import Named


@dataclass(frozen=True)
class Key:
    """A mandate for a party in a sitting of which something is sealed; `filing`: the party may still file."""

    sitting: str
    title: Named
    party: Party
    filing: bool


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
    """Return the keys a person holds now."""
    return _keeper().sealed(session, person_id)


def speaking(session: Session, person_id: str) -> tuple[Party, ...]:
    """Return the parties a person speaks for in sittings that are prepared or go on."""
    return _keeper().speaking(session, person_id)


def foreign(session: Session, actor: str, person_id: str) -> tuple[Key, ...]:
    """Return the keys of a person that would be new to whoever acts on the account."""
    keeper = _keeper()
    return tuple(key for key in keeper.sealed(session, person_id) if not keeper.shares(session, actor, key))


def needs_name(session: Session, person: Person) -> tuple[str, ...]:
    """Return the numbers of sittings whose protocol is not issued yet and is to name a person."""
    return _keeper().needs_name(session, person)


def tell(session: Session, touch: Touch) -> None:
    """Tell every party whose key was touched."""
    for key in sealed(session, touch.holder):
        _keeper().tell(session, key, touch)


def _keeper() -> Keeper:
    if not _KEEPERS:
        # Without it every account would look harmless: rather nothing is done.
        raise RuntimeError("no room has said that it keeps the keys")
    return _KEEPERS[0]
