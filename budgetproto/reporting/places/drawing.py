"""The sheet of a place on paper: one table a year, drawn as the protocol is drawn, for archives."""

from budgetproto.i18n import Language, text
from budgetproto.protocol.drawing.foot import draw_foot, short_code
from budgetproto.protocol.drawing.house_style import (
    BODY,
    CELL_BOLD,
    EXACT,
    FIGURE,
    FIGURE_BOLD,
    LIST,
    NOTE,
    OVERLINE,
    SECTION,
    TITLE,
    UNIT_NOTE,
    WARNING,
)
from budgetproto.protocol.drawing.paper import Pages, cell, cells
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.particulars import Particulars
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import LANDSCAPE
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.reporting.places.domain import STEPS, Question, Step, Year
from budgetproto.reporting.places.gathering import Place
from budgetproto.reporting.places.telling import joined, marks, notes, sources

_SHARES = (290, 96, 96, 96, 96, 96)


def draw_place(found: Place, language: Language) -> bytes:
    """Print the sheet in one language; the same values give the same bytes."""
    pages = _begun(found, language)
    writer, flow = pages.writer, pages.flow
    flow.text(", ".join(writer.name(each.name) for each in found.above), OVERLINE)
    flow.text(writer.name(found.territory.name), TITLE)
    flow.text(text("places.what", language), BODY)
    flow.text(text("places.what.recommended", language), BODY)
    if found.illustrative:
        flow.text(text("analysis.note.illustrative", language), WARNING)
    for told in joined(found):
        flow.text(writer.name(told), BODY)
    if not found.questions:
        flow.text(text("places.none", language), BODY)
    for year in found.years:
        flow.text(text("places.year", language, year=str(year.year)), SECTION)
        _table(pages, found, year)
    if len(found.years) > 1:
        flow.text(text("places.all_years", language), SECTION)
        _sums(pages, found)
    _beside(pages, found)
    flow.text(text("places.notes", language), SECTION)
    for note in notes(found):
        flow.text(writer.name(note), LIST)
    flow.text(text("places.digest", language), NOTE)
    flow.text(found.digest, EXACT)
    return _bound(pages, found)


def _begun(found: Place, language: Language) -> Pages:
    writer = Writer(language, found.unit)
    name = writer.name(found.territory.name)
    about = Particulars(
        title=f"{name}, {found.territory.soate}",
        subject=text("places.what", language),
        language=language,
        made_at=found.as_of,
    )
    return Pages(writer, Flow(Press(about), LANDSCAPE))


def _bound(pages: Pages, found: Place) -> bytes:
    writer = pages.writer
    as_of = text("places.as_of", writer.language, at=found.as_of)
    said = (writer.name(found.territory.name), found.territory.soate, as_of, short_code(found.digest))
    left = writer.joined(said, " · ")
    return pages.flow.bound(lambda sheet, page, of: draw_foot(pages, left, sheet, page, of))


def _table(pages: Pages, found: Place, year: Year, *, sums: bool = True) -> None:
    """Draw the questions of a year, the sums of the money under them."""
    writer, language = pages.writer, pages.writer.language
    pages.flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    titles = [text("places.column.title", language), *(text(f"places.column.{s}", language) for s in STEPS)]
    rows = [_row(pages, found, each) for each in year.questions]
    if sums:
        total = cell(text("analysis.total.short", language), CELL_BOLD)
        rows.append((total, *(_sum(pages, year, step) for step in STEPS)))
    pages.table(pages.columns(*_SHARES), titles, rows, right=range(1, len(_SHARES)))


def _sums(pages: Pages, found: Place) -> None:
    """Draw the sums of each year, and of all."""
    writer, language = pages.writer, pages.writer.language
    pages.flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    titles = [text("places.column.year", language), *(text(f"places.column.{s}", language) for s in STEPS)]
    rows = [(cell(str(year.year)), *(_sum(pages, year, step) for step in STEPS)) for year in found.years]
    total = cell(text("analysis.total.short", language), CELL_BOLD)
    rows.append((total, *(_sum(pages, found.whole, step) for step in STEPS)))
    pages.table(pages.columns(*_SHARES), titles, rows, right=range(1, len(_SHARES)))


def _beside(pages: Pages, found: Place) -> None:
    """Draw the questions about what the place was made of and what it lies in; they enter no sum."""
    language = pages.writer.language
    for why, questions in found.beside:
        pages.flow.text(text(f"places.{why}", language), SECTION)
        pages.flow.text(text(f"places.{why}.what", language), BODY)
        _table(pages, found, Year(None, questions), sums=False)


def _row(pages: Pages, found: Place, question: Question) -> tuple[Cell, ...]:
    writer = pages.writer
    name = found.names.get(question.territory)
    about = (f"{question.year}", writer.name(name) if name else "", writer.name(question.kind))
    said = (
        f"№ {question.protocol}, № {question.number}. {writer.name(question.title)}",
        writer.joined(about, " · "),
        *map(writer.name, (*marks(question), *sources(question))),
    )
    return (cells(said), *(_stated(pages, question, step) for step in STEPS))


def _stated(pages: Pages, question: Question, step: Step) -> Cell:
    writer, stated = pages.writer, question.step(step)
    return cells((writer.figure(stated.figure), writer.mark(stated.illustrative)), FIGURE)


def _sum(pages: Pages, year: Year, step: Step) -> Cell:
    """Return a sum with the mark of what is made up, and of how many questions it is."""
    writer, total = pages.writer, year.total(step)
    if not total.lines:
        return cell(writer.money(None), FIGURE_BOLD)
    counted = text("places.of", writer.language, lines=total.lines)
    said = (writer.money(total.sum), counted, writer.mark(total.illustrative))
    return cells(said, FIGURE_BOLD)
