"""Requests that may be sent again: a lost answer never files twice, and never leaves doubt what was filed.

A form carries a random key. What it brought about is kept under the key in the transaction that did it, so
that either both stand or neither. Sent again it is answered from there. What was asked is kept as a keyed
fingerprint only: a plain hash of a sealed figure could be found by trying the likely amounts.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from budgetproto.database import Database, now
from budgetproto.disputes import own_storage, sealing
from budgetproto.disputes.own_storage import RequestRow
from budgetproto.disputes.seat import Seat
from budgetproto.errors import Refused

#: How long an answer is kept: longer than any tab that still tries to send.
KEPT: Final = timedelta(days=7)


class KeyUsed(Refused):
    """The same form was sent with another content: what came first stands."""

    message_key = "disputes.key_used"


def new_key() -> str:
    """Return a random key for one rendering of a form."""
    return secrets.token_urlsafe(24)


def answered(seat: Seat, key: str, asked: str) -> int | None:
    """Return the number that the request `key` was answered with before, None when it is new.

    Raises KeyUsed when the key came with something else than `asked`.
    """
    row = seat.session.get(RequestRow, (seat.person, _digest(key))) if key else None
    if row is None:
        return None
    if not secrets.compare_digest(row.fingerprint, _fingerprint(seat, asked)):
        raise KeyUsed
    return row.number


def keep_answer(seat: Seat, key: str, asked: str, number: int) -> None:
    """Keep what a request brought about, and forget this person's answers that are old."""
    if not key:
        return
    at = now(seat.session)
    own_storage.forget_requests(seat.session, before=at - KEPT, person=seat.person)
    known = _fingerprint(seat, asked)
    seat.session.add(
        RequestRow(person=seat.person, key=_digest(key), fingerprint=known, number=number, at=at)
    )
    seat.session.flush()


def forget_answers(database: Database) -> None:
    """Forget everybody's answers that are old; for the timer."""
    with database.writing() as session:
        own_storage.forget_requests(session, before=now(session) - KEPT)


def _digest(key: str) -> str:
    """Return what a key is kept as: whatever a program sends as a key has one length then."""
    return hashlib.sha256(key.encode()).hexdigest()


def _fingerprint(seat: Seat, asked: str) -> str:
    return sealing.fingerprint(seat.data_key, seat.place(0, "request"), asked)
