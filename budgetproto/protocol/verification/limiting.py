"""Checks of files are counted by where they come from: each may draw a protocol, which takes seconds."""

from budgetproto.accounts import attempts
from budgetproto.accounts.domain import REST_MINUTES
from budgetproto.database import Database
from budgetproto.errors import TooMany


class TooManyChecks(TooMany):
    """Too many files were sent from one place; `minutes` says how long to wait."""

    message_key = "protocol.verify.too_many"


def count_check(database: Database, *, origin: str) -> None:
    """Count a file that is to be checked; raise TooManyChecks while its origin rests."""
    target = attempts.checks_from(origin)
    attempts.forget_old(database)
    with database.aside() as session:
        _, resting = attempts.locked(session, target)
        if not resting:
            attempts.count(session, target)
    if resting:
        raise TooManyChecks(minutes=REST_MINUTES)
