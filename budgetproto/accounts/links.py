"""Links with which a person sets the password himself: shown once, used once, kept as a hash."""

import base64
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts import attempts, keys, links_storage, passwords, service, storage, tokens_storage
from budgetproto.accounts.access import NOBODY, note_denial
from budgetproto.accounts.attempts import AccountResting, digest
from budgetproto.accounts.domain import REST_MINUTES, Person
from budgetproto.accounts.events import LinkMade, LinkUsed
from budgetproto.accounts.links_storage import LinkRow
from budgetproto.accounts.password_rules import check_password
from budgetproto.accounts.rules import Rules
from budgetproto.accounts.storage import PersonRow
from budgetproto.database import Database, new_id, now
from budgetproto.errors import Refused
from budgetproto.journal import SYSTEM, append

_TOKEN_BYTES: Final = 32
_GROUP: Final = 4


class LinkNotGood(Refused):
    """There is no such link, or it was used, revoked or is too old: the same answer for all."""

    message_key = "accounts.link_not_good"


class LinkWaits(Refused):
    """The link was made by somebody who may not hold this key to the seal."""

    message_key = "accounts.link_waits"


@dataclass(frozen=True)
class NewLink:
    """A link as it is shown, this once."""

    person: Person
    #: The token in groups of four letters, to be typed or pasted.
    code: str = field(repr=False)
    until: datetime

    @property
    def token(self) -> str:
        """Return the token as it stands in the address, behind #."""
        return self.code.replace("-", "")


def make(session: Session, rules: Rules, *, person: Person, by: str, agreed: str | None = None) -> NewLink:
    """Make a link in the caller's transaction, which has judged the act.

    Older links of the person are void, every log-in ends and every token is revoked; the password stays
    until another one is set, so that a link alone shuts nobody out.
    """
    at = now(session)
    void(session, person.id)
    code = _grouped(secrets.token_bytes(_TOKEN_BYTES))
    row = LinkRow(
        id=new_id(),
        token_hash=_hashed(code),
        person=person.id,
        made_by=by,
        agreed_by=agreed,
        made=at,
        until=at + timedelta(days=rules.link_days),
    )
    session.add(row)
    session.flush()
    storage.end_log_ins(session, person.id)
    tokens_storage.revoke_all(session, at, person=person.id)
    append(session, SYSTEM, LinkMade(by, person.id, agreed))
    return NewLink(person, code, row.until)


def void(session: Session, person_id: str) -> None:
    """Revoke every open link of a person."""
    at = now(session)
    for row in links_storage.open_links(session, at, person=person_id):
        row.revoked = at
        session.add(row)
    session.flush()


def owner(database: Database, token: str, *, origin: str) -> Person:
    """Return whose link this is while it can be used; a wrong one is counted against its origin."""
    with database.writing() as session:
        found = _judged(session, token, origin)
    return _answered(found)


def set_password(database: Database, rules: Rules, token: str, password: str, *, origin: str) -> Person:
    """Use up a link: its person has a password of his own from now on, and the link is void."""
    person = owner(database, token, origin=origin)
    check_password(password, about=(person.login, person.name), shortest=rules.shortest_password)
    password_hash = passwords.hashed(password)
    with database.writing() as session:
        found = _answered(_judged(session, token, origin, locked=True))
        row = links_storage.link_of_token(session, _hashed(token))
        if row is None:
            raise LinkNotGood
        row.used = now(session)
        session.add(row)
        session.flush()
        service.put_password(session, session.get_one(PersonRow, found.id), password_hash)
        append(session, SYSTEM, LinkUsed(row.made_by, found.id))
        return found


def _answered(found: Person | Refused) -> Person:
    if isinstance(found, Refused):
        raise found
    return found


def _judged(session: Session, token: str, origin: str, *, locked: bool = False) -> Person | Refused:
    """Return whose link this is, or the refusal: whoever guesses must wait, and the count must stay."""
    target = attempts.link_from(origin)
    if attempts.resting(session, target):
        return AccountResting(minutes=REST_MINUTES)
    row = links_storage.link_of_token(session, _hashed(token), locked=locked)
    person = storage.person(session, row.person) if row and row.open_at(now(session)) else None
    if row is None or person is None:
        attempts.count(session, target)
        note_denial(session, person=NOBODY, asked="accounts.link_code")
        return LinkNotGood()
    if row.agreed_by is None and keys.foreign(session, row.made_by, person.id, prepared=False):
        return LinkWaits()
    return person


def _grouped(raw: bytes) -> str:
    letters = base64.b32encode(raw).decode().rstrip("=").lower()
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def _hashed(token: str) -> str:
    """Return the hash of a token, however its groups were typed."""
    return digest(re.sub(r"[\W_]+", "", token).casefold())
