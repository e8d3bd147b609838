"""Who brings a draft in: as long as nothing was done on it, a correction may name another one."""

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.coordination import refusals as no
from budgetproto.coordination import storage
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Level
from budgetproto.coordination.expertise import storage as expertise
from budgetproto.coordination.happenings import Attached, Corrected
from budgetproto.coordination.storage import ActRow
from budgetproto.errors import Unknown


def settled(session: Session, act_id: str, course: Course) -> bool:
    """Tell whether the level and the party of a draft are past correcting: something rests on them.

    A text that the keeper attached goes with the entry; one of the initiator's own people is their word.
    """
    kept = storage.kept_places(session, act_id)
    return (
        course.begun
        or any(place not in kept for place, _, _ in course.each(Attached))
        or any(expertise.course(session, each.id).replies for each in expertise.of_act(session, act_id))
    )


def beside(session: Session, row: ActRow, course: Course, what: Corrected) -> Corrected:
    """Return a correction with what it changes alone of who brings a draft in.

    Raises Unknown for a party that is not there, and InitiatorSettled where it comes too late.
    """
    found = what.beside(Level(row.level), row.initiator or "")
    party = found.answers.party if found.answers else ""
    if party and accounts.party(session, party) is None:
        raise Unknown
    if found.moves and settled(session, row.id, course):
        raise no.InitiatorSettled
    return found
