"""Log in, log out, and the making of accounts and parties."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import (
    attempts,
    log_in_term,
    passwords,
    second_factor_storage,
    storage,
    tokens_storage,
)
from budgetproto.accounts.access import NOBODY, note_denial
from budgetproto.accounts.attempts import AccountResting, Target, digest
from budgetproto.accounts.domain import (
    HALF_MINUTES,
    REST_MINUTES,
    LogIn,
    Party,
    Person,
    Role,
    Side,
    folded_login,
    origin_network,
)
from budgetproto.accounts.events import LoggedIn, LogInFailed, PartyAdded, PartyEntered, PersonAdded
from budgetproto.accounts.password_rules import SHORTEST_PASSWORD, check_password
from budgetproto.accounts.storage import LogInRow, PartyRow, PersonRow
from budgetproto.database import Database, new_id, now, taken
from budgetproto.errors import NotPermitted, Refused
from budgetproto.i18n import Language, Named
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.journal import ACCESS, SYSTEM, append

#: Minutes without a page after which a log-in is over, unless the installation says otherwise.
IDLE_MINUTES: Final = 120
#: Who may enter a body that can be a party.
PARTY_KEEPERS = frozenset({Role.SECRETARY, Role.ADMINISTRATOR})


class WrongLogIn(Refused):
    """The name or the password is wrong; which of them is not told."""

    message_key = "accounts.wrong_log_in"


class KeyTaken(Refused):
    """Another party has this key."""

    message_key = "accounts.key_taken"


class LoginTaken(Refused):
    """Another account has this log-in name."""

    message_key = "accounts.login_taken"


@dataclass(frozen=True)
class _Asked:
    """What a log-in needs to know before the password is hashed; None where there is no such account."""

    target: Target
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
    initial: bool = False,
    shortest: int = SHORTEST_PASSWORD,
) -> Person:
    """Make an account; raise LoginTaken or what is wrong with the password.

    An `initial` password is one that the service has made: its owner sets another one first.
    """
    check_password(password, about=(login, name), shortest=shortest)
    password_hash = passwords.hashed(password)
    with taken(LoginTaken(login=login)), database.writing() as session:
        person = enter(session, login=login, name=name, roles=roles, language=language)
        row = session.get_one(PersonRow, person.id)
        row.password_hash, row.initial = password_hash, initial
        session.add(row)
        return person


def enter(session: Session, *, login: str, name: str, roles: frozenset[Role], language: Language) -> Person:
    """Make an account without a password in the caller's transaction; raise LoginTaken."""
    if storage.person_row(session, login):
        raise LoginTaken(login=login)
    row = PersonRow(
        id=new_id(),
        login=folded_login(login),
        name=name.strip(),
        language=language,
        password_hash="",
        created_at=now(session),
    )
    session.add(row)
    session.flush()
    storage.set_roles(session, row.id, roles)
    append(session, SYSTEM, PersonAdded(row.id))
    return Person(row.id, row.login, row.name, language, roles)


def set_password(
    database: Database,
    login: str,
    password: str,
    *,
    initial: bool = False,
    shortest: int = SHORTEST_PASSWORD,
) -> None:
    """Give an account a new password and end its log-ins."""
    check_password(password, about=(login,), shortest=shortest)
    password_hash = passwords.hashed(password)
    with database.writing() as session:
        row = storage.person_row(session, login)
        if row is None:
            raise WrongLogIn
        put_password(session, row, password_hash, initial=initial)


def put_password(session: Session, row: PersonRow, password_hash: str, *, initial: bool = False) -> None:
    """Store a new password in the caller's transaction: wrong guesses, log-ins and tokens are over."""
    attempts.forget(session, attempts.password_of(row.login, ""))  # the lock that log-ins take first
    row.password_hash, row.initial = password_hash, initial
    session.add(row)
    session.flush()
    storage.end_log_ins(session, row.id)
    tokens_storage.revoke_all(session, now(session), person=row.id)


def add_party(database: Database, *, key: str, side: Side, name: Named) -> Party:
    """Enter a body that can hold a mandate; raise KeyTaken when another one has its key."""
    with taken(KeyTaken(key=key)), database.writing() as session:
        row = PartyRow(id=new_id(), key=key, side=side, name_ky=name.ky, name_ru=name.ru, name_en=name.en)
        session.add(row)
        session.flush()
        append(session, SYSTEM, PartyAdded(row.id))
        return row.party()


def enter_party(database: Database, person_id: str, *, key: str, side: Side, name: Named) -> Party:
    """Enter a body as a secretary or an administrator; raise KeyTaken when another one has its key."""
    with taken(KeyTaken(key=key)), database.writing() as session:
        person = storage.person(session, person_id)
        if person is None or person.roles.isdisjoint(PARTY_KEEPERS):
            raise NotPermitted(denied="accounts.enter_party")
        row = PartyRow(id=new_id(), key=key, side=side, name_ky=name.ky, name_ru=name.ru, name_en=name.en)
        session.add(row)
        session.flush()
        append(session, SYSTEM, PartyEntered(person_id, row.id))
        return row.party()


def log_in(database: Database, login: str, password: str, *, origin: str = "", device: str = "") -> str:
    """Return the token of a new log-in; raise WrongLogIn or AccountResting.

    `origin` is the network address of whoever asks: an account rests for the origin that guesses, so that
    nobody can shut out somebody else, and for everybody only when very many guess at once. An unknown name
    costs the same time as a wrong password, gets the same answer and rests as well. With a second factor the
    log-in is a half one, until `finish` has seen the code.
    """
    asked = _asked(database, login, origin)
    right = passwords.matches(asked.password_hash, password)
    if asked.resting:
        raise AccountResting(minutes=REST_MINUTES)
    if not right:
        _count_failure(database, asked)
        raise WrongLogIn
    return _start(database, asked, origin=origin, device=device)


def finish(database: Database, half: str) -> str:
    """Turn a half log-in, whose code was right, into a whole one with a token of its own."""
    with database.writing() as session:
        row = session.get(LogInRow, digest(half), with_for_update=True)
        if row is None or not row.half or row.until <= now(session):
            raise WrongLogIn
        session.delete(row)
        session.flush()
        return begin(session, row.person, origin=row.origin, device=row.device)


def begin(session: Session, person_id: str, *, origin: str, device: str, half: bool = False) -> str:
    """Begin a log-in in the caller's transaction, which has judged it; return its token."""
    token, at = secrets.token_urlsafe(32), now(session)
    lasts = timedelta(minutes=HALF_MINUTES) if half else timedelta(hours=log_in_term.hours(session))
    row = LogInRow(token_hash=digest(token), person=person_id, since=at, until=at + lasts, half=half, used=at)
    row.device, row.origin, row.confirmed = device, origin_network(origin) or origin, None if half else at
    session.add(row)
    session.flush()
    if not half:
        _note(session, person_id, at)
    return token


def log_out(database: Database, token: str) -> None:
    """End one log-in."""
    with database.writing() as session:
        if row := session.get(LogInRow, digest(token)):
            session.delete(row)


def who(session: Session, token: str | None) -> Person | None:
    """Return whose log-in this token is, None when it is nobody's, over, or a half one."""
    found = log_in_of(session, token)
    return found.person if found and not found.half else None


def log_in_of(session: Session, token: str | None, *, idle: int = IDLE_MINUTES) -> LogIn | None:
    """Return the log-in of a token if it still holds: neither too old nor idle for `idle` minutes."""
    held = storage.log_in(session, digest(token)) if token else None
    if held is None:
        return None
    found, until = held
    return found if found.at < until and found.at < found.used + timedelta(minutes=idle) else None


def is_right(database: Database, login: str, password: str, *, origin: str) -> str | None:
    """Check the password of somebody who is logged in; return its hash, or raise as `log_in` does."""
    asked = _asked(database, login, origin)
    right = passwords.matches(asked.password_hash, password)
    if asked.resting:
        raise AccountResting(minutes=REST_MINUTES)
    if not right:
        _count_failure(database, asked)
        raise WrongLogIn("accounts.wrong_password")
    return asked.password_hash


def _asked(database: Database, login: str, origin: str = "") -> _Asked:
    asked = _Asked(attempts.password_of(login, origin), None, None, resting=False)
    with database.reading() as session:
        row = storage.person_row(session, login)
        asked = replace(asked, resting=attempts.resting(session, asked.target))
        if row is None or not row.active:
            return asked
        return replace(asked, person=row.id, password_hash=row.password_hash)


def _count_failure(database: Database, asked: _Asked) -> None:
    attempts.forget_old(database)
    with database.aside() as session:
        attempts.count(session, asked.target)
        if asked.person:
            append(session, ACCESS, LogInFailed(asked.person))
        else:
            note_denial(session, person=NOBODY, asked="accounts.log_in")


def _start(database: Database, asked: _Asked, *, origin: str = "", device: str = "") -> str:
    """Begin the log-in, unless the account began to rest or changed while the password was hashed.

    A rest begun meanwhile is answered like a wrong password: of guesses made all at once, the answer must not
    tell which was right.
    """
    with database.writing() as session:
        here, resting = attempts.locked(session, asked.target)
        if resting:
            raise WrongLogIn
        row = session.get_one(PersonRow, asked.person, with_for_update=True)
        if not row.active or row.password_hash != asked.password_hash:
            raise WrongLogIn
        session.delete(here)
        storage.forget_log_ins(session, before=now(session))
        factor = second_factor_storage.factor_row(session, row.id)
        half = factor is not None and bool(factor.secret)
        return begin(session, row.id, origin=origin, device=device, half=half)


def _note(session: Session, person_id: str, at: datetime) -> None:
    row = session.get_one(PersonRow, person_id)
    row.last_log_in = bishkek_day(at)
    session.add(row)
    session.flush()
    append(session, ACCESS, LoggedIn(person_id))
