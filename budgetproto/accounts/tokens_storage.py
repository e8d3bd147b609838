"""The table of tokens for programs: the SHA-256 of each, what it may be used for, and how often it was."""

from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from budgetproto.accounts import scopes
from budgetproto.accounts.scopes import Scope
from budgetproto.i18n.formatting import bishkek_day


class TokenRow(SQLModel, table=True):
    """A token of a person; `asked` counts the requests within the minute that began at `used`."""

    __tablename__ = "account_token"
    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person: str = Field(foreign_key="account_person.id", index=True)
    name: str
    scopes: str
    made: datetime
    until: datetime
    used: datetime | None = None
    asked: int = 0
    revoked: datetime | None = None

    @property
    def allowed(self) -> frozenset[Scope]:
        """What it may be used for."""
        return scopes.read(self.scopes)

    @property
    def used_on(self) -> date | None:
        """The day of its last use: others need not know when somebody works."""
        return bishkek_day(self.used) if self.used else None


def is_held(session: Session, token_hash: str) -> bool:
    """Tell whether there is a token that nobody has revoked."""
    held = (TokenRow.token_hash == token_hash, col(TokenRow.revoked).is_(None))
    return session.exec(select(TokenRow.id).where(*held)).first() is not None


def count(session: Session, token_hash: str, *, at: datetime) -> TokenRow | None:
    """Count a request of a token that holds and return its row; None for any other.

    One statement, so that requests made all at once are all counted.
    """
    minute = at.replace(second=0, microsecond=0)
    within = sa.case((col(TokenRow.used) == minute, col(TokenRow.asked) + 1), else_=1)
    held = (col(TokenRow.token_hash) == token_hash, col(TokenRow.revoked).is_(None), col(TokenRow.until) > at)
    counted = sa.update(TokenRow).where(*held).values(used=minute, asked=within)
    if session.connection().execute(counted).rowcount != 1:
        return None
    return session.exec(select(TokenRow).where(TokenRow.token_hash == token_hash)).one()


def tokens(session: Session, person: str, at: datetime) -> list[TokenRow]:
    """Return the tokens of a person that hold, the newest first."""
    held = (TokenRow.person == person, col(TokenRow.revoked).is_(None), col(TokenRow.until) > at)
    return list(session.exec(select(TokenRow).where(*held).order_by(*_NEWEST)))


def locked(session: Session, token_id: str) -> TokenRow | None:
    """Return a token, locked for this transaction."""
    return session.get(TokenRow, token_id, with_for_update=True, populate_existing=True)


def revoke_all(session: Session, at: datetime, *, person: str | None = None) -> int:
    """Revoke every token of a person, or of everybody; return how many held."""
    held = sa.update(TokenRow).where(col(TokenRow.revoked).is_(None), col(TokenRow.until) > at)
    of = held if person is None else held.where(col(TokenRow.person) == person)
    return session.connection().execute(of.values(revoked=at)).rowcount


_NEWEST: Final = (col(TokenRow.made).desc(), col(TokenRow.id))
