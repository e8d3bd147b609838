"""Read a CSV table that somebody typed: numbered rows, a checked header, faults with row and column."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from budgetproto.errors import BadInput, Problem

_OTHER_DELIMITERS = (";", "\t", "|")

Record = tuple[int, list[str]]


def read_table(
    path: Path, *, required: Sequence[str], columns: Sequence[str], empty: str
) -> tuple[list[str], list[Record]]:
    """Return the header and the rows that are not blank (UTF-8, commas); raise BadInput where it is no table.

    Rows are counted as a spreadsheet shows them: the header is row 1. `empty` is the key of the sentence for
    a table without rows.
    """
    records = _records(path)
    header = [name.strip() for name in records[0][1]]
    refuse(_header_problems(header, required, columns))
    rows = [(number, cells) for number, cells in records[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise BadInput(Problem(empty))
    return header, rows


def refuse(problems: Sequence[Problem]) -> None:
    """Raise BadInput with the problems in the order of their rows, if there are any."""
    if problems:
        raise BadInput(*sorted(problems, key=lambda problem: problem.row or 0))


def cells_by_name(number: int, cells: Sequence[str], header: Sequence[str]) -> Mapping[str, str] | Problem:
    """Return the cells of a row by the name of their column, or what is wrong with its width."""
    if len(cells) != len(header):
        details = {"found": len(cells), "expected": len(header)}
        return Problem("balancing.file.wrong_width", row=number, details=details)
    return {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _records(path: Path) -> list[Record]:
    """Return the numbered rows of the file, the header first."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(Problem("balancing.file.not_found", details={"path": str(path)})) from error
    except UnicodeDecodeError as error:
        raise BadInput(Problem("balancing.file.not_utf8")) from error
    try:
        records = list(enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1))
    except csv.Error as error:
        raise BadInput(Problem("balancing.file.not_csv")) from error
    if not any(cell.strip() for _, cells in records for cell in cells):
        raise BadInput(Problem("balancing.file.empty"))
    return records


def _header_problems(header: list[str], required: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    for delimiter in _OTHER_DELIMITERS:
        if len(header) == 1 and delimiter in header[0]:
            shown = "\\t" if delimiter == "\t" else delimiter
            return [Problem("balancing.file.wrong_delimiter", row=1, details={"delimiter": shown})]
    missing = [name for name in required if name not in header]
    unknown = [name for name in header if name not in columns]
    repeated = sorted({name for name in header if header.count(name) > 1})
    known = ", ".join(columns)
    return [
        *(Problem("balancing.file.missing_column", row=1, details={"name": name}) for name in missing),
        *(
            Problem("balancing.file.unknown_column", row=1, details={"name": name, "known": known})
            for name in unknown
        ),
        *(Problem("balancing.file.repeated_column", row=1, details={"name": name}) for name in repeated),
    ]
