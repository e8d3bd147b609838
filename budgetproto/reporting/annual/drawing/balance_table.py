"""How evenly money per resident is spread, year by year, before and after transfers."""

from fractions import Fraction

from budgetproto.protocol.drawing.house_style import BODY, FIGURE, NOTE, SUBSECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import cell
from budgetproto.protocol.typesetting.tables import Cell
from budgetproto.reporting.annual.balance import Spread
from budgetproto.reporting.annual.drawing.pages import ReportPages
from budgetproto.reporting.annual.figures import coefficient
from budgetproto.reporting.annual.report import YearOfBalance

_TITLES = ("year", "balance.of", "territories", "per_head", "gini", "theil", "ratio")


def draw_balance(pages: ReportPages) -> None:
    """Draw two rows for each year whose figures are known, and how many territories lack them."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.tell("annual.balance.title"), SUBSECTION)
    if not pages.report.balance:
        flow.text(teller.tell("annual.balance.none"), BODY)
        return
    flow.text(teller.tell("annual.balance.how"), UNIT_NOTE)
    rows = [row for year in pages.report.balance for row in _rows(pages, year)]
    titles = [teller.tell(f"annual.column.{key}") for key in _TITLES]
    pages.table(pages.columns(8, 21, 15, 16, 13, 14, 15), titles, rows, right=range(2, 7))
    for year in pages.report.balance:
        said = teller.tell("annual.balance.left_out", year=str(year.year), territories=year.left_out)
        flow.text(teller.joined((said, *year.sources), " "), NOTE)


def _rows(pages: ReportPages, year: YearOfBalance) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (cell(str(year.year)), cell(pages.teller.tell(f"annual.balance.{key}")), *_figures(pages, spread))
        for key, spread in (("before", year.found.before), ("after", year.found.after))
    )


def _figures(pages: ReportPages, spread: Spread) -> tuple[Cell, ...]:
    language = pages.teller.language
    theil = None if spread.theil is None else Fraction(spread.theil)
    per_head = None if spread.per_head is None else spread.per_head / 100
    said = (
        str(spread.places),
        coefficient(per_head, language, decimals=0),
        coefficient(spread.gini, language),
        coefficient(theil, language),
        coefficient(spread.ratio, language, decimals=1),
    )
    return tuple(cell(each, FIGURE) for each in said)
