"""PURE: the kernel of every rule: lines that climb in levels, `clip(slope * rate + offset, lower, upper)`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]
#: Shifts fit two bytes; the narrower they are, the less memory each pass reads.
ShiftArray: TypeAlias = NDArray[np.signedinteger[Any]]
FloatArray: TypeAlias = NDArray[np.float64]

_Column = TypeVar("_Column", IntArray, ShiftArray)

#: Shifts are whole basis points.
BASIS = 10_000
#: Rows handled at once: the working arrays of one block stay in the cache.
BLOCK = 1 << 16


@dataclass(frozen=True, eq=False)
class Ladder:
    """Lines that climb in whole levels as one common rate rises.

    At rate r line i stands at `(slope * (r + shift / 10000) + offset) / quantum` levels, rounded in the
    ordinary way and cut to [lower, upper]. Rule A gives slope = claim and shift = the priority shift; a rule
    per resident would give slope = population, and another offset. All arrays are of one length.
    """

    slope: IntArray
    lower: IntArray
    upper: IntArray
    shift: ShiftArray | None = None
    offset: IntArray | None = None
    quantum: int = 1

    def __len__(self) -> int:
        return len(self.slope)

    def blocks(self) -> Iterator[slice]:
        """Yield the slices that together cover all lines."""
        return (slice(start, start + BLOCK) for start in range(0, len(self), BLOCK))

    def every(self, stride: int) -> "Ladder":
        """Return every `stride`-th line as a ladder of its own."""
        return self._at(slice(None, None, stride))

    def take(self, rows: IntArray) -> "Ladder":
        """Return the chosen lines, in the order of `rows`, as a ladder of their own."""
        return self._at(rows)

    def block(self, rows: slice) -> "Ladder":
        """Return the lines of one block, sharing their memory."""
        return self._at(rows)

    @classmethod
    def joined(cls, parts: Sequence["Ladder"]) -> "Ladder":
        """Return the lines of several ladders of one kind as one ladder."""
        first = parts[0]
        return cls(
            np.concatenate([part.slope for part in parts]),
            np.concatenate([part.lower for part in parts]),
            np.concatenate([part.upper for part in parts]),
            None if first.shift is None else np.concatenate([_given(part.shift) for part in parts]),
            None if first.offset is None else np.concatenate([_given(part.offset) for part in parts]),
            first.quantum,
        )

    def positions(self, rows: slice, rate: float, slope: FloatArray, out: FloatArray) -> None:
        """Write slope / quantum of `rows` to `slope` and their unrounded, unclipped positions to `out`."""
        np.copyto(slope, self.slope[rows])
        if self.quantum != 1:
            slope /= self.quantum
        if self.shift is None:
            np.multiply(slope, rate, out=out)
        else:
            np.copyto(out, self.shift[rows])
            out *= 1.0 / BASIS
            out += rate
            out *= slope
        if self.offset is not None:
            out += self.offset[rows] / self.quantum

    def keys(self, levels: IntArray) -> FloatArray:
        """Return, as brackets only, the rate at which each line steps from `levels` to the next level."""
        numerator = self.quantum * (levels + 0.5)
        if self.offset is not None:
            numerator -= self.offset
        keys: FloatArray = numerator / self.slope
        if self.shift is not None:
            keys -= self.shift / BASIS
        return keys

    def exact_keys(self, levels: IntArray) -> list[Fraction]:
        """Return the same rates as exact fractions, one per line."""
        shifts = [0] * len(self) if self.shift is None else self.shift.tolist()
        offsets = [0] * len(self) if self.offset is None else self.offset.tolist()
        return [
            exact_key(level, slope=slope, shift=shift, offset=offset, quantum=self.quantum)
            for level, slope, shift, offset in zip(
                levels.tolist(), self.slope.tolist(), shifts, offsets, strict=True
            )
        ]

    def _at(self, rows: slice | IntArray) -> "Ladder":
        return Ladder(
            self.slope[rows],
            self.lower[rows],
            self.upper[rows],
            None if self.shift is None else self.shift[rows],
            None if self.offset is None else self.offset[rows],
            self.quantum,
        )


def _given(column: _Column | None) -> _Column:
    if column is None:
        raise ValueError("ladders of different kinds cannot be joined")
    return column


def exact_key(level: int, *, slope: int, shift: int, offset: int, quantum: int) -> Fraction:
    """Return the exact rate at which a line steps from `level` to `level + 1`.

    >>> exact_key(0, slope=5, shift=0, offset=0, quantum=1)
    Fraction(1, 10)
    """
    halves = quantum * (2 * level + 1) - 2 * offset
    return Fraction(BASIS * halves - 2 * slope * shift, 2 * BASIS * slope)
