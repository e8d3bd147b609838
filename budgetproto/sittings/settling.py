"""Settle the terms of a sitting: propose a version, acknowledge it, fix it by its hash."""

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.journal.domain import canonical_json
from budgetproto.sittings import document, events, storage, terms_storage
from budgetproto.sittings.domain import (
    Act,
    Sitting,
    Terms,
    TermsVersion,
    sides_missing,
    terms_digest,
)
from budgetproto.sittings.procedure import note_with_terms
from budgetproto.sittings.service import ReasonMissing, locked, record
from budgetproto.sittings.terms_storage import AcknowledgementRow, TermsRow


class TermsNotProposed(Refused):
    """There are no terms yet."""

    message_key = "sittings.terms_not_proposed"


class TermsMoved(Stale):
    """A newer version of the terms was proposed meanwhile."""

    message_key = "sittings.terms_moved"


class TermsAlreadyFixed(Refused):
    """The terms are fixed and stay as they are."""

    message_key = "sittings.terms_already_fixed"


def propose_terms(session: Session, person_id: str, sitting_id: str, terms: Terms) -> TermsVersion:
    """Store a new version of the terms in the caller's transaction, which has locked and judged the act."""
    latest = terms_storage.latest_terms(session, sitting_id)
    number, written = (latest.version if latest else 0) + 1, document.written(terms)
    row = TermsRow(
        sitting=sitting_id,
        number=number,
        document=written,
        digest=terms_digest(written),
        person=person_id,
        at=now(session),
    )
    session.add(row)
    session.flush()
    noted = {each.key: each.value for each in note_with_terms(session, sitting_id, number)}
    record(session, sitting_id, events.TermsProposed(person_id, number, row.digest, canonical_json(noted)))
    return row.terms()


def acknowledge_terms(
    database: Database, person_id: str, sitting_id: str, *, party_id: str, number: int
) -> None:
    """Record that a party has seen the newest version of the terms; twice changes nothing."""
    with database.writing() as session:
        _, _, place = locked(session, person_id, sitting_id, Act.ACKNOWLEDGE_TERMS)
        if not place.speaks_for(party_id):
            raise Unknown(denied="sittings.acknowledge_terms")
        latest = _newest(session, sitting_id, number)
        if party_id in {each.party for each in terms_storage.acknowledgements(session, sitting_id, number)}:
            return
        row = AcknowledgementRow(
            sitting=sitting_id, number=number, party=party_id, person=person_id, at=now(session)
        )
        session.add(row)
        session.flush()
        record(session, sitting_id, events.TermsAcknowledged(person_id, party_id, number, latest.digest))


def fix_terms(database: Database, person_id: str, sitting_id: str, *, number: int, reason: str = "") -> None:
    """Fix the newest terms by their hash; without both sides' acknowledgement only with a reason."""
    with database.writing() as session:
        row, sitting, _ = locked(session, person_id, sitting_id, Act.FIX_TERMS)
        if sitting.terms_version is not None:
            raise TermsAlreadyFixed
        latest = _newest(session, sitting_id, number)
        seen = [each.party for each in terms_storage.acknowledgements(session, sitting_id, number)]
        invited = [party for party, _ in storage.invited(session, sitting_id)]
        if sides_missing(invited, seen) and not reason.strip():
            raise ReasonMissing
        row.terms_version = number
        session.add(row)
        session.flush()
        record(session, sitting_id, events.TermsFixed(person_id, number, latest.digest, reason.strip()))


def fixed_terms(session: Session, sitting: Sitting) -> TermsVersion | None:
    """Return the terms fixed for a sitting, None while they are not."""
    if sitting.terms_version is None:
        return None
    return terms_storage.terms(session, sitting.id, sitting.terms_version)


def latest_terms(session: Session, sitting_id: str) -> TermsVersion | None:
    """Return the newest proposed version of the terms."""
    return terms_storage.latest_terms(session, sitting_id)


def _newest(session: Session, sitting_id: str, number: int) -> TermsVersion:
    latest = terms_storage.latest_terms(session, sitting_id)
    if latest is None:
        raise TermsNotProposed
    if latest.version != number:
        raise TermsMoved(yours=number, theirs=latest.version)
    return latest
