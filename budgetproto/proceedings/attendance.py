"""The delegates a sitting expects: people with a mandate, as attendees."""

from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.i18n import NO_NAME
from budgetproto.proceedings import storage
from budgetproto.proceedings.domain import Attendee, Group
from budgetproto.sittings import service as sittings
from budgetproto.sittings import storage as sitting_storage
from budgetproto.sittings.domain import Mandate


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
        party=party.id,
    )
