"""The soms of five years: asked, recommended, adopted, executed; in sums and question by question."""

from collections.abc import Iterator

from budgetproto.protocol.drawing.house_style import BODY, FIGURE, NOTE, SECTION, SUBSECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import cell
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.reporting.annual.content import MONEY
from budgetproto.reporting.annual.drawing.bars import draw_bars
from budgetproto.reporting.annual.drawing.pages import HAND, MADE_UP, ReportPages
from budgetproto.reporting.annual.report import Trace, YearOfMoney


def draw_money(pages: ReportPages) -> None:
    """Draw the table of the years and the bars beside it."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.tell("annual.money.title"), SUBSECTION)
    if not pages.report.money:
        flow.text(teller.tell("annual.chart.none"), BODY)
        return
    flow.text(teller.tell("annual.money.how"), UNIT_NOTE)
    flow.text(teller.tell("annual.money.recommended.what"), UNIT_NOTE)
    flow.text(teller.label("front.unit", teller.unit_name), UNIT_NOTE)
    titles = [teller.tell("annual.column.year"), *(teller.tell(f"annual.money.{part}") for part in MONEY)]
    rows = [_row(pages, each) for each in pages.report.money]
    pages.table(pages.columns(10, 18, 18, 18, 18), titles, rows, right=range(1, 5))
    if any(year.typed for year in pages.report.money):
        flow.text(teller.tell("annual.mark.hand", mark=HAND), NOTE)
        for said in _sources(pages):
            flow.text(said, NOTE)
    if any(any(pages.report.sums(year)) for year in pages.report.years):
        draw_bars(pages)


def draw_traces(pages: ReportPages) -> None:
    """Draw every question behind the sums, with its sitting and protocol."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.annex(2, "annual.trace.title"), SECTION)
    traces = [(each.year, trace) for each in pages.report.money for trace in each.traces]
    if not traces:
        flow.text(teller.tell("annual.trace.none"), BODY)
        return
    # It waits for the table with the heading: the two never stand alone at the foot of a page.
    flow.text(teller.tell("annual.trace.how"), UNIT_NOTE)
    flow.text(teller.label("front.unit", teller.unit_name), UNIT_NOTE)
    titles = [
        *(teller.tell(f"annual.column.{key}") for key in ("year", "sitting", "question", "protocol")),
        *(teller.tell(f"annual.money.{part}") for part in MONEY),
    ]
    rows = [_trace(pages, year, trace) for year, trace in traces]
    pages.table(pages.columns(6, 9, 34, 10, 13, 13, 13, 13), titles, rows, right=range(4, 8))


def _row(pages: ReportPages, year: YearOfMoney) -> tuple[Cell, ...]:
    made_up = any(each.illustrative for each in year.traces)
    sums = (_marked(pages, year, part) for part in MONEY)
    name = str(year.year) + (MADE_UP if made_up else "")
    return cell(name), *(cell(each, FIGURE) for each in sums)


def _marked(pages: ReportPages, year: YearOfMoney, part: str) -> str:
    said = pages.teller.money(year.all_of(part))
    return said + HAND if year.by_hand(part) is not None else said


def _sources(pages: ReportPages) -> Iterator[str]:
    for year in pages.report.money:
        for each in year.typed:
            yield pages.teller.tell("annual.money.source", year=str(year.year), source=each.source)


def _trace(pages: ReportPages, year: int, trace: Trace) -> tuple[Cell, ...]:
    teller = pages.teller
    title = f"{trace.line}. {teller.said(trace.title)}{MADE_UP if trace.illustrative else ''}"
    amounts = (getattr(trace, part) for part in MONEY)
    return (
        cell(str(year)),
        cell(f"№ {trace.sitting}"),
        cell(title),
        cell((trace.protocol and f"№ {trace.protocol}") or "—"),
        *(cell(teller.money(each), FIGURE) for each in amounts),
    )
