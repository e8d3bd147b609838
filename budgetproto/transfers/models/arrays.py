"""PURE: whole numbers in columns: exact sums, exact shares, and a refusal where 64 bits end."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from budgetproto.errors import BadInput, Problem

IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

#: The largest amount a territory may have, in tyiyn: the same bound as for every amount that is stated.
LARGEST: Final = 10**15
#: Hundredths of a percent in the whole: norms, coefficients and shares are counted in them.
WHOLE: Final = 10_000
_MOST: Final = 2**63 - 1


def column(values: Sequence[int] | IntArray, item: str) -> IntArray:
    """Return values as a column; raise BadInput when one is negative or beyond every budget."""
    if not isinstance(values, np.ndarray):
        if any(value > LARGEST for value in values):
            raise beyond(item)
        values = np.array(values, dtype=np.int64)
    if values.size and (values.min() < 0 or values.max() > LARGEST):
        raise beyond(item)
    return values


def beyond(item: str) -> BadInput:
    """Return the refusal of a figure that is negative or larger than any budget."""
    return BadInput(Problem("transfers.models.out_of_range", {"item": item}))


def total(values: IntArray) -> int:
    """Return the exact sum, however large.

    >>> total(np.array([2**62, 2**62, 2**62]))
    13835058055282163712
    """
    high, low = values >> 32, values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def shares(amounts: IntArray, numerator: int, denominator: int) -> IntArray:
    """Return `amount * numerator / denominator` of each amount, rounded down and exact.

    The amounts are not negative and no result may exceed 64 bits; a product on the way may.

    >>> shares(np.array([10**15, 3]), 3_333, 10_000)
    array([333300000000000,               0])
    """
    largest = int(amounts.max()) if amounts.size else 0
    scaled: IntArray
    if max(largest, 1) * numerator <= _MOST and denominator <= _MOST:
        scaled = amounts * numerator // denominator
    elif denominator * max(numerator, 1) <= _MOST:
        whole, rest = np.divmod(amounts, denominator)
        scaled = whole * numerator + rest * numerator // denominator
    else:
        scaled = np.array([amount * numerator // denominator for amount in amounts.tolist()], dtype=np.int64)
    return scaled


def sums(values: IntArray, groups: IntArray, count: int) -> tuple[int, ...]:
    """Return the exact sum of each group; `groups` numbers the group of each value."""
    high, low = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(high, groups, values >> 32)
    np.add.at(low, groups, values & 0xFFFFFFFF)
    return tuple((int(above) << 32) + int(below) for above, below in zip(high, low, strict=True))
