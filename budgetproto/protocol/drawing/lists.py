"""The lists after the table: agreed, not agreed with both views, not in dispute, not yet decided."""

from collections.abc import Sequence
from typing import get_args

from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.drawing.house_style import BODY, LIST, SECTION, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, party_name
from budgetproto.protocol.drawing.rationales import rationale
from budgetproto.protocol.drawing.reasons import positions_of
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Line, Position, Side
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.style import PORTRAIT

Pairs = Sequence[tuple[Line, ComposedLine]]


def draw_lists(paper: Paper) -> None:
    """Draw the lists on upright pages."""
    protocol = paper.protocol
    paper.flow.turn(PORTRAIT)
    _plain_list(paper, "lists.agreed", protocol.standing("agreed", "partly_agreed"))
    _list_with_views(paper, "lists.not_agreed", protocol.standing("not_agreed", "referred"))
    _plain_list(paper, "lists.not_in_dispute", protocol.standing("not_in_dispute"))
    if undecided := protocol.standing("undecided"):
        _list_with_views(paper, "lists.undecided", undecided)


def _plain_list(paper: Paper, key: str, pairs: Pairs) -> None:
    writer, flow = paper.writer, paper.flow
    flow.text(writer.say(key), SECTION)
    if not pairs:
        flow.text(writer.say("lists.none"), BODY)
    for line, made in pairs:
        figure = made.decided if made.decided.figure is not None else made.government
        said = writer.say(
            "lists.settled",
            figure=writer.figure(figure.figure),
            standing=writer.say(f"standing.{made.standing}"),
        )
        flow.text([*_opening(writer, line), ("text", said)], LIST)


def _list_with_views(paper: Paper, key: str, pairs: Pairs) -> None:
    writer, flow = paper.writer, paper.flow
    flow.text(writer.say(key), SECTION)
    if not pairs:
        flow.text(writer.say("lists.none"), BODY)
    for line, made in pairs:
        flow.text(_title(writer, line, made), SUBSECTION)
        for side in get_args(Side):
            _draw_views(paper, f"side.{side}", positions_of(paper, line, side))


def _draw_views(paper: Paper, key: str, positions: Sequence[Position]) -> None:
    writer = paper.writer
    if not positions:
        paper.flow.text([("bold", f"{writer.say(key)}:"), ("text", writer.say("no_position"))], LIST)
    for position in positions:
        name = party_name(paper, position.party)
        said = f"{writer.position(position.figure)}. {rationale(paper, position)}"
        paper.flow.text([("bold", f"{writer.say(key)} ({name}):"), ("text", said)], LIST)


def _opening(writer: Writer, line: Line) -> list[Part]:
    return [
        ("text", f"{line.number}."),
        ("text", f"{writer.joined(map(writer.name, (line.title, line.territory)))} —"),
    ]


def _title(writer: Writer, line: Line, made: ComposedLine) -> str:
    named = writer.joined((*map(writer.name, (line.title, line.territory)), str(line.year)))
    return f"{line.number}. {named} — {writer.say(f'standing.{made.standing}')}"
