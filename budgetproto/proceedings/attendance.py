"""Changes of the attendance list: mark, add, remove, take over the delegates; never over a newer list."""

import hashlib
from collections.abc import Sequence

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.database import Database
from budgetproto.errors import Stale
from budgetproto.i18n import NO_NAME
from budgetproto.proceedings import service, storage
from budgetproto.proceedings.domain import Attendee, Group
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Mandate


class AttendanceMoved(Stale):
    """Somebody else changed the list first."""

    message_key = "proceedings.attendance_moved"


def mark_of(people: Sequence[Attendee]) -> str:
    """Return a short mark that changes with every change of the list."""
    return hashlib.sha256(repr(tuple(people)).encode()).hexdigest()[:16]


def replace(
    database: Database, person_id: str, sitting_id: str, people: Sequence[Attendee], *, seen: str
) -> None:
    """Record the list in place of the one its author has seen; AttendanceMoved when that has changed."""
    with database.reading() as session:
        present = storage.attendees(session, sitting_id)
    if mark_of(present) != seen:
        raise AttendanceMoved(theirs=_told(present), yours=_told(people))
    service.record_attendance(database, person_id, sitting_id, people)


def delegates_not_listed(session: Session, sitting_id: str) -> list[Attendee]:
    """Return the people with a mandate who are not on the list yet, as attendees."""
    listed = {each.name for each in storage.attendees(session, sitting_id)}
    parties = {party.id: party for party in sittings.invited_parties(session, sitting_id)}
    mandates = sitting_storage.mandates(session, sitting_id)
    return [_attendee(each, parties[each.party]) for each in mandates if each.person_name not in listed]


def _attendee(mandate: Mandate, party: Party) -> Attendee:
    return Attendee(
        group=Group(party.side),
        name=mandate.person_name,
        role=mandate.capacity,
        body=party.name,
        mandate=mandate.document,
        present=True,
        reason=NO_NAME,
    )


def _told(people: Sequence[Attendee]) -> str:
    """Return the list as lines of text, to be compared."""
    return "\n".join(f"{'+' if each.present else '−'} {each.name}" for each in people)
