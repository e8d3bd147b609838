"""Reads the first worksheet of a workbook as the text of its cells: nothing is run, nothing is fetched."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Final

from budgetproto.errors import BadInput, Problem

#: What a workbook may be unpacked: a small file can hold a very large one.
_MOST_BYTES: Final = 100_000_000
_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 200


def from_xlsx(content: bytes, file: str | None = None) -> bytes:
    """Return the first worksheet as CSV; raise BadInput for what is no workbook or one too large.

    Of a formula the value it had when it was saved is taken. A number is written with all its digits.
    """
    from openpyxl import load_workbook

    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\r\n").writerows(
            [cell_words(cell) for cell in row] for row in rows
        )
    except BadInput:
        raise
    except Exception as unreadable:
        # The library raises whatever its parts do on a file that is none.
        raise BadInput(Problem("exchange.problem.not_xlsx", file=file)) from unreadable
    return written.getvalue().encode()


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > _MOST_BYTES:
            raise BadInput(Problem("exchange.problem.too_big", {"limit": _MOST_BYTES // 1_000_000}))


def cell_words(cell: object) -> str:
    """Return what a cell holds as text; of a number all its digits."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case _:
            return str(cell)
