"""PURE: the pivot: sums of whole tyiyn over two axes, exact, whose margins are the sums of their cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from budgetproto.errors import Refused

IntArray = NDArray[np.int64]
#: On which group of an axis each position falls, counted from 0.
Codes = NDArray[np.integer[Any]]

_LARGEST: Final = 2**63 - 1
_HALF: Final = 32
#: Bits left out where sizes are only estimated, from above; what is left has room for 2^20 values.
_COARSE: Final = 20


class SumTooLarge(Refused):
    """A sum is beyond what 64 bits hold: it is refused, since anything else would be a wrong sum."""

    message_key = "analysis.sum_too_large"


@dataclass(frozen=True)
class Pivot:
    """A table of sums; the last row and the last column are the margins, where they meet is the whole.

    `stated` counts the positions that have a value: a sum over none is not stated, which is not zero.
    `lines` counts them all.
    """

    sums: IntArray
    stated: IntArray
    lines: IntArray


def pivot(
    rows: Codes, columns: Codes, values: IntArray, *, shape: tuple[int, int], known: NDArray[np.bool_] | None
) -> Pivot:
    """Add up `values` by the groups of two axes of these lengths; raise SumTooLarge beyond 64 bits.

    `known` tells which positions have a value, `None` that all of them have; the value of others is 0.

    >>> made = pivot(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5, 7, 9]), shape=(2, 2), known=None)
    >>> made.sums.tolist()
    [[5, 7, 12], [0, 9, 9], [5, 16, 21]]
    """
    cells = _cells(rows, columns, shape)
    lines = _with_margins(np.bincount(cells, minlength=shape[0] * shape[1]), shape)
    stated = lines if known is None else _counted(cells[known], shape)
    if known is not None:
        values = np.where(known, values, 0)
    return Pivot(_summed(cells, values, shape), stated, lines)


def coded(keys: Sequence[str]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return the number of each key's group, and the keys in the order in which they first appear.

    >>> coded(["osh", "talas", "osh"])[1]
    ('osh', 'talas')
    """
    numbers: dict[str, int] = {}
    found = np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), np.int32, len(keys))
    return found, tuple(numbers)


def _cells(rows: Codes, columns: Codes, shape: tuple[int, int]) -> NDArray[np.intp]:
    """Return which cell each position falls into, row by row."""
    for codes, length in ((rows, shape[0]), (columns, shape[1])):
        if len(codes) and not (int(codes.min()) >= 0 and int(codes.max()) < length):
            raise ValueError("a position falls outside of its axis")
    kind = np.promote_types(rows.dtype, columns.dtype)
    if shape[0] * shape[1] > np.iinfo(kind).max:
        kind = np.dtype(np.intp)
    # In the narrow type of the codes as long as it holds every cell: the fewer bytes, the faster.
    cells = rows.astype(kind, copy=False) * kind.type(shape[1]) + columns
    found: NDArray[np.intp] = cells.astype(np.intp, copy=False)
    return found


def _counted(cells: NDArray[np.intp], shape: tuple[int, int]) -> IntArray:
    return _with_margins(np.bincount(cells, minlength=shape[0] * shape[1]), shape)


def _summed(cells: NDArray[np.intp], values: IntArray, shape: tuple[int, int]) -> IntArray:
    """Add up in 64 bits where no sum can leave them, else in two halves that are put together exactly."""
    if _cannot_overflow(values):
        return _with_margins(_added(cells, values, shape), shape)
    low = _added(cells, values & (2**_HALF - 1), shape)
    high = _added(cells, values >> _HALF, shape)
    exact = _with_margins(high.astype(object) * 2**_HALF + low.astype(object), shape)
    if max(map(abs, exact.flat)) > _LARGEST:
        raise SumTooLarge
    return exact.astype(np.int64)


def _cannot_overflow(values: IntArray) -> bool:
    """Tell whether no sum of any of these values can leave 64 bits: by the largest, else by all together."""
    largest = max(int(values.max()), -int(values.min())) if len(values) else 0
    if largest * len(values) <= _LARGEST:
        return True
    if largest > _LARGEST:
        return False
    together = int((np.abs(values) >> _COARSE).sum()) + len(values)
    return together << _COARSE <= _LARGEST


def _added(cells: NDArray[np.intp], values: IntArray, shape: tuple[int, int]) -> IntArray:
    sums = np.zeros(shape[0] * shape[1], np.int64)
    np.add.at(sums, cells, values)
    return sums


def _with_margins(cells: NDArray[Any], shape: tuple[int, int]) -> NDArray[Any]:
    """Return the table with the sums of its rows and columns, made of its cells and of nothing else."""
    table = np.zeros((shape[0] + 1, shape[1] + 1), cells.dtype)
    table[:-1, :-1] = cells.reshape(shape)
    table[:-1, -1] = table[:-1, :-1].sum(axis=1)
    table[-1] = table[:-1].sum(axis=0)
    return table
