"""Log in, log out, and the making of accounts and parties."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from budgetproto.accounts import log_in_term, passwords, storage
from budgetproto.accounts.access import NOBODY, note_denial
from budgetproto.accounts.domain import (
    FAILURES_ALLOWED,
    FAILURES_ALLOWED_IN_ALL,
    REST_MINUTES,
    SHORTEST_PASSWORD,
    Party,
    Person,
    Role,
    Side,
    folded_login,
    folded_origin,
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
    """Too many wrong passwords: the account rests for a while."""

    message_key = "accounts.resting"


class PasswordTooShort(Refused):
    """The password is shorter than the rule asks."""

    message_key = "accounts.password_too_short"


class KeyTaken(Refused):
    """Another party has this key."""

    message_key = "accounts.key_taken"


class LoginTaken(Refused):
    """Another account has this log-in name."""

    message_key = "accounts.login_taken"


@dataclass(frozen=True)
class _Asked:
    """What a log-in needs to know before the password is hashed; None where there is no such account.

    `everywhere` and `here` are the hashes under which the name's wrong passwords are counted; whoever locks
    both rows locks them in this order.
    """

    everywhere: str
    here: str
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
        everywhere = _login_hash(login)
        storage.locked_attempts(session, everywhere, now(session))
        storage.drop_attempts(session, _login_part(everywhere))
        storage.end_log_ins(session, row.id)


def add_party(database: Database, *, key: str, side: Side, name: Named) -> Party:
    """Enter a body that can hold a mandate; raise KeyTaken when another one has its key."""
    with taken(KeyTaken(key=key)), database.writing() as session:
        row = PartyRow(id=new_id(), key=key, side=side, name_ky=name.ky, name_ru=name.ru, name_en=name.en)
        session.add(row)
        session.flush()
        append(session, SYSTEM, PartyAdded(row.id))
        return row.party()


def log_in(database: Database, login: str, password: str, *, origin: str = "") -> str:
    """Return the token of a new log-in; raise WrongLogIn or AccountResting.

    `origin` is the network address of whoever asks: an account rests for the origin that guesses, so that
    nobody can shut out somebody else, and for everybody only when very many guess at once. An unknown name
    costs the same time as a wrong password, gets the same answer and rests as well.
    """
    asked = _asked(database, login, origin)
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


def _asked(database: Database, login: str, origin: str = "") -> _Asked:
    everywhere, here = _login_hash(login), _origin_hash(login, origin)
    with database.reading() as session:
        row, at = storage.person_row(session, login), now(session)
        resting = any(_resting(storage.attempts(session, each), at) for each in (everywhere, here))
        if row is None or not row.active:
            return _Asked(everywhere, here, None, None, resting)
        return _Asked(everywhere, here, row.id, row.password_hash, resting)


def _count_failure(database: Database, asked: _Asked) -> None:
    """Count a wrong password; those from everywhere begin anew every quarter of an hour."""
    with database.aside() as session:
        storage.forget_attempts(session, before=now(session) - timedelta(minutes=REST_MINUTES))
    with database.aside() as session:
        everywhere = storage.locked_attempts(session, asked.everywhere, now(session))
        here = storage.locked_attempts(session, asked.here, now(session))
        at = here.last = now(session)
        _count(everywhere, FAILURES_ALLOWED_IN_ALL, at)
        _count(here, FAILURES_ALLOWED, at)
        session.add_all((everywhere, here))
        session.flush()
        if asked.person:
            append(session, ACCESS, LogInFailed(asked.person))
        else:
            note_denial(session, person=NOBODY, asked="accounts.log_in")


def _count(row: AttemptRow, allowed: int, at: datetime) -> None:
    """Count one wrong password; the last that is allowed begins a rest."""
    row.failures += 1
    if row.failures >= allowed:
        row.failures, row.last, row.resting_until = 0, at, _rest(at)


def _start(database: Database, asked: _Asked) -> str:
    """Begin the log-in, unless the account began to rest or changed while the password was hashed.

    A rest begun meanwhile is answered like a wrong password: of guesses made all at once, the answer must not
    tell which was right.
    """
    token = secrets.token_urlsafe(32)
    with database.writing() as session:
        everywhere = storage.locked_attempts(session, asked.everywhere, now(session))
        here = storage.locked_attempts(session, asked.here, now(session))
        at = now(session)
        if _resting(everywhere, at) or _resting(here, at):
            raise WrongLogIn
        row = session.get_one(PersonRow, asked.person, with_for_update=True)
        if not row.active or row.password_hash != asked.password_hash:
            raise WrongLogIn
        session.delete(here)
        until = at + timedelta(hours=log_in_term.hours(session))
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


def _origin_hash(login: str, origin: str) -> str:
    """Return the hash of a name and an origin; its first half is that of the name."""
    both = f"{folded_login(login)}\0{folded_origin(origin)}"
    return _login_part(_login_hash(login)) + hashlib.sha256(both.encode()).hexdigest()[32:]


def _login_part(login_hash: str) -> str:
    return login_hash[:32]
