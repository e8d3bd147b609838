"""Paragraphs as set blocks that know their height and where they break well."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetproto.protocol.typesetting.lines import Line
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.structure import Mark
from budgetproto.protocol.typesetting.style import TextStyle

#: Fewer lines than this of a paragraph never stand alone at the foot or at the head of a page.
FEWEST = 2


@dataclass(frozen=True)
class Paragraph:
    """A set text; its halves, where it is cut, stay one part of the document."""

    lines: Sequence[Line]
    style: TextStyle
    mark: Mark = field(default_factory=Mark)

    @property
    def height(self) -> float:
        """Height of the lines, without the space before and after."""
        return len(self.lines) * self.style.leading

    def fitting(self, space: float) -> int:
        """Return how many lines may stand in `space` points: all, none, or a part that breaks well."""
        return well_broken(len(self.lines), int((space + 0.01) // self.style.leading))

    def cut(self, lines: int) -> tuple["Paragraph", "Paragraph"]:
        """Return the first `lines` lines and the others."""
        return replace(self, lines=self.lines[:lines]), replace(self, lines=self.lines[lines:])

    def draw(self, sheet: Sheet, *, x: float, y: float, width: float) -> None:
        """Draw it with its upper left corner at (x, y)."""
        sheet.text(self.lines, self.style, x=x, y=y, width=width, mark=self.mark)


def well_broken(lines: int, room: int) -> int:
    """Return how many of `lines` lines to put where `room` fit, leaving no line alone on either side.

    >>> [well_broken(5, room) for room in range(7)]
    [0, 0, 2, 3, 3, 5, 5]
    """
    if room >= lines:
        return lines
    kept = min(room, lines - FEWEST)
    return kept if kept >= FEWEST else 0
