"""The table of who acts for a body outside sittings."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.accounts.bodies.domain import Entry


class BodyPersonRow(SQLModel, table=True):
    """A person on the list of a body, or waiting for the second who agrees; an ended entry stays."""

    __tablename__ = "account_body_person"
    id: str = Field(primary_key=True)
    party: str = Field(foreign_key="account_party.id", index=True)
    person: str = Field(foreign_key="account_person.id", index=True)
    by: str
    asked: datetime
    first: bool = False
    agreed: str | None = None
    document: str = Field(default="", sa_type=sa.Text)
    digest: str = Field(default="", max_length=64)
    #: Until when the second one may agree.
    until: datetime | None = None
    since: datetime | None = None
    ended: datetime | None = None
    ended_by: str | None = None
    why: str = Field(default="", sa_type=sa.Text)

    def entry(self) -> Entry:
        """Return the entry without its table."""
        values = self.model_dump()
        del values["until"]
        return Entry(**values)

    def waits(self, at: datetime) -> bool:
        """Tell whether the second one may still agree."""
        return self.since is None and self.ended is None and self.until is not None and at < self.until


def rows(session: Session, *, party: str | None = None, person: str | None = None) -> list[BodyPersonRow]:
    """Return every entry, or those of a body or a person, in the order in which they were made."""
    query = select(BodyPersonRow).order_by(col(BodyPersonRow.asked), col(BodyPersonRow.id))
    if party is not None:
        query = query.where(BodyPersonRow.party == party)
    if person is not None:
        query = query.where(BodyPersonRow.person == person)
    return list(session.exec(query))


def locked_row(session: Session, entry: str) -> BodyPersonRow | None:
    """Return an entry, locked until the transaction ends."""
    return session.get(BodyPersonRow, entry, with_for_update=True)
