"""Recomputes what the journal says of annual reports: texts, steps and publication are what was recorded."""

from collections.abc import Iterator

from sqlmodel import Session

from budgetproto.i18n import Sentence
from budgetproto.journal import report_chain
from budgetproto.journal.domain import sha256_of
from budgetproto.journal.storage import entries
from budgetproto.reporting.annual.events import ReportStep, TextClosed
from budgetproto.reporting.annual.public.events import ReportPublicationSet
from budgetproto.reporting.annual.public.storage import publication_rows
from budgetproto.reporting.annual.storage import ReportRow, closed_texts, filed, steps


def altered(session: Session) -> Iterator[Sentence]:
    """Tell of each filed report that is not what its chain says; drafts are not told of."""
    for row in filed(session):
        if (
            _closed_kept(session, row) != _told(session, row, TextClosed.kind)
            or _steps_kept(session, row) != _told(session, row, ReportStep.kind)
            or _published_kept(session, row) != _published_told(session, row)
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


def _told(session: Session, row: ReportRow, kind: str) -> list[tuple[object, object]]:
    told = entries(session, report_chain(row.id), kind=kind)
    return [(values["number"], values["digest"]) for values in (each.values() for each in told)]


def _closed_kept(session: Session, row: ReportRow) -> list[tuple[object, object]]:
    return [(each.number, sha256_of(each.document)) for each in closed_texts(session, row.id)]


def _steps_kept(session: Session, row: ReportRow) -> list[tuple[object, object]]:
    return [(each.number, sha256_of(each.document)) for each in steps(session, row.id)]
