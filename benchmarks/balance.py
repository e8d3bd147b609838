"""Rule A with exact whole units for a million lines, against sorting a million floats in the same run.

Run as `python -m benchmarks.balance [LINES [ROUNDS]]`. The promise: at most one and a half times the sort.
"""

import platform
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import numpy as np

from budgetproto.balancing import fill
from budgetproto.balancing.kernel.ladder import IntArray, Ladder, ShiftArray

AIM = 1.5
SEED = 20201


class Lines(NamedTuple):
    """Random lines: lognormal claims, a tenth with floors, a tenth with caps, shifts of -10 to +10 points."""

    claims: IntArray
    lower: IntArray
    upper: IntArray
    shift: ShiftArray
    envelope: int
    ties: IntArray


def drawn(count: int) -> Lines:
    """Draw `count` lines and an envelope a third of the way between their bounds."""
    draw = np.random.default_rng(SEED)
    claims = np.maximum(draw.lognormal(8, 1.5, count), 1).astype(np.int64)
    floors = np.where(draw.random(count) < 0.1, 0.6 * draw.random(count), 0)
    caps = np.where(draw.random(count) < 0.1, draw.random(count), 1)
    lower = (claims * floors).astype(np.int64)
    upper = np.maximum(lower, (claims * caps).astype(np.int64))
    shift = (100 * draw.integers(-10, 11, count)).astype(np.int16)
    envelope = int(lower.sum()) + (int(upper.sum()) - int(lower.sum())) // 3
    return Lines(claims, lower, upper, shift, envelope, draw.permutation(count))


def proved(lines: Lines, filled: IntArray) -> bool:
    """Check the sum, the bounds and, in floats with their margin, that no step taken comes after one left."""
    ladder = Ladder(lines.claims, lines.lower, lines.upper, lines.shift)
    last = np.where(filled > lines.lower, ladder.keys(filled - 1), -np.inf).max()
    first = np.where(filled < lines.upper, ladder.keys(filled), np.inf).min()
    inside = bool(((filled >= lines.lower) & (filled <= lines.upper)).all())
    return int(filled.sum()) == lines.envelope and inside and bool(last <= first + 1e-12)


def seconds(task: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def main(count: int = 1_000_000, rounds: int = 25) -> None:
    """Time both in turn, so that both meet the same noise, and print medians and their ratio."""
    lines = drawn(count)
    filled = fill(*lines)
    floats = np.random.default_rng(SEED).random(count)
    filled = fill(*lines)
    times = [(seconds(lambda: np.sort(floats)), seconds(lambda: fill(*lines))) for _ in range(rounds)]
    sort, balance = (median(column) for column in zip(*times, strict=True))
    ratio = median(fill_time / sort_time for sort_time, fill_time in times)
    proof = median(seconds(lambda: proved(lines, filled)) for _ in range(5))
    print(f"{count:,} lines, seed {SEED}, {rounds} rounds, numpy {np.__version__}, {platform.machine()}")
    print(f"numpy.sort of as many floats   {1e3 * sort:8.2f} ms")
    print(f"rule A, exact whole units      {1e3 * balance:8.2f} ms")
    print(f"the certificate afterwards     {1e3 * proof:8.2f} ms   holds: {proved(lines, filled)}")
    print(f"ratio to the sort              {ratio:8.2f}      aim: {AIM} or less")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
