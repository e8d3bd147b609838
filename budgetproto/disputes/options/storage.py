"""The table of published versions of the balanced option."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.sittings.storage import SittingRow  # noqa: F401 - its table must stand before ours


@appended_only
class OptionRow(SQLModel, table=True):
    """One published version of the balanced option: inputs, rule, result and explanation in one document."""

    __tablename__ = "dispute_option"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime


def options(session: Session, sitting: str) -> list[OptionRow]:
    """Return the rows of every published option of a sitting."""
    query = select(OptionRow).where(OptionRow.sitting == sitting).order_by(col(OptionRow.number))
    return list(session.exec(query))


def latest_option(session: Session, sitting: str) -> OptionRow | None:
    """Return the newest published version of the option."""
    query = select(OptionRow).where(OptionRow.sitting == sitting).order_by(col(OptionRow.number).desc())
    return session.exec(query.limit(1)).first()


def option_version(session: Session, sitting: str, number: int) -> OptionRow | None:
    """Return one published version of the option; None when there is none of this number."""
    return session.get(OptionRow, (sitting, number))
