"""The embedded fonts: a serif for text, its bold, a sans for table heads, one more for signs they lack."""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from budgetproto.protocol.typesetting.style import FaceName

FONTS: Final = Path(__file__).parent / "fonts"

#: The file of each face; `signs` stands in for a letter that a face lacks.
FILES: Final[dict[str, str]] = {
    "text": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "head": "LiberationSans-Bold.ttf",
    "signs": "DejaVuSans.ttf",
}

_lock = Lock()


def font(face: FaceName) -> TTFont:
    """Return the font of a face, registered with reportlab once per process."""
    return _fonts()[face]


def signs() -> TTFont:
    """Return the font for the signs that the faces lack."""
    return _fonts()["signs"]


def font_name(face: str) -> str:
    """Return the name under which reportlab knows a face."""
    return f"Budgetproto-{face}"


def code_points(file: str) -> frozenset[int]:
    """Return every code point for which a font file has a glyph."""
    return frozenset(TTFont(file, str(FONTS / file)).face.charToGlyph)


def _fonts() -> dict[str, TTFont]:
    with _lock:
        return _registered()


@cache
def _registered() -> dict[str, TTFont]:
    # asciiReadable=0 gives codes in order of use: most letters then take one byte below 128 in the stream.
    fonts = {
        face: TTFont(font_name(face), str(FONTS / file), asciiReadable=0) for face, file in FILES.items()
    }
    for made in fonts.values():
        pdfmetrics.registerFont(made)
    return fonts
