"""The tables of links to set a password, and of what two people must agree on."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select


class LinkRow(SQLModel, table=True):
    """A link with which a person sets the password himself: the SHA-256 of its token, used once."""

    __tablename__ = "account_link"
    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person: str = Field(foreign_key="account_person.id", index=True)
    made_by: str
    #: The other of two people who agreed on it.
    agreed_by: str | None = None
    made: datetime
    until: datetime
    used: datetime | None = None
    revoked: datetime | None = None

    def open_at(self, at: datetime) -> bool:
        """Tell whether the link can still be used."""
        return self.used is None and self.revoked is None and self.until > at


class RequestRow(SQLModel, table=True):
    """An act on somebody's account that a second person has to agree on."""

    __tablename__ = "account_request"
    id: str = Field(primary_key=True)
    deed: str
    person: str = Field(foreign_key="account_person.id", index=True)
    asked_by: str
    reason: str
    asked: datetime
    until: datetime
    agreed_by: str | None = None
    done: datetime | None = None


def link_of_token(session: Session, token_hash: str, *, locked: bool = False) -> LinkRow | None:
    """Find a link by the hash of its token."""
    query = select(LinkRow).where(LinkRow.token_hash == token_hash)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def open_links(session: Session, at: datetime, *, person: str | None = None) -> list[LinkRow]:
    """Return the links that can still be used, the newest first."""
    query = select(LinkRow).where(
        col(LinkRow.used).is_(None), col(LinkRow.revoked).is_(None), col(LinkRow.until) > at
    )
    if person is not None:
        query = query.where(LinkRow.person == person)
    return list(session.exec(query.order_by(col(LinkRow.made).desc())))


def void_everything(session: Session, at: datetime) -> None:
    """Let no link be used any more, and nothing be agreed to that was asked for."""
    links = sa.update(LinkRow).where(col(LinkRow.used).is_(None), col(LinkRow.revoked).is_(None))
    requests = sa.update(RequestRow).where(col(RequestRow.done).is_(None), col(RequestRow.until) > at)
    session.connection().execute(links.values(revoked=at))
    session.connection().execute(requests.values(until=at))


def open_requests(
    session: Session, at: datetime, *, person: str | None = None, deed: str | None = None
) -> list[RequestRow]:
    """Return what waits for a second person, the oldest first."""
    query = select(RequestRow).where(col(RequestRow.done).is_(None), col(RequestRow.until) > at)
    if person is not None:
        query = query.where(RequestRow.person == person)
    if deed is not None:
        query = query.where(RequestRow.deed == deed)
    return list(session.exec(query.order_by(col(RequestRow.asked))))


def locked_request(session: Session, request_id: str) -> RequestRow | None:
    """Return a request, locked for this transaction."""
    return session.get(RequestRow, request_id, with_for_update=True, populate_existing=True)
