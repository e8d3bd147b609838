"""Last year's report beside this one: verdicts of the indicators that both have, and the sums."""

from budgetproto.protocol.drawing.house_style import BODY, FIGURE, NOTE, SUBSECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import cell, cells
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.reporting.annual.content import MONEY
from budgetproto.reporting.annual.domain import VERDICTS
from budgetproto.reporting.annual.drawing.indicators import name_of
from budgetproto.reporting.annual.drawing.pages import ReportPages
from budgetproto.reporting.annual.report import Earlier, Measured


def draw_comparison(pages: ReportPages) -> None:
    """Draw what last year's report counted and what this one counts."""
    teller, flow, earlier = pages.teller, pages.flow, pages.report.earlier
    flow.text(teller.tell("annual.compared.title"), SUBSECTION)
    if earlier is None:
        flow.text(teller.tell("annual.compared.none"), BODY)
        return
    flow.text(teller.tell("annual.compared.how", year=str(earlier.year), digest=earlier.digest), NOTE)
    verdicts = dict(earlier.verdicts)
    both = [each for each in pages.report.measured if each.indicator.key in verdicts]
    titles = [
        teller.tell("annual.column.indicator"),
        *(teller.tell(f"annual.verdict.{each}") for each in VERDICTS),
    ]
    rows = [_row(pages, each, verdicts[each.indicator.key]) for each in both]
    pages.table(pages.columns(40, 15, 15, 15, 15), titles, rows, right=range(1, 5))
    _draw_sums(pages, earlier)


def _draw_sums(pages: ReportPages, earlier: Earlier) -> None:
    teller, report = pages.teller, pages.report
    pages.flow.text(teller.label("front.unit", teller.unit_name), UNIT_NOTE)
    titles = [teller.tell("annual.column.year"), *(teller.tell(f"annual.money.{part}") for part in MONEY)]
    rows = [
        (cell(str(year)), *(cell(teller.money(each), FIGURE) for each in sums))
        for year, sums in ((earlier.year, earlier.sums), (report.year, report.sums(report.year)))
    ]
    pages.table(pages.columns(10, 18, 18, 18, 18), titles, rows, right=range(1, 5))


def _row(pages: ReportPages, measured: Measured, before: tuple[int, ...]) -> tuple[Cell, ...]:
    counts = (measured.counted.count(each) for each in VERDICTS)
    said = (f"{was} → {now}" for was, now in zip(before, counts, strict=True))
    return cells(name_of(pages, measured.indicator)), *(cell(each, FIGURE) for each in said)
