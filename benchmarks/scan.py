"""The common rate at a hundred and one envelopes for a million lines, against sorting a million floats.

Run as `python -m benchmarks.scan [LINES [ROUNDS]]`. The promise: under five sorts for all envelopes.
"""

import platform
import sys
from statistics import median

import numpy as np

from benchmarks.balance import SEED, Lines, drawn, seconds
from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.ladder import FloatArray, Ladder
from budgetproto.balancing.kernel.scan import scan

AIM = 5
ENVELOPES = 101


def envelopes(lines: Lines) -> FloatArray:
    """Return envelopes from the sum of the lower to the sum of the upper bounds, in equal steps."""
    return np.linspace(float(lines.lower.sum()), float(lines.upper.sum()), ENVELOPES)


def scanned(lines: Lines) -> FloatArray:
    """Return the rates at all envelopes."""
    return scan(lines.claims, lines.lower, lines.upper, lines.shift, envelopes(lines))


def difference(lines: Lines) -> float:
    """Return the largest difference to the rates that `pour` starts from, between the two ends."""
    alone = Continuous.of(Ladder(lines.claims, lines.lower, lines.upper, lines.shift))
    inside = zip(envelopes(lines)[1:-1], scanned(lines)[1:-1], strict=True)
    return max(abs(alone.rate(float(money)) - float(rate)) for money, rate in inside)


def main(count: int = 1_000_000, rounds: int = 9) -> None:
    """Time both in turn, so that both meet the same noise, and print medians and their ratio."""
    lines, floats = drawn(count), np.random.default_rng(SEED).random(count)
    scanned(lines)
    times = [(seconds(lambda: np.sort(floats)), seconds(lambda: scanned(lines))) for _ in range(rounds)]
    sort, scanning = (median(column) for column in zip(*times, strict=True))
    ratio = median(scan_time / sort_time for sort_time, scan_time in times)
    print(f"{count:,} lines, seed {SEED}, {rounds} rounds, numpy {np.__version__}, {platform.machine()}")
    print(f"numpy.sort of as many floats   {1e3 * sort:8.2f} ms")
    print(f"the rate at {ENVELOPES} envelopes      {1e3 * scanning:8.2f} ms")
    print(f"ratio to the sort              {ratio:8.2f}      aim: under {AIM}")
    print(f"largest difference of a rate   {difference(lines):8.1e}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
