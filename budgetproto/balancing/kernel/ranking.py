"""PURE: the exact order of steps: floats find the neighbourhood of the cut, whole numbers decide."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from budgetproto.balancing.kernel.ladder import BASIS, FloatArray, IntArray, Ladder

#: Float keys nearer to each other than this (relative to the rate) are ranked again as fractions.
NEAR = 1e-12
_INT64 = 2**63


class Taken(NamedTuple):
    """The rows that rise, one entry per step, and the float keys on both sides of the cut."""

    rows: IntArray
    last_taken: float
    first_left: float


def first_events(
    lines: Ladder, levels: IntArray, steps: IntArray, *, count: int, ties: Callable[[IntArray], IntArray]
) -> Taken:
    """Return the first `count` steps by (key, tie) among those of `lines`, which rise `steps` each."""
    rising = np.repeat(np.arange(len(lines)), steps)
    starts = levels[rising] + _count_up(steps)
    events = lines.take(rising)
    keys = events.keys(starts)
    if count in {0, len(rising)}:
        return Taken(rising[:count], _largest(keys[:count]), _smallest(keys[count:]))
    cut = float(np.partition(keys, count - 1)[count - 1])
    reach = NEAR * max(1.0, abs(cut))
    near = np.flatnonzero(np.abs(keys - cut) <= reach)
    surely = np.flatnonzero(keys < cut - reach)
    order = near[_exact_order(events.take(near), starts[near], ties(rising[near]))]
    chosen = np.concatenate([surely, order[: count - len(surely)]])
    left = np.ones(len(rising), bool)
    left[chosen] = False
    return Taken(rising[chosen], _largest(keys[chosen]), _smallest(keys[left]))


def _largest(keys: FloatArray) -> float:
    return float(keys.max()) if len(keys) else -np.inf


def _smallest(keys: FloatArray) -> float:
    return float(keys.min()) if len(keys) else np.inf


def _count_up(steps: IntArray) -> IntArray:
    """Return 0, 1, 2 ... anew for every line: the steps already made before each event."""
    ends = np.cumsum(steps)
    counted: IntArray = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - steps, steps)
    return counted


def _exact_order(events: Ladder, levels: IntArray, ties: IntArray) -> IntArray:
    """Return the order of the events by exact key, then tie."""
    if len(events) == 1:
        return np.zeros(1, np.int64)
    return np.lexsort((ties, _exact_ranks(events, levels)))


def _exact_ranks(events: Ladder, levels: IntArray) -> IntArray:
    """Return the rank of every exact key; equal keys have equal ranks."""
    if not _fits(events, levels):
        fractions = events.exact_keys(levels)
        rank = {key: place for place, key in enumerate(sorted(set(fractions)))}
        return np.array([rank[key] for key in fractions], np.int64)
    pairs, where = np.unique(_reduced(events, levels), axis=0, return_inverse=True)
    order = sorted(range(len(pairs)), key=lambda place: _Ratio(*pairs[place].tolist()))
    ranks = np.empty(len(pairs), np.int64)
    ranks[order] = np.arange(len(pairs))
    return ranks[where.reshape(-1)]


class _Ratio(NamedTuple):
    """A key as whole numbers, compared by cross-multiplication in Python integers."""

    above: int
    below: int

    def __lt__(self, other: tuple[int, ...]) -> bool:
        return self.above * other[1] < other[0] * self.below


def _fits(events: Ladder, levels: IntArray) -> bool:
    """Say whether numerators and denominators of the exact keys fit int64 with room to spare."""
    steepest = int(events.slope.max())
    shift = 0 if events.shift is None else int(np.abs(events.shift).max())
    offset = 0 if events.offset is None else int(np.abs(events.offset).max())
    level = 2 * int(np.abs(levels).max()) + 1
    widest = BASIS * (events.quantum * level + 2 * offset) + 2 * steepest * shift
    return max(widest, 2 * BASIS * steepest) < _INT64


def _reduced(events: Ladder, levels: IntArray) -> IntArray:
    """Return the exact keys as reduced (numerator, denominator) rows."""
    above = BASIS * events.quantum * (2 * levels + 1)
    if events.offset is not None:
        above = above - 2 * BASIS * events.offset
    if events.shift is not None:
        above = above - 2 * events.slope * events.shift
    below = 2 * BASIS * events.slope
    common = np.gcd(above, below)
    return np.stack([above // common, below // common], axis=1)
