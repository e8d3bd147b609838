"""Writes tables as an XLSX workbook: real numbers, text that is never a formula, the same bytes twice."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from budgetproto.exchange.cells import exact_decimal
from budgetproto.exchange.problems import NotExact, TooLarge
from budgetproto.exchange.sheet import Cell, Kind, Sheet, data_rows, heading, notes
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
    "text": 40, "amount": 18, "integer": 12, "percentage": 12, "share": 12, "date": 12,
}  # fmt: skip


@dataclass
class _Page:
    """A worksheet being written, with the formats it has used so far."""

    book: Any
    page: Any
    language: Language
    unit: Unit
    formats: dict[str, Any] = field(default_factory=dict)

    def format(self, pattern: str) -> Any:
        """Return the number format of a pattern, made once for the workbook."""
        if pattern not in self.formats:
            self.formats[pattern] = self.book.add_format({"num_format": pattern})
        return self.formats[pattern]


def to_xlsx(sheets: Sequence[Sheet], language: Language, unit: Unit) -> bytes:
    """Write one worksheet per table; raise NotExact for an amount of more than 15 digits, TooLarge for a
    text or table beyond what a worksheet holds.
    """  # noqa: D205 - two refusals need two lines
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"created": _CREATED})
    formats: dict[str, Any] = {"head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1})}
    for number, sheet in enumerate(sheets, start=1):
        page = book.add_worksheet(_page_name(sheet.title.text(language), number))
        _write(sheet, _Page(book, page, language, unit, formats))
    book.close()
    return file.getvalue()


def _write(sheet: Sheet, page: _Page) -> None:
    if len(sheet.rows) + len(sheet.notes) + 3 > _MOST_ROWS:
        raise TooLarge(limit=_MOST_ROWS)
    for place, column in enumerate(sheet.columns):
        page.page.set_column(place, place, _WIDTHS[column.kind])
        page.page.write_string(0, place, heading(column, page.language, page.unit), page.formats["head"])
    for line, row in enumerate(sheet.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _put(page, line, place, cell, column.kind)
    page.page.freeze_panes(1, 0)
    if sheet.rows:
        page.page.autofilter(0, 0, data_rows(sheet), len(sheet.columns) - 1)
    for line, note in enumerate(notes(sheet, page.language), start=len(sheet.rows) + 2):
        page.page.write_string(line, 0, _checked(note))


def _put(page: _Page, line: int, place: int, cell: Cell, kind: Kind) -> None:
    match cell:
        case None:
            return
        case Named():
            page.page.write_string(line, place, _checked(cell.text(page.language)))
        case str():
            page.page.write_string(line, place, _checked(cell))
        case date():
            at = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a day has no time zone
            page.page.write_datetime(line, place, at, page.format("yyyy-mm-dd"))
        case bool():
            raise TypeError("yes and no are words, not cells")
        case _:
            number, pattern = _number(cell, kind, page.unit)
            page.page.write_number(line, place, number, page.format(pattern))


def _number(cell: Som | Fraction | int, kind: Kind, unit: Unit) -> tuple[float, str]:
    """Return the number a spreadsheet keeps exactly, and the pattern that shows all of it."""
    match cell:
        case Som():
            written = exact_decimal(cell, unit)
            _exact(cell.tyiyn)
            return float(written), f"#,##0.{'0' * len(written.partition('.')[2])}"
        case Fraction():
            return float(cell), "0.0%"
        case int() if kind == "percentage":
            return _exact(cell) / 10_000, "0.00%"
        case int():
            return _exact(cell), "#,##0"


def _exact(value: int) -> int:
    if abs(value) > 2**53 or len(str(abs(value)).rstrip("0")) > _DIGITS:
        raise NotExact(digits=_DIGITS)
    return value


def _checked(words: str) -> str:
    """Return the text, or refuse one that a cell would silently drop."""
    if len(words) > _LONGEST_TEXT:
        raise TooLarge(limit=_LONGEST_TEXT)
    return words


def _page_name(title: str, number: int) -> str:
    """Return a name that a worksheet may bear: 31 signs, no brackets, slashes, colons, stars; numbered."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")
    return f"{number}. {name}"[:31].rstrip("' ") if name else str(number)
