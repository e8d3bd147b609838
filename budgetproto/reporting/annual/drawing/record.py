"""The rows of the record behind the computed indicators: drafts, sittings, questions."""

from collections.abc import Iterator

from budgetproto.protocol.drawing.house_style import BODY, FIGURE, NOTE, SECTION, SUBSECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import cell
from budgetproto.protocol.typesetting.style import LANDSCAPE
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.reporting.annual.drawing.pages import MADE_UP, ReportPages
from budgetproto.reporting.annual.record import OF_SITTINGS, SAID, said_of, way_of
from budgetproto.reporting.annual.report import NO_RECORD, DraftFact, SittingFact, Trace


def draw_record(pages: ReportPages) -> None:
    """Draw the rows that the computed values are made of; nothing where no indicator is computed."""
    teller, flow, record = pages.teller, pages.flow, pages.report.record
    if record == NO_RECORD:
        return
    flow.turn(LANDSCAPE)
    flow.text(teller.annex(4, "annual.record.title"), SECTION)
    flow.text(teller.tell("annual.record.how"), BODY)
    for year, entered in record.entered:
        flow.text(teller.tell("annual.record.entered", year=str(year), drafts=entered), NOTE)
    if record.drafts:
        _draw_drafts(pages)
    if record.sittings:
        _draw_sittings(pages)
    if any(each.traces for each in pages.report.money):
        _draw_questions(pages)


def _draw_drafts(pages: ReportPages) -> None:
    teller = pages.teller
    pages.flow.text(teller.tell("annual.record.drafts"), SUBSECTION)
    pages.flow.text(teller.tell("annual.record.drafts.how"), UNIT_NOTE)
    keys = ("year", "draft", "way", *SAID)
    titles = [teller.tell(f"annual.column.{key}") for key in keys]
    rows = (tuple(_draft(pages, each)) for each in pages.report.record.drafts)
    pages.table(pages.columns(7, 10, 20, *[9] * len(SAID)), titles, rows, right=range(3, len(keys)))


def _draft(pages: ReportPages, each: DraftFact) -> Iterator[Cell]:
    teller = pages.teller
    yield cell(str(each.year))
    yield cell(f"№ {each.number}{MADE_UP if each.illustrative else ''}")
    yield cell(teller.tell(f"annual.record.{way_of(each)}"))
    yield from (cell(str(said_of(each, key)), FIGURE) for key in SAID)


def _draw_sittings(pages: ReportPages) -> None:
    teller = pages.teller
    pages.flow.text(teller.tell("annual.record.sittings"), SUBSECTION)
    keys = ("year", "sitting", *OF_SITTINGS)
    titles = [teller.tell(f"annual.column.{key}") for key in keys]
    rows = (tuple(_sitting(each)) for each in pages.report.record.sittings)
    pages.table(pages.columns(8, 20, *[14] * len(OF_SITTINGS)), titles, rows, right=range(2, len(keys)))


def _sitting(each: SittingFact) -> Iterator[Cell]:
    yield cell(str(each.year))
    yield cell(f"№ {each.number}{MADE_UP if each.illustrative else ''}")
    yield from (cell(str(getattr(each, key)), FIGURE) for key in OF_SITTINGS)


def _draw_questions(pages: ReportPages) -> None:
    """Draw of each question its territory and what became of the recommendation; its sums are in annex 2."""
    teller = pages.teller
    pages.flow.text(teller.tell("annual.record.questions"), SUBSECTION)
    keys = ("year", "sitting", "question", "territory", "taken")
    titles = [teller.tell(f"annual.column.{key}") for key in keys]
    names = {each.code: teller.name(each.name) for each in pages.report.grid.places}
    rows = (
        tuple(_question(pages, year.year, trace, names.get(trace.territory, trace.territory)))
        for year in pages.report.money
        for trace in year.traces
    )
    pages.table(pages.columns(6, 12, 42, 24, 16), titles, rows)


def _question(pages: ReportPages, year: int, trace: Trace, place: str) -> Iterator[Cell]:
    teller = pages.teller
    yield cell(str(year))
    yield cell(f"№ {trace.sitting}")
    yield cell(f"{trace.line}. {teller.said(trace.title)}{MADE_UP if trace.illustrative else ''}")
    yield cell(place or "—")
    yield cell(teller.tell(f"reporting.follow_up.taken.{trace.taken}") if trace.taken else "—")
