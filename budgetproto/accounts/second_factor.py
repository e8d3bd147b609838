"""The second factor: codes of an app by RFC 6238, and printed codes for the day the telephone is lost."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pyotp
from flask import Flask, current_app
from sqlmodel import Session

from budgetproto.accounts import attempts, second_factor_storage, storage
from budgetproto.accounts.attempts import AccountResting, digest
from budgetproto.accounts.domain import DECIDING, REST_MINUTES, Person
from budgetproto.accounts.events import (
    LogInFailed,
    PaperCodesMade,
    PaperCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.second_factor_storage import SecondFactorRow
from budgetproto.database import Database, now
from budgetproto.errors import Refused, Unknown
from budgetproto.journal import ACCESS, SYSTEM, append

Predicate = Callable[[Session, Person], bool]

PAPER_CODES: Final = 10
_STEP_SECONDS: Final = 30
_DIGITS: Final = 6
#: Clocks differ: the code before and the code after are taken as well.
_WINDOW: Final = (-1, 0, 1)
#: Sixteen letters of thirty-two: eighty bits, so that a plain SHA-256 keeps them.
_PAPER_LETTERS: Final = 16
_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
_PREDICATES: Final = "budgetproto.accounts.second_factor"


class WrongCode(Refused):
    """The code is wrong, too old, or was used before."""

    message_key = "accounts.wrong_code"


class FactorNeeded(Refused):
    """Whoever must have a second factor does not remove it."""

    message_key = "accounts.factor_needed"


@dataclass(frozen=True)
class SetUpCode:
    """What an app needs to know to make codes."""

    #: The secret in groups of four, to be typed.
    secret: str = field(repr=False)
    #: The same as an address, to be drawn as a square of dots.
    address: str = field(repr=False)


def init_app(app: Flask) -> None:
    """Ask a second factor of those who decide; higher rooms add whom else."""
    app.extensions.setdefault(_PREDICATES, [])
    required_by(app, lambda _session, person: bool(person.roles & DECIDING))


def required_by(app: Flask, predicate: Predicate) -> None:
    """Let a room say of whom else a second factor is asked, where the installation asks for one at all."""
    app.extensions.setdefault(_PREDICATES, []).append(predicate)


def is_required(session: Session, rules: Rules, person: Person) -> bool:
    """Tell whether this person must have a second factor."""
    if not rules.second_factor:
        return False
    asked: list[Predicate] = current_app.extensions[_PREDICATES]
    return any(predicate(session, person) for predicate in asked)


def is_set(session: Session, person_id: str) -> bool:
    """Tell whether this person has a second factor."""
    row = second_factor_storage.factor_row(session, person_id)
    return row is not None and bool(row.secret)


def start(database: Database, rules: Rules, person_id: str) -> None:
    """Make a secret that waits for its first code; one that is in use stays until then."""
    with database.writing() as session:
        row = second_factor_storage.factor_row(session, person_id, locked=True)
        row = row or SecondFactorRow(person=person_id)
        row.pending = rules.key.locked(pyotp.random_base32(), person=person_id)
        session.add(row)


def waiting(session: Session, rules: Rules, person: Person, *, service: str) -> SetUpCode:
    """Return the secret that waits for its first code; raise Unknown when none does."""
    row = second_factor_storage.factor_row(session, person.id)
    if row is None or not row.pending:
        raise Unknown
    secret = rules.key.unlocked(row.pending, person=person.id)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    address = pyotp.TOTP(secret).provisioning_uri(name=person.login, issuer_name=service)
    return SetUpCode(groups, address)


def set_up(database: Database, rules: Rules, person_id: str, code: str, *, origin: str) -> None:
    """Take the waiting secret into use once a code of it has proven that the app knows it."""

    def judge(session: Session, at: datetime) -> bool:
        row = second_factor_storage.factor_row(session, person_id, locked=True)
        if row is None or not row.pending:
            return False
        step = matching_step(rules.key.unlocked(row.pending, person=person_id), code, at)
        if step is None:
            return False
        row.secret, row.pending, row.last_step, row.since = row.pending, "", step, at
        session.add(row)
        session.flush()
        append(session, SYSTEM, SecondFactorSet(person_id, person_id))
        return True

    _guarded(database, person_id, origin, judge)


def check(database: Database, rules: Rules, person_id: str, code: str, *, origin: str) -> None:
    """Use up a code of the app or a printed one; raise WrongCode or AccountResting."""

    def judge(session: Session, at: datetime) -> bool:
        return _is_next(session, rules, person_id, code, at) or _is_printed(session, person_id, code, at)

    _guarded(database, person_id, origin, judge)


def print_codes(database: Database, person_id: str) -> tuple[str, ...]:
    """Make printed codes, the older ones being void; they are shown this once."""
    made = tuple(_paper_code() for _ in range(PAPER_CODES))
    with database.writing() as session:
        if not is_set(session, person_id):
            raise Unknown
        second_factor_storage.replace_codes(
            session, person_id, (_paper_hash(person_id, each) for each in made)
        )
        append(session, SYSTEM, PaperCodesMade(person_id, person_id))
    return made


def remove(database: Database, person_id: str, *, required: bool) -> None:
    """Remove one's own second factor, unless it is required."""
    if required:
        raise FactorNeeded
    with database.writing() as session:
        if second_factor_storage.drop_factor(session, person_id):
            append(session, SYSTEM, SecondFactorRemoved(person_id, person_id))


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the step of thirty seconds whose code this is; every code is compared, each in the same time.

    >>> from datetime import UTC, datetime
    >>> matching_step("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", datetime.fromtimestamp(59, UTC))
    1
    """
    totp, typed = pyotp.TOTP(secret, digits=_DIGITS), "".join(code.split()).encode()
    present, found = int(at.timestamp()) // _STEP_SECONDS, None
    for step in (present + apart for apart in _WINDOW):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed) and step >= 0:
            found = step
    return found


def _guarded(
    database: Database, person_id: str, origin: str, judge: Callable[[Session, datetime], bool]
) -> None:
    """Judge a code under the lock of its count; the count stays although the code is refused."""
    target = attempts.code_of(person_id, origin)
    with database.writing() as session:
        here, rests = attempts.locked(session, target)
        right = not rests and judge(session, now(session))
        if right:
            session.delete(here)
        elif not rests:
            attempts.count(session, target)
            append(session, ACCESS, LogInFailed(person_id))
    if rests:
        raise AccountResting(minutes=REST_MINUTES)
    if not right:
        raise WrongCode


def _is_next(session: Session, rules: Rules, person_id: str, code: str, at: datetime) -> bool:
    """Tell whether this is a code of the app that was not used, and use it up with all before it."""
    row = second_factor_storage.factor_row(session, person_id, locked=True)
    if row is None or not row.secret or storage.person(session, person_id) is None:
        return False
    step = matching_step(rules.key.unlocked(row.secret, person=person_id), code, at)
    if step is None or step <= row.last_step:
        return False
    row.last_step = step
    session.add(row)
    session.flush()
    return True


def _is_printed(session: Session, person_id: str, code: str, at: datetime) -> bool:
    if not second_factor_storage.use_code(session, person_id, _paper_hash(person_id, code), at):
        return False
    append(session, SYSTEM, PaperCodeUsed(person_id, person_id))
    return True


def _paper_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_PAPER_LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, _PAPER_LETTERS, 4))


def _paper_hash(person_id: str, code: str) -> str:
    """Return the hash of a printed code of one person, however it was typed."""
    return digest(f"{person_id}\0{''.join(code.replace('-', '').split()).casefold()}")
