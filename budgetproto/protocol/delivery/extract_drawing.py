"""The extract from a protocol: some of its lines, drawn as the protocol draws them, under its own number."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from budgetproto.i18n import Language, text
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import fingerprint
from budgetproto.protocol.drawing.closing import draw_opinion, signature_line
from budgetproto.protocol.drawing.foot import begun, bound
from budgetproto.protocol.drawing.front_page import draw_head, draw_identity
from budgetproto.protocol.drawing.house_style import BODY, EXACT, LIST, NOTE, SECTION, UNIT_NOTE, WARNING
from budgetproto.protocol.drawing.main_table import main_table
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.snapshot import Opinion, Signatory
from budgetproto.protocol.typesetting.style import LANDSCAPE, PORTRAIT

#: Room for the heading over the certifying signature and the rule to sign on, in points.
_CERTIFIED_HEIGHT = 90


def draw_extract(
    protocol: Protocol, numbers: Collection[int], language: Language, *, replaced_by: str | None = None
) -> bytes:
    """Print the lines of these numbers as an extract; the same values give the same bytes.

    `replaced_by` is the number of the protocol that has replaced this one.
    """
    digest, title = fingerprint(protocol), text("delivery.extract.title", language)
    paper = replace(begun(protocol, language, title, lines=numbers), whole=True)
    draw_head(paper, title)
    if replaced_by:
        paper.flow.text(paper.writer.say("replaced_by", number=replaced_by), WARNING)
    draw_identity(paper)
    _note(paper, numbers, digest)
    paper.flow.turn(LANDSCAPE)
    _lines(paper, numbers)
    paper.flow.turn(PORTRAIT)
    _opinions(paper, numbers)
    _signatures(paper)
    _certified(paper)
    return bound(paper, digest, title)


def _note(paper: Paper, numbers: Collection[int], digest: str) -> None:
    """Say that this is an extract, of which lines of how many, and what to check it against."""
    writer, flow, facts = paper.writer, paper.flow, paper.protocol.facts
    flow.text(text("delivery.extract.note", writer.language, number=facts.number), BODY)
    chosen, every = ", ".join(map(str, sorted(numbers))), len(facts.lines)
    flow.text(text("delivery.extract.lines", writer.language, numbers=chosen, every=every), BODY)
    if paper.protocol.illustrative:
        flow.text(writer.say("illustrative.warning"), WARNING)
    flow.text(writer.say("end.digest"), NOTE)
    flow.text(digest, EXACT)
    flow.text(writer.say("end.head", number=facts.head.sequence, at=facts.head.at), NOTE)
    flow.text(facts.head.digest, EXACT)


def _lines(paper: Paper, numbers: Collection[int]) -> None:
    chosen = tuple(pair for pair in paper.protocol.pairs() if pair[0].number in numbers)
    paper.flow.text(paper.writer.say("lines.title"), SECTION)
    paper.flow.text(paper.writer.label("front.unit", paper.writer.unit_name), UNIT_NOTE)
    paper.flow.table(main_table(paper, chosen))


def _opinions(paper: Paper, numbers: Collection[int]) -> None:
    """Draw what was dissented from or said on these lines; what concerns the whole stays in the protocol."""
    paper.flow.text(text("delivery.extract.opinions", paper.writer.language), SECTION)
    found = list(_on(paper.protocol.facts.opinions, numbers))
    if not found:
        paper.flow.text(text("delivery.extract.no_opinions", paper.writer.language), BODY)
    for opinion in found:
        draw_opinion(paper, opinion)


def _on(opinions: tuple[Opinion, ...], numbers: Collection[int]) -> Iterator[Opinion]:
    return (opinion for opinion in opinions if opinion.line in numbers)


def _signatures(paper: Paper) -> None:
    """Say who has a place in the protocol's signature block, and what became of it."""
    paper.flow.text(text("delivery.extract.signed", paper.writer.language), SECTION)
    for signatory in paper.protocol.facts.signatories:
        paper.flow.text(_signatory(paper, signatory), LIST)


def _signatory(paper: Paper, signatory: Signatory) -> str:
    writer = paper.writer
    who = writer.joined((*map(writer.name, (signatory.position, signatory.body)), signatory.name))
    state = (
        text("delivery.extract.place_to_sign", writer.language)
        if signatory.state == "open"
        else writer.say(f"signatures.{signatory.state}")
    )
    at = writer.say("signing.at", at=signatory.at) if signatory.at else ""
    return writer.joined((writer.label(f"role.{signatory.role}", who), state, at), " — ")


def _certified(paper: Paper) -> None:
    """Draw the place where the secretary certifies that the extract is true to the protocol."""
    writer, flow = paper.writer, paper.flow
    flow.together(_CERTIFIED_HEIGHT)
    flow.text(text("delivery.extract.certified", writer.language), SECTION)
    flow.text(f"{writer.say('role.secretary')}:", BODY)
    signature_line(paper, paper.protocol.facts.attendance.secretary)
