"""PURE: whole levels that add up exactly: the rate at which ordinary rounding gives the total."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from budgetproto.balancing.errors import TooLarge
from budgetproto.balancing.ladder import BLOCK, FloatArray, IntArray, Ladder
from budgetproto.balancing.ranking import first_events

#: Whole numbers below this add up exactly as floats, in any order.
EXACT = 2**53
#: Lines the first guess of the rate is made from.
_SAMPLE = 1 << 14
#: A float key of a line differs from its exact key by far less than this (relative to the rate).
_MARGIN = 1e-13
#: Events listed at once beyond one per line.
_MANY = 1 << 22


def fill(  # noqa: PLR0917  # six columns of one table
    claims: IntArray,
    lower: IntArray,
    upper: IntArray,
    shift: IntArray | None,
    envelope: int,
    ties: IntArray,
) -> IntArray:
    """Share `envelope` whole units among positive `claims` by rule A and return the units per line.

    All arrays are int64 of one length: 0 <= lower <= upper <= claims, `shift` in basis points (or None),
    `ties` distinct ranks, the smaller first served where keys are equal. The sum of the result is exactly
    `envelope`, which must lie between the sums of `lower` and `upper`.

    >>> claims, ties = np.array([2, 4, 7, 8]), np.arange(4)
    >>> fill(claims, claims * 0, claims, None, 10, ties).tolist()
    [1, 2, 3, 4]
    """
    return pour(Ladder(claims, lower, upper, shift), envelope, ties)


def pour(ladder: Ladder, total: int, ties: IntArray, *, start: float | None = None) -> IntArray:
    """Return the levels whose sum is `total` and that take the smallest (key, tie) steps.

    Floats only bracket the rate: the answer depends neither on `start`, nor on the order of the lines, nor
    on the machine. Raises TooLarge where the sum of upper levels reaches 2**53, ValueError where `total`
    lies outside the sums of the bounds.
    """
    low, high = _sums(ladder)
    if not low <= total <= high:
        raise ValueError("the total lies outside the sums of the bounds")
    if total in {low, high}:
        return (ladder.lower if total == low else ladder.upper).copy()
    guess = _approach(ladder, (total - low) / (high - low)) if start is None else start
    return _Search(ladder, total, ties).run(guess)


def _sums(ladder: Ladder) -> tuple[int, int]:
    """Return the sums of the lower and of the upper levels, refusing what floats cannot add exactly."""
    if len(ladder) and float(ladder.upper.sum(dtype=np.float64)) >= EXACT:
        raise TooLarge(limit=EXACT)
    return int(ladder.lower.sum()), int(ladder.upper.sum())


def _approach(ladder: Ladder, share: float) -> float:
    """Guess the rate from a sample of lines: `share` of the way between the sums of their bounds."""
    sample = ladder.every(max(1, len(ladder) // _SAMPLE))
    lower, upper = sample.lower.astype(np.float64), sample.upper.astype(np.float64)
    slope, offset = np.empty(len(sample)), np.empty(len(sample))
    sample.positions(slice(None), 0.0, slope, offset)
    total = float(lower.sum() + share * (upper.sum() - lower.sum()))
    return continuous_rate(slope, offset, lower, upper, total)


def continuous_rate(
    slope: FloatArray, offset: FloatArray, lower: FloatArray, upper: FloatArray, total: float
) -> float:
    """Return, about, the rate at which sum clip(slope * rate + offset, lower, upper) = total.

    Newton's steps inside a strictly shrinking bracket: an inclusive one can cycle between two breakpoints.
    """
    low, high = float(((lower - offset) / slope).min()), float(((upper - offset) / slope).max())
    rate = (total - float(offset.sum())) / float(slope.sum())
    for _ in range(100):
        rate = rate if low < rate < high else (low + high) / 2
        place = slope * rate + offset
        missing = total - float(np.clip(place, lower, upper).sum())
        low, high = (rate, high) if missing > 0 else (low, rate)
        steep = float(slope[(place > lower) & (place < upper)].sum())
        step = missing / steep if steep else (high - low) / 2 * (1 if missing > 0 else -1)
        if abs(step) <= 1e-15 * max(1.0, abs(rate)) or not low < high:
            break
        rate += step
    return rate


class _Window(NamedTuple):
    """The levels just below a narrow band of rates, and the lines that step inside the band."""

    levels: IntArray
    lines: IntArray
    steps: IntArray
    below: int
    above: int


@dataclass
class _Search:
    """The search for the narrow band of rates in which the last step lies."""

    ladder: Ladder
    total: int
    ties: IntArray
    low: float = -np.inf
    high: float = np.inf

    def run(self, guess: float) -> IntArray:
        """Narrow from `guess` to a band, list the steps inside it and take exactly as many as are missing."""
        reached, steepness = self._measure(guess)
        self._learn(guess, reached)
        missing = (self.total - reached) / steepness
        centre, half = guess + missing, abs(missing) * 2e-3 + 2_000 / steepness
        for _ in range(400):
            half = max(half, 8 * _margin(centre))
            window = self._look(centre - half, centre + half)
            found = self._settle(window, centre - half, centre + half)
            if found is not None:
                return found
            centre, half = self._next(window, centre, half, steepness)
        raise AssertionError("the bracket did not close")  # pragma: no cover

    def _measure(self, rate: float) -> tuple[int, float]:
        """Return the sum of the rounded levels at `rate` and how steeply it rises there."""
        reached = steepness = 0.0
        work = [np.empty(BLOCK) for _ in range(4)]
        inside, short = np.empty(BLOCK, bool), np.empty(BLOCK, bool)
        for rows in self.ladder.blocks():
            size = len(self.ladder.slope[rows])
            slope, place, lower, upper = (array[:size] for array in work)
            np.copyto(lower, self.ladder.lower[rows])
            np.copyto(upper, self.ladder.upper[rows])
            self.ladder.positions(rows, rate, slope, place)
            _rounded(place, lower, upper)
            reached += float(place.sum())
            np.greater(place, lower, out=inside[:size])
            np.less(place, upper, out=short[:size])
            inside[:size] &= short[:size]
            slope *= inside[:size]
            steepness += float(slope.sum())
        if not steepness:
            steepness = float(self.ladder.slope.sum(dtype=np.float64)) / self.ladder.quantum
        return int(reached), steepness

    def _look(self, start: float, end: float) -> _Window:
        """Return the levels at `start` and the lines whose level differs at `end`."""
        levels = np.empty(len(self.ladder), np.int64)
        lines: list[IntArray] = []
        ends: list[FloatArray] = []
        below = 0.0
        work = [np.empty(BLOCK) for _ in range(4)]
        moves = np.empty(BLOCK, bool)
        for rows in self.ladder.blocks():
            size = len(self.ladder.slope[rows])
            slope, place, later, bound = (array[:size] for array in work)
            self.ladder.positions(rows, start, slope, place)
            np.multiply(slope, end - start, out=later)
            later += place
            np.rint(place, out=place)
            np.rint(later, out=later)
            np.not_equal(place, later, out=moves[:size])
            moving = np.flatnonzero(moves[:size])
            np.copyto(bound, self.ladder.lower[rows])
            np.maximum(place, bound, out=place)
            np.copyto(bound, self.ladder.upper[rows])
            np.minimum(place, bound, out=place)
            below += float(place.sum())
            levels[rows] = place
            lines.append(moving + rows.start)
            ends.append(later[moving])
        chosen = np.concatenate(lines)
        bounded = np.clip(np.concatenate(ends), self.ladder.lower[chosen], self.ladder.upper[chosen])
        steps = np.maximum(bounded.astype(np.int64) - levels[chosen], 0)
        kept = np.flatnonzero(steps)
        return _Window(levels, chosen[kept], steps[kept], int(below), int(below) + int(steps.sum()))

    def _settle(self, window: _Window, start: float, end: float) -> IntArray | None:
        """Take the missing steps of the window, or return None where it does not prove the answer.

        Steps outside the window lie below `start` or above `end`, give or take far less than the margin:
        so the answer is proved when the first step left and the last step taken keep clear of the ends.
        """
        missing = self.total - window.below
        count = window.above - window.below
        if not 0 <= missing <= count or count > len(self.ladder) + _MANY:
            return None
        taken = first_events(
            self.ladder, window.levels, window.lines, window.steps, count=missing, ties=self.ties
        )
        margin = _margin(start)
        if taken.first_left < start + margin or taken.last_taken > end - margin:
            return None
        np.add.at(window.levels, taken.lines, 1)
        return window.levels

    def _learn(self, rate: float, reached: int) -> None:
        if reached <= self.total:
            self.low = max(self.low, rate)
        if reached >= self.total:
            self.high = min(self.high, rate)

    def _next(self, window: _Window, centre: float, half: float, steepness: float) -> tuple[float, float]:
        """Choose the next band from what the last one showed."""
        if window.below <= self.total <= window.above:
            if window.above - window.below <= len(self.ladder) + _MANY:
                return centre, half * 8
            part = (self.total - window.below) / (window.above - window.below)
            return centre - half + 2 * half * part, half / 64
        self._learn(centre - half, window.below)
        self._learn(centre + half, window.above)
        reached = window.below if self.total < window.below else window.above
        edge = centre - half if self.total < window.below else centre + half
        aim = edge + (self.total - reached) / steepness
        if np.isfinite(self.low) and np.isfinite(self.high) and not self.low < aim < self.high:
            aim = (self.low + self.high) / 2
        return aim, half * 2


def _margin(rate: float) -> float:
    return _MARGIN * max(1.0, abs(rate))


def _rounded(place: FloatArray, lower: FloatArray, upper: FloatArray) -> None:
    np.rint(place, out=place)
    np.maximum(place, lower, out=place)
    np.minimum(place, upper, out=place)
