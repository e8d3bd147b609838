"""Close a report for approval, have it approved by two people of each association, file it, record its way.

What is approved is a closed text: the whole report with every figure, hashed. Nothing that anybody enters
elsewhere afterwards moves it, so nobody outside can void an approval or put the filing off.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from budgetproto.accounts.bodies.standing import require_standing
from budgetproto.database import Database, now, taken
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import SYSTEM, append, report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.reporting.annual import document, storage
from budgetproto.reporting.annual.approvals import approval_of, stand_by
from budgetproto.reporting.annual.content import missing
from budgetproto.reporting.annual.events import (
    ReportApproved,
    ReportFiled,
    ReportStep,
    TextClosed,
    TextReopened,
)
from budgetproto.reporting.annual.gathering import gathered
from budgetproto.reporting.annual.people import Seat, own_seat, seat
from budgetproto.reporting.annual.report import Earlier, Report
from budgetproto.reporting.annual.service import ReportClosed, ReportMoved, check_year, year_filed
from budgetproto.reporting.annual.steps import Step, check_step
from budgetproto.reporting.annual.storage import ClosedRow, FilerRow, ReportRow, StepRow


class NotWhole(Refused):
    """Something that every report has is missing."""

    message_key = "annual.not_whole"


class NotClosed(Refused):
    """There is no closed text that waits for approval."""

    message_key = "annual.not_closed"


class OwnClosing(Refused):
    """Nobody approves what he has closed himself: a second person of the association does."""

    message_key = "annual.own_closing"


class ApprovedBefore(Refused):
    """Nobody approves a text twice: a second person of the association does."""

    message_key = "annual.approved_before"


class NotApproved(Refused):
    """An association has not two people yet who stand by the closed text."""

    message_key = "annual.not_approved"


class AlreadyFiled(Refused):
    """The report is filed: nothing of it changes any more."""

    message_key = "annual.already_filed"


def report_of(session: Session, row: ReportRow) -> Report:
    """Return a report: the closed text while there is one, else as the record has it now."""
    if row.closed:
        found = storage.closed(session, row.id, row.closed)
        assert found is not None, "a closed text is never deleted"  # noqa: S101 - a slip of ours
        return document.read_report(found.document)
    people = [each.person for each in storage.admitted(session, row.id)]
    return gathered(session, row, people, earlier=_earlier(session, row))


def close(database: Database, person_id: str, report_id: str, *, seen: int) -> str:
    """Close the text of a whole report for approval; return its hash."""
    with database.writing() as session:
        held = own_seat(session, person_id, report_id, lock=True)
        _check_open(held, seen)
        # Whoever closes the text is the first to stand by it.
        require_standing(session, person_id, held.party)
        lacking = missing(held.row.content())
        if lacking:
            raise NotWhole(missing=len(lacking), first=lacking[0])
        _check_year(session, held.row)
        written = document.written_report(_closed_now(session, held.row))
        number = storage.last_closed(session, report_id) + 1
        hashed = sha256_of(written)
        session.add(
            ClosedRow(
                report=report_id,
                number=number,
                document=written,
                digest=hashed,
                person=person_id,
                at=now(session),
            )
        )
        held.row.closed = number
        _kept(session, held.row)
        stand_by(session, held.row, person_id, held.party)
        append(session, report_chain(report_id), TextClosed(person_id, number, hashed))
        return hashed


def reopen(database: Database, person_id: str, report_id: str) -> None:
    """Open a closed text again, to write on; what was approved of it counts no more."""
    with database.writing() as session:
        held = _closed_seat(session, person_id, report_id)
        # Approvals fall with it: whoever cannot stand by the text does not take others' word from it.
        require_standing(session, person_id, held.party)
        number, held.row.closed = held.row.closed, 0
        _kept(session, held.row)
        append(session, report_chain(report_id), TextReopened(person_id, number))


def approve(database: Database, person_id: str, report_id: str, *, digest: str) -> None:
    """Approve the closed text of this hash as one of the person's association; not who closed it."""
    with database.writing() as session:
        held = _closed_seat(session, person_id, report_id)
        require_standing(session, person_id, held.party)
        found = storage.closed(session, report_id, held.row.closed)
        if found is None or found.digest != digest:
            raise ReportMoved
        if found.person == person_id:
            raise OwnClosing
        if person_id in {each.person for each in storage.approvals(session, report_id, held.row.closed)}:
            raise ApprovedBefore
        stand_by(session, held.row, person_id, held.party)
        event = ReportApproved(person_id, held.party, held.row.closed, digest)
        append(session, report_chain(report_id), event)


def file_report(database: Database, person_id: str, report_id: str) -> str:
    """File the closed text that two people of every association stand by; return its hash.

    Everybody reads it then. Raise YearFiled where one of them has filed a report of that year already.
    """
    with database.writing() as session:
        held = _closed_seat(session, person_id, report_id)
        require_standing(session, person_id, held.party)
        said = storage.approvals(session, report_id, held.row.closed)
        present = [each.party for each in storage.associations(session, report_id)]
        if not all(approval_of(said, party).approved_on for party in present):
            raise NotApproved
        _file_for(session, held.row, present)
        held.row.filed_on = bishkek_day(now(session))
        _kept(session, held.row)
        hashed = storage.closed_digest(session, report_id, held.row.closed)
        event = ReportFiled(person_id, held.row.year, hashed)
        append(session, report_chain(report_id), event)
        append(session, SYSTEM, event)
        return hashed


def record_step(database: Database, person_id: str, report_id: str, step: Step) -> int:
    """Record what became of a filed report; its own people do, and the secretariat. Return its number."""
    with database.writing() as session:
        held = seat(session, person_id, report_id, lock=True)
        if not held.records or held.row.filed_on is None:
            raise NotPermitted(denied="annual.step")
        at = now(session)
        before = [each.step() for each in storage.steps(session, report_id)]
        check_step(step, before, filed_on=held.row.filed_on, day=bishkek_day(at))
        written, number = document.written(step), len(before) + 1
        hashed = sha256_of(written)
        session.add(
            StepRow(report=report_id, number=number, document=written, digest=hashed, person=person_id, at=at)
        )
        session.flush()
        event = ReportStep(person_id, step.kind, number, step.on.isoformat(), hashed)
        append(session, report_chain(report_id), event)
        return number


def lacking(row: ReportRow) -> Sequence[Sentence]:
    """Tell what a report still needs before its text can be closed."""
    return missing(row.content())


def _closed_now(session: Session, row: ReportRow) -> Report:
    return replace(report_of(session, row), closed_on=bishkek_day(now(session)))


def _check_year(session: Session, row: ReportRow) -> None:
    for each in storage.associations(session, row.id):
        check_year(session, each.party, row.year)


def _file_for(session: Session, row: ReportRow, parties: Sequence[str]) -> None:
    """Let the report count as that of its year for each association; there is no second one."""
    for party in parties:
        check_year(session, party, row.year)
        with taken(year_filed(session, party, row.year)):
            session.add(FilerRow(party=party, year=row.year, report=row.id))
            session.flush()


def _check_open(held: Seat, seen: int) -> None:
    if held.row.closed:
        raise ReportClosed
    if held.row.version != seen:
        raise ReportMoved(theirs=held.row.version, yours=seen)


def _closed_seat(session: Session, person_id: str, report_id: str) -> Seat:
    """Return the seat of one of the report's people while a closed text waits for approval."""
    held = own_seat(session, person_id, report_id, lock=True)
    if held.row.filed_on is not None:
        raise AlreadyFiled
    if not held.row.closed:
        raise NotClosed
    return held


def _earlier(session: Session, row: ReportRow) -> Earlier | None:
    """Return last year's filed report that counts for the most of these associations; None without one."""
    last = (
        storage.filed_by(session, each.party, row.year - 1) for each in storage.associations(session, row.id)
    )
    found = [each for each in last if each is not None]
    if not found:
        return None
    # The first of those that are named most often: associations stand in the order in which they came.
    best = max(found, key=found.count)
    text = storage.closed(session, best.id, best.closed)
    if text is None:
        raise Unknown
    return document.read_report(text.document).as_earlier(text.digest)


def _kept(session: Session, row: ReportRow) -> None:
    session.add(row)
    session.flush()
