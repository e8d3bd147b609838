"""The published version of a protocol on paper: the protocol's own pages without those about persons."""

from budgetproto.i18n import Language, text
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.annexes import draw_annex_list, draw_annexes
from budgetproto.protocol.drawing.closing import draw_end_note
from budgetproto.protocol.drawing.foot import begun, bound
from budgetproto.protocol.drawing.front_page import draw_answer, draw_head, draw_identity
from budgetproto.protocol.drawing.house_style import BODY, EXACT, LIST, NOTE, SECTION
from budgetproto.protocol.drawing.lists import draw_lists
from budgetproto.protocol.drawing.main_table import draw_main_table
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.terms import draw_terms
from budgetproto.protocol.drawing.totals_table import draw_totals


def draw_published(protocol: Protocol, digest: str, language: Language) -> bytes:
    """Print a protocol composed for the public; `digest` is the fingerprint of the full one."""
    paper = begun(protocol, language, text("protocol.title", language))
    draw_head(paper, paper.writer.say("title"))
    _note(paper, digest)
    draw_identity(paper)
    draw_answer(paper)
    draw_annex_list(paper)
    draw_terms(paper)
    draw_main_table(paper)
    draw_totals(paper)
    draw_lists(paper)
    _offices(paper)
    draw_annexes(paper)
    draw_end_note(paper, digest)
    return bound(paper, digest, text("delivery.public.version", language))


def _note(paper: Paper, digest: str) -> None:
    """Say that this is the published version, of which protocol, and what the full one is told by."""
    number = paper.protocol.facts.number
    paper.flow.text(text("delivery.public.note", paper.writer.language, number=number), BODY)
    paper.flow.text(text("delivery.public.full_digest", paper.writer.language), NOTE)
    paper.flow.text(digest, EXACT)


def _offices(paper: Paper) -> None:
    """Name the offices that have a place in the signature block, with a name only where one is left."""
    writer = paper.writer
    paper.flow.text(text("delivery.extract.signed", writer.language), SECTION)
    for signatory in paper.protocol.facts.signatories:
        who = writer.joined((*map(writer.name, (signatory.position, signatory.body)), signatory.name))
        paper.flow.text(writer.label(f"role.{signatory.role}", who), LIST)
