"""Read a file of contested lines: all of it certain, or every fault with its row and column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetproto.balancing import Line, faults
from budgetproto.commands.csv_table import Record, cells_by_name, read_table, refuse
from budgetproto.errors import Problem
from budgetproto.money.som import UnreadableNumber, parse_decimal

REQUIRED = ("line", "government", "lsg")
_WHOLE = ("floor", "cap", "need", "step", "population", "own_revenue")
_WITH_DEFAULT = ("cost_sign", "money_per_unit", "priority_lsg", "priority_government")
_TEXT = ("region", "kind")
COLUMNS = (
    *REQUIRED, "floor", "cap", "protected", "cost_sign", "money_per_unit", "step", "priority_lsg",
    "priority_government", "region", "kind", "population", "own_revenue", "need",
)  # fmt: skip
_YES = {"1", "yes", "true", "ооба", "да"}
_NO = {"", "0", "no", "false", "жок", "нет"}


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a CSV file (UTF-8, commas, a header row); raise BadInput with all its faults.

    Rows are counted as a spreadsheet shows them: the header is row 1.
    """
    header, rows = read_table(path, required=REQUIRED, columns=COLUMNS, empty="balancing.file.no_rows")
    read = [_read_row(number, cells, header) for number, cells in rows]
    lines = [line for line, _ in read]
    refuse([problem for _, problems in read for problem in problems] + _unfit(lines, rows))
    return lines


def _read_row(number: int, cells: list[str], header: list[str]) -> tuple[Line, list[Problem]]:
    """Return the line of one row, with what cannot be read left out of it and named."""
    stated = cells_by_name(number, cells, header)
    if isinstance(stated, Problem):
        return Line("", None, None), [stated]
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


def _unfit(lines: list[Line], rows: list[Record]) -> list[Problem]:
    """Return the faults of lines that could be read as numbers but make no sense together."""
    named = [place for place, line in enumerate(lines) if line.line]
    return [
        Problem(fault.key, row=rows[named[place]][0], column=fault.field, details=fault.details)
        for place, fault in faults([lines[place] for place in named])
    ]
