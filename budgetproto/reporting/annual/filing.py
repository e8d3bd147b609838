"""Close a report for approval, have it approved by a second person, file it, and record what becomes of it.

What is approved is a closed text: the whole report with every figure, hashed. Nothing that anybody enters
elsewhere afterwards moves it, so nobody outside can void an approval or put the filing off.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from budgetproto.accounts.bodies.standing import require_standing
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Refused, Unknown
from budgetproto.i18n import Sentence
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import SYSTEM, append, report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.reporting.annual import document, storage
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
from budgetproto.reporting.annual.service import ReportClosed, ReportMoved
from budgetproto.reporting.annual.steps import Step, check_step
from budgetproto.reporting.annual.storage import ClosedRow, ReportRow, StepRow


class NotWhole(Refused):
    """Something that every report has is missing."""

    message_key = "annual.not_whole"


class NotClosed(Refused):
    """There is no closed text that waits for approval."""

    message_key = "annual.not_closed"


class OwnClosing(Refused):
    """Nobody approves what he has closed himself: a second person of the association does."""

    message_key = "annual.own_closing"


class NotApproved(Refused):
    """An association has not approved the closed text yet."""

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
        lacking = missing(held.row.content())
        if lacking:
            raise NotWhole(missing=len(lacking), first=lacking[0])
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
        append(session, report_chain(report_id), TextClosed(person_id, number, hashed))
        return hashed


def reopen(database: Database, person_id: str, report_id: str) -> None:
    """Open a closed text again, to write on; what was approved of it counts no more."""
    with database.writing() as session:
        held = _closed_seat(session, person_id, report_id)
        number, held.row.closed = held.row.closed, 0
        for each in storage.associations(session, report_id):
            each.approved, each.approved_by, each.approved_on = 0, None, None
            session.add(each)
        _kept(session, held.row)
        append(session, report_chain(report_id), TextReopened(person_id, number))


def approve(database: Database, person_id: str, report_id: str, *, digest: str) -> None:
    """Approve the closed text of this hash for the person's association; not who closed it."""
    with database.writing() as session:
        held = _closed_seat(session, person_id, report_id)
        require_standing(session, person_id, held.party)
        found = storage.closed(session, report_id, held.row.closed)
        if found is None or found.digest != digest:
            raise ReportMoved
        if found.person == person_id:
            raise OwnClosing
        row = next(each for each in storage.associations(session, report_id) if each.party == held.party)
        row.approved, row.approved_by = held.row.closed, person_id
        row.approved_on = bishkek_day(now(session))
        session.add(row)
        session.flush()
        event = ReportApproved(person_id, held.party, held.row.closed, digest)
        append(session, report_chain(report_id), event)


def file_report(database: Database, person_id: str, report_id: str) -> str:
    """File the closed text that every association approved; return its hash. Everybody reads it then."""
    with database.writing() as session:
        held = _closed_seat(session, person_id, report_id)
        require_standing(session, person_id, held.party)
        present = storage.associations(session, report_id)
        if any(each.approved != held.row.closed for each in present):
            raise NotApproved
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
    """Return last year's filed report of the same associations, else of one of them."""
    own = {each.party for each in storage.associations(session, row.id)}
    best: tuple[int, ReportRow] | None = None
    for each in storage.filed(session, year=row.year - 1):
        shared = len(own & {one.party for one in storage.associations(session, each.id)})
        if shared and (best is None or shared > best[0]):
            best = shared, each
    if best is None:
        return None
    found = storage.closed(session, best[1].id, best[1].closed)
    if found is None:
        raise Unknown
    return document.read_report(found.document).as_earlier(found.digest)


def _kept(session: Session, row: ReportRow) -> None:
    session.add(row)
    session.flush()
