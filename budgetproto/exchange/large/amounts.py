"""Reads a column of amounts at once: plain decimals by arithmetic on their bytes, anything else one by one.

A plain decimal is digits, a minus before them, one point or comma and no more decimals than the unit has.
`Som.parse` alone decides about everything else, so the two can never disagree about what is refused.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from budgetproto.money import Som, Unit, UnreadableNumber
from budgetproto.money.som import LARGEST_TYIYN

Whole = np.ndarray[Any, np.dtype[np.int64]]
Truth = np.ndarray[Any, np.dtype[np.bool_]]
#: Told of a cell that is no amount: its place in the column and what is wrong.
Tell = Callable[[int, UnreadableNumber], None]

_POINT, _COMMA, _MINUS, _ZERO, _NINE, _END = (ord(sign) for sign in ".,-09\n")
#: What has more digits before the point, counted in tyiyn, might not fit 64 bits.
_MOST_DIGITS: Final = 17


def read_amounts(cells: Sequence[str], unit: Unit, tell: Tell) -> tuple[Whole, Truth]:
    """Return tyiyn, and which cells state an amount, a blank one does not; `tell` hears of the faulty."""
    tyiyn, plain = _plain(cells, unit)
    stated = plain.copy()
    for place in map(int, np.flatnonzero(~plain)):
        if typed := cells[place].strip():
            try:
                tyiyn[place] = Som.parse(typed, unit).tyiyn
                stated[place] = True
            except UnreadableNumber as fault:
                tell(place, fault)
    return tyiyn, stated


def _plain(cells: Sequence[str], unit: Unit) -> tuple[Whole, Truth]:
    """Return the tyiyn of the plain decimals, 0 for the others, and which cells are plain."""
    signs = np.frombuffer("\n".join((*cells, "")).encode("ascii", "replace"), dtype=np.uint8)
    ends = np.flatnonzero(signs == _END)
    if len(ends) != len(cells):
        # A cell of several lines is no plain decimal: then none is taken for one.
        return np.zeros(len(cells), np.int64), np.zeros(len(cells), np.bool_)
    starts = np.concatenate(([0], ends[:-1] + 1))
    row = np.repeat(np.arange(len(cells)), ends - starts + 1)
    shape = _Shape(signs, row, starts, len(cells))
    tyiyn = shape.values(unit)
    plain = shape.plain(unit) & (np.abs(tyiyn) <= LARGEST_TYIYN)
    return np.where(plain, tyiyn, 0), plain


class _Shape:
    """Which sign of which cell is what."""

    def __init__(self, signs: Any, row: Any, starts: Any, cells: int) -> None:
        self._signs, self._row, self._cells = signs, row, cells
        self._digit = (signs >= _ZERO) & (signs <= _NINE)
        self._point = (signs == _POINT) | (signs == _COMMA)
        first = np.zeros(len(signs), np.bool_)
        first[starts[starts < len(signs)]] = True
        self._minus = (signs == _MINUS) & first
        self._after = self._digits_after_the_point()
        self._digits = self._count(self._digit)
        self._decimals = self._count(self._digit & self._after)

    def plain(self, unit: Unit) -> Truth:
        """Tell which cells are plain decimals; a point before three digits could part a group."""
        strange = ~(self._digit | self._point | self._minus | (self._signs == _END))
        points = self._count(self._point)
        whole = self._digits - self._decimals
        ambiguous = (points == 1) & (self._decimals == 3)
        found: Truth = (
            (self._count(strange) == 0)
            & (points <= (1 if unit.decimals else 0))
            & (whole >= 1)
            & (whole + _zeros(unit) <= _MOST_DIGITS)
            & ((points == 0) | (self._decimals >= 1))
            & (self._decimals <= unit.decimals)
            & ~ambiguous
        )
        return found

    def values(self, unit: Unit) -> Whole:
        """Return the tyiyn: each digit times its power of ten, added up; of other cells anything."""
        digit, row = self._digit, self._row[self._digit]
        order = np.cumsum(digit)[digit]
        last = np.cumsum(self._digits)[row]
        power = np.clip(last - order - self._decimals[row] + _zeros(unit), 0, _MOST_DIGITS)
        weighed = (self._signs[digit].astype(np.int64) - _ZERO) * _POWERS[power]
        sums = np.zeros(self._cells, np.int64)
        np.add.at(sums, row, weighed)
        return np.where(self._count(self._minus) > 0, -sums, sums)

    def _digits_after_the_point(self) -> Truth:
        """Tell of each sign whether a point of its own cell stands before it."""
        points = np.cumsum(self._point)
        before = np.concatenate(([0], points[:-1]))
        begun = np.zeros(self._cells, np.int64)
        firsts = np.concatenate(([0], np.flatnonzero(self._signs == _END)[:-1] + 1))
        begun[:] = before[firsts] if self._cells else 0
        found: Truth = before > begun[self._row]
        return found

    def _count(self, which: Truth) -> Whole:
        return np.bincount(self._row[which], minlength=self._cells).astype(np.int64)


def _zeros(unit: Unit) -> int:
    """Return how many zeros the tyiyn of one unit have."""
    return len(str(unit.tyiyn)) - 1


_POWERS: Final = 10 ** np.arange(_MOST_DIGITS + 1, dtype=np.int64)
