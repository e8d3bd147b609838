"""Tokens for programs: a person makes one for what he names, it is shown once, and it ends or is revoked."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import scopes, second_factor, storage, tokens_storage
from budgetproto.accounts.attempts import digest
from budgetproto.accounts.domain import Person
from budgetproto.accounts.events import TokenMade, TokenRevoked
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.scopes import Scope
from budgetproto.accounts.token_terms import token_terms
from budgetproto.accounts.tokens_storage import TokenRow
from budgetproto.database import Database, new_id, now
from budgetproto.errors import NotKnown, NotPermitted, Refused, TooMany, Unknown
from budgetproto.journal import SYSTEM, append

#: What every token begins with, so that one left in a file is known for what it is.
BEGINNING: Final = "bp_"
_BYTES: Final = 32
#: Tokens of one person that hold at the same time.
MOST: Final = 20


class TooLong(Refused):
    """The token would hold longer than the setting allows; `most` in the details says for how many days."""

    message_key = "accounts.token_too_long"


class TooManyTokens(Refused):
    """The person has as many tokens as anybody may have."""

    message_key = "accounts.tokens_too_many"


class NoScope(Refused):
    """A token for nothing opens nothing."""

    message_key = "accounts.token_no_scope"


class WrongToken(NotKnown):
    """There is no such token, or it was revoked, is too old, or its person is out of service."""

    message_key = "accounts.token_wrong"


class OtherScope(NotPermitted):
    """The token is for other things."""

    message_key = "accounts.token_other_scope"


class FactorMissing(NotPermitted):
    """Whoever must have a second factor sets it up first."""

    message_key = "accounts.token_factor_missing"


class AskedTooOften(TooMany):
    """The token has made as many requests as it may within a minute."""

    message_key = "accounts.token_too_often"


@dataclass(frozen=True)
class NewToken:
    """A token as it is shown, this once."""

    name: str
    code: str = field(repr=False)
    scopes: frozenset[Scope]
    until: datetime


def make(database: Database, person_id: str, *, name: str, wanted: frozenset[Scope], days: int) -> NewToken:
    """Make a token of a person; raise TooLong, NoScope or TooManyTokens."""
    if not wanted:
        raise NoScope
    code = BEGINNING + secrets.token_urlsafe(_BYTES)
    with database.writing() as session:
        at, most = now(session), token_terms(session).days
        if not 1 <= days <= most:
            raise TooLong(most=most)
        if len(tokens_storage.tokens(session, person_id, at)) >= MOST:
            raise TooManyTokens(most=MOST)
        row = TokenRow(
            id=new_id(),
            token_hash=digest(code),
            person=person_id,
            name=name.strip(),
            scopes=scopes.written(wanted),
            made=at,
            until=at + timedelta(days=days),
        )
        session.add(row)
        session.flush()
        append(session, SYSTEM, TokenMade(person_id, row.scopes, days))
        return NewToken(row.name, code, wanted, row.until)


def held_by(session: Session, person_id: str) -> list[TokenRow]:
    """Return the tokens of a person that hold, the newest first."""
    return tokens_storage.tokens(session, person_id, now(session))


def revoke(database: Database, person_id: str, token_id: str) -> None:
    """Revoke one of one's own tokens at once; raise Unknown for what is none."""
    with database.writing() as session:
        row = tokens_storage.locked(session, token_id)
        if row is None or row.person != person_id or row.revoked is not None:
            raise Unknown
        row.revoked = now(session)
        session.add(row)
        session.flush()
        append(session, SYSTEM, TokenRevoked(person_id, row.scopes))


def entrance(database: Database, rules: Rules, code: str | None, scope: Scope) -> Person:
    """Return whose token this is, counting the request; raise what keeps it out.

    What the person may do is judged by each service for the person; here only that the token holds, is for
    this, and has not asked too often. A request over the limit is counted too; one with no token of ours
    writes nothing, so that strangers keep no writer waiting.
    """
    hashed = digest(code or "")
    with database.reading() as session:
        if not tokens_storage.is_held(session, hashed):
            raise WrongToken
    with database.aside() as session:
        at = now(session)
        row = tokens_storage.count(session, hashed, at=at)
        found = storage.person(session, row.person) if row else None
        if row is None or found is None:
            raise WrongToken
        asked, allowed, most = row.asked, row.allowed, token_terms(session).requests
        lacking = second_factor.is_required(session, rules, found) and not second_factor.is_set(
            session, found.id
        )
    if asked > most:
        raise AskedTooOften(most=most, retry_after=60 - at.second)
    if lacking:
        raise FactorMissing
    if scope not in allowed:
        raise OtherScope(scope=scope.value)
    return found
