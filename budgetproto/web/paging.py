"""Which part of a long list one page shows, as its address says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from budgetproto.errors import Unknown

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Paging:
    """One page of several, each of so many entries."""

    number: int
    pages: int
    size: int

    @property
    def first(self) -> int:
        """How many entries stand before the page."""
        return (self.number - 1) * self.size

    def of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries of the page."""
        return entries[self.first : self.first + self.size]


def paged(asked: str | None, *, length: int, size: int) -> Paging:
    """Return the page an address asks for, the first unless it names another; raise Unknown if there is none.

    >>> paged("2", length=90, size=40)
    Paging(number=2, pages=3, size=40)
    >>> paged(None, length=0, size=40).of([])
    []
    """
    pages = max(1, -(-length // size))
    number = 1 if asked is None else _number(asked)
    if not 1 <= number <= pages:
        raise Unknown
    return Paging(number, pages, size)


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
