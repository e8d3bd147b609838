"""What moves with everything that a page about an opened sitting shows to one reader."""

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.disputes import storage
from budgetproto.journal import SYSTEM, sitting_chain
from budgetproto.sittings.domain import Act, Sitting, Standing, may

Stamp = tuple[str, ...]


def stamp(session: Session, sitting: Sitting, place: Standing, reader: Person) -> Stamp | None:
    """Return the stamp, None while anything in the sitting is sealed: then no page of it is kept.

    Every act on a sitting stands in its chain, every act on reference data, bodies and settings in the
    system's chain. A party's own chain is no part of it: what one side files moves no page of the other's.
    """
    if not may(place, Act.READ_OPENED, sitting.stage):
        return None
    heads, sealed = storage.heads(session, sitting.id, (sitting_chain(sitting.id), SYSTEM))
    if sealed:
        return None
    standing = (*sorted(place.roles), "/", *(party.id for party in place.parties))
    return (*heads, str(sitting.version), reader.id, reader.name, *standing)
