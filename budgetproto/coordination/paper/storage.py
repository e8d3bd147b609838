"""The table of the sheets that were handed in with their drafts."""

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, select

from budgetproto.coordination.paper.document import read_sheet
from budgetproto.coordination.paper.domain import Sheet
from budgetproto.database import appended_only


@appended_only
class SheetRow(SQLModel, table=True):
    """The sheet that was handed in with a draft: its facts as they were then, and their hash."""

    __tablename__ = "coordination_sheet"
    act: str = Field(primary_key=True, foreign_key="coordination_act.id")
    document: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64)

    def sheet(self) -> Sheet:
        """Return the sheet without its table."""
        return read_sheet(self.document)


def sheet_row(session: Session, act: str) -> SheetRow | None:
    """Return the sheet that was handed in with a draft; None where none was."""
    return session.exec(select(SheetRow).where(SheetRow.act == act)).one_or_none()
