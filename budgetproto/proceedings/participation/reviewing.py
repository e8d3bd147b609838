"""How the room of draft acts, above in the house, says which draft a question is about, and its reviews."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlmodel import Session

from budgetproto.proceedings.participation.domain import About

Finder = Callable[[Session, str], Mapping[int, About]]

_FINDERS: Final[list[Finder]] = []


def register(finder: Finder) -> None:
    """Let `finder` say of a sitting, by number of question, which draft it is about."""
    _FINDERS[:] = [finder]


def drafts_of(session: Session, sitting_id: str) -> Mapping[int, About]:
    """Return by question the draft it is about, as far as it was entered; fail where nobody can say."""
    return _FINDERS[0](session, sitting_id)
