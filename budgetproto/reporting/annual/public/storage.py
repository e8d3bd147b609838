"""The table of decisions on what is public of a filed report; append-only."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.coordination.public.domain import SCOPES, Publication
from budgetproto.database import appended_only
from budgetproto.i18n.formatting import bishkek_day


@appended_only
class ReportPublicationRow(SQLModel, table=True):
    """One decision; `number` counts those about a report, `party` is the association that made it."""

    __tablename__ = "annual_publication"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    number: int = Field(primary_key=True)
    scope: str
    since: date
    reason: str = Field(sa_type=sa.Text)
    party: str
    person: str
    at: datetime

    def publication(self) -> Publication:
        """Return the decision without its table."""
        scope = next(each for each in SCOPES if each == self.scope)
        return Publication(scope, self.since, bishkek_day(self.at))


def publication_rows(session: Session, report: str) -> list[ReportPublicationRow]:
    """Return the decisions about a report, in the order of their making."""
    query = select(ReportPublicationRow).where(ReportPublicationRow.report == report)
    return list(session.exec(query.order_by(col(ReportPublicationRow.number))))


def ever_published(session: Session) -> dict[str, list[Publication]]:
    """Return the decisions about every report about which there is one, by its id."""
    order = (ReportPublicationRow.report, col(ReportPublicationRow.number))
    found: dict[str, list[Publication]] = {}
    for row in session.exec(select(ReportPublicationRow).order_by(*order)):
        found.setdefault(row.report, []).append(row.publication())
    return found
