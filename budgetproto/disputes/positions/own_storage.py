"""The tables of what stays inside a party: drafts, answered requests, submissions and what became of them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import Versioned, appended_only
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.disputes.storage import LineRow


class DraftRow(Versioned, table=True):
    """One author's unfinished text for a party on a line, sealed like a position."""

    __tablename__ = "dispute_draft"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    person: str = Field(primary_key=True)
    ciphertext: bytes
    saved_at: datetime


class RequestRow(SQLModel, table=True):
    """What one person's request brought about, by the key of its form, while it may be sent again."""

    __tablename__ = "dispute_request"
    person: str = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=64)
    fingerprint: str = Field(max_length=64)
    number: int
    at: datetime


@appended_only
class SubmissionRow(SQLModel, table=True):
    """A text an author has submitted to the approvers of his party; `based_on` is the version he had seen."""

    __tablename__ = "dispute_submission"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    number: int = Field(primary_key=True)
    ciphertext: bytes
    based_on: int
    person: str
    at: datetime


@appended_only
class VerdictRow(SQLModel, table=True):
    """What an approver decided: filed as the version `filed`, or given back for a reason, which is sealed."""

    __tablename__ = "dispute_verdict"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    number: int = Field(primary_key=True)
    filed: int | None = None
    reason: bytes | None = None
    person: str
    at: datetime


def drafts_of(session: Session, sitting: str, party: str, person: str) -> dict[str, datetime]:
    """Return the lines on which a person has a draft for a party, with when each was saved."""
    query = (
        select(DraftRow.line, DraftRow.saved_at)
        .join(LineRow, col(LineRow.id) == col(DraftRow.line))
        .where(LineRow.sitting == sitting, DraftRow.party == party, DraftRow.person == person)
    )
    return dict(session.exec(query).all())


def filed_by(session: Session, sitting: str, party: str) -> dict[str, tuple[int, datetime]]:
    """Return number and instant of a party's last filed versions, by line; no sealed text is read for it."""
    query = (
        select(PositionRow.line, PositionRow.number, PositionRow.at)
        .join(LineRow, col(LineRow.id) == col(PositionRow.line))
        .where(LineRow.sitting == sitting, PositionRow.party == party)
        .order_by(col(PositionRow.number))
    )
    return {line: (number, at) for line, number, at in session.exec(query)}


def forget_requests(session: Session, *, before: datetime, person: str | None = None) -> None:
    """Forget the requests answered before an instant: one person's, or everybody's."""
    old = sa.delete(RequestRow).where(col(RequestRow.at) < before)
    session.connection().execute(old if person is None else old.where(col(RequestRow.person) == person))


def latest_submission(session: Session, line: str, party: str) -> SubmissionRow | None:
    """Return what a party's authors have submitted last on a line."""
    query = select(SubmissionRow).where(SubmissionRow.line == line, SubmissionRow.party == party)
    return session.exec(query.order_by(col(SubmissionRow.number).desc()).limit(1)).first()


def verdict(session: Session, row: SubmissionRow) -> VerdictRow | None:
    """Return what became of a submission, None while nobody has decided."""
    return session.get(VerdictRow, (row.line, row.party, row.number))


def waiting(session: Session, sitting: str, party: str) -> dict[str, SubmissionRow]:
    """Return what waits for approval of a party, by line: the last submission, unless it was decided."""
    query = (
        select(SubmissionRow)
        .join(LineRow, col(LineRow.id) == col(SubmissionRow.line))
        .where(LineRow.sitting == sitting, SubmissionRow.party == party)
        .order_by(SubmissionRow.line, col(SubmissionRow.number))
    )
    last = {row.line: row for row in session.exec(query)}
    return {line: row for line, row in last.items() if verdict(session, row) is None}
