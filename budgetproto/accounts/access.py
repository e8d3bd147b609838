"""The access chain: who asked for what they may not see, aggregated so that nobody can flood it."""

from datetime import timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.events import AccessDenied
from budgetproto.accounts.storage import locked_denials
from budgetproto.database import Database, now
from budgetproto.journal import ACCESS, append

_WINDOW: Final = timedelta(minutes=1)
NOBODY: Final = "-"


def record_denial(database: Database, *, person: str | None, asked: str) -> None:
    """Write a denied act to the access chain at once; further ones within a minute are counted into the next.

    `asked` names the kind of thing ("disputes.position"), never what is in it.
    """
    with database.aside() as session:
        note_denial(session, person=person or NOBODY, asked=asked)


def note_denial(session: Session, *, person: str, asked: str) -> None:
    """Do the same within the caller's transaction."""
    row, first = locked_denials(session, person, asked)
    at = now(session)  # behind the lock: we may have waited for another denial
    if not first and at < row.since + _WINDOW:
        row.further += 1
    else:
        append(session, ACCESS, AccessDenied(person, asked, row.further))
        row.since, row.further = at, 0
    session.add(row)
