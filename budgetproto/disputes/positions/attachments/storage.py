"""The tables of attached files; a position commits to them, so what is filed is never changed or deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.disputes.storage import LineRow


class DraftAttachmentRow(SQLModel, table=True):
    """A file a party will file with its next version, sealed; `content` is None once it has been filed."""

    __tablename__ = "dispute_draft_attachment"
    id: str = Field(primary_key=True)
    line: str = Field(foreign_key="dispute_line.id", index=True)
    party: str = Field(foreign_key="account_party.id")
    header: bytes
    content: bytes | None = None
    person: str
    at: datetime


@appended_only
class AttachmentRow(SQLModel, table=True):
    """A file that some filed version of a position commits to, sealed for as long as it is kept."""

    __tablename__ = "dispute_attachment"
    id: str = Field(primary_key=True)
    line: str = Field(foreign_key="dispute_line.id", index=True)
    party: str = Field(foreign_key="account_party.id")
    header: bytes
    content: bytes
    person: str
    at: datetime


@appended_only
class AttachmentRevealRow(SQLModel, table=True):
    """What is known of an opened file beside its bytes; there is none for a file kept by its own party."""

    __tablename__ = "dispute_attachment_reveal"
    attachment: str = Field(primary_key=True, foreign_key="dispute_attachment.id")
    line: str = Field(foreign_key="dispute_line.id", index=True)
    party: str = Field(foreign_key="account_party.id")
    header: str = Field(sa_type=sa.Text)


_TABLES: Final[tuple["_Table", ...]] = (DraftAttachmentRow, AttachmentRow)
_Table = type[DraftAttachmentRow] | type[AttachmentRow]


def draft_headers(session: Session, line: str, party: str) -> dict[str, bytes]:
    """Return the sealed headers of what a party will file next, by id, in the order of attaching."""
    return _headers(session, DraftAttachmentRow, line, party)


def filed_headers(session: Session, line: str, party: str) -> dict[str, bytes]:
    """Return the sealed headers of every file a party has filed on a line, by id."""
    return _headers(session, AttachmentRow, line, party)


def owner(session: Session, line: str, attachment: str) -> str | None:
    """Return the party whose file this is on this line."""
    for table in _TABLES:
        query = select(table.party).where(table.id == attachment, table.line == line)
        if (found := session.exec(query).one_or_none()) is not None:
            return found
    return None


def sealed_header(session: Session, attachment: str) -> bytes | None:
    """Return the sealed header of a file."""
    return _one(session, "header", attachment)


def sealed_content(session: Session, attachment: str) -> bytes | None:
    """Return the sealed bytes of a file."""
    return _one(session, "content", attachment)


def file_drafts(session: Session, line: str, party: str) -> None:
    """Move what a party has newly attached among what is filed; nothing of it is read."""
    draft = DraftAttachmentRow
    names = ("id", "line", "party", "header", "content", "person", "at")
    new = (col(draft.line) == line, col(draft.party) == party, col(draft.content).is_not(None))
    moved = sa.select(*(getattr(draft, name) for name in names)).where(*new)
    session.connection().execute(sa.insert(AttachmentRow).from_select(names, moved))
    session.connection().execute(sa.update(draft).where(*new).values(content=None))


def drop_draft(session: Session, line: str, party: str, attachment: str) -> bool:
    """Take a file out of what a party will file next; tell whether it was there."""
    draft = DraftAttachmentRow
    place = (col(draft.id) == attachment, col(draft.line) == line, col(draft.party) == party)
    return session.connection().execute(sa.delete(draft).where(*place)).rowcount == 1


def stored_files(session: Session, line: str, party: str) -> int:
    """Return how many files a party has stored on a line: those of all its versions, and new ones."""
    return sum(
        session.exec(select(sa.func.count()).select_from(table).where(*_stored(table), *place)).one()
        for table in _TABLES
        for place in [(col(table.line) == line, col(table.party) == party)]
    )


def stored_bytes(session: Session, sitting: str, party: str) -> int:
    """Return how many bytes of files a party has stored in a sitting; no content is read for it."""
    return sum(
        session.exec(
            select(sa.func.coalesce(sa.func.sum(sa.func.length(table.content)), 0))
            .join(LineRow, col(LineRow.id) == col(table.line))
            .where(LineRow.sitting == sitting, table.party == party, *_stored(table))
        ).one()
        for table in _TABLES
    )


def reveals_of(session: Session, lines: Iterable[str]) -> list[AttachmentRevealRow]:
    """Return what is known of the opened files of some lines."""
    query = select(AttachmentRevealRow).where(col(AttachmentRevealRow.line).in_(list(lines)))
    return list(session.exec(query.order_by(AttachmentRevealRow.line, AttachmentRevealRow.attachment)))


def _stored(table: _Table) -> list[sa.ColumnElement[bool]]:
    """Leave out the drafts that are filed: their bytes lie in the other table."""
    return [col(table.content).is_not(None)]


def _headers(session: Session, table: _Table, line: str, party: str) -> dict[str, bytes]:
    query = select(table.id, table.header).where(table.line == line, table.party == party)
    return dict(session.exec(query.order_by(col(table.at), col(table.id))).all())


def _one(session: Session, column: str, attachment: str) -> bytes | None:
    """Return one column of a file, wherever it lies: a draft that is filed has its bytes there."""
    for table in _TABLES:
        query = select(getattr(table, column)).where(table.id == attachment)
        if (found := session.exec(query).one_or_none()) is not None:
            return bytes(found)
    return None
