"""PURE: what the document says to a reader who cannot see it: a tree of parts, and what of it is drawn where.

A document of thousands of lines has a hundred thousand parts, so they are kept as plain numbers.
"""

from array import array
from collections.abc import Iterator
from typing import Final

from budgetproto.protocol.typesetting.style import Role

#: The whole document, the part that holds all others.
DOCUMENT: Final = 0

Piece = tuple[int, int]


class Structure:
    """The parts of one document in reading order; a piece of one is (page, place among its pieces)."""

    def __init__(self) -> None:
        self._roles: list[str] = ["Document"]
        self._last: dict[int, int] = {}
        self._first = array("l", [-1])
        self._next = array("l", [-1])
        self._parents = array("l", [-1])
        self._pages = array("l", [-1])
        self._places = array("l", [-1])
        self._more: dict[int, list[Piece]] = {}
        self._spans: dict[int, int] = {}
        self._alternatives: dict[int, str] = {}
        self._drawn: list[array[int]] = []
        self.field: int | None = None

    def __len__(self) -> int:
        return len(self._roles)

    def add(self, role: Role, parent: int = DOCUMENT, *, span: int = 1) -> int:
        """Add a part at the end of its parent and return it; `span` is how many columns a cell takes."""
        self._roles.append(role)
        part = len(self._roles) - 1
        self._first.append(-1)
        self._next.append(-1)
        if (last := self._last.get(parent)) is None:
            self._first[parent] = part
        else:
            self._next[last] = part
        self._last[parent] = part
        self._parents.append(parent)
        self._pages.append(-1)
        self._places.append(-1)
        if span > 1:
            self._spans[part] = span
        return part

    def add_figure(self, alternative: str) -> int:
        """Add a picture with the words that say what it shows, and return it."""
        part = self.add("Figure")
        self._alternatives[part] = alternative
        return part

    def add_field(self) -> None:
        """Add the place for a signature at the end: a part of which nothing is drawn."""
        self.field = self.add("Form")

    def drawn(self, part: int, page: int) -> int:
        """Note that a piece of a part is drawn next on a page; return the place of the piece there."""
        while len(self._drawn) <= page:
            self._drawn.append(array("l"))
        pieces = self._drawn[page]
        if self._pages[part] < 0:
            self._pages[part], self._places[part] = page, len(pieces)
        else:
            self._more.setdefault(part, []).append((page, len(pieces)))
        pieces.append(part)
        return len(pieces) - 1

    def role(self, part: int) -> str:
        """Return what a part is."""
        return self._roles[part]

    def parent(self, part: int) -> int:
        """Return the part that holds it."""
        return self._parents[part]

    def span(self, part: int) -> int:
        """Return how many columns a cell takes."""
        return self._spans.get(part, 1)

    def alternative(self, part: int) -> str:
        """Return the words that stand for a picture, none for anything else."""
        return self._alternatives.get(part, "")

    def pieces(self, part: int) -> list[Piece]:
        """Return where a part is drawn."""
        first = [] if self._pages[part] < 0 else [(self._pages[part], self._places[part])]
        return first + self._more.get(part, [])

    def on_page(self, page: int) -> "array[int]":
        """Return the part of each piece on a page, in their order."""
        return self._drawn[page] if page < len(self._drawn) else array("l")

    def children(self, part: int) -> Iterator[int]:
        """Yield the parts that a part holds, in order."""
        inside = self._first[part]
        while inside >= 0:
            yield inside
            inside = self._next[inside]


class Mark:
    """The part that a paragraph, cell or row becomes when it is first drawn; its halves share it."""

    __slots__ = ("part",)

    def __init__(self) -> None:
        self.part: int | None = None

    def of(self, structure: Structure, role: Role, parent: int = DOCUMENT, *, span: int = 1) -> int:
        """Return the part, added to the structure the first time."""
        if self.part is None:
            self.part = structure.add(role, parent, span=span)
        return self.part
