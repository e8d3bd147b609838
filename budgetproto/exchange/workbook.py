"""Writes tables as an XLSX workbook: real numbers, text that is never a formula, the same bytes twice."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from budgetproto.exchange.cells import exact_decimal, fraction, points
from budgetproto.exchange.problems import TooLarge
from budgetproto.exchange.sheet import Cell, Kind, Sheet, Total, heading, notes
from budgetproto.i18n import Language, Named
from budgetproto.money import Som, Unit

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: The clock must not be in the file: equal tables give equal bytes.
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
#: A spreadsheet's number is a double of which 15 digits are kept.
_DIGITS: Final = 15
_LONGEST_TEXT: Final = 32_767
_MOST_ROWS: Final = 1_048_576
_WIDTHS: Final[dict[Kind, int]] = {
    "text": 40, "amount": 18, "integer": 12, "year": 10, "percentage": 12, "share": 12, "fraction": 14,
    "date": 12,
}  # fmt: skip


@dataclass
class _Page:
    """A worksheet being written, with the formats it has used so far."""

    book: Any
    page: Any
    language: Language
    unit: Unit
    formats: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def format(self, pattern: str, *, bold: bool = False) -> Any:
        """Return the number format of a pattern, made once for the workbook."""
        if (pattern, bold) not in self.formats:
            look = {"num_format": pattern, "bold": bold, **({"top": 1} if bold else {})}
            self.formats[pattern, bold] = self.book.add_format(look)
        return self.formats[pattern, bold]


def to_xlsx(sheets: Sequence[Sheet], language: Language, unit: Unit) -> bytes:
    """Write one worksheet per table; raise TooLarge for a text or table beyond what a worksheet holds.

    A number of more digits than a spreadsheet keeps is written as text, exactly.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"created": _CREATED})
    formats: dict[tuple[str, bool], Any] = {}
    for number, sheet in enumerate(sheets, start=1):
        page = book.add_worksheet(_page_name(sheet.title.text(language), number))
        _write(sheet, _Page(book, page, language, unit, formats))
    book.close()
    return file.getvalue()


def _write(sheet: Sheet, page: _Page) -> None:
    if len(sheet.rows) + len(sheet.totals) + len(sheet.notes) + 3 > _MOST_ROWS:
        raise TooLarge(limit=_MOST_ROWS)
    _head(sheet, page)
    for line, row in enumerate(sheet.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _put(page, line, place, cell, column.kind)
    if sheet.rows:
        page.page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    below = len(sheet.rows) + 1
    for line, total in enumerate(sheet.totals, start=below):
        _put_total(page, line, total, sheet)
    for line, note in enumerate(notes(sheet, page.language), start=below + len(sheet.totals) + 1):
        page.page.write_string(line, 0, _checked(note))


def _head(sheet: Sheet, page: _Page) -> None:
    """Write the head of a table, keep it in sight on the screen and on every printed page."""
    look = page.book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"})
    for place, column in enumerate(sheet.columns):
        page.page.set_column(place, place, _width(sheet, place, page.language))
        page.page.write_string(0, place, heading(column, page.language, page.unit), look)
    page.page.freeze_panes(1, sheet.held)
    page.page.repeat_rows(0)
    page.page.set_landscape()
    page.page.set_paper(9)  # A4
    page.page.fit_to_pages(1, 0)
    page.page.set_footer("&L&A&R&P / &N")


def _width(sheet: Sheet, place: int, language: Language) -> int:
    """Return the width of a column in letters: texts get what they need, up to a limit."""
    column = sheet.columns[place]
    if column.kind != "text":
        return _WIDTHS[column.kind]
    cells = (row[place] for row in sheet.rows)
    texts = (cell.text(language) if isinstance(cell, Named) else str(cell or "") for cell in cells)
    return max(14, min(_WIDTHS["text"], 2 + max(map(len, texts), default=0)))


def _put(page: _Page, line: int, place: int, cell: Cell, kind: Kind, *, bold: bool = False) -> None:
    match cell:
        case None | "":
            return
        case Named():
            page.page.write_string(
                line, place, _checked(cell.text(page.language)), page.format("@", bold=bold)
            )
        case str():
            page.page.write_string(line, place, _checked(cell), page.format("@", bold=bold))
        case date():
            at = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a day has no time zone
            page.page.write_datetime(line, place, at, page.format("yyyy-mm-dd"))
        case bool():
            raise TypeError("yes and no are words, not cells")
        case Fraction() if kind == "fraction":
            page.page.write_string(line, place, fraction(cell), page.format("@", bold=bold))
        case _ if _is_exact(cell):
            number, pattern = _number(cell, kind, page.unit)
            page.page.write_number(line, place, number, page.format(pattern, bold=bold))
        case _:
            page.page.write_string(line, place, _digits(cell, kind, page.unit), page.format("@", bold=bold))


def _put_total(page: _Page, line: int, total: Total, sheet: Sheet) -> None:
    """Write a row of sums: each with the formula that adds up the rows in sight, and its value."""
    for place, (cell, column) in enumerate(zip(total.cells, sheet.columns, strict=True)):
        if isinstance(cell, Som | int) and sheet.rows and _is_exact(cell):
            number, pattern = _number(cell, column.kind, page.unit)
            formula = _formula(sheet, place, total.over)
            page.page.write_formula(line, place, formula, page.format(pattern, bold=True), number)
        else:
            _put(page, line, place, cell, column.kind, bold=True)


def _formula(sheet: Sheet, place: int, over: tuple[str, int] | None) -> str:
    """Return the formula of a sum: of the rows a filter leaves in sight, of those marked so for `over`."""
    summed = xl_range_abs(1, place, len(sheet.rows), place)
    if over is None:
        return f"=SUBTOTAL(109,{summed})"
    marks = next(at for at, column in enumerate(sheet.columns) if column.key == over[0])
    marked = xl_range_abs(1, marks, len(sheet.rows), marks)
    first = xl_rowcol_to_cell(1, place, row_abs=True, col_abs=True)
    each = f"OFFSET({first},ROW({summed})-ROW({first}),0,1)"
    return f"=SUMPRODUCT(SUBTOTAL(109,{each}),--({marked}={over[1]}))"


def _number(cell: Som | Fraction | int, kind: Kind, unit: Unit) -> tuple[float, str]:
    """Return the number a spreadsheet keeps exactly, and the pattern that shows all of it."""
    match cell:
        case Som():
            written = exact_decimal(cell, unit)
            decimals = len(written.partition(".")[2])
            return float(written), f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        case Fraction():
            return float(cell), "0.0%"
        case int() if kind == "percentage":
            return cell / 10_000, "0.00%"
        case int():
            return cell, "0" if kind == "year" else "#,##0"


def _digits(cell: Som | Fraction | int, kind: Kind, unit: Unit) -> str:
    """Write a number out that is too long for a spreadsheet's."""
    if isinstance(cell, Som):
        return exact_decimal(cell, unit)
    return points(cell) if kind == "percentage" and isinstance(cell, int) else str(cell)


def _is_exact(cell: Som | Fraction | int) -> bool:
    """Tell whether a spreadsheet's number keeps all digits; a share is rounded anyway."""
    if isinstance(cell, Fraction):
        return True
    value = abs(cell.tyiyn if isinstance(cell, Som) else cell)
    return value <= 2**53 and len(str(value).rstrip("0")) <= _DIGITS


def _checked(words: str) -> str:
    """Return the text, or refuse one that a cell would silently drop."""
    if len(words) > _LONGEST_TEXT:
        raise TooLarge(limit=_LONGEST_TEXT)
    return words


def _page_name(title: str, number: int) -> str:
    """Return a name that a worksheet may bear: 31 signs, no brackets, slashes, colons, stars; numbered."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")
    return f"{number}. {name}"[:31].rstrip("' ") if name else str(number)
