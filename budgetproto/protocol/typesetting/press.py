"""One document in the making: its canvas, its fonts, its finished sheets."""

from io import BytesIO
from typing import get_args

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from budgetproto.i18n.letters import printable
from budgetproto.protocol.typesetting.faces import font, font_name
from budgetproto.protocol.typesetting.ink import Ink
from budgetproto.protocol.typesetting.lines import Line, LineBreaker, Part
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.style import FaceName, PageStyle, TextStyle

# Streams are compressed, not written as text besides: a quarter smaller, and archives forbid that filter.
rl_config.useA85 = 0


class Press:
    """Sets texts and prints sheets; the same calls give the same bytes."""

    def __init__(self, *, title: str, subject: str, language: str) -> None:
        font("text")  # the canvas asks for its first font by name
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            invariant=1,
            pageCompression=1,
            lang=language,
            # A name is what the canvas wants; the stubs say a number.
            initialFontName=font_name("text"),  # type: ignore[arg-type]
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("budgetproto")
        self._canvas.setAuthor("")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        document = self._canvas._doc  # type: ignore[attr-defined]  # the fonts keep their subsets by document
        self.inks: dict[FaceName, Ink] = {face: Ink(face, document) for face in get_args(FaceName)}
        self._breaker = LineBreaker(self.inks)

    def set(self, parts: list[Part], style: TextStyle, width: float) -> list[Line]:
        """Break a text of several parts into lines for a column of `width` points."""
        return self._breaker.lines(parts, size=style.size, width=width - style.indent)

    def widest_word(self, parts: list[Part], size: float) -> float:
        """Return the width of the widest word of a text in points."""
        words = ((face, word) for face, said in parts for word in printable(said).split())
        return max((self.inks[face].widths[word] for face, word in words), default=0) * size / 1000

    def sheet(self, style: PageStyle) -> Sheet:
        """Return an empty sheet."""
        return Sheet(style, self.inks)

    def bound(self, sheets: list[Sheet]) -> bytes:
        """Print the sheets in order and return the PDF."""
        for sheet in sheets:
            self._canvas.setPageSize((sheet.style.width, sheet.style.height))
            self._canvas.addLiteral(sheet.operators())
            self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()
