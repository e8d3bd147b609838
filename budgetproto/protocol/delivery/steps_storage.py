"""The table of what is recorded of issued protocols; append-only."""

import json
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.protocol.delivery.steps import KINDS, Kind, Step
from budgetproto.protocol.document import from_document
from budgetproto.protocol.storage import ProtocolRow


@appended_only
class ProtocolStepRow(SQLModel, table=True):
    """One entry about one protocol; `number` counts the entries of a protocol."""

    __tablename__ = "protocol_step"
    protocol: str = Field(primary_key=True, foreign_key="protocol.id")
    number: int = Field(primary_key=True)
    kind: str
    document: str = Field(sa_type=sa.Text)
    reason: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def step(self) -> Step:
        """Return the entry without its table."""
        kind: Kind = next(each for each in KINDS if each == self.kind)
        facts = from_document(KINDS[kind], json.loads(self.document))
        return Step(kind, facts, self.reason, self.at, bishkek_day(self.at))


def steps_of(session: Session, protocols: Collection[str]) -> dict[str, list[Step]]:
    """Return the entries about each of these protocols, in the order of their making."""
    found: dict[str, list[Step]] = {each: [] for each in protocols}
    query = select(ProtocolStepRow).where(col(ProtocolStepRow.protocol).in_(protocols))
    for row in session.exec(query.order_by(ProtocolStepRow.protocol, col(ProtocolStepRow.number))):
        found[row.protocol].append(row.step())
    return found


def published_ever(session: Session) -> list[tuple[str, str, str, datetime]]:
    """Return id, number, sitting and time of each protocol about whose publication there is an entry."""
    query = select(ProtocolRow.id, ProtocolRow.number, ProtocolRow.sitting, ProtocolRow.at).join(
        ProtocolStepRow, col(ProtocolStepRow.protocol) == col(ProtocolRow.id)
    )
    chosen = query.where(ProtocolStepRow.kind == "publication").distinct()
    return list(session.exec(chosen.order_by(ProtocolRow.number)))


def protocol_numbered(session: Session, number: str) -> ProtocolRow | None:
    """Return the protocol of this number."""
    return session.exec(select(ProtocolRow).where(ProtocolRow.number == number)).first()
