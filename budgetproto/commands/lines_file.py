"""Read a file of contested lines: all of it certain, or every fault with its row and column."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from budgetproto.balancing import Line, faults
from budgetproto.errors import BadInput, Problem
from budgetproto.money.som import UnreadableNumber, parse_decimal

REQUIRED = ("line", "government", "lsg")
_WHOLE = ("floor", "cap", "step", "population", "own_revenue")
_WITH_DEFAULT = ("cost_sign", "money_per_unit", "priority_lsg", "priority_government")
_TEXT = ("region", "kind")
COLUMNS = (
    *REQUIRED, "floor", "cap", "protected", "cost_sign", "money_per_unit", "step", "priority_lsg",
    "priority_government", "region", "kind", "population", "own_revenue",
)  # fmt: skip
_YES = {"1", "yes", "true", "ооба", "да"}
_NO = {"", "0", "no", "false", "жок", "нет"}
_OTHER_DELIMITERS = (";", "\t", "|")

_Record = tuple[int, list[str]]


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a CSV file (UTF-8, commas, a header row); raise BadInput with all its faults.

    Rows are counted as a spreadsheet shows them: the header is row 1.
    """
    records = _records(path)
    header = [name.strip() for name in records[0][1]]
    _refuse(_header_problems(header))
    rows = [(number, cells) for number, cells in records[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise BadInput(Problem("balancing.file.no_rows"))
    read = [_read_row(number, cells, header) for number, cells in rows]
    lines = [line for line, _ in read]
    _refuse([problem for _, problems in read for problem in problems] + _unfit(lines, rows))
    return lines


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(*sorted(problems, key=lambda problem: problem.row or 0))


def _records(path: Path) -> list[_Record]:
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


def _header_problems(header: list[str]) -> list[Problem]:
    for delimiter in _OTHER_DELIMITERS:
        if len(header) == 1 and delimiter in header[0]:
            shown = "\\t" if delimiter == "\t" else delimiter
            return [Problem("balancing.file.wrong_delimiter", row=1, details={"delimiter": shown})]
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    repeated = sorted({name for name in header if header.count(name) > 1})
    known = ", ".join(COLUMNS)
    return [
        *(Problem("balancing.file.missing_column", row=1, details={"name": name}) for name in missing),
        *(
            Problem("balancing.file.unknown_column", row=1, details={"name": name, "known": known})
            for name in unknown
        ),
        *(Problem("balancing.file.repeated_column", row=1, details={"name": name}) for name in repeated),
    ]


def _read_row(number: int, cells: list[str], header: list[str]) -> tuple[Line, list[Problem]]:
    """Return the line of one row, with what cannot be read left out of it and named."""
    if len(cells) != len(header):
        details = {"found": len(cells), "expected": len(header)}
        return Line("", None, None), [Problem("balancing.file.wrong_width", row=number, details=details)]
    stated = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    values: dict[str, Any] = {"government": None, "lsg": None, "line": stated["line"]}
    problems = [] if stated["line"] else [Problem("balancing.file.no_line", row=number, column="line")]
    for name, cell in stated.items():
        try:
            values |= dict(_value(name, cell))
        except UnreadableNumber as refusal:
            problems.append(Problem(refusal.key, row=number, column=name, details=refusal.details))
    return Line(**values), problems


def _value(name: str, cell: str) -> Iterator[tuple[str, object]]:
    """Yield the value of one cell; a blank one yields nothing, so the default stands."""
    if name == "protected":
        if cell.casefold() not in _YES | _NO:
            raise UnreadableNumber("balancing.file.not_yes_no", typed=cell)
        yield name, cell.casefold() in _YES
    elif cell and name in _TEXT:
        yield name, cell
    elif cell and name != "line":
        yield name, parse_decimal(cell, 0)[0]


def _unfit(lines: list[Line], rows: list[_Record]) -> list[Problem]:
    """Return the faults of lines that could be read as numbers but make no sense together."""
    named = [place for place, line in enumerate(lines) if line.line]
    return [
        Problem(fault.key, row=rows[named[place]][0], column=fault.field, details=fault.details)
        for place, fault in faults([lines[place] for place in named])
    ]
