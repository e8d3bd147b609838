"""The tables of what became of lines and of who sees to them; append-only."""

import json
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.disputes.domain import Instrument
from budgetproto.disputes.positions.document import figure_read
from budgetproto.disputes.storage import LineRow
from budgetproto.i18n import Named
from budgetproto.proceedings.following.domain import Appearance, Assignment, FollowUp


@appended_only
class FollowUpRow(SQLModel, table=True):
    """What became of a line after the sitting."""

    __tablename__ = "proceeding_follow_up"
    id: str = Field(primary_key=True)
    line: str = Field(foreign_key="dispute_line.id", index=True)
    kind: str
    figure: str = Field(sa_type=sa.Text)
    instrument: str | None = None
    dated: date | None = None
    source: str
    words_ky: str = ""
    words_ru: str = ""
    words_en: str = ""
    article: str = ""
    reason: str = ""
    person: str = ""
    at: datetime

    def follow_up(self) -> FollowUp:
        """Return the follow-up without its table."""
        return FollowUp(
            kind="adopted" if self.kind == "adopted" else "executed",
            figure=figure_read(json.loads(self.figure)),
            instrument=Instrument(self.instrument) if self.instrument else None,
            on=self.dated,
            source=self.source,
            words=Named(self.words_ky, self.words_ru, self.words_en),
            article=self.article,
            reason=self.reason,
            person=self.person,
            at=self.at,
        )


@appended_only
class AssignmentRow(SQLModel, table=True):
    """One version of who sees to a line after the sitting; `number` counts the versions of a line."""

    __tablename__ = "proceeding_assignment"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    number: int = Field(primary_key=True)
    owner_ky: str
    owner_ru: str
    owner_en: str
    party: str | None = Field(default=None, foreign_key="account_party.id", index=True)
    due: date
    reading: int | None = None
    task_ky: str = ""
    task_ru: str = ""
    task_en: str = ""
    reason: str = ""
    person: str
    at: datetime

    def assignment(self) -> Assignment:
        """Return the assignment without its table."""
        return Assignment(
            owner=Named(self.owner_ky, self.owner_ru, self.owner_en),
            due=self.due,
            reading=self.reading,
            party=self.party,
            task=Named(self.task_ky, self.task_ru, self.task_en),
            reason=self.reason,
            person=self.person,
            at=self.at,
        )


@appended_only
class AppearanceRow(SQLModel, table=True):
    """One entry of the reading at which a line appeared, none where it did not; `number` counts them."""

    __tablename__ = "proceeding_appearance"
    line: str = Field(primary_key=True, foreign_key="dispute_line.id")
    number: int = Field(primary_key=True)
    reading: int | None = None
    read_on: date
    source: str
    reason: str = ""
    person: str
    at: datetime

    def appearance(self) -> Appearance:
        """Return the entry without its table."""
        return Appearance(self.reading, self.read_on, self.source, self.reason, self.person, self.at)


def appearances_on(session: Session, line: str) -> list[Appearance]:
    """Return what was entered of the reading of one line, entry after entry."""
    query = select(AppearanceRow).where(AppearanceRow.line == line)
    return [row.appearance() for row in session.exec(query.order_by(col(AppearanceRow.number)))]


def appearances(session: Session, sitting: str) -> dict[str, Appearance]:
    """Return the entry that stands of each line of a sitting that has one, by line."""
    query = select(AppearanceRow).join(LineRow, col(LineRow.id) == col(AppearanceRow.line))
    rows = session.exec(query.where(LineRow.sitting == sitting).order_by(col(AppearanceRow.number)))
    return {row.line: row.appearance() for row in rows}


def appearances_of(session: Session, lines: Collection[str]) -> dict[str, Appearance]:
    """Return the entry that stands of each of these lines that has one."""
    query = select(AppearanceRow).where(col(AppearanceRow.line).in_(lines))
    return {row.line: row.appearance() for row in session.exec(query.order_by(col(AppearanceRow.number)))}


def follow_ups(session: Session, sitting: str) -> dict[str, list[FollowUp]]:
    """Return what became of the lines of a sitting, by line, in order of entry."""
    query = (
        select(FollowUpRow)
        .join(LineRow, col(LineRow.id) == col(FollowUpRow.line))
        .where(LineRow.sitting == sitting)
        .order_by(col(FollowUpRow.at), FollowUpRow.id)
    )
    found: dict[str, list[FollowUp]] = {}
    for row in session.exec(query):
        found.setdefault(row.line, []).append(row.follow_up())
    return found


def follow_ups_of(session: Session, lines: Collection[str]) -> dict[str, list[FollowUp]]:
    """Return what became of these lines, by line, in order of entry."""
    query = select(FollowUpRow).where(col(FollowUpRow.line).in_(lines))
    found: dict[str, list[FollowUp]] = {}
    for row in session.exec(query.order_by(col(FollowUpRow.at), FollowUpRow.id)):
        found.setdefault(row.line, []).append(row.follow_up())
    return found


def follow_ups_on(session: Session, line: str) -> list[FollowUp]:
    """Return what became of one line, in order of entry."""
    query = select(FollowUpRow).where(FollowUpRow.line == line)
    return [row.follow_up() for row in session.exec(query.order_by(col(FollowUpRow.at), FollowUpRow.id))]


def assignments(session: Session, sitting: str) -> dict[str, list[Assignment]]:
    """Return who sees to the lines of a sitting, by line, the assignment that stands last."""
    query = (
        select(AssignmentRow)
        .join(LineRow, col(LineRow.id) == col(AssignmentRow.line))
        .where(LineRow.sitting == sitting)
        .order_by(AssignmentRow.line, col(AssignmentRow.number))
    )
    found: dict[str, list[Assignment]] = {}
    for row in session.exec(query):
        found.setdefault(row.line, []).append(row.assignment())
    return found


def assignments_on(session: Session, line: str) -> list[Assignment]:
    """Return who was to see to one line, version after version."""
    query = select(AssignmentRow).where(AssignmentRow.line == line)
    return [row.assignment() for row in session.exec(query.order_by(col(AssignmentRow.number)))]


def sittings_assigned(session: Session, parties: Collection[str]) -> list[str]:
    """Return the ids of the sittings in which something was ever assigned to one of these parties."""
    query = select(LineRow.sitting).join(AssignmentRow, col(AssignmentRow.line) == col(LineRow.id))
    return list(session.exec(query.where(col(AssignmentRow.party).in_(parties)).distinct()))
