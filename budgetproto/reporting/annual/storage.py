"""The tables of annual reports: what is written, who may read it, values, closed texts, steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.reporting.annual import document
from budgetproto.reporting.annual.content import Content
from budgetproto.reporting.annual.domain import Origin, Value
from budgetproto.reporting.annual.steps import Step

#: Where a value belongs: indicator, territory, year.
Key = tuple[str, str, int]
#: Rows that are written by one statement.
_AT_ONCE = 5_000


class ReportRow(SQLModel, table=True):
    """A report: what people write in it, its version, and the closed text that waits or was filed."""

    __tablename__ = "annual_report"
    id: str = Field(primary_key=True)
    year: int = Field(index=True)
    version: int = 1
    opened_on: date
    document: str = Field(sa_type=sa.Text)
    #: The number of the closed text that waits for approval or was filed; 0 while the report is written.
    closed: int = 0
    filed_on: date | None = Field(default=None, index=True)

    def content(self) -> Content:
        """Return what people write without its table."""
        return document.read_content(self.document)


class AssociationRow(SQLModel, table=True):
    """An association whose report it is."""

    __tablename__ = "annual_association"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    place: int


class AdmittedRow(SQLModel, table=True):
    """A person of an association who may read and write the report before it is filed."""

    __tablename__ = "annual_admitted"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    person: str = Field(primary_key=True, index=True)
    party: str


class ValueRow(SQLModel, table=True):
    """One value of one indicator in one territory and year, as it stands now."""

    __tablename__ = "annual_value"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    indicator: str = Field(primary_key=True)
    territory: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(sa_type=sa.BigInteger)
    origin: str
    source: str
    illustrative: bool = False


@appended_only
class ArrivalRow(SQLModel, table=True):
    """When the first value that a yardstick judges came: from then on the yardstick is late."""

    __tablename__ = "annual_arrival"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    indicator: str = Field(primary_key=True)
    at: datetime


@appended_only
class ClosedRow(SQLModel, table=True):
    """A whole report as it was closed for approval, by whom; the one that is filed never changes again."""

    __tablename__ = "annual_closed"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    number: int = Field(primary_key=True)
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime


@appended_only
class ApprovalRow(SQLModel, table=True):
    """A person of an association who stands by a closed text: whoever closed it is its first."""

    __tablename__ = "annual_approval"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    number: int = Field(primary_key=True)
    person: str = Field(primary_key=True)
    party: str = Field(foreign_key="account_party.id")
    place: int
    on: date


@appended_only
class FilerRow(SQLModel, table=True):
    """The report that an association filed of a year: there is one, its own or a joint one."""

    __tablename__ = "annual_filer"
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    year: int = Field(primary_key=True)
    report: str = Field(foreign_key="annual_report.id")


@appended_only
class StepRow(SQLModel, table=True):
    """What became of a filed report."""

    __tablename__ = "annual_step"
    report: str = Field(primary_key=True, foreign_key="annual_report.id")
    number: int = Field(primary_key=True)
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime

    def step(self) -> Step:
        """Return the step without its table."""
        return document.read_step(self.document)


@dataclass(frozen=True)
class Entered:
    """A value with where it belongs."""

    indicator: str
    territory: str
    year: int
    value: Value

    @property
    def key(self) -> Key:
        """Where the value belongs."""
        return self.indicator, self.territory, self.year


def report_row(session: Session, report: str, *, lock: bool = False) -> ReportRow | None:
    """Return a report's row; None when there is none. Locked, acts on one report wait in turn."""
    return session.get(ReportRow, report, with_for_update=lock or None)


def known_report(session: Session, report: str) -> ReportRow:
    """Return the row of a report that is there for certain, such as one just begun."""
    return session.get_one(ReportRow, report)


def associations(session: Session, report: str) -> list[AssociationRow]:
    """Return the associations of a report in the order in which they came to it."""
    query = select(AssociationRow).where(AssociationRow.report == report)
    return list(session.exec(query.order_by(col(AssociationRow.place))))


def admitted(session: Session, report: str) -> list[AdmittedRow]:
    """Return the people who may read and write a report, by id."""
    query = select(AdmittedRow).where(AdmittedRow.report == report)
    return list(session.exec(query.order_by(col(AdmittedRow.person))))


def reports_of(session: Session, person: str) -> list[ReportRow]:
    """Return the reports that a person was admitted to and that are not filed, the newest year first."""
    query = (
        select(ReportRow)
        .join(AdmittedRow, col(AdmittedRow.report) == col(ReportRow.id))
        .where(AdmittedRow.person == person, col(ReportRow.filed_on).is_(None))
    )
    return list(session.exec(query.order_by(col(ReportRow.year).desc(), col(ReportRow.id))))


def filed(session: Session, *, year: int | None = None) -> list[ReportRow]:
    """Return the filed reports, the newest year first, the last filed before the others."""
    query = select(ReportRow).where(col(ReportRow.filed_on).is_not(None))
    if year is not None:
        query = query.where(ReportRow.year == year)
    order = (col(ReportRow.year).desc(), col(ReportRow.filed_on).desc(), col(ReportRow.id))
    return list(session.exec(query.order_by(*order)))


def filed_by(session: Session, party: str, year: int) -> ReportRow | None:
    """Return the report that an association filed of a year; None while it has not."""
    query = select(ReportRow).join(FilerRow, col(FilerRow.report) == col(ReportRow.id))
    return session.exec(query.where(FilerRow.party == party, FilerRow.year == year)).one_or_none()


def filers(session: Session, report: str) -> list[FilerRow]:
    """Return for whom a report counts as that of its year."""
    query = select(FilerRow).where(FilerRow.report == report)
    return list(session.exec(query.order_by(col(FilerRow.party))))


def approvals(session: Session, report: str, number: int) -> list[ApprovalRow]:
    """Return who stands by a closed text, in the order in which they said so."""
    query = select(ApprovalRow).where(ApprovalRow.report == report, ApprovalRow.number == number)
    return list(session.exec(query.order_by(col(ApprovalRow.place))))


def closed(session: Session, report: str, number: int) -> ClosedRow | None:
    """Return a closed text by its number."""
    return session.get(ClosedRow, (report, number))


def closed_texts(session: Session, report: str) -> list[ClosedRow]:
    """Return every text that was closed, in order."""
    query = select(ClosedRow).where(ClosedRow.report == report)
    return list(session.exec(query.order_by(col(ClosedRow.number))))


def closed_digest(session: Session, report: str, number: int) -> str:
    """Return the hash of a closed text without reading the text; empty when there is none."""
    query = select(ClosedRow.digest).where(ClosedRow.report == report, ClosedRow.number == number)
    return session.exec(query).one_or_none() or ""


def last_closed(session: Session, report: str) -> int:
    """Return the number of the last text that was closed, 0 when none was."""
    query = select(sa.func.max(ClosedRow.number)).where(ClosedRow.report == report)
    return session.exec(query).one() or 0


def steps(session: Session, report: str) -> list[StepRow]:
    """Return what became of a filed report, in order."""
    query = select(StepRow).where(StepRow.report == report)
    return list(session.exec(query.order_by(col(StepRow.number))))


def values(session: Session, report: str, *, territory: str | None = None) -> Sequence[Any]:
    """Return every value, or one territory's, in the order of their keys.

    A row has indicator, territory, year, number, origin, source and illustrative.
    """
    names = ("indicator", "territory", "year", "number", "origin", "source", "illustrative")
    query = sa.select(*(col(getattr(ValueRow, name)) for name in names)).where(col(ValueRow.report) == report)
    if territory is not None:
        query = query.where(col(ValueRow.territory) == territory)
    order = (col(ValueRow.indicator), col(ValueRow.territory), col(ValueRow.year))
    return session.connection().execute(query.order_by(*order)).all()


def value_of(row: Any) -> Value:
    """Return the value of a row of `values`."""
    origin: Origin = row[4]
    return Value(row[3], origin, row[5], bool(row[6]))


def put_values(session: Session, report: str, entered: Sequence[Entered]) -> None:
    """Store values; each takes the place of the one before it."""
    for start in range(0, len(entered), _AT_ONCE):
        part = entered[start : start + _AT_ONCE]
        drop_values(session, report, (each.key for each in part))
        session.connection().execute(sa.insert(ValueRow), [_values_of(report, each) for each in part])


def drop_values(session: Session, report: str, keys: Iterable[Key]) -> None:
    """Take values out: what is not stated has no row."""
    table: Any = ValueRow
    statement = sa.delete(ValueRow).where(
        table.report == report,
        table.indicator == sa.bindparam("of_indicator"),
        table.territory == sa.bindparam("of_territory"),
        table.year == sa.bindparam("of_year"),
    )
    names = ("of_indicator", "of_territory", "of_year")
    found = [dict(zip(names, each, strict=True)) for each in keys]
    if found:
        session.connection().execute(statement, found)


def arrived(session: Session, report: str) -> frozenset[str]:
    """Return the indicators of which a value that is judged was ever entered."""
    return frozenset(session.exec(select(ArrivalRow.indicator).where(ArrivalRow.report == report)))


def counted_values(session: Session, report: str) -> Mapping[str, int]:
    """Return how many values each indicator has."""
    query = (
        sa.select(col(ValueRow.indicator), sa.func.count())
        .where(col(ValueRow.report) == report)
        .group_by(col(ValueRow.indicator))
    )
    return {indicator: int(number) for indicator, number in session.connection().execute(query)}


def _values_of(report: str, each: Entered) -> dict[str, Any]:
    return {
        "report": report,
        "indicator": each.indicator,
        "territory": each.territory,
        "year": each.year,
        "number": each.value.number,
        "origin": each.value.origin,
        "source": each.value.source,
        "illustrative": each.value.illustrative,
    }
