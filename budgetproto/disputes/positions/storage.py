"""The tables of sealed positions: data keys, filed versions, and what is opened of them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.disputes.domain import Opened
from budgetproto.disputes.positions import document
from budgetproto.disputes.storage import LineRow


class DataKeyRow(SQLModel, table=True):
    """The wrapped data key of a sitting."""

    __tablename__ = "dispute_data_key"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    wrapped: bytes


@appended_only
class PositionRow(SQLModel, table=True):
    """One filed version of a position: sealed, with its commitment; every version is kept."""

    __tablename__ = "dispute_position"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    number: int = Field(primary_key=True)
    ciphertext: bytes
    commitment: str = Field(max_length=64)
    person: str
    at: datetime


@appended_only
class RevealRow(SQLModel, table=True):
    """The last version of a position after the opening, with the nonce that proves its commitment."""

    __tablename__ = "dispute_reveal"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    party: str = Field(primary_key=True, foreign_key="account_party.id")
    number: int
    document: str = Field(sa_type=sa.Text)
    nonce: str = Field(max_length=64)
    filed_at: datetime
    late_round: bool = False

    def opened(self) -> Opened:
        """Return the opened position without its table."""
        position = document.read(self.document)
        return Opened(self.line, self.party, self.number, position, self.filed_at, self.late_round)


def wrapped_key(session: Session, sitting: str) -> bytes | None:
    """Return the wrapped data key of a sitting."""
    row = session.get(DataKeyRow, sitting)
    return row.wrapped if row else None


def latest_position(session: Session, line: str, party: str) -> PositionRow | None:
    """Return the last filed version of a party's position."""
    query = select(PositionRow).where(PositionRow.line == line, PositionRow.party == party)
    return session.exec(query.order_by(col(PositionRow.number).desc()).limit(1)).first()


def filed_version(session: Session, line: str, party: str, number: int) -> PositionRow | None:
    """Return one filed version of a party's position; None when there is none of this number."""
    return session.get(PositionRow, (line, party, number))


def latest_positions(session: Session, sitting: str) -> list[PositionRow]:
    """Return the last filed version of every position of a sitting, by line and party."""
    query = (
        select(PositionRow)
        .join(LineRow, col(LineRow.id) == col(PositionRow.line))
        .where(LineRow.sitting == sitting)
        .order_by(PositionRow.line, PositionRow.party, col(PositionRow.number))
    )
    last = {(row.line, row.party): row for row in session.exec(query)}
    return list(last.values())


def filed_before(session: Session, line: str, instant: datetime) -> frozenset[str]:
    """Return the parties that had filed on a line before an instant."""
    query = select(PositionRow.party).where(PositionRow.line == line, col(PositionRow.at) < instant)
    return frozenset(session.exec(query))


def filed_versions(session: Session, sitting: str, party: str) -> dict[str, int]:
    """Return the lines one party has filed on with the last version; read nobody else's rows."""
    query = (
        select(PositionRow.line, sa.func.max(col(PositionRow.number)))
        .join(LineRow, col(LineRow.id) == col(PositionRow.line))
        .where(LineRow.sitting == sitting, PositionRow.party == party)
        .group_by(col(PositionRow.line))
    )
    return dict(session.exec(query).all())


def filed_pairs(session: Session, sitting: str) -> frozenset[tuple[str, str]]:
    """Return which party has filed on which line: (line, party)."""
    query = (
        select(PositionRow.line, PositionRow.party)
        .join(LineRow, col(LineRow.id) == col(PositionRow.line))
        .where(LineRow.sitting == sitting)
        .distinct()
    )
    return frozenset(session.exec(query).all())


def opened(session: Session, sitting: str) -> list[Opened]:
    """Return the opened positions of a sitting, by line and party."""
    query = (
        select(RevealRow)
        .join(LineRow, col(LineRow.id) == col(RevealRow.line))
        .where(LineRow.sitting == sitting)
        .order_by(RevealRow.line, RevealRow.party)
    )
    return [row.opened() for row in session.exec(query)]


def opened_on(session: Session, line: str) -> list[Opened]:
    """Return the opened positions on one line, by party."""
    query = select(RevealRow).where(RevealRow.line == line).order_by(RevealRow.party)
    return [row.opened() for row in session.exec(query)]


def reveals(session: Session, sitting: str) -> list[RevealRow]:
    """Return the rows of a sitting's opened positions, as they are stored."""
    query = (
        select(RevealRow)
        .join(LineRow, col(LineRow.id) == col(RevealRow.line))
        .where(LineRow.sitting == sitting)
        .order_by(col(LineRow.number), RevealRow.party)
    )
    return list(session.exec(query))
