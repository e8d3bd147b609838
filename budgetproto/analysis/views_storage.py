"""The table of saved views: the names people gave to addresses; an address is what others are sent."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.accounts.storage import PersonRow  # noqa: F401 - its table must stand before ours


class SavedViewRow(SQLModel, table=True):
    """One view: its own person's name for it, and the address it stands for."""

    __tablename__ = "analysis_saved_view"
    __table_args__ = (sa.UniqueConstraint("person", "name"),)
    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="account_person.id", index=True)
    name: str
    address: str = Field(sa_type=sa.Text)
    at: datetime


def views(session: Session, person: str) -> list[SavedViewRow]:
    """Return the views of a person in the order they were saved."""
    query = select(SavedViewRow).where(SavedViewRow.person == person)
    return list(session.exec(query.order_by(col(SavedViewRow.at), SavedViewRow.id)))


def remove(session: Session, person: str, view: str) -> None:
    """Remove a view of this person; one of somebody else's stays."""
    row = session.get(SavedViewRow, view)
    if row is not None and row.person == person:
        session.delete(row)
