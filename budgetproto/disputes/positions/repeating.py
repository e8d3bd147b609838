"""Requests that may be sent again: a lost answer never files twice, and never leaves doubt what was filed.

A form carries a random key. What it brought about is kept under the key in the transaction that did it, so
that either both stand or neither. Sent again it is answered from there. What was asked is kept as a keyed
fingerprint only: a plain hash of a sealed figure could be found by trying the likely amounts.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.database import Database, now
from budgetproto.disputes.positions import own_storage, sealing
from budgetproto.disputes.positions.own_storage import RequestRow
from budgetproto.disputes.positions.seat import Seat
from budgetproto.errors import Refused

#: How long an answer is kept: longer than any tab that still tries to send.
KEPT: Final = timedelta(days=7)


class KeyUsed(Refused):
    """The same form was sent with another content: what came first stands."""

    message_key = "disputes.key_used"


@dataclass(frozen=True)
class Asked:
    """Who asks, under which key, and the fingerprint of what he asks for."""

    session: Session
    person: str
    key: str
    fingerprint: str


def new_key() -> str:
    """Return a random key for one rendering of a form."""
    return secrets.token_urlsafe(24)


def at_seat(seat: Seat, key: str, asked: str) -> Asked:
    """Return what a delegate asks for about something sealed."""
    known = sealing.fingerprint(seat.data_key, seat.place(0, "request"), asked) if key else ""
    return Asked(seat.session, seat.person, key, known)


def openly(session: Session, person_id: str, key: str, asked: str) -> Asked:
    """Return what somebody asks for about what everybody in the sitting may read."""
    return Asked(session, person_id, key, _digest(asked))


def answered(asked: Asked) -> int | None:
    """Return the number that the request was answered with before, None when it is new.

    Raises KeyUsed when its key came with something else. Ask under the lock that the act takes.
    """
    row = asked.session.get(RequestRow, (asked.person, _digest(asked.key))) if asked.key else None
    if row is None:
        return None
    if not secrets.compare_digest(row.fingerprint, asked.fingerprint):
        raise KeyUsed
    return row.number


def keep_answer(asked: Asked, number: int) -> None:
    """Keep what a request brought about, and forget this person's answers that are old."""
    if not asked.key:
        return
    session, at = asked.session, now(asked.session)
    own_storage.forget_requests(session, before=at - KEPT, person=asked.person)
    session.add(
        RequestRow(
            person=asked.person,
            key=_digest(asked.key),
            fingerprint=asked.fingerprint,
            number=number,
            at=at,
        )
    )
    session.flush()


def forget_answers(database: Database) -> None:
    """Forget everybody's answers that are old; for the timer."""
    with database.writing() as session:
        own_storage.forget_requests(session, before=now(session) - KEPT)


def _digest(key: str) -> str:
    """Return what a key is kept as: whatever a program sends as a key has one length then."""
    return hashlib.sha256(key.encode()).hexdigest()
