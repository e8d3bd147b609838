"""The tables of texts laid out for signature, of their withdrawal and of the answers; append-only."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only


@appended_only
class LayOutRow(SQLModel, table=True):
    """One text laid out for signature; `head` is the last entry of the journal it knows."""

    __tablename__ = "protocol_lay_out"
    id: str = Field(primary_key=True)
    sitting: str = Field(foreign_key="sitting.id", index=True)
    number: str
    snapshot: str = Field(sa_type=sa.Text)
    fingerprint: str = Field(max_length=64)
    head: int
    person: str
    at: datetime


@appended_only
class LayOutEndRow(SQLModel, table=True):
    """A laid-out text was withdrawn."""

    __tablename__ = "protocol_lay_out_end"
    lay_out: str = Field(primary_key=True, foreign_key="protocol_lay_out.id")
    reason: str = Field(sa_type=sa.Text)
    person: str
    at: datetime


@appended_only
class AnswerRow(SQLModel, table=True):
    """What was said of a place; `sequence` counts the answers to one text."""

    __tablename__ = "protocol_answer"
    lay_out: str = Field(primary_key=True, foreign_key="protocol_lay_out.id")
    sequence: int = Field(primary_key=True)
    place: int
    state: str
    words: str = Field(sa_type=sa.Text)
    person: str
    way: str
    at: datetime


def latest(session: Session, sitting: str) -> LayOutRow | None:
    """Return the text of a sitting that was laid out last, if it was not withdrawn."""
    query = select(LayOutRow).where(LayOutRow.sitting == sitting).order_by(col(LayOutRow.head).desc())
    row = session.exec(query).first()
    if row is None:
        return None
    return None if ended(session, row.id) else row


def laid_out_at(session: Session, sitting: str, head: int) -> list[LayOutRow]:
    """Return the texts of a sitting that were laid out at one entry of its journal."""
    return list(session.exec(select(LayOutRow).where(LayOutRow.sitting == sitting, LayOutRow.head == head)))


def ended(session: Session, lay_out: str) -> bool:
    """Tell whether a laid-out text was withdrawn."""
    return session.get(LayOutEndRow, lay_out) is not None


def answers(session: Session, lay_out: str) -> list[AnswerRow]:
    """Return the answers to a laid-out text in the order in which they were given."""
    query = select(AnswerRow).where(AnswerRow.lay_out == lay_out).order_by(col(AnswerRow.sequence))
    return list(session.exec(query))
