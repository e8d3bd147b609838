"""How the room of decisions, which is below in the house, says what was decided: conditions go by it."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlmodel import Session

from budgetproto.disputes.responses.domain import Settled

Finder = Callable[[Session, str], Mapping[int, Settled]]

_FINDERS: Final[list[Finder]] = []


def register(finder: Finder) -> None:
    """Let `finder` say what was decided in a sitting, by number of question."""
    _FINDERS[:] = [finder]


def settled(session: Session, sitting_id: str) -> Mapping[int, Settled]:
    """Return what has been decided in a sitting so far, by number of question; fail where nobody can say."""
    return _FINDERS[0](session, sitting_id)
