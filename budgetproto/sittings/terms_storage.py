"""The tables of the terms: every proposed version, and who acknowledged it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only, once
from budgetproto.sittings import document
from budgetproto.sittings.domain import (
    Acknowledgement,
    TermsVersion,
)


@appended_only
class TermsRow(SQLModel, table=True):
    """One proposed version of the terms, as a canonical document."""

    __tablename__ = "sitting_terms"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime

    def terms(self) -> TermsVersion:
        """Return the version without its table."""
        return TermsVersion(self.number, document.read(self.document), self.digest, self.at)


@appended_only
class AcknowledgementRow(SQLModel, table=True):
    """A party's acknowledgement of one version of the terms."""

    __tablename__ = "sitting_terms_acknowledged"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    person: str
    at: datetime


def has_acknowledged(session: Session, sitting_id: str, party_id: str) -> bool:
    """Tell whether a party has acknowledged any version of the terms."""
    query = select(AcknowledgementRow.number).where(
        AcknowledgementRow.sitting == sitting_id, AcknowledgementRow.party == party_id
    )
    return session.exec(query).first() is not None


def latest_terms(session: Session, sitting_id: str) -> TermsVersion | None:
    """Return the newest version of the terms."""
    return once(session, ("terms", sitting_id), lambda: _latest_terms(session, sitting_id))


def _latest_terms(session: Session, sitting_id: str) -> TermsVersion | None:
    query = select(TermsRow).where(TermsRow.sitting == sitting_id).order_by(col(TermsRow.number).desc())
    row = session.exec(query.limit(1)).first()
    return row.terms() if row else None


def terms_rows(session: Session, sitting_id: str) -> list[TermsRow]:
    """Return the rows of every version of the terms, as they are stored."""
    query = select(TermsRow).where(TermsRow.sitting == sitting_id).order_by(col(TermsRow.number))
    return list(session.exec(query))


def terms(session: Session, sitting_id: str, number: int) -> TermsVersion:
    """Return one version of the terms."""
    return session.get_one(TermsRow, (sitting_id, number)).terms()


def acknowledgements(session: Session, sitting_id: str, number: int) -> list[Acknowledgement]:
    """Return who acknowledged a version, in order of time."""
    query = (
        select(AcknowledgementRow)
        .where(AcknowledgementRow.sitting == sitting_id, AcknowledgementRow.number == number)
        .order_by(col(AcknowledgementRow.at), AcknowledgementRow.party)
    )
    return [Acknowledgement(row.party, row.person, row.at) for row in session.exec(query)]
