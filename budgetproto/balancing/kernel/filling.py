"""PURE: whole levels that add up exactly: the rate at which ordinary rounding gives the total."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from budgetproto.balancing.errors import TooLarge
from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.ladder import BLOCK, IntArray, Ladder, ShiftArray
from budgetproto.balancing.kernel.ranking import first_events

#: Whole numbers below this add up exactly as floats, in any order.
EXACT = 2**53
#: Lines the first guess of the rate is made from.
_SAMPLE = 1 << 13
#: A float key of a line differs from its exact key by far less than this (relative to the rate).
_MARGIN = 1e-13
#: From here on single precision is precise enough to aim.
_MANY_LINES = 1 << 16
#: Places beyond this are no whole numbers of 64 bits: a line that far outside its bounds is cut before.
_WIDEST = float(2**62)
#: So many looks that miss, and the bracket is halved whatever the slope promises.
_PATIENCE = 6
#: Events listed at once beyond one per line.
_MANY = 1 << 22


def fill(  # noqa: PLR0917  # six columns of one table
    claims: IntArray,
    lower: IntArray,
    upper: IntArray,
    shift: ShiftArray | None,
    envelope: int,
    ties: IntArray,
) -> IntArray:
    """Share `envelope` whole units among positive `claims` by rule A and return the units per line.

    All arrays are of one length, int64 but for `shift` (whole basis points in any integer type, or None):
    0 <= lower <= upper <= claims; `ties` are distinct ranks, the smaller first served where keys are equal.
    The sum of the result is exactly `envelope`, which must lie between the sums of `lower` and `upper`.

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
    stride = max(1, len(ladder) // _SAMPLE)
    sample = Continuous.of(ladder.every(stride))
    search = _Search(ladder, total, ties, sample)
    if start is None and stride == 1:
        return search.from_the_rate(sample.rate(float(total)))
    if start is None:
        start = sample.rate(sample.part_way((total - low) / (high - low)), enough=1e-4)
    return search.run(start)


def _sums(ladder: Ladder) -> tuple[int, int]:
    """Return the sums of the lower and of the upper levels, refusing what floats cannot add exactly."""
    if not len(ladder):
        return 0, 0
    largest = int(ladder.upper.max())
    if largest * len(ladder) >= EXACT and float(ladder.upper.sum(dtype=np.float64)) >= EXACT:
        raise TooLarge(limit=EXACT)
    return int(ladder.lower.sum()), int(ladder.upper.sum())


class _Window(NamedTuple):
    """The levels just below a narrow band of rates, and the lines that step inside the band.

    `below` is the sum of the levels, `above` the sum once every step of the band is taken.
    """

    levels: IntArray
    lines: IntArray
    moving: Ladder
    steps: IntArray
    below: int
    above: int


@dataclass
class _Search:
    """The search for the narrow band of rates in which the last step lies."""

    ladder: Ladder
    total: int
    ties: IntArray
    sample: Continuous
    low: float = -np.inf
    high: float = np.inf
    looks: int = 0

    def run(self, guess: float) -> IntArray:
        """Measure all lines at a guess, and search around the rate that this promises."""
        reached, steepness = self._measure(guess)
        missing = self.total - reached
        return self._around(self._corrected(guess, missing, steepness), abs(missing) * 2.5e-4, steepness)

    def from_the_rate(self, rate: float) -> IntArray:
        """Search around the rate of a sample that is all lines."""
        _, steep = self.sample.at(rate)
        return self._around(rate, 0.0, steep or float(self.sample.slope.sum()))

    def _around(self, centre: float, doubt: float, steepness: float) -> IntArray:
        """Narrow to a band, list the steps inside it and take exactly as many as are missing."""
        half = (doubt + 20 + 1.2 * len(self.ladder) ** 0.5) / steepness
        for _ in range(400):
            half = max(half, 8 * _margin(centre))
            window = self._look(centre - half, centre + half)
            found = self._settle(window, centre - half, centre + half)
            if found is not None:
                return found
            centre, half = self._next(window, centre, half, steepness)
        raise AssertionError("the bracket did not close")  # pragma: no cover

    @cached_property
    def _steepest(self) -> float:
        return float(self.ladder.slope.max()) / self.ladder.quantum

    def _measure(self, rate: float) -> tuple[float, float]:
        """Return, about, the sum of the unrounded levels at `rate` and how steeply it rises there.

        Many lines are measured in single precision: their errors cancel, and it only aims the next look.
        """
        precision = np.float32 if len(self.ladder) > _MANY_LINES else np.float64
        reached = steepness = 0.0
        most = min(BLOCK, len(self.ladder))
        work, free = np.empty((4, most), precision), np.empty(most, bool)
        for rows in self.ladder.blocks():
            size = len(self.ladder.slope[rows])
            slope, place, bound, level = work[:, :size]
            self.ladder.positions(rows, rate, slope, place)
            np.copyto(bound, self.ladder.lower[rows])
            np.maximum(place, bound, out=level)
            np.copyto(bound, self.ladder.upper[rows])
            np.minimum(level, bound, out=level)
            reached += float(level.sum())
            np.equal(place, level, out=free[:size])
            np.copyto(level, free[:size].view(np.int8))
            slope *= level
            steepness += float(slope.sum())
        if not steepness:
            steepness = float(self.ladder.slope.sum(dtype=np.float64)) / self.ladder.quantum
        return reached, steepness

    def _corrected(self, guess: float, missing: float, steepness: float) -> float:
        """Return the rate at which the missing levels would be there, by the curve of the sample."""
        reached, steep = self.sample.at(guess)
        aim = reached + missing * steep / steepness
        if steep and self.sample.part_way(0) < aim < self.sample.part_way(1):
            return self.sample.rate(aim, enough=1e-12)
        return guess + missing / steepness

    def _look(self, start: float, end: float) -> _Window:
        """Return the levels at `start` and the lines whose level differs at `end`."""
        levels, below = np.empty(len(self.ladder), np.int64), 0
        wild = self._steepest * max(abs(start), abs(end)) >= _WIDEST
        found: list[tuple[IntArray, Ladder, IntArray]] = []
        most = min(BLOCK, len(self.ladder))
        work, moves = np.empty((3, most)), np.empty(most, bool)
        for rows in self.ladder.blocks():
            level = levels[rows]
            slope, place, later = work[:, : len(level)]
            self.ladder.positions(rows, start, slope, place)
            slope *= end - start
            np.add(place, slope, out=later)
            np.rint(place, out=place)
            np.rint(later, out=later)
            if wild:
                np.clip(place, -_WIDEST, _WIDEST, out=place)
                np.clip(later, -_WIDEST, _WIDEST, out=later)
            np.not_equal(place, later, out=moves[: len(level)])
            np.copyto(level, place, casting="unsafe")
            np.maximum(level, self.ladder.lower[rows], out=level)
            np.minimum(level, self.ladder.upper[rows], out=level)
            below += int(level.sum())
            chosen = np.flatnonzero(moves[: len(level)])
            moving = self.ladder.block(rows).take(chosen)
            ends = np.clip(later[chosen].astype(np.int64), moving.lower, moving.upper)
            found.append((chosen + rows.start, moving, np.maximum(ends - level[chosen], 0)))
        lines, parts, steps = zip(*found, strict=True)
        every = np.concatenate(steps)
        return _Window(
            levels, np.concatenate(lines), Ladder.joined(parts), every, below, below + int(every.sum())
        )

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
            window.moving,
            window.levels[window.lines],
            window.steps,
            count=missing,
            ties=lambda rows: self.ties[window.lines[rows]],
        )
        margin = _margin(start)
        if taken.first_left < start + margin or taken.last_taken > end - margin:
            return None
        np.add.at(window.levels, window.lines[taken.rows], 1)
        return window.levels

    def _learn(self, rate: float, reached: int) -> None:
        if reached <= self.total:
            self.low = max(self.low, rate)
        if reached >= self.total:
            self.high = min(self.high, rate)

    def _next(self, window: _Window, centre: float, half: float, steepness: float) -> tuple[float, float]:
        """Choose the next band from what the last one showed."""
        self._learn(centre - half, window.below)
        self._learn(centre + half, window.above)
        inside = window.below <= self.total <= window.above
        if inside and window.above - window.below <= len(self.ladder) + _MANY:
            return self._inside(window, centre, half), half * 2
        self.looks += 1
        bracketed = np.isfinite(self.low) and np.isfinite(self.high)
        if bracketed and self.looks % _PATIENCE == 0:
            return (self.low + self.high) / 2, (self.high - self.low) / 8
        if inside:
            return self._inside(window, centre, half), half / 64
        reached = window.below if self.total < window.below else window.above
        edge = centre - half if self.total < window.below else centre + half
        aim = edge + (self.total - reached) / steepness
        if bracketed and not self.low < aim < self.high:
            return (self.low + self.high) / 2, min(half * 2, (self.high - self.low) / 8)
        return aim, half * 2

    def _inside(self, window: _Window, centre: float, half: float) -> float:
        """Return about where in the band the last step lies."""
        part = (self.total - window.below) / max(window.above - window.below, 1)
        return centre - half + 2 * half * part


def _margin(rate: float) -> float:
    return _MARGIN * max(1.0, abs(rate))
