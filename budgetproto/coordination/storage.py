"""The tables of coordination: drafts, what happened to them, and every version of the procedure."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.coordination import document
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import Draft, Level
from budgetproto.coordination.happenings import Happening
from budgetproto.coordination.procedure_values import Procedure
from budgetproto.database import appended_only


class ActRow(SQLModel, table=True):
    """A draft act of the register: `stage` and `steps` (how many things happened) follow from its course."""

    __tablename__ = "coordination_act"
    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    level: str
    initiator: str | None = Field(default=None, foreign_key="account_party.id")
    document: str = Field(sa_type=sa.Text)
    stage: str = Field(index=True)
    steps: int = 0
    entered_on: date = Field(index=True)

    def draft(self) -> Draft:
        """Return the draft without its table."""
        return document.read_draft(self.document)


@appended_only
class HappeningRow(SQLModel, table=True):
    """One thing that happened to a draft: `body` is the party whose word it is, where it is one's."""

    __tablename__ = "coordination_happening"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    number: int = Field(primary_key=True)
    kind: str
    on: date
    recorded: date
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime

    def happening(self) -> Happening:
        """Return what happened without its table."""
        return Happening(self.on, document.read_what(self.kind, self.document), self.recorded)


@appended_only
class ProcedureRow(SQLModel, table=True):
    """One version of the procedure for one level."""

    __tablename__ = "coordination_procedure"
    level: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    since: date
    document: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def procedure(self) -> Procedure:
        """Return the version without its table."""
        return document.read_procedure(self.document)


def act_row(session: Session, act: str, *, lock: bool = False) -> ActRow | None:
    """Return the row of a draft; None when there is none. Locked, acts on one draft wait in turn."""
    return session.get(ActRow, act, with_for_update=lock or None)


def next_number(session: Session) -> int:
    """Return the number that the next draft of the register gets."""
    return (session.exec(select(sa.func.max(ActRow.number))).one() or 0) + 1


def course(session: Session, act: str) -> Course:
    """Return what happened to a draft, in the order in which it was recorded."""
    return Course(tuple(row.happening() for row in happening_rows(session, act)))


def happening_rows(session: Session, act: str) -> list[HappeningRow]:
    """Return the rows of what happened to a draft, by number."""
    query = select(HappeningRow).where(HappeningRow.act == act).order_by(col(HappeningRow.number))
    return list(session.exec(query))


def act_rows(session: Session) -> list[ActRow]:
    """Return the rows of all drafts, by number."""
    return list(session.exec(select(ActRow).order_by(col(ActRow.number))))


def procedures(session: Session, level: Level) -> dict[int, Procedure]:
    """Return every version of the procedure for a level by its number."""
    query = select(ProcedureRow).where(ProcedureRow.level == level.value)
    return {row.version: row.procedure() for row in session.exec(query.order_by(col(ProcedureRow.version)))}
