"""One document in the making: its fonts, its structure, its finished sheets."""

from typing import get_args

from reportlab.pdfbase.pdfdoc import PDFDocument

from budgetproto.i18n.letters import printable
from budgetproto.protocol.typesetting.archive import bound
from budgetproto.protocol.typesetting.ink import Ink
from budgetproto.protocol.typesetting.lines import Line, LineBreaker, Part
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.structure import Structure
from budgetproto.protocol.typesetting.style import FaceName, PageStyle, TextStyle


class Press:
    """Sets texts and prints sheets; the same calls give the same bytes."""

    def __init__(self, about: Particulars) -> None:
        self._particulars = about
        self._document = PDFDocument(invariant=1, compression=1)  # keeps the subsets of the fonts
        self.structure = Structure()
        self.inks: dict[FaceName, Ink] = {face: Ink(face, self._document) for face in get_args(FaceName)}
        self._breaker = LineBreaker(self.inks)
        self._sheets = 0

    def set(self, parts: list[Part], style: TextStyle, width: float) -> list[Line]:
        """Break a text of several parts into lines for a column of `width` points."""
        return self._breaker.lines(parts, size=style.size, width=width - style.indent)

    def widest_word(self, parts: list[Part], size: float) -> float:
        """Return the width of the widest word of a text in points."""
        words = ((face, word) for face, said in parts for word in printable(said).split())
        return max((self.inks[face].widths[word] for face, word in words), default=0) * size / 1000

    def words(self) -> frozenset[str]:
        """Return every word that was set so far."""
        return frozenset(word for ink in self.inks.values() for word in ink.widths)

    def sheet(self, style: PageStyle) -> Sheet:
        """Return an empty sheet, the next one of the document."""
        self._sheets += 1
        return Sheet(style, self.inks, self.structure, self._sheets - 1)

    def bound(self, sheets: list[Sheet]) -> bytes:
        """Print the sheets in order and return the PDF."""
        if self._particulars.signature:
            self.structure.add_field()
        return bound(self._document, sheets, self.structure, self._particulars)
