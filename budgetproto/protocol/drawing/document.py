"""The order of the printed protocol."""

from budgetproto.i18n import Language, text
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import fingerprint
from budgetproto.protocol.drawing.agenda import draw_agenda
from budgetproto.protocol.drawing.annexes import draw_annex_list, draw_annexes
from budgetproto.protocol.drawing.attendance import draw_attendance
from budgetproto.protocol.drawing.check_code import draw_check_code
from budgetproto.protocol.drawing.closing import draw_end_note, draw_signatures
from budgetproto.protocol.drawing.foot import begun, bound
from budgetproto.protocol.drawing.front_page import draw_front_page
from budgetproto.protocol.drawing.lists import draw_lists
from budgetproto.protocol.drawing.main_table import draw_main_table
from budgetproto.protocol.drawing.participation import draw_participation
from budgetproto.protocol.drawing.terms import draw_terms
from budgetproto.protocol.drawing.totals_table import draw_totals


def draw(protocol: Protocol, language: Language) -> bytes:
    """Print the protocol in one language as a PDF; the same value gives the same bytes."""
    digest = fingerprint(protocol)
    paper = begun(
        protocol, language, text("protocol.title", language), signed=protocol.facts.number is not None
    )
    draw_front_page(paper)
    paper.flow.turn()
    draw_attendance(paper)
    draw_agenda(paper)
    draw_participation(paper)
    draw_annex_list(paper)
    draw_terms(paper)
    draw_main_table(paper)
    draw_totals(paper)
    draw_lists(paper)
    draw_signatures(paper)
    draw_check_code(paper, digest)
    draw_annexes(paper)
    draw_end_note(paper, digest)
    return bound(paper, digest)
