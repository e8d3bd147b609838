"""Words as one document's fonts write them: each word measured once and encoded once."""

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from budgetproto.protocol.typesetting.faces import font, signs
from budgetproto.protocol.typesetting.style import FaceName

#: Stands in an encoded word for "this word needs another font or another subset".
_FOREIGN = "\ue000"

#: The operator that sets a font, and the one that shows a string in it.
Shown = tuple[str, str]

_SPECIAL = {0x28: "\\(", 0x29: "\\)", 0x5C: "\\\\", 0x0D: "\\r"}

#: How each byte is written inside a PDF string.
_BYTES = [_SPECIAL.get(code) or (chr(code) if code < 0x80 else f"\\{code:03o}") for code in range(256)]


class Widths(dict[str, float]):
    """The width of each word in thousandths of the type size, measured when it is first asked for."""

    def __init__(self, face: FaceName) -> None:
        super().__init__()
        self._own = font(face).face.charWidths
        self._glyphs = font(face).face.charToGlyph
        self._signs = signs().face.charWidths

    def __missing__(self, word: str) -> float:
        width = float(sum(self._width(ord(letter)) for letter in word))
        self[word] = width
        return width

    def _width(self, code: int) -> float:
        widths = self._own if code in self._glyphs else self._signs
        return float(widths[code])


class Steps(dict[str, float]):
    """The width of each word with the space before it, in thousandths of the type size."""

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self._widths, self._space = widths, widths[" "]

    def __missing__(self, word: str) -> float:
        step = self._widths[word] + self._space
        self[word] = step
        return step


class Codes(dict[str, str]):
    """Each word as a PDF string in the first subset of its face, or with a mark that it is not all there."""

    def __init__(self, face: FaceName, document: PDFDocument) -> None:
        super().__init__()
        self._font = font(face)
        self._document = document
        self._letters: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        code = "".join([self._letters.get(letter) or self._letter(letter) for letter in word])
        self[word] = code
        return code

    def _letter(self, letter: str) -> str:
        code = _FOREIGN
        if ord(letter) in self._font.face.charToGlyph:
            subset, encoded = self._font.splitString(letter, self._document)[0]
            code = escaped(encoded) if subset == 0 else _FOREIGN
        self._letters[letter] = code
        return code


class Ink:
    """The widths and codes of one face in one document."""

    def __init__(self, face: FaceName, document: PDFDocument) -> None:
        self.font = font(face)
        self.document = document
        self.widths = Widths(face)
        self.steps = Steps(self.widths)
        self.codes = Codes(face, document)
        self._operators: dict[float, str] = {}

    def show(self, words: list[str], size: float) -> list[Shown]:
        """Return the words with spaces between as PDF strings, each with the font operator it needs."""
        codes = self.codes
        line = codes[" "].join([codes[word] for word in words])
        if _FOREIGN in line:
            return self._runs(" ".join(words), size)
        return [(self._operator(size), f"({line}) Tj")]

    def _operator(self, size: float) -> str:
        if size not in self._operators:
            self._operators[size] = self._font_operator(self.font, 0, size)
        return self._operators[size]

    def _font_operator(self, used: TTFont, subset: int, size: float) -> str:
        return f"{used.getSubsetInternalName(subset, self.document)} {size:g} Tf"

    def _runs(self, line: str, size: float) -> list[Shown]:
        shown: list[Shown] = []
        for used, part in _by_font(line, self.font):
            for subset, encoded in used.splitString(part, self.document):
                shown.append((self._font_operator(used, subset, size), f"({escaped(encoded)}) Tj"))
        return shown


def escaped(encoded: bytes) -> str:
    r"""Write bytes as the inside of a PDF string, all of it ASCII.

    >>> escaped(b"a(b\xff")
    'a\\(b\\377'
    """
    return "".join([_BYTES[code] for code in encoded])


def _by_font(line: str, own: TTFont) -> list[tuple[TTFont, str]]:
    """Split a line into runs of its own font and of the font for signs."""
    glyphs, runs = own.face.charToGlyph, list[tuple[TTFont, str]]()
    for letter in line:
        used = own if ord(letter) in glyphs else signs()
        if runs and runs[-1][0] is used:
            runs[-1] = (used, runs[-1][1] + letter)
        else:
            runs.append((used, letter))
    return runs
