"""PURE: the rate in floats: a good guess for a search that whole numbers decide."""

from typing import NamedTuple

import numpy as np

from budgetproto.balancing.kernel.ladder import FloatArray, Ladder


class Continuous(NamedTuple):
    """Lines that rise without steps: sum clip(slope * rate + offset, lower, upper)."""

    slope: FloatArray
    offset: FloatArray
    lower: FloatArray
    upper: FloatArray

    @classmethod
    def of(cls, ladder: Ladder) -> "Continuous":
        """Return a ladder's lines without their rounding."""
        slope, offset = np.empty(len(ladder)), np.empty(len(ladder))
        ladder.positions(slice(None), 0.0, slope, offset)
        return cls(slope, offset, ladder.lower.astype(np.float64), ladder.upper.astype(np.float64))

    def part_way(self, share: float) -> float:
        """Return the total that lies `share` of the way between the sums of the bounds."""
        low = float(self.lower.sum())
        return low + share * (float(self.upper.sum()) - low)

    def at(self, rate: float) -> tuple[float, float]:
        """Return the total at a rate, and how steeply it rises there."""
        place = self.slope * rate + self.offset
        steep = self.slope[(place > self.lower) & (place < self.upper)]
        return float(np.clip(place, self.lower, self.upper).sum()), float(steep.sum())

    def rate(self, total: float, *, enough: float = 1e-15) -> float:
        """Return, about, the rate at which the lines reach `total`.

        Newton's steps inside a strictly shrinking bracket: an inclusive one can cycle between breakpoints.
        """
        low = float(((self.lower - self.offset) / self.slope).min())
        high = float(((self.upper - self.offset) / self.slope).max())
        rate = (total - float(self.offset.sum())) / float(self.slope.sum())
        for _ in range(100):
            rate = rate if low < rate < high else (low + high) / 2
            reached, steep = self.at(rate)
            missing = total - reached
            low, high = (rate, high) if missing > 0 else (low, rate)
            step = missing / steep if steep else (high - low) / 2 * (1 if missing > 0 else -1)
            if abs(step) <= enough * max(1.0, abs(rate)) or not low < high:
                break
            rate += step
        return rate
