"""The numbered annexes: their list near the beginning, and themselves after the signatures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from budgetproto.protocol.composed import Protocol, Standing
from budgetproto.protocol.drawing.closing import draw_opinion
from budgetproto.protocol.drawing.explanation import draw_explanation
from budgetproto.protocol.drawing.front_page import instrument, lsg_stated, sources
from budgetproto.protocol.drawing.gains_table import draw_gains, has_gains
from budgetproto.protocol.drawing.house_style import BODY, CELL, FIGURE, LIST, SECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import Paper, cell, cells
from budgetproto.protocol.drawing.rationales import draw_rationales, has_long
from budgetproto.protocol.drawing.reference import draw_abbreviations, draw_settings
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Line, Opinion, OpinionKind
from budgetproto.protocol.typesetting.style import LANDSCAPE, PORTRAIT, PageStyle
from budgetproto.protocol.typesetting.tables import Cell

#: Lines that are put to parliament, and those whose decisions become amendments of the draft.
UNRESOLVED: Final[tuple[Standing, ...]] = ("not_agreed", "referred", "undecided")
AMENDING: Final[tuple[Standing, ...]] = ("agreed", "partly_agreed")


@dataclass(frozen=True)
class Annex:
    """An annex: the full key of its title, how it is drawn, whether a protocol has anything for it."""

    title: str
    draw: Callable[[Paper], None]
    holds: Callable[[Protocol], bool]
    page: PageStyle = PORTRAIT


def draw_annex_list(paper: Paper) -> None:
    """Draw what is annexed, and which annexes there is nothing for."""
    paper.flow.text(paper.writer.say("annexes.title"), SECTION)
    for number, annex in enumerate(ANNEXES, 1):
        none = "" if annex.holds(paper.protocol) else paper.writer.say("annexes.empty")
        paper.flow.text(paper.writer.joined((_title(paper.writer, number, annex), none), " — "), LIST)


def draw_annexes(paper: Paper) -> None:
    """Draw every annex on pages of its own under its number; those with nothing in them are left out."""
    for number, annex in enumerate(ANNEXES, 1):
        if annex.holds(paper.protocol):
            paper.flow.turn(annex.page)
            paper.flow.text(_title(paper.writer, number, annex), SECTION)
            annex.draw(paper)


def _title(writer: Writer, number: int, annex: Annex) -> str:
    return writer.say("annexes.numbered", number=number, title=writer.message(annex.title))


def _unresolved(paper: Paper) -> None:
    writer = paper.writer
    paper.flow.text(writer.say("annexes.unresolved.note"), BODY)
    paper.flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    titles = ("number", "line", "government", "lsg", "difference", "computed", "result")
    rows = [
        (
            cell(str(line.number)),
            _named(writer, line),
            cells(writer.stated(made.government), FIGURE),
            cells(lsg_stated(writer, line, made), FIGURE),
            cells(writer.difference(made.difference), FIGURE) if made.difference else cell("—", FIGURE),
            cells(writer.stand(made.computed), FIGURE),
            cell(writer.say(f"standing.{made.standing}"), CELL),
        )
        for line, made in paper.protocol.standing(*UNRESOLVED)
    ]
    heads = [writer.say(f"column.{name}") for name in titles]
    paper.table(paper.columns(5, 32, 15, 15, 15, 15, 16), heads, rows, right=(2, 3, 4, 5))


def _amendments(paper: Paper) -> None:
    """Draw per decided line what figure becomes what; the sources of the money below."""
    writer, protocol = paper.writer, paper.protocol
    paper.flow.text(writer.say("annexes.amendments.note"), BODY)
    paper.flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    titles = ("number", "line", "government", "decided", "more_decided")
    rows = [
        (
            cell(str(line.number)),
            _named(writer, line),
            cells(writer.stated(made.government), FIGURE),
            cells((*writer.stand(made.decided), instrument(writer, line)), FIGURE),
            cell(writer.more(made.extra_decided), FIGURE),
        )
        for line, made in protocol.standing(*AMENDING)
    ]
    heads = [writer.say(f"column.{name}") for name in titles]
    paper.table(paper.columns(6, 46, 19, 19, 19), heads, rows, right=(2, 3, 4))
    paper.flow.text(sources(protocol, writer), BODY)


def _named(writer: Writer, line: Line) -> Cell:
    about = writer.joined((writer.name(line.territory), str(line.year), writer.name(line.legal_basis)))
    return cells((writer.name(line.title), about), CELL)


def _opinions(kind: OpinionKind) -> tuple[Callable[[Paper], None], Callable[[Protocol], bool]]:
    """Return how the opinions of one kind are drawn, and whether there are any."""

    def found(protocol: Protocol) -> list[Opinion]:
        return [opinion for opinion in protocol.facts.opinions if opinion.kind == kind]

    def draw(paper: Paper) -> None:
        for opinion in found(paper.protocol):
            draw_opinion(paper, opinion)

    return draw, lambda protocol: bool(found(protocol))


def _is_explained(protocol: Protocol) -> bool:
    option = protocol.facts.option
    return option is not None and bool(option.explained)


#: The annexes in the order of their numbers, which stay the same whatever a sitting has. The abbreviations
#: are those of everything before them.
ANNEXES: Final = (
    Annex("disputes.explained.title", draw_explanation, _is_explained, LANDSCAPE),
    Annex(
        "protocol.annexes.unresolved",
        _unresolved,
        lambda protocol: bool(protocol.standing(*UNRESOLVED)),
        LANDSCAPE,
    ),
    Annex("protocol.annexes.dissents", *_opinions("dissent")),
    Annex("protocol.annexes.opinions", *_opinions("opinion")),
    Annex("protocol.annexes.amendments", _amendments, lambda protocol: bool(protocol.standing(*AMENDING))),
    Annex("protocol.annexes.settings", draw_settings, lambda protocol: bool(protocol.facts.settings)),
    Annex("protocol.annexes.rationales", draw_rationales, has_long),
    Annex("protocol.annexes.gains", draw_gains, has_gains, LANDSCAPE),
    Annex("protocol.annexes.abbreviations", draw_abbreviations, lambda _: True),
)
