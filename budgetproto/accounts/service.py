"""Log in, log out, and the making of accounts and parties."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from budgetproto.accounts import passwords, storage
from budgetproto.accounts.access import NOBODY, note_denial
from budgetproto.accounts.domain import (
    FAILURES_ALLOWED,
    REST_MINUTES,
    SESSION_HOURS,
    SHORTEST_PASSWORD,
    Party,
    Person,
    Role,
    Side,
    folded_login,
)
from budgetproto.accounts.events import LoggedIn, LogInFailed, PartyAdded, PersonAdded
from budgetproto.accounts.storage import AttemptRow, LogInRow, PartyRow, PersonRow, RoleRow
from budgetproto.database import Database, new_id, now, taken
from budgetproto.errors import Refused
from budgetproto.i18n import Language, Named
from budgetproto.journal import ACCESS, SYSTEM, append


class WrongLogIn(Refused):
    """The name or the password is wrong; which of them is not told."""

    message_key = "accounts.wrong_log_in"


class AccountResting(Refused):
    """Too many wrong passwords in a row: the account rests for a while."""

    message_key = "accounts.resting"


class PasswordTooShort(Refused):
    """The password is shorter than the rule asks."""

    message_key = "accounts.password_too_short"


class LoginTaken(Refused):
    """Another account has this log-in name."""

    message_key = "accounts.login_taken"


@dataclass(frozen=True)
class _Asked:
    """What a log-in needs to know before the password is hashed; None where there is no such account."""

    login_hash: str
    person: str | None
    password_hash: str | None
    resting: bool


def add_person(
    database: Database,
    *,
    login: str,
    name: str,
    password: str,
    roles: frozenset[Role] = frozenset(),
    language: Language = "ky",
) -> Person:
    """Make an account; raise LoginTaken or PasswordTooShort."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(characters=SHORTEST_PASSWORD)
    password_hash = passwords.hashed(password)
    with taken(LoginTaken(login=login)), database.writing() as session:
        if storage.person_row(session, login):
            raise LoginTaken(login=login)
        row = PersonRow(
            id=new_id(),
            login=folded_login(login),
            name=name,
            language=language,
            password_hash=password_hash,
            created_at=now(session),
        )
        session.add(row)
        session.flush()
        session.add_all(RoleRow(person=row.id, role=role) for role in sorted(roles))
        append(session, SYSTEM, PersonAdded(row.id))
        return Person(row.id, row.login, name, language, roles)


def set_password(database: Database, login: str, password: str) -> None:
    """Give an account a new password and end its log-ins."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(characters=SHORTEST_PASSWORD)
    password_hash = passwords.hashed(password)
    with database.writing() as session:
        row = storage.person_row(session, login)
        if row is None:
            raise WrongLogIn
        row.password_hash = password_hash
        session.add(row)
        session.delete(storage.locked_attempts(session, _login_hash(login), now(session)))
        storage.end_log_ins(session, row.id)


def add_party(database: Database, *, key: str, side: Side, name: Named) -> Party:
    """Enter a body that can hold a mandate."""
    with database.writing() as session:
        row = PartyRow(id=new_id(), key=key, side=side, name_ky=name.ky, name_ru=name.ru, name_en=name.en)
        session.add(row)
        session.flush()
        append(session, SYSTEM, PartyAdded(row.id))
        return row.party()


def log_in(database: Database, login: str, password: str) -> str:
    """Return the token of a new log-in; raise WrongLogIn or AccountResting.

    An unknown name costs the same time as a wrong password, gets the same answer and rests as well.
    """
    asked = _asked(database, login)
    right = passwords.matches(asked.password_hash, password)
    if asked.resting:
        raise AccountResting(minutes=REST_MINUTES)
    if not right:
        _count_failure(database, asked)
        raise WrongLogIn
    return _start(database, asked)


def log_out(database: Database, token: str) -> None:
    """End one log-in."""
    with database.writing() as session:
        if row := session.get(LogInRow, _digest(token)):
            session.delete(row)


def who(session: Session, token: str | None) -> Person | None:
    """Return whose log-in this token is, None when it is nobody's or over."""
    return storage.person_of_token(session, _digest(token), now(session)) if token else None


def _asked(database: Database, login: str) -> _Asked:
    with database.reading() as session:
        row, login_hash = storage.person_row(session, login), _login_hash(login)
        resting = _resting(storage.attempts(session, login_hash), now(session))
        if row is None or not row.active:
            return _Asked(login_hash, None, None, resting)
        return _Asked(login_hash, row.id, row.password_hash, resting)


def _count_failure(database: Database, asked: _Asked) -> None:
    with database.aside() as session:
        storage.forget_attempts(session, before=now(session) - timedelta(minutes=REST_MINUTES))
        row = storage.locked_attempts(session, asked.login_hash, now(session))
        row.failures, row.last = row.failures + 1, now(session)
        if row.failures >= FAILURES_ALLOWED:
            row.failures, row.resting_until = 0, _rest(row.last)
        session.add(row)
        session.flush()
        if asked.person:
            append(session, ACCESS, LogInFailed(asked.person))
        else:
            note_denial(session, person=NOBODY, asked="accounts.log_in")


def _start(database: Database, asked: _Asked) -> str:
    """Begin the log-in, unless the account began to rest or changed while the password was hashed."""
    token = secrets.token_urlsafe(32)
    with database.writing() as session:
        attempts = storage.locked_attempts(session, asked.login_hash, now(session))
        at = now(session)
        if _resting(attempts, at):
            raise AccountResting(minutes=REST_MINUTES)
        row = session.get_one(PersonRow, asked.person, with_for_update=True)
        if not row.active or row.password_hash != asked.password_hash:
            raise WrongLogIn
        session.delete(attempts)
        until = at + timedelta(hours=SESSION_HOURS)
        session.add(LogInRow(token_hash=_digest(token), person=row.id, since=at, until=until))
        append(session, ACCESS, LoggedIn(row.id))
    return token


def _resting(attempts: AttemptRow | None, at: datetime) -> bool:
    return attempts is not None and attempts.resting_until is not None and attempts.resting_until > at


def _rest(at: datetime) -> datetime:
    return at + timedelta(minutes=REST_MINUTES)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _login_hash(login: str) -> str:
    return hashlib.sha256(folded_login(login).encode()).hexdigest()
