"""Asks the table of drafts for a part of the register: by level, stage, year, words, or what is overdue."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from budgetproto.coordination import duty_storage
from budgetproto.coordination.course import Stage
from budgetproto.coordination.domain import Level
from budgetproto.coordination.storage import ActRow


@dataclass(frozen=True)
class Choice:
    """What of the register is asked for; None and nothing are everything."""

    level: Level | None = None
    stage: Stage | None = None
    year: int | None = None
    words: str = ""
    overdue: bool = False


def count(session: Session, choice: Choice, day: date) -> int:
    """Return how many drafts are as asked for."""
    return session.exec(select(sa.func.count()).select_from(ActRow).where(*_asked(choice, day))).one()


def rows(session: Session, choice: Choice, day: date, *, first: int, most: int) -> list[ActRow]:
    """Return a part of the drafts that are as asked for, the newest number first."""
    query = select(ActRow).where(*_asked(choice, day)).order_by(col(ActRow.number).desc())
    return list(session.exec(query.offset(first).limit(most)))


def rows_behind(session: Session, choice: Choice, day: date, after: int, *, most: int) -> list[ActRow]:
    """Return the drafts that are as asked for with a number above `after`, the smallest number first."""
    query = select(ActRow).where(*_asked(choice, day), col(ActRow.number) > after)
    return list(session.exec(query.order_by(col(ActRow.number)).limit(most)))


def years(session: Session) -> list[int]:
    """Return the years of which there are drafts, the newest first."""
    return list(session.exec(select(ActRow.year).distinct().order_by(col(ActRow.year).desc())))


def _asked(choice: Choice, day: date) -> list[sa.ColumnElement[bool]]:
    asked = []
    if choice.level:
        asked.append(col(ActRow.level) == choice.level.value)
    if choice.stage:
        asked.append(col(ActRow.stage) == choice.stage.value)
    if choice.year:
        asked.append(col(ActRow.year) == choice.year)
    asked += [col(ActRow.words).contains(word, autoescape=True) for word in choice.words.casefold().split()]
    if choice.overdue:
        asked.append(duty_storage.is_overdue(day))
    return asked
