"""Recomputes what the journal says of annual reports: texts, steps and publication are what was recorded."""

from collections.abc import Iterator

from sqlmodel import Session

from budgetproto.i18n import Sentence
from budgetproto.journal import report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.journal.storage import entries
from budgetproto.reporting.annual.events import ReportApproved, ReportStep, TextClosed
from budgetproto.reporting.annual.public.events import ReportPublicationSet
from budgetproto.reporting.annual.public.storage import publication_rows
from budgetproto.reporting.annual.storage import (
    ReportRow,
    approvals,
    associations,
    closed_texts,
    filed,
    filed_by,
    filers,
    steps,
)


def altered(session: Session) -> Iterator[Sentence]:
    """Tell of each filed report that is not what its chain says; drafts are not told of."""
    for row in filed(session):
        if (
            _closed_kept(session, row) != _told(session, row, TextClosed.kind)
            or _steps_kept(session, row) != _told(session, row, ReportStep.kind)
            or _published_kept(session, row) != _published_told(session, row)
            or _approvals_kept(session, row) != _approvals_told(session, row)
            or not _counts_for_its_own(session, row)
        ):
            yield Sentence("annual.altered", (("year", str(row.year)),))


def _published_told(session: Session, row: ReportRow) -> list[tuple[object, ...]]:
    told = (each.values() for each in entries(session, report_chain(row.id), kind=ReportPublicationSet.kind))
    return [(said["party"], said["part"], said["on"], said["reason"], said["person"]) for said in told]


def _published_kept(session: Session, row: ReportRow) -> list[tuple[object, ...]]:
    return [
        (each.party, each.scope, each.since.isoformat(), each.reason, each.person)
        for each in publication_rows(session, row.id)
    ]


def _approvals_told(session: Session, row: ReportRow) -> list[str]:
    """Return who approved the filed text as the chain tells it; whoever closed it is one of them."""
    chain = report_chain(row.id)
    said = [
        each.values()
        for kind in (TextClosed.kind, ReportApproved.kind)
        for each in entries(session, chain, kind=kind)
    ]
    return sorted(str(each["person"]) for each in said if each["number"] == row.closed)


def _approvals_kept(session: Session, row: ReportRow) -> list[str]:
    return sorted(each.person for each in approvals(session, row.id, row.closed))


def _counts_for_its_own(session: Session, row: ReportRow) -> bool:
    """Tell whether each association has a report of that year, and this one counts for no other."""
    own = {each.party for each in associations(session, row.id)}
    counts = {each.party for each in filers(session, row.id)}
    return counts <= own and all(filed_by(session, each, row.year) for each in own)


def _told(session: Session, row: ReportRow, kind: str) -> list[tuple[object, object]]:
    told = entries(session, report_chain(row.id), kind=kind)
    return [(values["number"], values["digest"]) for values in (each.values() for each in told)]


def _closed_kept(session: Session, row: ReportRow) -> list[tuple[object, object]]:
    return [(each.number, sha256_of(each.document)) for each in closed_texts(session, row.id)]


def _steps_kept(session: Session, row: ReportRow) -> list[tuple[object, object]]:
    return [(each.number, sha256_of(each.document)) for each in steps(session, row.id)]
