"""The tables of participation: what was entered of each association's part, and the chair's reasons."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.accounts.domain import Party
from budgetproto.database import appended_only, once
from budgetproto.i18n import Named
from budgetproto.proceedings.participation.domain import Answer, Entered, Listed, Question, Waiver
from budgetproto.proceedings.storage import read_words

#: The number of no question of the agenda: the entry is of all of them.
EVERY_ITEM = 0


@appended_only
class ParticipationRow(SQLModel, table=True):
    """One entry on an association's part; a later one on the same question stands in its place."""

    __tablename__ = "proceeding_participation"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    item: int
    party: str = Field(foreign_key="account_party.id")
    question: str
    answer: str
    dated: date | None = None
    why: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def entry(self) -> "Entry":
        """Return the entry without its table."""
        entered = Entered(Answer(self.answer), self.why, self.dated)
        return Entry(
            self.number, self.item, self.party, Question(self.question), entered, self.person, self.at
        )


@appended_only
class TouchingRow(SQLModel, table=True):
    """Whether a question of the agenda touches local communities; without an entry it does."""

    __tablename__ = "proceeding_touching"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    item: int
    touches: bool
    why: str = Field(sa_type=sa.Text)
    person: str
    at: datetime


@appended_only
class WaiverRow(SQLModel, table=True):
    """The chair's reason for issuing the protocol though something is open."""

    __tablename__ = "proceeding_waiver"
    sitting: str = Field(primary_key=True, foreign_key="sitting.id")
    number: int = Field(primary_key=True)
    words: str = Field(sa_type=sa.Text)
    covers: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def waiver(self) -> Waiver:
        """Return the waiver without its table."""
        words = read_words(self.words)
        assert words is not None  # noqa: S101 - a waiver is stored with its words
        return Waiver(self.person, self.at, words, frozenset(json.loads(self.covers)))


@appended_only
class MustInviteRow(SQLModel, table=True):
    """An association was put on the list of those to be invited, or taken off it; the last row stands."""

    __tablename__ = "proceeding_must_invite"
    id: str = Field(primary_key=True)
    party: str = Field(foreign_key="account_party.id")
    #: The body whose sittings it is about; None is every sitting.
    beside: str | None = Field(default=None, foreign_key="account_party.id")
    listed: bool
    basis_ky: str = Field(sa_type=sa.Text)
    basis_ru: str = Field(sa_type=sa.Text)
    basis_en: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    @property
    def basis(self) -> Named:
        """By what act it was put on the list or taken off."""
        return Named(self.basis_ky, self.basis_ru, self.basis_en)

    def entry(self, parties: Mapping[str, Party]) -> Listed:
        """Return the entry without its table."""
        return Listed(parties[self.party], parties[self.beside] if self.beside else None, self.basis)


@dataclass(frozen=True)
class Entry:
    """What was entered, by whom and when; `item` is EVERY_ITEM where it is of all questions."""

    number: int
    item: int
    party: str
    question: Question
    entered: Entered
    person: str
    at: datetime


def entries(session: Session, sitting: str) -> list[Entry]:
    """Return every entry of a sitting in their order."""
    return entries_in(session, [sitting]).get(sitting, [])


def entries_in(session: Session, sittings: Collection[str]) -> dict[str, list[Entry]]:
    """Return the same of sittings of which there are any, by id."""
    found: dict[str, list[Entry]] = {}
    query = select(ParticipationRow).where(col(ParticipationRow.sitting).in_(sittings))
    for row in session.exec(query.order_by(col(ParticipationRow.number))):
        found.setdefault(row.sitting, []).append(row.entry())
    return found


def touching(session: Session, *sittings: str) -> list[TouchingRow]:
    """Return every entry on whether questions touch local communities, in the order of each sitting."""
    query = select(TouchingRow).where(col(TouchingRow.sitting).in_(sittings))
    return list(session.exec(query.order_by(col(TouchingRow.number))))


def waivers(session: Session, sitting: str) -> list[Waiver]:
    """Return the chair's reasons in their order; the last one stands."""
    query = select(WaiverRow).where(WaiverRow.sitting == sitting)
    return [row.waiver() for row in session.exec(query.order_by(col(WaiverRow.number)))]


def must_invite(session: Session) -> list[MustInviteRow]:
    """Return everything that was ever entered in the list of associations to be invited, in its order."""
    query = select(MustInviteRow).order_by(col(MustInviteRow.at), col(MustInviteRow.id))
    return list(once(session, "must_invite", lambda: list(session.exec(query))))
