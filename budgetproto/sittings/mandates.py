"""Mandates: who speaks for a party, entered so that nobody can give himself a key to the seal."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import COMMITTEE, Party
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import Event
from budgetproto.journal.domain import digest_of
from budgetproto.sittings import events, storage
from budgetproto.sittings.domain import Act, Mandate, MandatePart, Sitting, Standing, may, require
from budgetproto.sittings.keys import SEALED, SPEAKING
from budgetproto.sittings.service import ReasonMissing, admitted, locked, record
from budgetproto.sittings.storage import MandateRow


class DelegateNotFree(Refused):
    """The person serves the committee or speaks for another party of this sitting."""

    message_key = "sittings.delegate_not_free"


class MandateStands(Refused):
    """A mandate is not replaced once positions are collected."""

    message_key = "sittings.mandate_stands"


class LastMandate(Refused):
    """The last mandate of a party that holds is not revoked while the party may speak."""

    message_key = "sittings.last_mandate"


class MandateByPartyOnly(NotPermitted):
    """Once positions are collected only a delegate of the party names another one."""

    message_key = "sittings.mandate_by_party_only"


class ApproverByApproverOnly(NotPermitted):
    """Whoever writes and names an approver would have given himself the second pair of eyes."""

    message_key = "sittings.approver_names_approver"


def enter_mandate(
    database: Database,
    person_id: str,
    sitting_id: str,
    *,
    delegate: str,
    party_id: str,
    capacity: Named,
    paper: Named,
    valid_from: date | None = None,
    valid_to: date | None = None,
    part: MandatePart = MandatePart.BOTH,
) -> None:
    """Enter by which document a person speaks for an invited party.

    The secretary does so while the sitting is prepared. From then on something of each party is sealed,
    after the opening its earlier versions, and only a delegate of the same party may name another one: a
    mandate is a key to the seal. One who approves is then named by one who approves, and where the party
    files with four eyes by one who writes nothing.
    """
    with database.writing() as session:
        _, sitting, place = locked(session, person_id, sitting_id, Act.SEE)
        if party_id not in {party.id for party, _ in storage.invited(session, sitting_id)}:
            raise Unknown
        _check_mandate(session, sitting, place, delegate, party_id)
        if sitting.stage in SEALED and part.approves:
            require_approver(session, sitting, place, party_id)
        row = MandateRow(
            sitting=sitting_id,
            person=delegate,
            party=party_id,
            capacity_ky=capacity.ky,
            capacity_ru=capacity.ru,
            capacity_en=capacity.en,
            document_ky=paper.ky,
            document_ru=paper.ru,
            document_en=paper.en,
            valid_from=valid_from,
            valid_to=valid_to,
            part=part.value,
        )
        put_mandate(session, person_id, row)


def require_approver(session: Session, sitting: Sitting, place: Standing, party_id: str) -> None:
    """Raise unless this person may let somebody of the party approve, or hand him a new link."""
    four_eyes = party_id in storage.four_eyes(session, sitting.id)
    if not place.names_approvers(party_id, four_eyes=four_eyes):
        raise ApproverByApproverOnly


def put_mandate(session: Session, person_id: str, row: MandateRow) -> None:
    """Store a mandate in the caller's transaction, which has judged the act."""
    session.merge(row)
    session.flush()
    record(session, row.sitting, _mandate_entered(person_id, row))


def revoke_mandate(
    database: Database, person_id: str, sitting_id: str, *, delegate: str, party_id: str, reason: str
) -> None:
    """End a person's mandate at once, with a reason; the record of it stays.

    A revocation only takes rights away, and so could silence a side: while the party may speak its own
    delegates alone revoke, and never the last mandate that holds. Before and after, the secretary does.
    """
    if not reason.strip():
        raise ReasonMissing
    with database.writing() as session:
        _, sitting, place = locked(session, person_id, sitting_id, Act.SEE)
        _may_revoke(sitting, place, party_id)
        row = session.get(MandateRow, (sitting_id, delegate, party_id), with_for_update=True)
        if row is None or row.revoked_on is not None:
            raise Unknown
        today = bishkek_day(now(session))
        if sitting.stage in SPEAKING and not _others_hold(session, sitting_id, row, today):
            raise LastMandate
        row.revoked_on, row.revoked_reason = today, reason.strip()
        session.add(row)
        session.flush()
        record(session, sitting_id, events.MandateRevoked(person_id, delegate, party_id, reason.strip()))


@dataclass(frozen=True)
class Proposal:
    """Somebody who spoke for a party last time: proposed anew, without document and so without any right."""

    person: str
    name: str
    login: str
    party: Party
    capacity: Named


def proposals(session: Session, sitting: Sitting) -> list[Proposal]:
    """Return the delegates of the sitting this one was made from that have no mandate here."""
    if sitting.cloned_from is None:
        return []
    parties = {party.id: party for party, _ in storage.invited(session, sitting.id)}
    here = {each.person for each in storage.mandates(session, sitting.id)}
    before = storage.mandates(session, sitting.cloned_from)
    asked = [each for each in before if each.party in parties and each.person not in here]
    people = [(each, accounts.person(session, each.person)) for each in asked if each.revoked_on is None]
    return [
        Proposal(each.person, person.name, person.login, parties[each.party], each.capacity)
        for each, person in people
        if person is not None
    ]


def revocable(
    session: Session, person_id: str, sitting_id: str, delegate: str, party_id: str
) -> tuple[Sitting, Mandate]:
    """Return a mandate to whoever may revoke it now; Unknown when there is none to revoke."""
    sitting, place = admitted(session, person_id, sitting_id)
    _may_revoke(sitting, place, party_id)
    for each in storage.mandates(session, sitting_id):
        if (each.person, each.party) == (delegate, party_id) and each.revoked_on is None:
            return sitting, each
    raise Unknown


def may_revoke(sitting: Sitting, place: Standing, party_id: str) -> bool:
    """Tell whether somebody may revoke mandates of a party now."""
    if sitting.stage in SPEAKING:
        return place.speaks_for(party_id)
    return may(place, Act.ENTER_MANDATE, sitting.stage)


def _may_revoke(sitting: Sitting, place: Standing, party_id: str) -> None:
    require(place, Act.SEE, sitting)
    if not may_revoke(sitting, place, party_id):
        raise MandateByPartyOnly("sittings.mandate_revoked_by_party_only", denied="sittings.enter_mandate")


def _others_hold(session: Session, sitting_id: str, row: MandateRow, today: date) -> bool:
    """Tell whether another delegate of the party may still speak for it today."""
    every = (each for each in storage.mandates(session, sitting_id) if each.party == row.party)
    return any(each.person != row.person and each.holds_on(today) for each in every)


def _check_mandate(session: Session, sitting: Sitting, place: Standing, delegate: str, party_id: str) -> None:
    """Raise unless this person may be made a delegate of this party by the one who asks."""
    if sitting.stage not in SEALED:
        require(place, Act.ENTER_MANDATE, sitting)
    elif not place.speaks_for(party_id):
        raise MandateByPartyOnly(denied="sittings.enter_mandate")
    person = accounts.person(session, delegate)
    if person is None:
        raise Unknown
    held = [each for each in storage.mandates(session, sitting.id) if each.person == delegate]
    if person.roles & COMMITTEE or any(each.party != party_id for each in held):
        raise DelegateNotFree(person=person.name)
    if held and sitting.stage in SEALED:
        raise MandateStands(person=person.name)


def _mandate_entered(person_id: str, row: MandateRow) -> Event:
    texts = {name: value for name, value in row.model_dump().items() if isinstance(value, str)}
    return events.MandateEntered(
        person=person_id,
        delegate=row.person,
        party=row.party,
        digest=digest_of(texts),
        valid_from=row.valid_from.isoformat() if row.valid_from else None,
        valid_to=row.valid_to.isoformat() if row.valid_to else None,
    )
