"""One page being drawn: every stroke and every text under the role it has for a reader who cannot see it."""

import zlib
from collections.abc import Sequence

from budgetproto.protocol.typesetting.ink import Ink
from budgetproto.protocol.typesetting.lines import Line
from budgetproto.protocol.typesetting.pen import Pen
from budgetproto.protocol.typesetting.structure import Mark, Structure
from budgetproto.protocol.typesetting.style import (
    ARTIFACT,
    TITLES,
    Align,
    FaceName,
    PageStyle,
    Role,
    TextStyle,
)

#: The part of the leading that stands above the baseline.
_ASCENT = 0.78


#: Set lines, their style, and where their column begins (x, y).
Placed = tuple[Sequence[Line], TextStyle, float, float]


class Sheet:
    """Collects the operators of one page; y counts downwards from the upper edge, in points."""

    def __init__(
        self, style: PageStyle, inks: dict[FaceName, Ink], structure: Structure, number: int
    ) -> None:
        self.style = style
        self.number = number
        self.structure = structure
        self._inks = inks
        self._operators: list[str] = []
        self._streams: list[bytes] = []
        #: (role, words, y) of the titles that begin here.
        self.titles: list[tuple[Role, str, float]] = []

    def text(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        *,
        x: float,
        y: float,
        width: float,
        mark: Mark | None = None,
    ) -> None:
        """Draw set lines in a column that begins at (x, y), aligned as the style says.

        `mark` is given where one text is drawn in several pieces.
        """
        mark = mark or Mark()
        if style.role in TITLES and mark.part is None:
            self.titles.append((style.role, _said(lines), y))
        part = None if style.role == ARTIFACT else mark.of(self.structure, style.role)
        self.block(part, [(lines, style, x + style.indent, y)], width=width - style.indent)

    def block(self, part: int | None, texts: Sequence[Placed], *, width: float) -> None:
        """Draw several texts of one column as a piece of a part; without a part it is furniture."""
        tag = "/Artifact BMC"
        if part is not None:
            place = self.structure.drawn(part, self.number)
            tag = f"/{self.structure.role(part)} <</MCID {place}>> BDC"
        drawn = [f"{tag} BT"]
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
        drawn.append("ET EMC")
        self._operators.append("\n".join(drawn))

    def figure(self, pen: Pen, alternative: str) -> None:
        """Put down what a pen has drawn as one picture; `alternative` says it in words."""
        part = self.structure.add_figure(alternative)
        place = self.structure.drawn(part, self.number)
        self._operators.append(f"/Figure <</MCID {place}>> BDC q\n{pen.operators()}\nQ EMC")

    def pen(self) -> Pen:
        """Return a pen for a picture on this sheet."""
        return Pen(self.style.height, self._inks)

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

    def put_by(self) -> None:
        """Pack what is drawn so far: a finished page takes a fiftieth of its room."""
        if self._operators:
            self._streams.append(zlib.compress("\n".join(self._operators).encode("ascii")))
            self._operators = []

    def streams(self) -> list[bytes]:
        """Return everything drawn as packed streams, to be read one after another."""
        self.put_by()
        return self._streams

    def given_up(self) -> list[bytes]:
        """Return everything drawn and forget it."""
        streams, self._streams = self.streams(), []
        return streams

    def operators(self) -> str:
        """Return everything drawn as text."""
        return "\n".join(zlib.decompress(stream).decode("ascii") for stream in self.streams())

    def _show(self, drawn: list[str], line: Line, size: float, font: str) -> str:
        """Add the operators that show a line, setting a font only where it changes; return the last font."""
        last = len(line.runs) - 1
        for number, (face, words, _) in enumerate(line.runs):
            # The later runs of a line begin with the space that parts them from the run before.
            said = ["", *words] if number else words
            if line.goes_on and number == last:
                said = [*said, ""]
            for needed, shown in self._inks[face].show(said, size):
                if needed != font:
                    drawn.append(needed)
                    font = needed
                drawn.append(shown)
        return font


def _shift(align: Align, width: float, used: float) -> float:
    if align == "left":
        return 0
    return width - used if align == "right" else (width - used) / 2


def _said(lines: Sequence[Line]) -> str:
    """Return the words of set lines."""
    return " ".join(word for line in lines for run in line.runs for word in run.words)
