"""The table of the numbers that protocols were given; append-only, so none is ever given again."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only


@appended_only
class NumberRow(SQLModel, table=True):
    """The number of a protocol; `version` counts those of a sitting, `running` is 0 where nothing counts."""

    __tablename__ = "protocol_number"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    version: int = Field(primary_key=True)
    number: str = Field(unique=True)
    running: int
    year: int
    budget_year: int


def given(session: Session, sitting: str, version: int) -> NumberRow | None:
    """Return the number that a protocol of a sitting was given."""
    return session.get(NumberRow, (sitting, version))


def last_running(session: Session, wanted: NumberRow, within: Collection[str]) -> int:
    """Return the highest running number given so far, within the years of the number that is wanted."""
    query = select(sa.func.max(NumberRow.running))
    for year in within:
        query = query.where(sa.column(year) == getattr(wanted, year))
    return session.exec(query).one() or 0


def take(session: Session, wanted: NumberRow) -> bool:
    """Give a number unless it was given already; wait for whoever is about to give the same one."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    statement = insert(NumberRow).values(**wanted.model_dump()).on_conflict_do_nothing()
    return session.connection().execute(statement.returning(col(NumberRow.number))).first() is not None
