"""What stands at the foot of each page, and how a document is begun."""

from collections.abc import Collection

from budgetproto.i18n import Language
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.house_style import FOOT, FOOT_RIGHT
from budgetproto.protocol.drawing.paper import Pages, Paper
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.particulars import HEAD_KEYWORD, LINES_KEYWORD, Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.style import PORTRAIT

#: How much of a hash stands on each page; the whole of it stands at the end.
_SHORT = 16


def begun(
    protocol: Protocol, language: Language, title: str, *, signed: bool = False, lines: Collection[int] = ()
) -> Paper:
    """Begin a document made from a protocol, in one language, of the moment of its snapshot.

    One that is to be `signed` has a place for the signature of the service; one of some `lines` names them.
    """
    of_lines = LINES_KEYWORD.format(lines=",".join(map(str, sorted(lines)))) if lines else ""
    sitting = protocol.facts.sitting
    writer = Writer(language, sitting.unit)
    about = Particulars(
        title=f"{' '.join(title.split())}, {sitting.code}",
        subject=writer.name(sitting.title),
        language=language,
        made_at=protocol.facts.head.at,
        signature=writer.say("service_signature") if signed else "",
        keywords=HEAD_KEYWORD.format(head=protocol.facts.head.digest) + of_lines,
    )
    return Paper(writer, Flow(Press(about), PORTRAIT), protocol)


def bound(paper: Paper, digest: str, kind: str = "") -> bytes:
    """Draw the foot of every page, which says the `kind` of a document that is not the protocol itself."""
    left = _marks(paper, digest, kind)
    return paper.flow.bound(lambda sheet, page, pages: draw_foot(paper, left, sheet, page, pages))


def short_code(digest: str) -> str:
    """Return the beginning of a hash that tells protocols apart for people."""
    return digest[:_SHORT]


def _marks(paper: Paper, digest: str, kind: str) -> str:
    """Return number or draft mark, hash and journal head."""
    facts, say = paper.protocol.facts, paper.writer.say
    number = say("number", number=facts.number) if facts.number else say("draft")
    head = say("foot.head", head=facts.head.digest[:_SHORT])
    sitting = "" if facts.number == facts.sitting.code else facts.sitting.code
    hashed = say("foot.digest", digest=short_code(digest))
    return paper.writer.joined((kind, sitting, number, hashed, head), " · ")


def draw_foot(paper: Pages, left: str, sheet: Sheet, page: int, pages: int) -> None:
    """Draw the rule, what stands to the `left` and the page number."""
    style = sheet.style
    y = style.height - style.bottom + 16
    sheet.rule(x=style.left, y=y - 4, to_x=style.width - style.right, to_y=y - 4, weight=0.35)
    numbered = paper.writer.say("foot.page", page=page, pages=pages)
    for said, foot in ((left, FOOT), (numbered, FOOT_RIGHT)):
        lines = paper.flow.press.set([(foot.face, said)], foot, style.text_width)
        sheet.text(lines, foot, x=style.left, y=y, width=style.text_width)
