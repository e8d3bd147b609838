"""The papers that go to parliament with an issued protocol: the covering letter and the draft resolution."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from budgetproto.database import Database
from budgetproto.i18n import Language, text
from budgetproto.protocol.composed import ComposedLine, Protocol
from budgetproto.protocol.composition import fingerprint
from budgetproto.protocol.delivery.extracts import NotIssued
from budgetproto.protocol.delivery.recording import delivered_of
from budgetproto.protocol.delivery.steps import Letter
from budgetproto.protocol.drawing.closing import signature_line
from budgetproto.protocol.drawing.foot import begun, bound
from budgetproto.protocol.drawing.front_page import answer, instrument, more_decided
from budgetproto.protocol.drawing.house_style import (
    BODY,
    CELL,
    EXACT,
    FIGURE,
    LIST,
    NUMBER,
    OVERLINE,
    SUBSECTION,
    TITLE,
    UNIT_NOTE,
    WARNING,
)
from budgetproto.protocol.drawing.paper import Paper, cell, cells
from budgetproto.protocol.service import Print, paper_of
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act

#: What is left to be filled in by hand.
_BLANK: Final = "________________"


def covering_paper(
    database: Database, person_id: str, sitting_id: str, *, document: str, language: Language
) -> Print:
    """Return one of the papers in one language, for whoever sends the protocol."""
    with database.reading() as session:
        sittings.admitted(session, person_id, sitting_id, Act.TRANSMIT)
        found = paper_of(session, person_id, sitting_id)
        protocols = delivered_of(session, sitting_id)
    if found.issue is None or not protocols:
        raise NotIssued
    step = protocols[0].latest("letter")
    letter = step.facts if step and isinstance(step.facts, Letter) else None
    name = f"{document}_{found.sitting.number}_{language}.pdf"
    return Print(name, DOCUMENTS[document](found.protocol, letter, language))


def draw_letter(protocol: Protocol, letter: Letter | None, language: Language) -> bytes:
    """Print the covering letter: to whom, what is sent, what the sitting came to, what is enclosed."""
    digest = fingerprint(protocol)
    paper = begun(protocol, language, _say(language, "letter.title"))
    _whose(paper)
    _numbered(paper, letter)
    addressee = letter.addressee if letter else _BLANK
    paper.flow.text([("bold", addressee)], BODY)
    paper.flow.text(_say(language, "letter.title"), TITLE)
    paper.flow.text(_say(language, "letter.sends", number=protocol.facts.number), BODY)
    for said in answer(protocol, paper.writer):
        paper.flow.text(said, LIST)
    _illustrative(paper)
    paper.flow.text(_say(language, "letter.enclosed", number=protocol.facts.number), BODY)
    paper.flow.text(paper.writer.say("end.digest"), BODY)
    paper.flow.text(digest, EXACT)
    _chair(paper)
    return bound(paper, digest, _say(language, "letter.title"))


def draw_resolution(protocol: Protocol, _letter: Letter | None, language: Language) -> bytes:
    """Print the draft resolution: what is to be taken up, the rest with its option, who sees to it."""
    digest, title = fingerprint(protocol), _say(language, "resolution.title")
    paper = begun(protocol, language, title)
    facts, writer = protocol.facts, paper.writer
    paper.flow.text(writer.name(facts.sitting.parliament.name), OVERLINE)
    paper.flow.text(title, TITLE)
    paper.flow.text(_say(language, "resolution.draft").upper(), NUMBER)
    paper.flow.text(_say(language, "resolution.about", number=facts.number), SUBSECTION)
    paper.flow.text(
        _say(language, "resolution.resolves", parliament=writer.name(facts.sitting.parliament.name)), BODY
    )
    _points(paper)
    _illustrative(paper)
    return bound(paper, digest, title)


def _points(paper: Paper) -> None:
    """Draw the numbered points; those on lines that there are none of are left out."""
    protocol, writer = paper.protocol, paper.writer
    settled = protocol.standing("agreed", "partly_agreed", "not_in_dispute")
    open_ = protocol.standing("not_agreed", "referred", "undecided")
    points = iter(range(1, 10))
    _point(paper, next(points), "noted", number=protocol.facts.number)
    if settled:
        _point(paper, next(points), "settled")
        _table(paper, settled, "decided")
        if protocol.overall.compared.decided_lines:
            paper.flow.text(more_decided(protocol.overall, writer), BODY)
    if open_:
        _point(paper, next(points), "open")
        _table(paper, open_, "computed")
    _point(paper, next(points), "instruct")
    _point(paper, next(points), "control", committee=writer.name(protocol.facts.sitting.committee.name))


def _point(paper: Paper, place: int, key: str, **values: object) -> None:
    language = paper.writer.language
    paper.flow.text(f"{place}. {_say(language, f'resolution.{key}', **values)}", BODY)


def _table(paper: Paper, pairs: tuple[tuple[Line, ComposedLine], ...], figure: str) -> None:
    """Draw the lines with both positions and the one figure that the point is about."""
    writer = paper.writer
    names = ("number", "line", "government", "lsg", figure)
    paper.flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    rows = (tuple(_row(paper, line, made, figure)) for line, made in pairs)
    titles = [writer.say(f"column.{name}") for name in names]
    paper.table(paper.columns(7, 39, 18, 18, 18), titles, rows, right=(2, 3, 4))


def _row(paper: Paper, line: Line, made: ComposedLine, figure: str) -> Iterator[Cell]:
    writer = paper.writer
    stand = made.decided if figure == "decided" else made.computed
    form = instrument(writer, line) if figure == "decided" else ""
    yield cell(str(line.number), CELL)
    yield cell(writer.name(line.title), CELL)
    yield cells(writer.stated(made.government), FIGURE)
    yield cells(writer.stated(made.lsg), FIGURE)
    yield cells((*writer.stand(stand), form), FIGURE)


def _whose(paper: Paper) -> None:
    sitting = paper.protocol.facts.sitting
    for body in (sitting.parliament, sitting.committee):
        paper.flow.text(paper.writer.name(body.name), OVERLINE)


def _numbered(paper: Paper, letter: Letter | None) -> None:
    number, on = (letter.number, paper.writer.day(letter.on)) if letter else (_BLANK, _BLANK)
    paper.flow.text(f"№ {number}, {on}", BODY)


def _illustrative(paper: Paper) -> None:
    if paper.protocol.illustrative:
        paper.flow.text(paper.writer.say("illustrative.warning"), WARNING)


def _chair(paper: Paper) -> None:
    paper.flow.together(60)
    paper.flow.text(f"{paper.writer.say('role.chair')}:", BODY)
    signature_line(paper, paper.protocol.facts.attendance.chair)


def _say(language: Language, key: str, **values: object) -> str:
    return text(f"delivery.{key}", language, **values)


#: The papers by their name in addresses.
DOCUMENTS: Final[Mapping[str, Callable[[Protocol, Letter | None, Language], bytes]]] = {
    "letter": draw_letter,
    "resolution": draw_resolution,
}
