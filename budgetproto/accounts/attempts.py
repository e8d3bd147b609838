"""Guesses are counted in the database, for each origin and in all: whoever guesses too often must wait."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from budgetproto.accounts import storage
from budgetproto.accounts.domain import (
    CHECKS_ALLOWED,
    CODES_ALLOWED_IN_ALL,
    FAILURES_ALLOWED,
    FAILURES_ALLOWED_IN_ALL,
    LINKS_ALLOWED,
    REST_MINUTES,
    folded_login,
    folded_origin,
)
from budgetproto.accounts.storage import AttemptRow
from budgetproto.database import Database, now
from budgetproto.errors import Refused


class AccountResting(Refused):
    """Too many wrong guesses: the account rests for a while."""

    message_key = "accounts.resting"


@dataclass(frozen=True)
class Target:
    """What is guessed at from one origin: the hashes under which it is counted, and how often it may be.

    Whoever locks both rows locks them in this order.
    """

    everywhere: str
    here: str
    allowed_in_all: int | None
    allowed: int = FAILURES_ALLOWED


def password_of(login: str, origin: str) -> Target:
    """Return the password of a log-in name, known or not, as a target."""
    return _target(folded_login(login), origin, FAILURES_ALLOWED_IN_ALL)


def code_of(person_id: str, origin: str) -> Target:
    """Return the second factor of a person as a target: six digits bear fewer guesses in all."""
    return _target(f"code\0{person_id}", origin, CODES_ALLOWED_IN_ALL)


def names_by(person_id: str, origin: str) -> Target:
    """Return the log-in names that a person tries out as a target: whoever learns some, learns few."""
    return _target(f"names\0{person_id}", origin, CODES_ALLOWED_IN_ALL)


def link_from(origin: str) -> Target:
    """Return all links as a target: guesses from one origin shut out nobody at another.

    A token cannot be guessed; whoever mistypes one in a house with one address shuts out nobody beside him.
    """
    return replace(_target("link\0", origin, None), allowed=LINKS_ALLOWED)


def checks_from(origin: str) -> Target:
    """Return the check of files as a target: none is wrong, but each makes the service work."""
    return replace(_target("check\0", origin, None), allowed=CHECKS_ALLOWED)


def resting(session: Session, target: Target) -> bool:
    """Tell whether a target rests now."""
    at = now(session)
    return any(_rests(storage.attempts(session, each), at) for each in (target.everywhere, target.here))


def locked(session: Session, target: Target) -> tuple[AttemptRow, bool]:
    """Lock what is counted of a target; return the row of this origin, and whether the target rests."""
    everywhere = storage.locked_attempts(session, target.everywhere, now(session))
    here = storage.locked_attempts(session, target.here, now(session))
    at = now(session)
    return here, _rests(everywhere, at) or _rests(here, at)


def count(session: Session, target: Target) -> None:
    """Count a wrong guess; those from everywhere begin anew every quarter of an hour."""
    everywhere = storage.locked_attempts(session, target.everywhere, now(session))
    here = storage.locked_attempts(session, target.here, now(session))
    at = here.last = now(session)
    _add(everywhere, target.allowed_in_all, at)
    _add(here, target.allowed, at)
    session.add_all((everywhere, here))
    session.flush()


def forget_old(database: Database) -> None:
    """Forget guesses that lie so far back that they count no more."""
    with database.aside() as session:
        storage.forget_attempts(session, before=now(session) - timedelta(minutes=REST_MINUTES))


def forget(session: Session, target: Target) -> None:
    """Forget every guess at a target, from wherever it came."""
    storage.locked_attempts(session, target.everywhere, now(session))
    storage.drop_attempts(session, _first_half(target.everywhere))


def digest(words: str) -> str:
    """Return the SHA-256 of something with enough chance in it, in hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


def _target(name: str, origin: str, allowed_in_all: int | None) -> Target:
    """Name a target; the first half of every hash is that of its name."""
    everywhere = digest(name)
    here = _first_half(everywhere) + digest(f"{name}\0{folded_origin(origin)}")[32:]
    return Target(everywhere, here, allowed_in_all)


def _add(row: AttemptRow, allowed: int | None, at: datetime) -> None:
    """Count one wrong guess; the last that is allowed begins a rest."""
    row.failures += 1
    if allowed is not None and row.failures >= allowed:
        row.failures, row.last = 0, at
        row.resting_until = at + timedelta(minutes=REST_MINUTES)


def _rests(attempts: AttemptRow | None, at: datetime) -> bool:
    return attempts is not None and attempts.resting_until is not None and attempts.resting_until > at


def _first_half(name_hash: str) -> str:
    return name_hash[:32]
