"""Read a file of limits by region or kind: all of it certain, or every fault with its row and column."""

from pathlib import Path

from budgetproto.balancing import Limit
from budgetproto.commands.csv_table import cells_by_name, read_table, refuse
from budgetproto.errors import Problem
from budgetproto.money.som import UnreadableNumber, parse_decimal

REQUIRED = ("scope", "name")
COLUMNS = (*REQUIRED, "floor", "cap")
_SCOPES = ("region", "kind")


def read_limits(path: Path) -> list[Limit]:
    """Return the limits of a CSV file (UTF-8, commas, a header row); raise BadInput with all its faults.

    `scope` is region or kind, `name` which one; `floor` and `cap` bound what its lines get together.
    """
    header, rows = read_table(path, required=REQUIRED, columns=COLUMNS, empty="balancing.file.no_limits")
    read = [_read_row(number, cells, header) for number, cells in rows]
    refuse([problem for _, problems in read for problem in problems])
    return [limit for limit, _ in read]


def _read_row(number: int, cells: list[str], header: list[str]) -> tuple[Limit, list[Problem]]:
    stated = cells_by_name(number, cells, header)
    if isinstance(stated, Problem):
        return Limit(""), [stated]
    problems = []
    if stated["scope"] not in _SCOPES:
        details = {"typed": stated["scope"]}
        problems.append(Problem("balancing.file.scope", row=number, column="scope", details=details))
    if not stated["name"]:
        problems.append(Problem("balancing.file.no_limit_name", row=number, column="name"))
    bounds: dict[str, int | None] = {}
    for name in ("floor", "cap"):
        try:
            bounds[name] = parse_decimal(typed, 0)[0] if (typed := stated.get(name)) else None
        except UnreadableNumber as refusal:
            problems.append(Problem(refusal.key, row=number, column=name, details=refusal.details))
    of_kind = stated["scope"] == "kind"
    name = stated["name"]
    region, kind = (None, name) if of_kind else (name, None)
    return Limit(name, region, kind, least=bounds.get("floor"), most=bounds.get("cap")), problems
