"""The order of the printed protocol, and what stands at the foot of its pages."""

from budgetproto.i18n import Language
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import fingerprint
from budgetproto.protocol.drawing.agenda import draw_agenda
from budgetproto.protocol.drawing.attendance import draw_attendance
from budgetproto.protocol.drawing.closing import draw_end_note, draw_opinions, draw_signatures
from budgetproto.protocol.drawing.explanation import draw_explanation
from budgetproto.protocol.drawing.front_page import draw_front_page
from budgetproto.protocol.drawing.house_style import FOOT, FOOT_RIGHT
from budgetproto.protocol.drawing.lists import draw_lists
from budgetproto.protocol.drawing.main_table import draw_main_table
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.terms import draw_terms
from budgetproto.protocol.drawing.totals_table import draw_totals
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.style import PORTRAIT

#: How much of a hash stands on each page; the whole of it stands at the end.
_SHORT = 16


def draw(protocol: Protocol, language: Language) -> bytes:
    """Print the protocol in one language as a PDF; the same value gives the same bytes."""
    digest = fingerprint(protocol)
    paper = _paper(protocol, language)
    draw_front_page(paper)
    paper.flow.turn()
    draw_attendance(paper)
    draw_agenda(paper)
    draw_terms(paper)
    draw_main_table(paper)
    draw_totals(paper)
    draw_lists(paper)
    draw_opinions(paper)
    draw_signatures(paper)
    draw_end_note(paper, digest)
    draw_explanation(paper)
    return paper.flow.bound(lambda sheet, page, pages: _foot(paper, digest, sheet, page, pages))


def _paper(protocol: Protocol, language: Language) -> Paper:
    sitting = protocol.facts.sitting
    writer = Writer(language, sitting.unit)
    press = Press(
        title=f"{' '.join(writer.say('title').split())}, {sitting.code}",
        subject=writer.name(sitting.title),
        language=language,
        made_at=protocol.facts.head.at,
    )
    return Paper(protocol, writer, Flow(press, PORTRAIT))


def _foot(paper: Paper, digest: str, sheet: Sheet, page: int, pages: int) -> None:
    """Draw the rule, number or draft mark, hash, journal head and page number."""
    facts, say, style = paper.protocol.facts, paper.writer.say, sheet.style
    y = style.height - style.bottom + 16
    sheet.rule(x=style.left, y=y - 4, to_x=style.width - style.right, to_y=y - 4, weight=0.35)
    number = say("number", number=facts.number) if facts.number else say("draft")
    head = say("foot.head", head=facts.head.digest[:_SHORT])
    sitting = "" if facts.number == facts.sitting.code else facts.sitting.code
    hashed = say("foot.digest", digest=digest[:_SHORT])
    left = paper.writer.joined((sitting, number, hashed, head), " · ")
    for said, foot in ((left, FOOT), (say("foot.page", page=page, pages=pages), FOOT_RIGHT)):
        lines = paper.flow.press.set([(foot.face, said)], foot, style.text_width)
        sheet.text(lines, foot, x=style.left, y=y, width=style.text_width)
