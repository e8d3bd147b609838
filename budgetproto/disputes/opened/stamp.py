"""What moves with everything that a page about an opened sitting shows."""

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.database import once
from budgetproto.disputes import storage
from budgetproto.journal import SYSTEM, sitting_chain
from budgetproto.sittings.domain import Act, Sitting, Standing, may

Stamp = tuple[str, ...]


def stamp(session: Session, sitting: Sitting, place: Standing, reader: Person) -> Stamp | None:
    """Return what moves with all that one reader may see, None while anything in the sitting is sealed."""
    found = state(session, sitting) if may(place, Act.READ_OPENED, sitting.stage) else None
    if found is None:
        return None
    standing = (*sorted(place.roles), "/", *(party.id for party in place.parties))
    return (*found, reader.id, reader.name, *standing)


def state(session: Session, sitting: Sitting) -> Stamp | None:
    """Return what moves with all that is open of a sitting, None while anything in it is sealed.

    Every act on a sitting stands in its chain, every act on reference data, bodies and settings in the
    system's chain. A party's own chain is no part of it: what one side files moves no page of the other's.
    """
    if sitting.opened_at is None:
        return None
    heads, sealed = once(session, ("heads", sitting.id), lambda: _heads(session, sitting.id))
    return None if sealed else (*heads, str(sitting.version))


def _heads(session: Session, sitting: str) -> tuple[tuple[str, str], bool]:
    return storage.heads(session, sitting, (sitting_chain(sitting), SYSTEM))
