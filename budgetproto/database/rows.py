"""What every table shares: names of constraints, random public ids, versions, the database's clock."""

import base64
import secrets
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Field, Session, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_Row = TypeVar("_Row", bound=SQLModel)

#: Tables whose rows are never changed or deleted; the migrations put triggers on them.
APPENDED_ONLY: set[str] = set()


class Versioned(SQLModel):
    """A row that carries the number of its version: an UPDATE of another version than the one read fails."""

    version: int | None = Field(default=None, nullable=False)

    @sa.orm.declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - a declared attribute is given the class
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def appended_only(table: type[_Row]) -> type[_Row]:
    """Mark a table as append-only."""
    APPENDED_ONLY.add(str(table.__tablename__))
    return table


def new_id() -> str:
    """Return a random public id: 128 bits, 26 lower-case letters and digits, telling nothing about order."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def now(session: Session) -> datetime:
    """Return the time by the database's clock, the one every deadline is held against, in UTC."""
    return moment(session.connection().execute(_NOW).scalar_one())


class Clock(FunctionElement[Any]):
    """The database's clock, to be read in the same statement as what is held against it; see `moment`.

    PostgreSQL: `clock_timestamp()`, not the start of the transaction, so that waiting for a lock counts.
    """

    name = "clock"
    inherit_cache = True


def moment(told: Any) -> datetime:
    """Return the instant that the database's clock has told, in UTC."""
    if isinstance(told, str):
        return datetime.fromisoformat(told).replace(tzinfo=UTC)
    found: datetime = told.astimezone(UTC)
    return found


@compiles(Clock)
def _clock(_element: Clock, _compiler: Any, **_: Any) -> str:
    return "clock_timestamp()"


@compiles(Clock, "sqlite")
def _clock_of_sqlite(_element: Clock, _compiler: Any, **_: Any) -> str:
    return "strftime('%Y-%m-%dT%H:%M:%f', 'now')"


_NOW = sa.select(Clock())
