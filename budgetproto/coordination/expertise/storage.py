"""The tables of expertise: who commissioned it, what happened to it, and which draft a question is about."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.coordination.expertise import document
from budgetproto.coordination.expertise.domain import Course, Entry
from budgetproto.database import appended_only


class ExpertiseRow(SQLModel, table=True):
    """An expertise of a draft; without a party the committee commissioned it. `entries` counts its course."""

    __tablename__ = "coordination_review"
    id: str = Field(primary_key=True)
    act: str = Field(foreign_key="coordination_act.id", index=True)
    party: str | None = Field(default=None, foreign_key="account_party.id")
    entries: int = 0


class ExpertRow(SQLModel, table=True):
    """Who is an expert of which expertise, as its course has it, so that a desk need not read courses."""

    __tablename__ = "coordination_review_expert"
    expertise: str = Field(primary_key=True, foreign_key="coordination_review.id")
    person: str = Field(primary_key=True, index=True)


@appended_only
class ExpertiseEntryRow(SQLModel, table=True):
    """One thing that happened to an expertise."""

    __tablename__ = "coordination_review_entry"
    expertise: str = Field(primary_key=True, foreign_key="coordination_review.id")
    number: int = Field(primary_key=True)
    kind: str
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)
    person: str
    at: datetime

    def entry(self) -> Entry:
        """Return what happened without its table."""
        return Entry(self.number, self.person, self.at, document.read_what(self.kind, self.document))


@appended_only
class AgendaDraftRow(SQLModel, table=True):
    """Which draft a question of the agenda is about, none where it is empty; the last entry stands."""

    __tablename__ = "coordination_agenda_draft"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    item: int
    act: str | None = Field(default=None, foreign_key="coordination_act.id")
    person: str
    at: datetime


def expertise_row(session: Session, expertise: str, *, lock: bool = False) -> ExpertiseRow | None:
    """Return the row of an expertise; None when there is none. Locked, acts on it wait in turn."""
    return session.get(ExpertiseRow, expertise, with_for_update=lock or None)


def of_act(session: Session, act: str) -> list[ExpertiseRow]:
    """Return every expertise of a draft, in no order that would tell when it was commissioned."""
    query = select(ExpertiseRow).where(ExpertiseRow.act == act).order_by(col(ExpertiseRow.id))
    return list(session.exec(query))


def of_expert(session: Session, person: str) -> list[ExpertiseRow]:
    """Return every expertise that somebody is an expert of."""
    mine = select(ExpertRow.expertise).where(ExpertRow.person == person)
    query = select(ExpertiseRow).where(col(ExpertiseRow.id).in_(mine)).order_by(col(ExpertiseRow.id))
    return list(session.exec(query))


def entry_rows(session: Session, expertise: str) -> list[ExpertiseEntryRow]:
    """Return the rows of what happened to an expertise, by number."""
    query = select(ExpertiseEntryRow).where(ExpertiseEntryRow.expertise == expertise)
    return list(session.exec(query.order_by(col(ExpertiseEntryRow.number))))


def disclosed(rows: Iterable[ExpertiseEntryRow]) -> list[tuple[ExpertiseEntryRow, str]]:
    """Return what opens something to all readers of the register, each with the hash of what it opens.

    Handing in opens the last version written before it, a reply itself, and so does a withdrawal of what
    was handed in; one of what never was stays with those who knew of it.
    """
    opened: list[tuple[ExpertiseEntryRow, str]] = []
    version = ""
    for row in rows:
        if row.kind == document.WRITTEN:
            version = row.digest
        elif row.kind == document.HANDED_IN:
            opened.append((row, version))
        elif row.kind == document.REPLIED or (row.kind == document.WITHDRAWN and opened):
            opened.append((row, row.digest))
    return opened


def course(session: Session, expertise: str) -> Course:
    """Return what happened to an expertise, in its order."""
    return Course(tuple(row.entry() for row in entry_rows(session, expertise)))


def agenda_rows(session: Session, sitting: str) -> list[AgendaDraftRow]:
    """Return every entry on which drafts the agenda of a sitting is about, in their order."""
    query = select(AgendaDraftRow).where(AgendaDraftRow.sitting == sitting)
    return list(session.exec(query.order_by(col(AgendaDraftRow.number))))
