"""Change what was prepared: the identity, the deadline, the list of parties; each change is an event."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from budgetproto.database import Database, now, taken
from budgetproto.errors import Refused, Stale, Unknown
from budgetproto.journal.domain import digest_of
from budgetproto.sittings import events, storage, terms_storage
from budgetproto.sittings.domain import Act, Sitting
from budgetproto.sittings.service import (
    DeadlinePassed,
    NewSitting,
    NumberTaken,
    ReasonMissing,
    check_identity,
    identity_columns,
    locked,
    record,
)
from budgetproto.sittings.settling import TermsAlreadyFixed, propose_terms
from budgetproto.sittings.storage import ExtensionRow


class SittingMoved(Stale):
    """Somebody else changed the sitting meanwhile."""

    message_key = "sittings.sitting_moved"


class NotLater(Refused):
    """A deadline is only ever put off, never brought forward."""

    message_key = "sittings.deadline_not_later"


class PartyAcknowledged(Refused):
    """The party has acknowledged terms: what it has seen stays on the record, and so does the party."""

    message_key = "sittings.party_acknowledged"


def edit_sitting(
    database: Database, person_id: str, sitting_id: str, new: NewSitting, *, version: int
) -> None:
    """Change the identity of a sitting in preparation; raise SittingMoved if it changed meanwhile.

    The deadline is part of the terms: changed, they are proposed anew, and once they are fixed it stands.
    """
    with taken(NumberTaken(number=new.number)), database.writing() as session:
        row, before, _ = locked(session, person_id, sitting_id, Act.PREPARE)
        if before.version != version:
            raise SittingMoved(yours=version, theirs=before.version)
        check_identity(session, new, but=sitting_id)
        if before.terms_version is not None and new.deadline != before.deadline:
            raise TermsAlreadyFixed
        for name, value in identity_columns(new).items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        record(session, sitting_id, events.SittingChanged(person_id, _digest(before), _digest(row.sitting())))
        carry_deadline(session, person_id, row.sitting())


def extend_deadline(
    database: Database, person_id: str, sitting_id: str, deadline: datetime, *, reason: str
) -> None:
    """Put off the deadline while positions are collected and it has not passed, with a reason.

    Terms that are fixed keep their words and their hash, for the sides have acknowledged them: the extension
    stands beside them in the record, where both sides read it. Terms still open are proposed anew with it.
    """
    if not reason.strip():
        raise ReasonMissing
    with database.writing() as session:
        row, sitting, _ = locked(session, person_id, sitting_id, Act.EXTEND_DEADLINE)
        if now(session) >= sitting.deadline:
            raise DeadlinePassed("sittings.deadline_over", deadline=sitting.deadline)
        if deadline <= sitting.deadline:
            raise NotLater(deadline=sitting.deadline)
        number = len(storage.extensions(session, sitting_id)) + 1
        session.add(
            ExtensionRow(
                sitting=sitting_id,
                number=number,
                before=sitting.deadline,
                after=deadline,
                reason=reason.strip(),
                person=person_id,
                at=now(session),
            )
        )
        row.deadline = deadline
        session.add(row)
        session.flush()
        before, after = (each.isoformat(timespec="minutes") for each in (sitting.deadline, deadline))
        record(session, sitting_id, events.DeadlineExtended(person_id, before, after, reason.strip()))
        carry_deadline(session, person_id, row.sitting())


def carry_deadline(session: Session, person_id: str, sitting: Sitting) -> None:
    """Propose terms that are not fixed anew when the deadline they name is no longer the sitting's."""
    latest = terms_storage.latest_terms(session, sitting.id)
    stale = latest is not None and latest.terms.deadline != sitting.deadline
    if latest is not None and stale and sitting.terms_version is None:
        propose_terms(session, person_id, sitting.id, replace(latest.terms, deadline=sitting.deadline))


def drop_invitation(session: Session, person_id: str, sitting_id: str, party_id: str) -> None:
    """Take a party and its mandates off the list in the caller's transaction, which has judged the act."""
    row = next((each for each in storage.invited_rows(session, sitting_id) if each.party == party_id), None)
    if row is None:
        raise Unknown
    if terms_storage.has_acknowledged(session, sitting_id, party_id):
        raise PartyAcknowledged
    for mandate in storage.party_mandates(session, sitting_id, party_id):
        session.delete(mandate)
    session.flush()
    session.delete(row)
    session.flush()
    record(session, sitting_id, events.InvitationRemoved(person_id, party_id))


def move_party(database: Database, person_id: str, sitting_id: str, party_id: str, *, up: bool) -> None:
    """Move a party one place up or down in the order in which the parties are named."""
    with database.writing() as session:
        locked(session, person_id, sitting_id, Act.PREPARE)
        rows = storage.invited_rows(session, sitting_id)
        place = next((each for each, row in enumerate(rows) if row.party == party_id), None)
        if place is None:
            raise Unknown
        other = place + (-1 if up else 1)
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for ordinal, row in enumerate(rows, start=1):
            row.ordinal = ordinal
            session.add(row)
        session.flush()
        record(session, sitting_id, events.PartyMoved(person_id, party_id, other + 1))


def _digest(sitting: Sitting) -> str:
    """Return the hash of what identifies a sitting."""
    values = {name: str(value) for name, value in vars(sitting).items() if name != "version"}
    return digest_of(values)
