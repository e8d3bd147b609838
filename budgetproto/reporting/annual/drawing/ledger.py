"""Every value of the report: under each indicator a row for each territory, year by year.

The names of territories and most figures come again and again: each is set once for its column.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from budgetproto.protocol.drawing.house_style import BODY, CELL, FIGURE, NOTE, SECTION, SUBSECTION
from budgetproto.protocol.drawing.paper import beside, cell
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.style import TextStyle
from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Row, SetCell, Table
from budgetproto.reporting.annual.domain import Value
from budgetproto.reporting.annual.drawing.pages import HAND, MADE_UP, RECORD, ReportPages
from budgetproto.reporting.annual.figures import written
from budgetproto.reporting.annual.report import GridRow, Measured


@dataclass
class Setter:
    """Sets the cells of one table of many short texts, each text of a column once."""

    press: Press
    columns: Columns
    known: dict[tuple[int, str], SetCell] = field(default_factory=dict)

    def row(self, said: tuple[str, ...], styles: tuple[TextStyle, ...]) -> Row:
        """Return a row; its cells are its own, their texts are shared with rows that say the same."""
        cells = tuple(self._cell(place, words, styles[place]) for place, words in enumerate(said))
        return Row(cells, max(each.height for each in cells) + 2 * self.columns.style.pad_y)

    def _cell(self, place: int, words: str, style: TextStyle) -> SetCell:
        found = self.known.get((place, words))
        if found is None:
            blank: list[Cell] = [Cell(()) for _ in self.columns.widths]
            blank[place] = beside(cell(words, style)) if style is CELL and place else cell(words, style)
            found = self.columns.row(self.press, blank).cells[place]
            self.known[place, words] = found
        return SetCell(found.x, found.width, found.paragraphs, found.height)


#: Stands after a value by where it comes from.
_MARKS: Final = {"typed": HAND, "record": RECORD}
_VERDICT: Final = 22
_PLACE: Final = 40
_YEAR: Final = 14


def draw_values(pages: ReportPages) -> None:
    """Draw the values of every indicator; one without a value says so."""
    teller, flow = pages.teller, pages.flow
    flow.text(teller.annex(3, "annual.values.title"), SECTION)
    flow.text(teller.tell("annual.values.how"), BODY)
    flow.text(teller.tell("annual.mark.hand", mark=HAND), NOTE)
    if any(each.from_record for each in pages.report.measured):
        flow.text(teller.tell("annual.mark.record", mark=RECORD), NOTE)
    if pages.report.illustrative:
        flow.text(teller.tell("annual.mark.made_up", mark=MADE_UP), NOTE)
    years = len(pages.report.years)
    columns = pages.columns(_PLACE, *[_YEAR] * years, _VERDICT)
    setter = Setter(flow.press, columns)
    for measured in pages.report.measured:
        _draw_indicator(pages, columns, setter, measured)


def _draw_indicator(pages: ReportPages, columns: Columns, setter: Setter, measured: Measured) -> None:
    teller, flow, indicator = pages.teller, pages.flow, measured.indicator
    flow.text(
        f"{teller.said(indicator.name)}, {teller.tell(f'annual.measure.{indicator.measure}')}", SUBSECTION
    )
    if not measured.rows:
        flow.text(teller.tell("annual.values.none"), BODY)
        return
    titles = [
        teller.tell("annual.column.territory"),
        *map(str, pages.report.years),
        teller.tell("annual.column.verdict"),
    ]
    head = pages.head(columns, titles, right=range(1, len(titles) - 1))
    flow.table(Table(columns, head, _groups(pages, setter, measured)))


def _groups(pages: ReportPages, setter: Setter, measured: Measured) -> Iterator[Group]:
    styles = (CELL, *[FIGURE] * len(pages.report.years), CELL)
    for row in measured.rows:
        yield Group((setter.row(_said(pages, measured, row), styles),))


def _said(pages: ReportPages, measured: Measured, row: GridRow) -> tuple[str, ...]:
    teller = pages.teller
    values = (_value(pages, measured, each) for each in row.values)
    name = teller.name(row.place.name)
    return name, *values, teller.tell(f"annual.verdict.{row.judgement.verdict}")


def _value(pages: ReportPages, measured: Measured, value: Value | None) -> str:
    if value is None:
        return "—"
    said = written(value.number, measured.indicator.measure, pages.teller.language)
    return said + _MARKS.get(value.origin, "") + (MADE_UP if value.illustrative else "")
