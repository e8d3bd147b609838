"""What one side states on a line: its parties, their reasons and sources, their answer on the vulnerable."""

from collections.abc import Iterator

from budgetproto.protocol.differences import counted_position
from budgetproto.protocol.drawing.house_style import CELL
from budgetproto.protocol.drawing.paper import Paper, labelled, party_name, text
from budgetproto.protocol.drawing.rationales import rationale
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Base, Known, Line, Position, Side
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.style import TextStyle

Text = tuple[list[Part], TextStyle]


def side_texts(paper: Paper, line: Line, side: Side) -> Iterator[Text]:
    """Yield the paragraphs of one side's cell."""
    positions = positions_of(paper, line, side)
    if not positions:
        yield labelled(paper.writer.say(f"side.{side}"), paper.writer.say("no_position"))
    counted = counted_position(line, side)
    for position in positions:
        yield from _position(paper, position, counts=position is counted)
    for base in line.bases:
        if base.side == side:
            yield _base(paper.writer, base)


def positions_of(paper: Paper, line: Line, side: Side) -> list[Position]:
    """Return the positions of the parties of one side, in the order of the snapshot."""
    codes = {party.code for party in paper.protocol.facts.parties if party.side == side}
    return [position for position in line.positions if position.party in codes]


def _position(paper: Paper, position: Position, *, counts: bool) -> Iterator[Text]:
    writer = paper.writer
    name = writer.joined((party_name(paper, position.party), _speaker(writer, position)))
    yield labelled(name, rationale(paper, position))
    if not counts:
        yield text(writer.say("position.not_counted", figure=writer.position(position.figure)), CELL)
    for said in _details(writer, position):
        yield text(said, CELL)


def _speaker(writer: Writer, position: Position) -> str:
    return writer.say("position.speaker", speaker=position.speaker) if position.speaker else ""


def _details(writer: Writer, position: Position) -> Iterator[str]:
    if position.instrument:
        yield writer.label("position.instrument", writer.message(position.instrument))
    if position.priority:
        yield writer.label("position.priority", writer.figure(position.priority))
    if position.timing:
        yield writer.label("position.timing", writer.words(position.timing))
    if basis := writer.name(position.legal_basis):
        yield writer.label("legal_basis", basis)
    if source := _source(writer, position):
        yield source
    if position.vulnerable_groups:
        yield writer.label("position.vulnerable_groups", writer.words(position.vulnerable_groups))
    if position.late_round:
        yield writer.say("position.late_round")
    if position.illustrative:
        yield writer.say("position.illustrative")


def _source(writer: Writer, position: Position) -> str:
    dated = writer.day(position.source_date) if position.source_date else ""
    said = writer.joined((writer.name(position.source), dated))
    return writer.label("source", said) if said else ""


def known(writer: Writer, base: Base | Known) -> str:
    """Return a figure known before the sitting, with its source and the date of the data."""
    figure = writer.marked(writer.figure(base.figure), base.illustrative)
    dated = writer.day(base.as_of) if base.as_of else ""
    return writer.joined((figure, writer.name(base.source), dated), "; ")


def _base(writer: Writer, base: Base) -> Text:
    return text(writer.label("base", known(writer, base)), CELL)
