"""The table of decisions on what is public of a draft; append-only."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.coordination.public.domain import SCOPES, Publication
from budgetproto.database import appended_only
from budgetproto.i18n.formatting import bishkek_day


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
