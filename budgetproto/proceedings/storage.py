"""The tables of agenda, attendance, decisions and opinions."""

import json
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import Versioned, appended_only
from budgetproto.disputes.domain import Figure, Instrument
from budgetproto.disputes.positions.document import figure_read, words_read
from budgetproto.i18n import Named, Words
from budgetproto.proceedings.domain import (
    AgendaItem,
    Attendee,
    Decision,
    Group,
    Opinion,
    OpinionKind,
    Outcome,
    Speech,
    Votes,
)


class AgendaRow(SQLModel, table=True):
    """One question of a sitting's agenda."""

    __tablename__ = "proceeding_agenda"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    title_ky: str
    title_ru: str
    title_en: str


class SpeechRow(SQLModel, table=True):
    """Who was heard or spoke on a question, in short."""

    __tablename__ = "proceeding_speech"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    heard: bool
    speaker: str
    role_ky: str = ""
    role_ru: str = ""
    role_en: str = ""
    words: str = Field(sa_type=sa.Text)
    party: str = ""


class AttendeeRow(SQLModel, table=True):
    """Somebody expected at the sitting."""

    __tablename__ = "proceeding_attendee"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    ordinal: int = Field(primary_key=True)
    group: str
    name: str
    role_ky: str = ""
    role_ru: str = ""
    role_en: str = ""
    body_ky: str = ""
    body_ru: str = ""
    body_en: str = ""
    mandate_ky: str = ""
    mandate_ru: str = ""
    mandate_en: str = ""
    present: bool = True
    reason_ky: str = ""
    reason_ru: str = ""
    reason_en: str = ""
    party: str = ""

    def attendee(self) -> Attendee:
        """Return the attendee without its table."""
        return Attendee(
            group=Group(self.group),
            name=self.name,
            role=Named(self.role_ky, self.role_ru, self.role_en),
            body=Named(self.body_ky, self.body_ru, self.body_en),
            mandate=Named(self.mandate_ky, self.mandate_ru, self.mandate_en),
            present=self.present,
            reason=Named(self.reason_ky, self.reason_ru, self.reason_en),
            party=self.party,
        )


class DecisionRow(Versioned, table=True):
    """Proposal, votes and decision on one line; figures as their written form."""

    __tablename__ = "proceeding_decision"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    sitting: str = Field(foreign_key="sitting.id", index=True)
    proposed: str | None = Field(default=None, sa_type=sa.Text)
    proposed_reason: str | None = Field(default=None, sa_type=sa.Text)
    decided: str | None = Field(default=None, sa_type=sa.Text)
    instrument: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    members_present: int | None = None
    quorum: int | None = None
    outcome: str | None = None
    note: str | None = Field(default=None, sa_type=sa.Text)

    def decision(self) -> Decision:
        """Return the decision without its table."""
        counted = self.votes_for, self.votes_against, self.votes_abstained
        return Decision(
            proposed=read_figure(self.proposed),
            proposed_reason=read_words(self.proposed_reason),
            decided=read_figure(self.decided),
            instrument=Instrument(self.instrument) if self.instrument else None,
            votes=None if None in counted else Votes(*(votes or 0 for votes in counted)),
            outcome=Outcome(self.outcome) if self.outcome else None,
            note=read_words(self.note),
            version=self.version or 0,
        )


@appended_only
class OpinionRow(SQLModel, table=True):
    """An opinion or a dissent."""

    __tablename__ = "proceeding_opinion"
    id: str = Field(primary_key=True)
    sitting: str = Field(foreign_key="sitting.id", index=True)
    kind: str
    author_ky: str
    author_ru: str
    author_en: str
    person: str
    line: int | None = None
    words: str = Field(sa_type=sa.Text)
    at: datetime
    party: str = ""

    def opinion(self) -> Opinion:
        """Return the opinion without its table."""
        kind: OpinionKind = "dissent" if self.kind == "dissent" else "opinion"
        author = Named(self.author_ky, self.author_ru, self.author_en)
        words = read_words(self.words) or Words(Named())
        return Opinion(kind, author, self.person, self.line, words, self.at, self.party)


def agenda(session: Session, sitting: str) -> list[AgendaItem]:
    """Return the agenda with who was heard and spoke."""
    return agendas(session, [sitting]).get(sitting, [])


def agendas(session: Session, sittings: Collection[str]) -> dict[str, list[AgendaItem]]:
    """Return the agendas of sittings that have one, by id."""
    speeches: dict[tuple[str, int], list[Speech]] = {}
    spoken = select(SpeechRow).where(col(SpeechRow.sitting).in_(sittings)).order_by(col(SpeechRow.ordinal))
    for row in session.exec(spoken):
        role, words = Named(row.role_ky, row.role_ru, row.role_en), read_words(row.words)
        speech = Speech(row.heard, row.speaker, role, words or Words(Named()), row.party)
        speeches.setdefault((row.sitting, row.number), []).append(speech)
    found: dict[str, list[AgendaItem]] = {}
    items = select(AgendaRow).where(col(AgendaRow.sitting).in_(sittings)).order_by(col(AgendaRow.number))
    for item in session.exec(items):
        said = tuple(speeches.get((item.sitting, item.number), []))
        title = Named(item.title_ky, item.title_ru, item.title_en)
        found.setdefault(item.sitting, []).append(AgendaItem(item.number, title, said))
    return found


def attendees(session: Session, sitting: str) -> list[Attendee]:
    """Return who was expected, in the order of the list."""
    return attendees_in(session, [sitting]).get(sitting, [])


def attendees_in(session: Session, sittings: Collection[str]) -> dict[str, list[Attendee]]:
    """Return the same of sittings for which there is a list, by id."""
    found: dict[str, list[Attendee]] = {}
    query = select(AttendeeRow).where(col(AttendeeRow.sitting).in_(sittings))
    for row in session.exec(query.order_by(col(AttendeeRow.ordinal))):
        found.setdefault(row.sitting, []).append(row.attendee())
    return found


def replace_attendees(session: Session, sitting: str, people: list[AttendeeRow]) -> None:
    """Put a new list in the place of the old one."""
    for row in session.exec(select(AttendeeRow).where(AttendeeRow.sitting == sitting)):
        session.delete(row)
    session.flush()
    session.add_all(people)
    session.flush()


def decisions(session: Session, sitting: str) -> dict[str, Decision]:
    """Return the decisions of a sitting by line."""
    query = select(DecisionRow).where(DecisionRow.sitting == sitting)
    return {row.line: row.decision() for row in session.exec(query)}


def opinions(session: Session, sitting: str) -> list[Opinion]:
    """Return the opinions of a sitting in order of time."""
    return opinions_in(session, [sitting]).get(sitting, [])


def opinions_in(session: Session, sittings: Collection[str]) -> dict[str, list[Opinion]]:
    """Return the same of sittings in which some were given, by id."""
    found: dict[str, list[Opinion]] = {}
    query = select(OpinionRow).where(col(OpinionRow.sitting).in_(sittings))
    for row in session.exec(query.order_by(col(OpinionRow.at), OpinionRow.id)):
        found.setdefault(row.sitting, []).append(row.opinion())
    return found


def opinions_by(session: Session, sitting: str, person: str) -> int:
    """Return how many opinions and dissents a person has given in a sitting."""
    query = select(sa.func.count()).select_from(OpinionRow)
    return session.exec(query.where(OpinionRow.sitting == sitting, OpinionRow.person == person)).one()


def read_figure(written: str | None) -> Figure:
    """Read a stored figure."""
    return figure_read(json.loads(written)) if written else None


def read_words(written: str | None) -> Words | None:
    """Read a stored text."""
    return words_read(json.loads(written)) if written else None
