"""Delegates: who speaks and who approves for a party today, and whether two of them file together."""

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import COMMITTEE, Party
from budgetproto.database import Database, now
from budgetproto.errors import Refused, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import append, inner_chain
from budgetproto.sittings import storage
from budgetproto.sittings.domain import Act, Mandate, Sitting, Stage, Standing, WrongStage, may, stage_name
from budgetproto.sittings.events import FourEyesLifted, FourEyesSet
from budgetproto.sittings.service import locked
from budgetproto.sittings.storage import InvitedRow


class FourEyesImpossible(Refused):
    """A party without an author and another person who approves could file nothing."""

    message_key = "sittings.four_eyes.impossible"


def speaks_anywhere(session: Session, person_id: str) -> bool:
    """Tell whether a person holds a mandate for some party today."""
    return bool(_held(session, person_id))


def approves_anywhere(session: Session, person_id: str) -> bool:
    """Tell whether a person holds an approver's part for some party today."""
    return any(mandate.part.approves for mandate in _held(session, person_id))


def set_four_eyes(database: Database, person_id: str, sitting_id: str, *, party_id: str, on: bool) -> None:
    """Let every position of a party need an author and another person who approves, or lift that.

    While the sitting is prepared the secretary or an approver of the party says so. Afterwards an approver
    may still set it, and nobody lifts it: a rule that one person can lift when it binds him is none. The
    event stands in the party's inner chain: how a party works is nobody else's business.
    """
    with database.writing() as session:
        _, sitting, place = locked(session, person_id, sitting_id, Act.SEE, shared=True)
        _check_may_set(session, sitting, place, party_id, on=on)
        row = session.get_one(InvitedRow, (sitting_id, party_id), with_for_update=True)
        if row.four_eyes == on:
            return
        row.four_eyes = on
        session.add(row)
        session.flush()
        event = FourEyesSet(person_id, party_id) if on else FourEyesLifted(person_id, party_id)
        append(session, inner_chain(sitting_id, party_id), event)


def offered_four_eyes(session: Session, sitting: Sitting, place: Standing) -> list[tuple[Party, bool]]:
    """Return for which parties this person may change the rule now, each with what it would become."""
    present, offered = storage.four_eyes(session, sitting.id), []
    for party, _ in storage.invited(session, sitting.id):
        wanted = party.id not in present
        try:
            _check_may_set(session, sitting, place, party.id, on=wanted)
        except (Refused, Unknown):
            continue
        offered.append((party, wanted))
    return offered


def _check_may_set(session: Session, sitting: Sitting, place: Standing, party_id: str, *, on: bool) -> None:
    if party_id not in {party.id for party, _ in storage.invited(session, sitting.id)}:
        raise Unknown
    preparing = may(place, Act.PREPARE, sitting.stage)
    if not preparing and not place.approves_for(party_id):
        raise Unknown(denied="sittings.four_eyes")
    if sitting.stage is Stage.PREPARING:
        return
    if not on or not may(place, Act.FILE_POSITION, sitting.stage):
        raise WrongStage(stage=stage_name(sitting.stage))
    if not _two_hold(session, sitting.id, party_id):
        raise FourEyesImpossible


def _two_hold(session: Session, sitting_id: str, party_id: str) -> bool:
    """Tell whether a party has an author today, and somebody else who approves."""
    today = bishkek_day(now(session))
    mandates = storage.mandates(session, sitting_id)
    held = [each for each in mandates if each.party == party_id and each.holds_on(today)]
    return any(a.part.writes and b.part.approves and a.person != b.person for a in held for b in held)


def _held(session: Session, person_id: str) -> list[Mandate]:
    """Return the mandates that hold today; whoever serves the committee holds none."""
    person = accounts.person(session, person_id)
    if person is None or person.roles & COMMITTEE:
        return []
    today = bishkek_day(now(session))
    return [each for each in storage.every_mandate(session, person_id) if each.holds_on(today)]
