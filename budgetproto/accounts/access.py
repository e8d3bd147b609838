"""The access chain: who asked for what they may not see, aggregated so that nobody can flood it."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from budgetproto.accounts.events import AccessDenied
from budgetproto.accounts.storage import DeniedRow
from budgetproto.database import Database, now
from budgetproto.journal import ACCESS, append

_WINDOW: Final = timedelta(minutes=1)
NOBODY: Final = "-"


def record_denial(database: Database, *, person: str | None, asked: str) -> None:
    """Write a denied act to the access chain at once; further ones within a minute are counted into the next.

    `asked` names the kind of thing ("disputes.position"), never what is in it.
    """
    with database.aside() as session:
        row = session.get(DeniedRow, (person or NOBODY, asked), with_for_update=True)
        at = now(session)
        if row is not None and at < row.since + _WINDOW:
            row.further += 1
            session.add(row)
            return
        append(session, ACCESS, AccessDenied(person or NOBODY, asked, row.further if row else 0))
        _restart(session, row or DeniedRow(person=person or NOBODY, asked=asked, since=at), at)


def _restart(session: Session, row: DeniedRow, at: datetime) -> None:
    row.since, row.further = at, 0
    session.add(row)
