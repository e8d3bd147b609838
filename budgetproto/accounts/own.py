"""What everybody does to his own account: password, language, log-ins, and proof of being there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import passwords, second_factor, service, storage, tokens_storage
from budgetproto.accounts.domain import LogIn, Person
from budgetproto.accounts.events import LogInsEnded, PasswordChanged
from budgetproto.accounts.naming import people_names
from budgetproto.accounts.password_rules import check_password, normal
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.service import WrongLogIn
from budgetproto.accounts.storage import LogInRow, PersonRow
from budgetproto.database import Database, now
from budgetproto.errors import Refused, Unknown
from budgetproto.i18n import Language, Named
from budgetproto.journal import SYSTEM, append
from budgetproto.journal.domain import Entry
from budgetproto.journal.storage import entries_about

#: A log-in's last use is written at most so often.
_COARSE: Final = timedelta(minutes=5)
#: So much of a log-in's hash names it on the page; nobody can make a token of it.
_NAME_LETTERS: Final = 32


class PasswordTheSame(Refused):
    """The new password is the old one."""

    message_key = "accounts.password_the_same"


@dataclass(frozen=True)
class Ending:
    """Somebody else has ended every log-in of a person."""

    by: Named
    at: datetime


def change_password(
    database: Database, rules: Rules, log_in: LogIn, *, current: str, new: str, origin: str
) -> None:
    """Change one's own password; every other log-in ends and every token is revoked."""
    person = log_in.person
    kept = service.is_right(database, person.login, current, origin=origin)
    check_password(new, about=(person.login, person.name), shortest=rules.shortest_password)
    if normal(new) == normal(current):
        raise PasswordTheSame
    password_hash = passwords.hashed(new)
    with database.writing() as session:
        row = session.get_one(PersonRow, person.id, with_for_update=True)
        if row.password_hash != kept:  # changed meanwhile
            raise WrongLogIn("accounts.wrong_password")
        row.password_hash, row.initial = password_hash, False
        session.add(row)
        session.flush()
        storage.end_log_ins(session, person.id, but=log_in.digest)
        tokens_storage.revoke_all(session, now(session), person=person.id)
        append(session, SYSTEM, PasswordChanged(person.id, person.id))


def confirm(database: Database, rules: Rules, log_in: LogIn, typed: str, *, origin: str) -> None:
    """Prove to be there still: by a code where there is a second factor, by the password otherwise."""
    with database.reading() as session:
        has_factor = second_factor.is_set(session, log_in.person.id)
    if has_factor:
        second_factor.check(database, rules, log_in.person.id, typed, origin=origin)
    else:
        service.is_right(database, log_in.person.login, typed, origin=origin)
    with database.writing() as session:
        if row := session.get(LogInRow, log_in.digest):
            row.confirmed = now(session)
            session.add(row)


def set_language(database: Database, person: Person, language: Language) -> None:
    """Choose the language of one's own account."""
    with database.writing() as session:
        row = session.get_one(PersonRow, person.id)
        row.language = language
        session.add(row)


def log_ins(session: Session, log_in: LogIn, *, idle: int) -> list[tuple[str, LogInRow]]:
    """Return a person's log-ins that hold, each with its name on the page."""
    at = now(session)
    rows = storage.log_ins(session, log_in.person.id)
    return [
        (name_of(row.token_hash), row)
        for row in rows
        if row.until > at and (row.used or row.since) + timedelta(minutes=idle) > at
    ]


def end_log_in(database: Database, log_in: LogIn, name: str) -> None:
    """End one of one's own log-ins; raise Unknown for what is none."""
    with database.writing() as session:
        for row in storage.log_ins(session, log_in.person.id):
            if name_of(row.token_hash) == name:
                session.delete(row)
                return
    raise Unknown


def end_other_log_ins(database: Database, log_in: LogIn, *, all_of_them: bool = False) -> None:
    """End every log-in of one's own but this one, or this one as well."""
    with database.writing() as session:
        storage.end_log_ins(session, log_in.person.id, but="" if all_of_them else log_in.digest)
        append(session, SYSTEM, LogInsEnded(log_in.person.id, log_in.person.id))


def take_ending(database: Database, person_id: str) -> Ending | None:
    """Return, this once, who else has ended a person's log-ins since his last one, and when."""
    with database.writing() as session:
        row = session.get_one(PersonRow, person_id, with_for_update=True)
        if row.ended_by is None or row.ended_at is None:
            return None
        found = Ending(people_names(session, [row.ended_by])[row.ended_by], row.ended_at)
        row.ended_by, row.ended_at = None, None
        session.add(row)
        return found


def done_by_others(session: Session, person_id: str) -> list[Entry]:
    """Return what others have done to a person's account, the newest first."""
    about = entries_about(session, SYSTEM, whom=person_id)
    return [entry for entry in reversed(about) if entry.values()["person"] != person_id]


def note_use(database: Database, log_in: LogIn) -> None:
    """Write that a log-in is in use."""
    with database.aside() as session:
        storage.touch(session, log_in.digest, log_in.at)


def use_is_due(log_in: LogIn) -> bool:
    """Tell whether the last use was written some minutes ago."""
    return log_in.at >= log_in.used + _COARSE


def name_of(token_hash: str) -> str:
    """Return the name of a log-in on the page."""
    return token_hash[:_NAME_LETTERS]
