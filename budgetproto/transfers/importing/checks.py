"""Everything that is wrong with the rows of a file of transfers, found by column; nothing is stored here."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from budgetproto.exchange import Cell
from budgetproto.exchange.large import Coded, Faults, LargeTable
from budgetproto.money import Amount, Som, Unit
from budgetproto.transfers.importing.layout import MEASURES, MONTH, TOTAL


@dataclass(frozen=True)
class Known:
    """What a row may name."""

    territories: Collection[str]
    kinds: Collection[str]


def check(
    table: LargeTable, known: Known, faults: Faults, *, unit: Unit, keys: Callable[[], Sequence[str]]
) -> None:
    """Tell every row whose codes, months or amounts do not hold.

    Where every row holds by itself: each that stands twice by its key, and each total that its parts do not
    add up to. `keys` are made only then: a row without a period has none.
    """
    _judge(table, "territory", known.territories.__contains__, "transfers.unknown_code", faults)
    _judge(table, "kind", {*known.kinds, TOTAL}.__contains__, "transfers.unknown_code", faults)
    for key in ("period_from", "period_to"):
        _judge(table, key, _is_month, "transfers.import.no_month", faults)
    _judge(table, "counted", (0, 1).__contains__, "transfers.import.not_counted", faults)
    _ends_before(table, faults)
    if not faults.count:
        _without_amount(table, faults)
        _twice(table, keys(), faults)
    if not faults.count:
        _totals(table, faults, unit)


def _judge(table: LargeTable, key: str, fits: Callable[[Any], bool], problem: str, faults: Faults) -> None:
    """Tell each row of each value that does not fit; each value is judged once."""
    column = table.coded[key]
    wrong = {at: value for at, value in enumerate(column.values) if value is not None and not fits(value)}
    for row, at in column.rows_with(wrong):
        faults.add(problem, table.row(row), key, code=str(wrong[at])[:40])


def _is_month(value: Cell) -> bool:
    return MONTH.fullmatch(str(value)) is not None


def _ends_before(table: LargeTable, faults: Faults) -> None:
    starts, ends = (_months(table.coded[key]) for key in ("period_from", "period_to"))
    for row in np.flatnonzero((starts > ends) & (ends > 0)):
        faults.add("transfers.import.ends_before", table.row(row), "period_to")


def _months(column: Coded) -> Any:
    """Return the months of a column as numbers that follow one another, 0 where there is none."""
    numbers = [int(str(each).replace("-", "")) if _is_month(each) else 0 for each in column.values]
    return np.array([*numbers, 0], np.int64)[column.codes]


def _without_amount(table: LargeTable, faults: Faults) -> None:
    stated = np.logical_or.reduce([table.amounts[measure].stated for measure in MEASURES])
    for row in np.flatnonzero(~stated):
        faults.add("transfers.import.no_amount", table.row(row))


def _twice(table: LargeTable, keys: Sequence[str], faults: Faults) -> None:
    """Tell each row about the same figure as an earlier one; a total is the same whatever its words."""
    if len(set(keys)) < len(keys):
        first: dict[str, int] = {}
        for place, key in enumerate(keys):
            if first.setdefault(key, place) != place:
                faults.add("transfers.import.twice", table.row(place), "kind", first=table.row(first[key]))


def _totals(table: LargeTable, faults: Faults, unit: Unit) -> None:
    """Tell each stated total that the counted rows of its territory and period do not add up to."""
    total = _is_total(table)
    if not total.any():
        return
    group = _numbered([table.coded[key].codes for key in ("territory", "period_from", "period_to")])
    _totals_twice(table, np.flatnonzero(total), group, faults)
    parts = ~total & (_flags(table.coded["counted"]) != 0)
    for measure in MEASURES:
        amounts = table.amounts[measure]
        added = parts & amounts.stated
        sums, some = _sums(amounts.tyiyn, group, added), np.bincount(group[added], minlength=len(group))
        for row in np.flatnonzero(total & amounts.stated & (some[group] > 0)):
            said, made = (Som(int(each)) for each in (amounts.tyiyn[row], sums[group[row]]))
            if said != made:
                details = {"stated": Amount(said, unit), "parts": Amount(made, unit)}
                faults.add("transfers.import.not_closed", table.row(row), measure, **details)


def _totals_twice(table: LargeTable, totals: Any, group: Any, faults: Faults) -> None:
    """Tell each further total of a territory and period, whatever its words."""
    _, first, which = np.unique(group[totals], return_index=True, return_inverse=True)
    for place in np.flatnonzero(first[which] != np.arange(len(totals))):
        earlier = table.row(totals[first[which[place]]])
        faults.add("transfers.import.twice", table.row(totals[place]), "kind", first=earlier)


def _is_total(table: LargeTable) -> Any:
    kinds = table.coded["kind"]
    return kinds.codes == (kinds.values.index(TOTAL) if TOTAL in kinds.values else len(kinds.values))


def _flags(column: Coded) -> Any:
    """Return what the rows say of being counted; a blank cell counts."""
    return np.array([*(1 if each is None else each for each in column.values), 1], np.int64)[column.codes]


def _sums(tyiyn: Any, group: Any, which: Any) -> Any:
    """Return the sum of each group: in 64 bits where they hold it, else in whole numbers of any size."""
    fits = int(np.abs(tyiyn[which]).max(initial=0)) * max(1, len(tyiyn)) < 2**63
    sums = np.zeros(len(group), np.int64 if fits else object)
    np.add.at(sums, group[which], tyiyn[which] if fits else tyiyn[which].astype(object))
    return sums


def _numbered(parts: Sequence[Any]) -> Any:
    """Return one small number for each combination of codes: the same codes, the same number."""
    number = np.zeros(len(parts[0]), np.int64)
    for codes in parts:
        _, code = np.unique(codes, return_inverse=True)
        _, number = np.unique(number * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    return number
