"""PURE: the last fill: money lines share a total in multiples of the quantum, with the proof beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import TooLarge
from budgetproto.balancing.kernel.filling import EXACT, pour
from budgetproto.balancing.kernel.ladder import IntArray, Ladder
from budgetproto.balancing.kernel.ranking import NEAR
from budgetproto.balancing.option import Certificate, Stage

#: Above this a figure leaves the safe range of int64 arithmetic.
_INT64_HALF = 2**62
Step = tuple[Fraction, int, int]


@dataclass(frozen=True)
class Filled:
    """Money per line, the proof, and the lines whose step was drawn by rank."""

    money: tuple[int, ...]
    certificate: Certificate
    tied: frozenset[int]


def share_out(claims: Sequence[Claim], total: int, *, quantum: int, ranks: Sequence[int]) -> Filled:
    """Share `total`, at least the sum of the lower bounds, so that figures are multiples of `quantum`.

    Figures in between are whole quanta; where the total does not reach the first whole quanta of all lines
    (or passes the last), single lines keep their exact lower (or reach their upper) bound. What is left
    over is less than a quantum, or what the upper bounds refuse. A claim that cannot move stands where it
    is, on the grid or beside it.
    """
    moving = [row for row, claim in enumerate(claims) if claim.lower < claim.upper]
    if len(moving) == len(claims):
        return _shared_out(claims, total, quantum=quantum, ranks=ranks)
    money = [claim.lower for claim in claims]
    standing = sum(money) - sum(money[row] for row in moving)
    filled = _shared_out(
        [claims[row] for row in moving],
        total - standing,
        quantum=quantum,
        ranks=[ranks[row] for row in moving],
    )
    for row, got in zip(moving, filled.money, strict=True):
        money[row] = got
    whole = replace(filled.certificate, total=filled.certificate.total + standing)
    return Filled(tuple(money), whole, frozenset(moving[row] for row in filled.tied))


def _shared_out(claims: Sequence[Claim], total: int, *, quantum: int, ranks: Sequence[int]) -> Filled:
    """Share a total among claims that can move."""
    grid = Grid(claims, quantum)
    most = sum(claim.upper for claim in claims)
    inside = min(total, most)
    if inside < sum(grid.low):
        stage, starts, ends = Stage.FIRST, [claim.lower for claim in claims], grid.low
    elif inside > sum(grid.high):
        stage, starts, ends = Stage.LAST, grid.high, [claim.upper for claim in claims]
    else:
        return grid.fill(inside, ranks)
    steps = sorted(
        (_middle(claims[row], starts[row], ends[row]), ranks[row], row)
        for row in range(len(claims))
        if starts[row] < ends[row]
    )
    return _one_step_each(claims, list(zip(starts, ends, strict=True)), steps, total=total, stage=stage)


class Grid:
    """The multiples of the quantum between each claim's bounds, as money inside the claim."""

    def __init__(self, claims: Sequence[Claim], quantum: int) -> None:
        self.claims, self.quantum = claims, quantum
        self.origin = [claim.origin % quantum for claim in claims]
        self.lower = [-(-(o + c.lower) // quantum) for o, c in zip(self.origin, claims, strict=True)]
        self.upper = [(o + c.upper) // quantum for o, c in zip(self.origin, claims, strict=True)]
        self.low = [quantum * level - o for level, o in zip(self.lower, self.origin, strict=True)]
        self.high = [quantum * level - o for level, o in zip(self.upper, self.origin, strict=True)]

    def fill(self, inside: int, ranks: Sequence[int]) -> Filled:
        """Fill in whole quanta."""
        levels_wanted = (inside + sum(self.origin)) // self.quantum
        if sum(self.upper) >= EXACT:
            raise TooLarge(limit=EXACT * self.quantum)
        ladder = self.ladder()
        levels = pour(ladder, levels_wanted, np.array(ranks, np.int64))
        money = tuple(
            self.quantum * level - origin for level, origin in zip(levels.tolist(), self.origin, strict=True)
        )
        taken, left = edges(ladder, levels, ranks)
        return Filled(money, *_proof(self.claims, sum(money), taken, left))

    def ladder(self) -> Ladder:
        """Return the kernel's arrays, divided by the quantum wherever that leaves whole numbers."""
        slope = [claim.slope for claim in self.claims]
        offset = [origin + claim.offset for origin, claim in zip(self.origin, self.claims, strict=True)]
        whole = not any(part % self.quantum for part in (*slope, *offset))
        if whole:
            slope, offset = [[part // self.quantum for part in parts] for parts in (slope, offset)]
        if max(map(abs, (*slope, *offset)), default=0) >= _INT64_HALF:
            raise TooLarge(limit=EXACT)
        shifts = [claim.shift for claim in self.claims]
        return Ladder(
            np.array(slope, np.int64),
            np.array(self.lower, np.int64),
            np.array(self.upper, np.int64),
            np.array(shifts, np.int16) if any(shifts) else None,
            np.array(offset, np.int64) if any(offset) else None,
            1 if whole else self.quantum,
        )


def edges(ladder: Ladder, levels: IntArray, ranks: Sequence[int]) -> tuple[list[Step], list[Step]]:
    """Return the exact steps nearest to the cut: taken at or just below it, left at or just above it."""
    down, up = np.flatnonzero(levels > ladder.lower), np.flatnonzero(levels < ladder.upper)
    return (
        _nearest(ladder.take(down), levels[down] - 1, down, ranks, largest=True),
        _nearest(ladder.take(up), levels[up], up, ranks, largest=False),
    )


def _nearest(
    ladder: Ladder, levels: IntArray, rows: IntArray, ranks: Sequence[int], *, largest: bool
) -> list[Step]:
    """Return, as exact steps, those whose float key could be the largest (or the smallest)."""
    if not len(rows):
        return []
    keys = ladder.keys(levels)
    edge = float(keys.max() if largest else keys.min())
    near = np.flatnonzero(np.abs(keys - edge) <= NEAR * max(1.0, abs(edge)))
    exact = ladder.take(near).exact_keys(levels[near])
    return [(key, ranks[row], row) for key, row in zip(exact, rows[near].tolist(), strict=True)]


def _one_step_each(
    claims: Sequence[Claim], spans: list[tuple[int, int]], steps: list[Step], *, total: int, stage: Stage
) -> Filled:
    """Take the lines' one step each, in order, while the money lasts."""
    money = [start for start, _ in spans]
    rest, made = total - sum(money), 0
    for _, _, row in steps:
        start, end = spans[row]
        if end - start > rest:
            break
        money[row], rest, made = end, rest - (end - start), made + 1
    certificate, tied = _proof(claims, sum(money), steps[:made], steps[made:])
    return Filled(tuple(money), replace(certificate, stage=stage), tied)


def _middle(claim: Claim, start: int, end: int) -> Fraction:
    return claim.key(Fraction(start + end, 2))


def _proof(
    claims: Sequence[Claim], total: int, taken: Sequence[Step], left: Sequence[Step]
) -> tuple[Certificate, frozenset[int]]:
    """Return the certificate and the rows whose step stands exactly at the cut on both sides."""
    last, first = max(taken, default=None), min(left, default=None)
    certificate = Certificate(
        total=total,
        last_taken=last[0] if last else None,
        last_line=claims[last[2]].line.line if last else None,
        first_left=first[0] if first else None,
        first_line=claims[first[2]].line.line if first else None,
        holds=last is None or first is None or last[:2] < first[:2],
    )
    if not last or not first or last[0] != first[0]:
        return certificate, frozenset()
    return certificate, frozenset(step[2] for step in (*taken, *left) if step[0] == last[0])
