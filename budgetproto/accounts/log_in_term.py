"""How long a log-in holds: a setting of the procedure, which a higher room keeps and makes known here."""

from collections.abc import Callable

from sqlmodel import Session

from budgetproto.accounts.domain import SESSION_HOURS

Hours = Callable[[Session], int]

_KEPT: list[Hours] = []


def register(hours: Hours) -> None:
    """Say who knows after how many hours everybody logs in anew."""
    _KEPT[:] = [hours]


def hours(session: Session) -> int:
    """Return after how many hours a log-in ends."""
    return _KEPT[0](session) if _KEPT else SESSION_HOURS
