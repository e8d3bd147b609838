"""The table of scans of protocols signed by hand; append-only."""

from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only


@appended_only
class ScanRow(SQLModel, table=True):
    """One scan; `places` are the states on the paper, one word for each place in their order."""

    __tablename__ = "protocol_scan"
    protocol: str = Field(primary_key=True, foreign_key="protocol.id")
    sequence: int = Field(primary_key=True)
    name: str
    digest: str = Field(max_length=64)
    content: bytes
    places: str
    person: str
    at: datetime


def scans(session: Session, protocol: str) -> list[ScanRow]:
    """Return the scans of a protocol in the order of attaching, their bytes not read."""
    query = select(ScanRow).where(ScanRow.protocol == protocol).order_by(col(ScanRow.sequence))
    # SQLModel types a column as its value; here it is the column that is meant.
    return list(session.exec(query.options(defer(ScanRow.content))))  # type: ignore[arg-type]


def scan(session: Session, protocol: str, sequence: int) -> ScanRow | None:
    """Return one scan with its bytes."""
    return session.get(ScanRow, (protocol, sequence))
