"""The code beside the signatures that a telephone reads: where the file of this protocol is checked."""

from functools import partial
from urllib.parse import urlencode

import segno

from budgetproto.protocol.drawing.foot import short_code
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.typesetting.pen import Pen
from budgetproto.protocol.typesetting.style import FaceName

#: Side of the code in points, about three centimetres.
_SIDE = 88
#: Where the words beside it begin, and how far apart they stand.
_BESIDE, _LEADING = 104, 14


def draw_check_code(paper: Paper, digest: str) -> None:
    """Draw the address of the page that checks files, with number and short code, where there is one."""
    address = check_address(paper, digest)
    if not address:
        return
    beside = _beside(paper, short_code(digest))
    alternative = paper.writer.say("qr.alternative", address=address)
    paper.flow.figure(_SIDE, partial(_draw, address, beside), alternative)


def check_address(paper: Paper, digest: str) -> str:
    """Return the whole address; a draft and a service without a public address have none."""
    facts = paper.protocol.facts
    if not (facts.number and facts.verify_at):
        return ""
    return f"{facts.verify_at}?{urlencode({'number': facts.number, 'code': short_code(digest)})}"


def _beside(paper: Paper, code: str) -> tuple[str, ...]:
    """Return what people read beside the code, line by line."""
    writer, facts = paper.writer, paper.protocol.facts
    number = writer.say("number", number=facts.number)
    return writer.say("qr.title"), number, writer.label("qr.code", code), facts.verify_at


def _draw(address: str, beside: tuple[str, ...], pen: Pen, x: float, y: float) -> None:
    rows = segno.make(address, error="m", micro=False).matrix
    pen.grid(rows, x, y, size=_SIDE / len(rows))
    for line, words in enumerate(beside):
        face: FaceName = "text" if line else "bold"
        pen.words(words, x + _BESIDE, y + (line + 1) * _LEADING, size=10, face=face)
