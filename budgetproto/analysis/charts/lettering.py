"""The letters of an SVG: its text stays text and carries the fonts it is written in, cut down to it.

Without them a reader who has not got the font would see other letters that run over the edge.
"""

import base64
import html
import re
from io import BytesIO
from typing import Final

from budgetproto.protocol.typesetting.faces import FILES, FONTS

FAMILY: Final = "Liberation Serif"
_TEXT: Final = re.compile(r"<text[^>]*>([^<]*)</text>")
_STYLE: Final = "<defs>\n  <style"


def lettered(svg: bytes) -> bytes:
    """Return a picture with the fonts of its texts, regular and bold, in its first style."""
    words = svg.decode()
    letters = "".join(sorted(set(html.unescape("".join(_TEXT.findall(words))))))
    faces = "".join(_face(FILES[face], weight, letters) for face, weight in (("text", 400), ("bold", 700)))
    return words.replace(_STYLE, f'<defs>\n  <style type="text/css">{faces}</style>\n  <style', 1).encode()


def _face(file: str, weight: int, letters: str) -> str:
    font = base64.b64encode(_cut(file, letters)).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
        f'src:url("data:font/woff;base64,{font}") format("woff")}}'
    )


def _cut(file: str, letters: str) -> bytes:
    """Return a font with these letters alone; no time is written into it."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(hinting=False, layout_features=[], name_IDs=[])
    options.drop_tables += ["FFTM"]
    font = TTFont(FONTS / file, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff"
    cut = BytesIO()
    font.save(cut)
    return cut.getvalue()
