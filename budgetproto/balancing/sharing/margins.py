"""PURE: what one whole quantum more or less costs in a cell, exactly, with the ranks that break ties."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from budgetproto.balancing.kernel.filling import pour
from budgetproto.balancing.sharing.circulation import Move, Price
from budgetproto.balancing.sharing.pool import Grid, Step, edges

_NOTHING = (Fraction(0), 0)


class Edge(NamedTuple):
    """The last step taken in a cell and the first one left; None where there is none."""

    last: Step | None
    first: Step | None


class Margins:
    """The steps at the edge of what each cell has; `cells` are the rows of the parts that are cells."""

    def __init__(self, grid: Grid, ranks: Sequence[int], cells: dict[int, tuple[int, ...]]) -> None:
        self.ranks, self.cells = ranks, cells
        self.ladder, self.ties = grid.ladder(), np.array(ranks, np.int64)
        self._known: dict[tuple[int, int], Edge] = {}

    def prices(
        self, moves: Sequence[Move], flow: Sequence[int], *, behind: int = 0
    ) -> Callable[[Move], Price]:
        """Return what each move costs after `behind` others like it; ranks decide between equal sums.

        A quantum that a line gets weighs, beside its cost, two to the power of its rank: so no two sharings
        are equal, and of two lines at one rate the smaller rank is served first, as everywhere.
        """
        steps = {move: self._step(move, flow[move.arc], behind) for move in moves}
        order = {
            rank: place for place, rank in enumerate(sorted({step[1] for step in steps.values() if step}))
        }

        def price(move: Move) -> Price:
            step = steps[move]
            return _NOTHING if step is None else (move.by * step[0], move.by * (1 << order[step[1]]))

        return price

    def _step(self, move: Move, level: int, behind: int) -> Step | None:
        if move.arc not in self.cells:
            return None
        edge = self._edge(move.arc, level + move.by * behind)
        return edge.first if move.by > 0 else edge.last

    def _edge(self, cell: int, level: int) -> Edge:
        if (cell, level) not in self._known:
            rows = np.array(self.cells[cell], np.int64)
            ladder = self.ladder.take(rows)
            levels = pour(ladder, level, self.ties[rows])
            taken, left = edges(ladder, levels, [self.ranks[row] for row in self.cells[cell]])
            self._known[cell, level] = Edge(max(taken, default=None), min(left, default=None))
        return self._known[cell, level]
