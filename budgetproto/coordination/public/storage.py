"""The table of decisions on what is public of a draft; append-only."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.coordination.public.domain import SCOPES, Publication
from budgetproto.coordination.storage import ActRow
from budgetproto.database import appended_only
from budgetproto.i18n.formatting import bishkek_day

#: Ids in one question to the database.
_AT_ONCE: Final = 500


@appended_only
class ActPublicationRow(SQLModel, table=True):
    """One decision; `number` counts those about a draft."""

    __tablename__ = "coordination_publication"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    number: int = Field(primary_key=True)
    scope: str
    since: date
    reason: str = Field(sa_type=sa.Text)
    person: str
    at: datetime

    def publication(self) -> Publication:
        """Return the decision without its table."""
        scope = next(each for each in SCOPES if each == self.scope)
        return Publication(scope, self.since, bishkek_day(self.at))


def publication_rows(session: Session, act: str) -> list[ActPublicationRow]:
    """Return the decisions about a draft, in the order of their making."""
    query = select(ActPublicationRow).where(ActPublicationRow.act == act)
    return list(session.exec(query.order_by(col(ActPublicationRow.number))))


def ever_published(session: Session) -> dict[str, list[Publication]]:
    """Return the decisions about every draft about which there is one, by its id."""
    query = select(ActPublicationRow).order_by(ActPublicationRow.act, col(ActPublicationRow.number))
    found: dict[str, list[Publication]] = {}
    for row in session.exec(query):
        found.setdefault(row.act, []).append(row.publication())
    return found


def rows_of(session: Session, acts: Collection[str]) -> list[ActRow]:
    """Return the rows of these drafts, the newest first."""
    found: list[ActRow] = []
    every = sorted(acts)
    for start in range(0, len(every), _AT_ONCE):
        part = every[start : start + _AT_ONCE]
        found += session.exec(select(ActRow).where(col(ActRow.id).in_(part)))
    return sorted(found, key=lambda row: -row.number)


def act_numbered(session: Session, number: int) -> ActRow | None:
    """Return the row of the draft of this number in the register."""
    return session.exec(select(ActRow).where(ActRow.number == number)).first()
