"""The numbered annexes: their list near the beginning, and themselves after the signatures."""

from collections.abc import Callable
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
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.typesetting.style import LANDSCAPE, PORTRAIT
from budgetproto.protocol.typesetting.tables import Cell

#: Lines that are put to parliament, and those whose decisions become amendments of the draft.
UNRESOLVED: Final[tuple[Standing, ...]] = ("not_agreed", "referred", "undecided")
AMENDING: Final[tuple[Standing, ...]] = ("agreed", "partly_agreed")


def draw_annex_list(paper: Paper) -> None:
    """Draw what is annexed, and which annexes there is nothing for."""
    paper.flow.text(paper.writer.say("annexes.title"), SECTION)
    for name in ANNEXES:
        none = "" if _HOLDS[name](paper.protocol) else paper.writer.say("annexes.empty")
        paper.flow.text(paper.writer.joined((title(paper.writer, name), none), " — "), LIST)


def draw_annexes(paper: Paper) -> None:
    """Draw every annex on pages of its own under its number; those with nothing in them are left out."""
    for name, draw in ANNEXES.items():
        if _HOLDS[name](paper.protocol):
            paper.flow.turn(LANDSCAPE if name in _LENGTHWISE else PORTRAIT)
            paper.flow.text(title(paper.writer, name), SECTION)
            draw(paper)


def title(writer: Writer, name: str) -> str:
    """Return number and name of an annex."""
    number = list(ANNEXES).index(name) + 1
    return writer.say("annexes.numbered", number=number, title=writer.message(_TITLES[name]))


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


def _opinions(paper: Paper, kind: str) -> None:
    for opinion in paper.protocol.facts.opinions:
        if opinion.kind == kind:
            draw_opinion(paper, opinion)


def _has_opinions(protocol: Protocol, kind: str) -> bool:
    return any(opinion.kind == kind for opinion in protocol.facts.opinions)


def _is_explained(protocol: Protocol) -> bool:
    option = protocol.facts.option
    return option is not None and bool(option.explained)


#: The annexes in the order of their numbers, which stay the same whatever a sitting has. The abbreviations
#: are those of everything before them.
ANNEXES: Final[dict[str, Callable[[Paper], None]]] = {
    "calculation": draw_explanation,
    "unresolved": _unresolved,
    "dissents": lambda paper: _opinions(paper, "dissent"),
    "opinions": lambda paper: _opinions(paper, "opinion"),
    "amendments": _amendments,
    "settings": draw_settings,
    "rationales": draw_rationales,
    "gains": draw_gains,
    "abbreviations": draw_abbreviations,
}
_TITLES: Final = {
    "calculation": "disputes.explained.title",
    "unresolved": "protocol.annexes.unresolved",
    "dissents": "protocol.annexes.dissents",
    "opinions": "protocol.annexes.opinions",
    "amendments": "protocol.annexes.amendments",
    "settings": "protocol.annexes.settings",
    "rationales": "protocol.annexes.rationales",
    "gains": "protocol.annexes.gains",
    "abbreviations": "protocol.annexes.abbreviations",
}
_LENGTHWISE: Final = frozenset({"calculation", "unresolved", "gains"})
_HOLDS: Final[dict[str, Callable[[Protocol], bool]]] = {
    "calculation": _is_explained,
    "unresolved": lambda protocol: bool(protocol.standing(*UNRESOLVED)),
    "dissents": lambda protocol: _has_opinions(protocol, "dissent"),
    "opinions": lambda protocol: _has_opinions(protocol, "opinion"),
    "amendments": lambda protocol: bool(protocol.standing(*AMENDING)),
    "settings": lambda protocol: bool(protocol.facts.settings),
    "rationales": has_long,
    "gains": has_gains,
    "abbreviations": lambda _: True,
}
