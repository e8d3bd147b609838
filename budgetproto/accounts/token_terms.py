"""How long a token may hold and how often it may ask: settings a higher room keeps and makes known here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session


@dataclass(frozen=True)
class TokenTerms:
    """The most days a token holds, and the most requests it makes within a minute."""

    days: int = 90
    requests: int = 300


_KEPT: Final[list[Callable[[Session], TokenTerms]]] = []


def register(terms: Callable[[Session], TokenTerms]) -> None:
    """Say who knows the terms."""
    _KEPT[:] = [terms]


def token_terms(session: Session) -> TokenTerms:
    """Return the terms in force."""
    return _KEPT[0](session) if _KEPT else TokenTerms()
