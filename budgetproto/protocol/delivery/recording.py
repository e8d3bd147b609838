"""Record what becomes of an issued protocol: entries that are appended and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.errors import Refused, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import Event
from budgetproto.protocol import storage
from budgetproto.protocol.delivery.extracts import NotIssued
from budgetproto.protocol.delivery.steps import (
    KINDS,
    Facts,
    Hearing,
    Kind,
    Letter,
    Outcome,
    Publication,
    Registration,
    Step,
    latest,
)
from budgetproto.protocol.delivery.steps_storage import ProtocolStepRow, steps_of
from budgetproto.protocol.document import canonical_bytes, to_document
from budgetproto.protocol.events import (
    HearingRecorded,
    LetterRecorded,
    OutcomeRecorded,
    PublicationSet,
    RegistrationRecorded,
)
from budgetproto.protocol.storage import ProtocolRow
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing


class LetterMissing(Refused):
    """What follows a letter needs the letter first."""

    message_key = "delivery.letter_first"


class ReasonNeeded(Refused):
    """What corrects an earlier entry, and each decision on publication, says why."""

    message_key = "delivery.reason_missing"


class InTheFuture(Refused):
    """A letter, registration, hearing or outcome is recorded when it has happened."""

    message_key = "delivery.in_the_future"


class InThePast(Refused):
    """Nothing is published from a day that has gone: nobody could have read it then."""

    message_key = "delivery.in_the_past"


@dataclass(frozen=True)
class Delivered:
    """An issued protocol with everything recorded of it, in the order of its making."""

    id: str
    number: str
    fingerprint: str
    steps: tuple[Step, ...]

    def latest(self, kind: Kind) -> Step | None:
        """Return the entry of a kind that stands."""
        return latest(self.steps, kind)


_ACTS: Final[Mapping[type[Facts], Act]] = {Publication: Act.PUBLISH}


def delivered(session: Session, person_id: str, sitting_id: str) -> tuple[Sitting, Standing, list[Delivered]]:
    """Return a sitting's issued protocols with what is recorded of them, the newest first."""
    sitting, place = sittings.admitted(session, person_id, sitting_id, Act.READ_OPENED)
    return sitting, place, delivered_of(session, sitting_id)


def delivered_of(session: Session, sitting_id: str) -> list[Delivered]:
    """Return the same for somebody who has been admitted."""
    rows = [storage.protocol_row(session, each) for each, *_ in storage.issued_in(session, [sitting_id])]
    known = [row for row in rows if row is not None]
    steps = steps_of(session, [row.id for row in known])
    found = [Delivered(row.id, row.number, row.fingerprint, tuple(steps[row.id])) for row in known]
    return found[::-1]


def record(
    database: Database, person_id: str, sitting_id: str, facts: Facts, *, protocol: str = "", reason: str = ""
) -> None:
    """Append an entry about a protocol of a sitting, its newest unless one is named."""
    with database.writing() as session:
        _, sitting, _ = sittings.locked(session, person_id, sitting_id, _ACTS.get(type(facts), Act.TRANSMIT))
        row = _protocol(session, sitting, protocol)
        before = steps_of(session, [row.id])[row.id]
        _check(session, facts, before, reason.strip())
        step = ProtocolStepRow(
            protocol=row.id,
            number=len(before) + 1,
            kind=kind_of(facts),
            document=canonical_bytes(to_document(facts)).decode(),
            reason=reason.strip(),
            person=person_id,
            at=now(session),
        )
        session.add(step)
        session.flush()
        sittings.record(session, sitting_id, _event(facts, person_id, row.number, reason.strip()))


def kind_of(facts: Facts) -> Kind:
    """Return the kind of an entry."""
    return next(kind for kind, known in KINDS.items() if isinstance(facts, known))


def _protocol(session: Session, sitting: Sitting, named: str) -> ProtocolRow:
    row = storage.protocol_row(session, named) if named else storage.issued(session, sitting.id)
    if row is None and not named:
        raise NotIssued
    if row is None or row.sitting != sitting.id:
        raise Unknown
    return row


def _check(session: Session, facts: Facts, before: list[Step], reason: str) -> None:
    kind, today = kind_of(facts), bishkek_day(now(session))
    if isinstance(facts, Publication):
        if not reason:
            raise ReasonNeeded
        if facts.since < today:
            raise InThePast
        return
    if latest(before, kind) is not None and not reason:
        raise ReasonNeeded
    if kind != "letter" and latest(before, "letter") is None:
        raise LetterMissing
    if facts.on > today:
        raise InTheFuture


def _event(facts: Facts, person: str, number: str, reason: str) -> Event:
    match facts:
        case Letter():
            return LetterRecorded(person, number, facts.on.isoformat(), reason, facts.number, facts.addressee)
        case Registration():
            return RegistrationRecorded(person, number, facts.on.isoformat(), reason, facts.number)
        case Hearing():
            return HearingRecorded(person, number, facts.on.isoformat(), reason, facts.body)
        case Outcome():
            return OutcomeRecorded(person, number, facts.on.isoformat(), reason, facts.result, facts.source)
        case Publication():
            return PublicationSet(person, number, facts.since.isoformat(), reason, facts.scope)
