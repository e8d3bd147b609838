"""Linear programs in exact fractions, by the simplex method: an oracle of its own."""

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def greatest(aims: Sequence[Fraction], rows: Sequence[Sequence[Fraction]], rights: Sequence[Fraction]) -> Row:
    """Return an x >= 0 with rows x <= rights, none of these below zero, at which aims x is greatest.

    By Bland's rule, so that it ends; the program must have an end.
    """
    count, rules = len(aims), len(rows)
    table = [
        [*row, *(Fraction(own == other) for other in range(rules)), right]
        for own, (row, right) in enumerate(zip(rows, rights, strict=True))
    ]
    costs = [*(-aim for aim in aims), *[Fraction(0)] * (rules + 1)]
    basis = list(range(count, count + rules))
    while (column := next((at for at, cost in enumerate(costs[:-1]) if cost < 0), None)) is not None:
        ratios = [(row[-1] / row[column], basis[at], at) for at, row in enumerate(table) if row[column] > 0]
        _, _, pivot = min(ratios)
        table[pivot] = [value / table[pivot][column] for value in table[pivot]]
        for at, row in enumerate(table):
            if at != pivot:
                table[at] = _without(row, column, table[pivot])
        costs, basis[pivot] = _without(costs, column, table[pivot]), column
    found = [Fraction(0)] * (count + rules)
    for row, at in zip(table, basis, strict=True):
        found[at] = row[-1]
    return found[:count]


def _without(row: Row, column: int, pivot: Row) -> Row:
    """Return the row less as much of the pivot row as makes its column zero."""
    return [value - row[column] * other for value, other in zip(row, pivot, strict=True)]
