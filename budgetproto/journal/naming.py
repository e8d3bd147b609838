"""The names behind the ids in events: each room says how its own things are called."""

from collections.abc import Callable, Iterable, Mapping

from sqlmodel import Session

from budgetproto.i18n import Named
from budgetproto.journal.domain import Entry
from budgetproto.journal.events import Names, referred

Resolver = Callable[[Session, Iterable[str]], Mapping[str, Named]]

_RESOLVERS: dict[str, Resolver] = {}


def register(place: str, resolver: Resolver) -> None:
    """Say who knows the names of the ids that events keep under `place`."""
    _RESOLVERS[place] = resolver


def names(session: Session, entries: Iterable[Entry]) -> Names:
    """Look up the present names of everything that entries refer to."""
    return {
        place: _RESOLVERS[place](session, ids)
        for place, ids in referred(entries).items()
        if place in _RESOLVERS
    }
