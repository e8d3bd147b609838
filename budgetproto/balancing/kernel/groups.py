"""PURE: groups of lines with bounds of their own inside one total: those held at a bound, and all others."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.filling import pour
from budgetproto.balancing.kernel.ladder import BLOCK, FloatArray, IntArray, Ladder
from budgetproto.balancing.kernel.ranking import NEAR

#: So many groups fit two bytes, which numpy sorts at once.
_FEW = 1 << 16
#: Lines the first guess of the rate is made from.
_SAMPLE = 1 << 13
#: Looks at all lines before whole levels decide.
_LOOKS = 8

#: 1 for a group held at its most, -1 at its least, 0 for one that shares on.
Held: TypeAlias = NDArray[np.int8]


def pour_groups(  # noqa: PLR0917  # the lines, the groups, and what they share
    ladder: Ladder, groups: IntArray, least: IntArray, most: IntArray, total: int, ties: IntArray
) -> IntArray:
    """Return the levels whose sum is `total`, no group of lines below its least or above its most.

    `groups` names the group of each line by its place in `least` and `most`. A group that would pass its
    bound gets exactly the bound and shares it at a rate of its own; all others share on at the common rate.
    Each pool is poured as ever. Raises ValueError where lines cannot meet a bound, or bounds the total.

    >>> claims = np.array([600, 200, 800, 400])
    >>> bounds = np.array([0, 0]), np.array([200, 1_200])
    >>> ladder, groups = Ladder(claims, claims * 0, claims), np.array([0, 0, 1, 1])
    >>> pour_groups(ladder, groups, *bounds, 1_000, np.arange(4)).tolist()
    [150, 50, 533, 267]
    """
    return _Grouped(ladder, groups, least, most, ties).poured(total)


class _Look(NamedTuple):
    """About how much each group has at a rate, and how steeply that rises."""

    rate: float
    sums: FloatArray
    steep: FloatArray


@dataclass
class _Grouped:
    """Lines in groups, and what each group must and can get."""

    ladder: Ladder
    groups: IntArray
    least: IntArray
    most: IntArray
    ties: IntArray

    def __post_init__(self) -> None:
        self.least = np.maximum(self.least, self._sums(self.ladder.lower))
        self.most = np.minimum(self.most, self._sums(self.ladder.upper))
        if (self.least > self.most).any():
            raise ValueError("the lines of a group cannot meet its bounds")

    def poured(self, total: int) -> IntArray:
        """Pour the total: from the groups that a look holds, or if these prove wrong from none."""
        if not self.least.sum() <= total <= self.most.sum():
            raise ValueError("the total lies outside the sums of the bounds")
        look = self._look(self._first_rate(total))
        look, step = self._nearer(look, total)
        nobody = np.zeros(len(self.least), np.int8)
        for held in (self._beyond_doubt(look, step), nobody):
            found = self._settled(total, held, look.rate)
            if found is not None and self._proved(*found):
                return found[0]
        raise AssertionError("held from none, every group is held rightly")  # pragma: no cover

    def _sums(self, levels: IntArray) -> IntArray:
        """Return the sum of each group; floats add whole numbers of this size exactly."""
        return np.bincount(self.groups, weights=levels, minlength=len(self.least)).astype(np.int64)

    def _first_rate(self, total: int) -> float:
        """Return the common rate of a sample without any group."""
        if not len(self.ladder):
            return 0.0
        low, high = int(self.ladder.lower.sum()), int(self.ladder.upper.sum())
        sample = Continuous.of(self.ladder.every(max(1, len(self.ladder) // _SAMPLE)))
        return sample.rate(sample.part_way((total - low) / max(high - low, 1)), enough=1e-4)

    def _nearer(self, look: _Look, total: int) -> tuple[_Look, float]:
        """Return a look near to the common rate under the bounds, and how far from it that may be."""
        for _ in range(_LOOKS):
            free = (look.sums > self.least) & (look.sums < self.most)
            missing = total - float(np.clip(look.sums, self.least, self.most).sum())
            step = missing / max(float(look.steep[free].sum()), 1.0)
            if abs(missing) <= len(self.ladder) or not free.any():
                break
            look = self._look(look.rate + step)
        return look, step

    def _look(self, rate: float) -> _Look:
        sums, steep = np.zeros(len(self.least)), np.zeros(len(self.least))
        work = np.empty((3, min(BLOCK, len(self.ladder))))
        for rows in self.ladder.blocks():
            of = self.groups[rows]
            slope, place, level = work[:, : len(of)]
            self.ladder.positions(rows, rate, slope, place)
            np.maximum(place, self.ladder.lower[rows], out=level)
            np.minimum(level, self.ladder.upper[rows], out=level)
            slope *= place == level
            sums += np.bincount(of, weights=level, minlength=len(sums))
            steep += np.bincount(of, weights=slope, minlength=len(steep))
        return _Look(rate, sums, steep)

    def _beyond_doubt(self, look: _Look, step: float) -> Held:
        """Return the groups that are past their bounds by more than rate and rounding may err."""
        doubt = 2 * look.steep * abs(step) + np.sqrt(np.bincount(self.groups, minlength=len(self.least)))
        over, under = look.sums - doubt > self.most, look.sums + doubt < self.least
        return over.astype(np.int8) - under.astype(np.int8)

    def _settled(self, total: int, held: Held, rate: float) -> tuple[IntArray, Held] | None:
        """Hold further groups until none of the others passes its bounds, and share out all pools.

        Where those above their most have more too much than those below their least have too little, the
        common rate can only rise by holding them: they are held for good. Else the others are.
        """
        levels = np.zeros(len(self.ladder), np.int64)
        while True:
            rows = np.flatnonzero(held[self.groups] == 0)
            pool, left = self.ladder.take(rows), total - int(self._bound(held).sum())
            if not pool.lower.sum() <= left <= pool.upper.sum():
                return None
            levels[rows] = pour(pool, left, self.ties[rows], start=rate)
            sums = np.where(held == 0, self._sums(levels), self._bound(held))
            over, under = np.maximum(sums - self.most, 0), np.maximum(self.least - sums, 0)
            if not (over + under).any():
                return self._with_held(levels, held), held
            upwards = over.sum() >= under.sum()
            held = held + (over > 0).astype(np.int8) if upwards else held - (under > 0).astype(np.int8)

    def _bound(self, held: Held) -> IntArray:
        """Return the bound at which each group is held, 0 where it is not."""
        return np.where(held > 0, self.most, np.where(held < 0, self.least, 0))

    def _with_held(self, levels: IntArray, held: Held) -> IntArray:
        """Share the bound of each held group among its lines."""
        rows = np.flatnonzero(held[self.groups])
        of = self.groups[rows]
        ends = np.concatenate(([0], np.cumsum(np.bincount(of, minlength=len(held)))))
        rows = rows[np.argsort(of.astype(np.uint16) if len(held) <= _FEW else of, kind="stable")]
        ladder, ties, poured = self.ladder.take(rows), self.ties[rows], np.empty(len(rows), np.int64)
        bound = self._bound(held)
        for group in np.flatnonzero(np.diff(ends)).tolist():
            part = slice(*ends[group : group + 2].tolist())
            poured[part] = pour(ladder.block(part), int(bound[group]), ties[part])
        levels[rows] = poured
        return levels

    def _proved(self, levels: IntArray, held: Held) -> bool:
        """Say whether no step taken that may be lost comes after one left that may be gained."""
        last = max(self._edge(levels, held >= 0, up=False), default=None)
        first = min(self._edge(levels, held <= 0, up=True), default=None)
        return last is None or first is None or last < first

    def _edge(self, levels: IntArray, sides: NDArray[np.bool_], *, up: bool) -> list[tuple[Fraction, int]]:
        """Return, as exact keys with their ties, the steps whose float key could be the first or the last.

        Steps up are those left, steps down those taken, of the lines in groups on the named sides.
        """
        edge, sign, near = np.inf, 1 if up else -1, list[tuple[FloatArray, IntArray]]()
        for rows in self.ladder.blocks():
            block, level = self.ladder.block(rows), levels[rows]
            steps = level < block.upper if up else level > block.lower
            keys = np.where(steps & sides[self.groups[rows]], sign * block.keys(level - (not up)), np.inf)
            edge = min(edge, float(keys.min()))
            some = np.flatnonzero(keys <= edge + NEAR * max(1.0, abs(edge)))
            near.append((keys[some], some + rows.start))
        if edge == np.inf:
            return []
        chosen = np.concatenate([at[keys <= edge + NEAR * max(1.0, abs(edge))] for keys, at in near])
        exact = self.ladder.take(chosen).exact_keys(levels[chosen] - (not up))
        return list(zip(exact, self.ties[chosen].tolist(), strict=True))
