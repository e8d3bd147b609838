"""A pen for pictures: strokes, filled shapes and words in greys, at places on one sheet."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from budgetproto.i18n.letters import printable
from budgetproto.protocol.typesetting.ink import Ink
from budgetproto.protocol.typesetting.style import Align, FaceName

Point = tuple[float, float]


class Pen:
    """Collects the operators of a picture; y counts downwards from the upper edge of the sheet, in points."""

    def __init__(self, height: float, inks: Mapping[FaceName, Ink]) -> None:
        self._height = height
        self._inks = inks
        self._operators: list[str] = []

    def stroke(
        self, points: Sequence[Point], *, weight: float = 0.6, dash: float = 0, grey: float = 0
    ) -> None:
        """Draw a line through points, broken into dashes of so many points if asked."""
        dashes = f"[{dash:g}] 0 d" if dash else "[] 0 d"
        self._operators.append(f"{grey:g} G {weight:g} w {dashes} {self._path(points)} S")

    def shape(self, points: Sequence[Point], *, grey: float) -> None:
        """Fill a shape in a grey (0 is black, 1 is white) and draw its edge thinly."""
        self._operators.append(f"{grey:g} g 0 G 0.4 w [] 0 d {self._path(points)} b")

    def bar(self, x: float, y: float, to_x: float, to_y: float, *, grey: float) -> None:
        """Fill a box between two corners."""
        self.shape([(x, y), (to_x, y), (to_x, to_y), (x, to_y)], grey=grey)

    def grid(self, rows: Sequence[Sequence[int]], x: float, y: float, *, size: float) -> None:
        """Fill the dark squares of a grid black; its upper left corner is at (x, y), a square `size` wide."""
        runs = [
            f"{column} {number} {width} 1 re"
            for number, row in enumerate(rows)
            for column, width in _dark_runs(row)
        ]
        placed = f"q {size:g} 0 0 {-size:g} {x:.2f} {self._height - y:.2f} cm"
        self._operators.append(f"{placed} 0 g {' '.join(runs)} f Q")

    def words(
        self,
        said: str,
        x: float,
        y: float,
        *,
        size: float = 8,
        face: FaceName = "text",
        align: Align = "left",
    ) -> None:
        """Write words on the baseline y, from x, up to x, or with x in their middle."""
        width = self.width(said, size=size, face=face)
        x -= {"left": 0.0, "right": width, "center": width / 2}[align]
        shown = self._inks[face].show(printable(said).split(), size)
        written = " ".join(f"{font} {string}" for font, string in shown)
        self._operators.append(f"0 g BT {x:.2f} {self._height - y:.2f} Td {written} ET")

    def width(self, said: str, *, size: float = 8, face: FaceName = "text") -> float:
        """Return how wide words are, in points."""
        return self._inks[face].widths[" ".join(printable(said).split())] * size / 1000

    def operators(self) -> str:
        """Return everything drawn."""
        return "\n".join(self._operators)

    def _path(self, points: Sequence[Point]) -> str:
        (x, y), *others = points
        steps = [f"{x:.2f} {self._height - y:.2f} m"]
        steps += [f"{x:.2f} {self._height - y:.2f} l" for x, y in others]
        return " ".join(steps)


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where dark squares stand side by side, and how many.

    >>> list(_dark_runs([1, 1, 0, 1]))
    [(0, 2), (3, 1)]
    """
    column = 0
    for dark, squares in groupby(row):
        width = len(list(squares))
        if dark:
            yield column, width
        column += width
