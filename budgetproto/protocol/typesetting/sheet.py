"""One page being drawn: every stroke and every text under the role it has for a reader who cannot see it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from budgetproto.protocol.typesetting.ink import Ink
from budgetproto.protocol.typesetting.lines import Line
from budgetproto.protocol.typesetting.style import Align, FaceName, PageStyle, Role, TextStyle

#: The part of the leading that stands above the baseline.
_ASCENT = 0.78


#: Set lines, their style, and where their column begins (x, y).
Placed = tuple[Sequence[Line], TextStyle, float, float]


class Sheet:
    """Collects the operators of one page; y counts downwards from the upper edge, in points."""

    def __init__(self, style: PageStyle, inks: dict[FaceName, Ink]) -> None:
        self.style = style
        self._inks = inks
        self._operators: list[str] = []

    @contextmanager
    def part(self, role: Role) -> Iterator[None]:
        """Open a part of the page that holds other parts, such as a table or a row."""
        self.open(role)
        yield
        self.close()

    def open(self, role: Role) -> None:
        """Open a part that is closed later."""
        self._operators.append(f"/{role} BMC")

    def close(self) -> None:
        """Close the part opened last."""
        self._operators.append("EMC")

    def text(self, lines: Sequence[Line], style: TextStyle, *, x: float, y: float, width: float) -> None:
        """Draw set lines in a column that begins at (x, y), aligned as the style says."""
        column = x + style.indent
        self.block(style.role, [(lines, style, column, y)], width=width - style.indent)

    def block(self, role: Role | None, texts: Sequence[Placed], *, width: float) -> None:
        """Draw several texts of one column as one part of the page, such as a cell.

        Without a role they belong to the part that is open.
        """
        drawn = [f"/{role} BMC BT" if role else "BT"]
        at_x = at_y = 0.0
        font = ""
        for lines, style, column, top in texts:
            # A baseline stands below the upper edge of its line.
            y = self.style.height - top - style.leading * _ASCENT + style.leading
            for line in lines:
                y -= style.leading
                if not line.runs:
                    continue
                x = column + _shift(style.align, width, line.width)
                drawn.append(f"{x - at_x:.2f} {y - at_y:.2f} Td")
                at_x, at_y = x, y
                font = self._show(drawn, line, style.size, font)
        drawn.append("ET EMC" if role else "ET")
        self._operators.append("\n".join(drawn))

    def rule(self, *, x: float, y: float, to_x: float, to_y: float, weight: float) -> None:
        """Draw a thin straight line, an ornament."""
        height = self.style.height
        self._operators.append(
            f"/Artifact BMC {weight:g} w {x:.2f} {height - y:.2f} m {to_x:.2f} {height - to_y:.2f} l S EMC"
        )

    def box(self, *, x: float, y: float, size: float) -> None:
        """Draw an empty box to be ticked by hand, its lower edge at y."""
        self._operators.append(
            f"/Artifact BMC 0.6 w {x:.2f} {self.style.height - y:.2f} {size:.2f} {size:.2f} re S EMC"
        )

    def operators(self) -> str:
        """Return everything drawn so far as one page stream."""
        return "\n".join(self._operators)

    def _show(self, drawn: list[str], line: Line, size: float, font: str) -> str:
        """Add the operators that show a line, setting a font only where it changes; return the last font."""
        for number, (face, words, _) in enumerate(line.runs):
            # The later runs of a line begin with the space that parts them from the run before.
            for needed, shown in self._inks[face].show(["", *words] if number else words, size):
                if needed != font:
                    drawn.append(needed)
                    font = needed
                drawn.append(shown)
        return font


def _shift(align: Align, width: float, used: float) -> float:
    if align == "left":
        return 0
    return width - used if align == "right" else (width - used) / 2
