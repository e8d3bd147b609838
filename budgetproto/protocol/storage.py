"""The tables of issued protocols: the snapshot, and the files as they were issued."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.database import appended_only
from budgetproto.i18n import Language
from budgetproto.sittings.domain import Sitting, Stage

#: The stages in which a sitting stands by an issued protocol.
ISSUED: Final = frozenset({Stage.ISSUED, Stage.ARCHIVED})


@appended_only
class ProtocolRow(SQLModel, table=True):
    """One issued protocol; `snapshot` is the document it is composed from."""

    __tablename__ = "protocol"
    id: str = Field(primary_key=True)
    sitting: str = Field(foreign_key="sitting.id", index=True)
    number: str = Field(unique=True)
    snapshot: str = Field(sa_type=sa.Text)
    fingerprint: str = Field(max_length=64)
    person: str
    at: datetime


@appended_only
class ProtocolFileRow(SQLModel, table=True):
    """The bytes of an issued protocol in one language."""

    __tablename__ = "protocol_file"
    protocol: str = Field(primary_key=True, foreign_key="protocol.id")
    language: str = Field(primary_key=True)
    digest: str = Field(max_length=64)
    content: bytes


def issued(session: Session, sitting: str) -> ProtocolRow | None:
    """Return the newest issued protocol of a sitting."""
    query = select(ProtocolRow).where(ProtocolRow.sitting == sitting).order_by(col(ProtocolRow.at).desc())
    return session.exec(query).first()


def standing(session: Session, sitting: Sitting) -> ProtocolRow | None:
    """Return the protocol by which a sitting stands; None before issue, and while it is being corrected."""
    return issued(session, sitting.id) if sitting.stage in ISSUED else None


def issued_file(session: Session, protocol: str, language: Language) -> ProtocolFileRow:
    """Return the file of an issued protocol in one language."""
    return session.get_one(ProtocolFileRow, (protocol, language))


def file_of(session: Session, digest: str) -> tuple[ProtocolRow, str] | None:
    """Return the protocol and the language of the issued file with this SHA-256 (hex)."""
    query = select(ProtocolRow, ProtocolFileRow.language).join(
        ProtocolFileRow, col(ProtocolFileRow.protocol) == col(ProtocolRow.id)
    )
    return session.exec(query.where(ProtocolFileRow.digest == digest)).first()


def protocol_row(session: Session, protocol: str) -> ProtocolRow | None:
    """Return an issued protocol by its id."""
    return session.get(ProtocolRow, protocol)


def versions(session: Session, sitting: str) -> list[ProtocolRow]:
    """Return the protocols issued in a sitting, the oldest first: each is replaced by the next."""
    query = select(ProtocolRow).where(ProtocolRow.sitting == sitting).order_by(col(ProtocolRow.at))
    return list(session.exec(query))


def successor(session: Session, row: ProtocolRow) -> str | None:
    """Return the number of the protocol that replaced another, None where it stands."""
    query = select(ProtocolRow.number).where(ProtocolRow.sitting == row.sitting)
    return session.exec(query.where(col(ProtocolRow.at) > row.at).order_by(col(ProtocolRow.at))).first()


def issued_in(session: Session, sittings: Collection[str]) -> list[tuple[str, str, str, datetime]]:
    """Return id, sitting, number and time of every protocol issued in these sittings, the oldest first."""
    query = select(ProtocolRow.id, ProtocolRow.sitting, ProtocolRow.number, ProtocolRow.at)
    found = session.exec(query.where(col(ProtocolRow.sitting).in_(sittings)).order_by(col(ProtocolRow.at)))
    return list(found)
