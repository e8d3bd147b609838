"""Decide whether a filed report is public, and read those that are: the same for everybody.

A report is public whole or not at all: its hash is that of every word of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.bodies.standing import require_standing
from budgetproto.coordination.public.domain import Publication, Scope, scope_on
from budgetproto.coordination.public.service import PublicationInThePast, PublicationUnexplained
from budgetproto.database import Database, now
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import append, report_chain
from budgetproto.protocol.delivery.public import without_names
from budgetproto.reporting.annual import storage as reports
from budgetproto.reporting.annual.people import Seat, own_seat
from budgetproto.reporting.annual.public import storage
from budgetproto.reporting.annual.public.events import ReportPublicationSet
from budgetproto.reporting.annual.public.storage import ReportPublicationRow
from budgetproto.reporting.annual.report import Report
from budgetproto.reporting.annual.showing import Association, Listed, associations_of, filed_report, listed
from budgetproto.reporting.annual.steps import Step
from budgetproto.reporting.annual.storage import ReportRow


@dataclass(frozen=True)
class PublicReport:
    """A filed report as everybody reads it, and what became of it."""

    row: ReportRow
    report: Report
    associations: tuple[Association, ...]
    digest: str
    steps: tuple[Step, ...]
    since: date


def publish(
    database: Database, person_id: str, report_id: str, scope: Scope, *, since: date, reason: str
) -> None:
    """Decide whether everybody reads a filed report from a day on; for its own associations alone."""
    with database.writing() as session:
        held = _filed_seat(session, person_id, report_id, lock=True)
        require_standing(session, person_id, held.party)
        at = now(session)
        if not reason.strip():
            raise PublicationUnexplained
        if since < bishkek_day(at):
            raise PublicationInThePast
        decision = ReportPublicationRow(
            report=report_id,
            number=len(storage.publication_rows(session, report_id)) + 1,
            scope=scope,
            since=since,
            reason=reason.strip(),
            party=held.party,
            person=person_id,
            at=at,
        )
        session.add(decision)
        session.flush()
        event = ReportPublicationSet(person_id, held.party, scope, since.isoformat(), reason.strip())
        append(session, report_chain(report_id), event)


def decided(
    session: Session, person_id: str, report_id: str
) -> tuple[ReportRow, tuple[ReportPublicationRow, ...]]:
    """Return a filed report with the decisions on its publication, to its own people."""
    held = _filed_seat(session, person_id, report_id)
    return held.row, tuple(storage.publication_rows(session, report_id))


def public_reports(session: Session) -> list[Listed]:
    """Return the reports that are public today, the newest year first."""
    day = bishkek_day(now(session))
    standing = {
        report for report, each in storage.ever_published(session).items() if _since(each, day) is not None
    }
    return [listed(session, row) for row in reports.filed(session) if row.id in standing]


def public_report(session: Session, report_id: str) -> PublicReport:
    """Return a public report; raise one and the same Unknown for all that is not public."""
    row, since = _public_row(session, report_id)
    digest = reports.closed_digest(session, row.id, row.closed)
    steps = reports.steps(session, report_id)
    recorders = accounts.people_names(session, {each.person for each in steps}).values()
    told = tuple(each.step() for each in steps)
    return PublicReport(
        row,
        filed_report(session, row, digest),
        tuple(associations_of(session, row)),
        digest,
        without_names({name.ky for name in recorders}, told),
        since,
    )


def public_text(session: Session, report_id: str) -> tuple[ReportRow, str]:
    """Return a public report's row and its closed text, whose hash its paper prints; else raise Unknown."""
    row, _ = _public_row(session, report_id)
    found = reports.closed(session, row.id, row.closed)
    if found is None:
        raise Unknown
    return row, found.document


def _public_row(session: Session, report_id: str) -> tuple[ReportRow, date]:
    decisions = [each.publication() for each in storage.publication_rows(session, report_id)]
    since = _since(decisions, bishkek_day(now(session)))
    row = reports.report_row(session, report_id)
    if row is None or row.filed_on is None or since is None:
        raise Unknown
    return row, since


def _since(decisions: Iterable[Publication], day: date) -> date | None:
    standing = scope_on(tuple(decisions), day)
    return standing.since if standing is not None and standing.scope == "all" else None


def _filed_seat(session: Session, person_id: str, report_id: str, *, lock: bool = False) -> Seat:
    held = own_seat(session, person_id, report_id, lock=lock)
    if held.row.filed_on is None:
        raise NotPermitted(denied="annual.publication")
    return held
