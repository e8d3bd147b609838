"""Who stands for a body at this moment: what every room asks before somebody acts in a body's name."""

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.bodies import storage
from budgetproto.accounts.bodies.domain import NotOfBody
from budgetproto.accounts.domain import COMMITTEE, Party


def stands_for(session: Session, person_id: str) -> tuple[Party, ...]:
    """Return the bodies that a person acts for outside sittings; who serves the committee acts for none."""
    person = accounts.person(session, person_id)
    if person is None or person.roles & COMMITTEE:
        return ()
    listed = {each.party for each in storage.rows(session, person=person_id) if each.entry().stands}
    return tuple(each for each in accounts.parties(session) if each.id in listed) if listed else ()


def people_of(session: Session, party_id: str) -> tuple[str, ...]:
    """Return the people who act for a body now (ids): listed, in service, in no role of the committee."""
    listed = [each.person for each in storage.rows(session, party=party_id) if each.entry().stands]
    people = [accounts.person(session, each) for each in listed]
    return tuple(each.id for each in people if each is not None and not each.roles & COMMITTEE)


def require_standing(session: Session, person_id: str, party_id: str) -> None:
    """Raise NotOfBody unless a person acts for a body now."""
    if party_id not in {each.id for each in stands_for(session, person_id)}:
        party = accounts.party(session, party_id)
        raise NotOfBody(party=party.name if party else "")
