"""The table of scans of protocols signed by hand; append-only."""

from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from budgetproto.database import appended_only
from budgetproto.protocol.storage import ProtocolRow


@appended_only
class ScanRow(SQLModel, table=True):
    """One scan; `places` are the states on the paper, one word for each place in their order.

    `sequence` counts the scans of a sitting, whichever of its protocols they are of.
    """

    __tablename__ = "protocol_scan"
    protocol: str = Field(primary_key=True, foreign_key="protocol.id")
    sequence: int = Field(primary_key=True)
    name: str
    digest: str = Field(max_length=64)
    content: bytes
    places: str
    person: str
    at: datetime


def scans(session: Session, sitting: str) -> list[ScanRow]:
    """Return the scans of a sitting's protocols in the order of attaching, their bytes not read."""
    query = _of(sitting).order_by(col(ScanRow.sequence))
    # SQLModel types a column as its value; here it is the column that is meant.
    return list(session.exec(query.options(defer(ScanRow.content))))  # type: ignore[arg-type]


def scan(session: Session, sitting: str, sequence: int) -> ScanRow | None:
    """Return one scan with its bytes."""
    return session.exec(_of(sitting).where(ScanRow.sequence == sequence)).first()


def _of(sitting: str) -> SelectOfScalar[ScanRow]:
    query = select(ScanRow).join(ProtocolRow, col(ProtocolRow.id) == col(ScanRow.protocol))
    return query.where(ProtocolRow.sitting == sitting)
