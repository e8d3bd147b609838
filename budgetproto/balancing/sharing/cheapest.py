"""PURE: whole units that keep limits of regions and of kinds at once, at the least cost there is.

What a cell gets costs the more per unit the more it gets already, and what goes through regions, cells and
kinds is a circulation. So whole units exist wherever broken ones do, and a sharing is the best as soon as no
round of single units makes it cheaper. Rounds are tried in large amounts first, then in halves of them down
to one; all in exact fractions, so that neither floats nor any order decide.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from budgetproto.balancing.errors import LimitsTooNarrow
from budgetproto.balancing.sharing.cells import laid_out
from budgetproto.balancing.sharing.circulation import Move, Span, cheaper, push, room
from budgetproto.balancing.sharing.limits import Limit, bounded, within
from budgetproto.balancing.sharing.margins import Margins
from budgetproto.balancing.sharing.nesting import Pool
from budgetproto.balancing.sharing.pool import Grid
from budgetproto.balancing.sharing.pots import Pot


class Side(NamedTuple):
    """One bound of a limit, in whole quanta, on the part it is about."""

    limit: str
    arc: int
    at: str
    level: int


class Division(NamedTuple):
    """The pools, the common one first, and the limits that hold their lines, each with the bound."""

    pools: list[Pool]
    held: list[tuple[str, str]]


def cheapest(pot: Pot, limits: Sequence[Limit]) -> Division:
    """Divide the claims into pools so that all limits are kept at the least cost.

    Lines that the same limits hold share a pool. Raises LimitsTooNarrow where no whole quanta keep them all.
    """
    problem = _Problem(pot, limits)
    flow = problem.best()
    return problem.divided(flow, problem.holding(flow))


class _Problem:
    """The parts of a pot and the bounds on them, in levels: multiples of the quantum."""

    def __init__(self, pot: Pot, limits: Sequence[Limit]) -> None:
        self.pot, self.cells, self.grid = pot, laid_out(pot.claims, limits), Grid(pot.claims, pot.quantum)
        self.parts, self.network, self.whole = self.cells.parts, self.cells.network, self.cells.whole
        self.margins = Margins(self.grid, pot.ranks, {arc: self.parts[arc] for arc in self.cells.single})
        self.free = self.cells.spans(self.grid.lower, self.grid.upper)
        self.sides = self._sides(limits)
        if all(limit.yields for limit in limits):
            self.sides = self._eased()

    def best(self) -> list[int]:
        """Return what each part carries at the least cost, of the total as much as the limits let through."""
        spans = self._spans(self.sides)
        flow = self._met([least for least, _ in spans], spans)
        least, most = self.network.reach(flow, spans, self.whole)
        total = min(self._level(self.whole, self.pot.total), most)
        spans[self.whole] = (max(total, least), total)
        flow = self._met(flow, spans)
        size = 1 << max(most - least for least, most in spans).bit_length()
        while size := size // 2:
            while found := self._cheaper(flow, spans, size=size):
                push(flow, found, size)
        return flow

    def holding(self, flow: Sequence[int]) -> list[Side]:
        """Return the bounds without which others would be cheaper; of bounds that imply another only they."""
        pushing = flow[self.whole] == self.network.reach(flow, self._spans(self.sides), self.whole)[1]
        kept = [side for side in self.sides if flow[side.arc] == side.level]
        for side in sorted(kept, key=lambda side: (-len(self.parts[side.arc]), side)):
            others = [each for each in kept if each != side]
            spans = self._spans(others)
            spans[self.whole] = flow[self.whole], spans[self.whole][1] if pushing else flow[self.whole]
            if not self._cheaper(flow, spans):
                kept = others
        return kept

    def divided(self, flow: Sequence[int], holding: Sequence[Side]) -> Division:
        """Return the pools of the lines that the same bounds hold."""
        pools: dict[tuple[Side, ...], list[int]] = {(): []}
        for cell in self.cells.single:
            over = tuple(side for side in holding if set(self.parts[cell]) <= set(self.parts[side.arc]))
            pools.setdefault(over, []).append(cell)
        return Division(
            [self._pool(over, cells, flow) for over, cells in sorted(pools.items())],
            [(side.limit, side.at) for side in holding],
        )

    def _pool(self, over: Sequence[Side], cells: Sequence[int], flow: Sequence[int]) -> Pool:
        rows = sorted(row for cell in cells for row in self.parts[cell])
        origin = sum(self.grid.origin[row] for row in rows)
        total = self.grid.quantum * sum(flow[cell] for cell in cells) - origin
        name = " × ".join(side.limit for side in over)
        return Pool(name, tuple(rows), total, " ".join(side.at for side in over))

    def _sides(self, limits: Sequence[Limit]) -> list[Side]:
        nodes = bounded(self.pot.claims, limits, fixed=self.pot.fixed)
        return sorted(
            side
            for node, arc in zip(nodes, self.cells.about, strict=True)
            if arc is not None
            for side in (
                Side(node.name, arc, "least", self._level(arc, node.least + self.grid.quantum - 1)),
                Side(node.name, arc, "most", self._level(arc, node.most)),
            )
        )

    def _eased(self) -> list[Side]:
        """Return the bounds moved to what can be kept: of the total first, then of the smaller parts."""
        sides, spans = [], list(self.free)
        least, most = spans[self.whole]
        spans[self.whole] = least, max(min(most, self._level(self.whole, self.pot.total)), least)
        flow = self._met([least for least, _ in spans], spans)
        for side in sorted(self.sides, key=lambda side: (len(self.parts[side.arc]), side)):
            reach = self.network.reach(flow, spans, side.arc)
            level, _ = within((side.level, side.level), reach)
            least, most = spans[side.arc]
            spans[side.arc] = (level, most) if side.at == "least" else (least, level)
            flow = self._met(flow, spans)
            sides.append(side._replace(level=level))
        return sorted(sides)

    def _level(self, arc: int, money: int) -> int:
        """Return the whole quanta that money of a part reaches."""
        return (money + sum(self.grid.origin[row] for row in self.parts[arc])) // self.grid.quantum

    def _cheaper(self, flow: Sequence[int], spans: Sequence[Span], *, size: int = 1) -> list[Move] | None:
        """Return a round of moves by so many quanta that costs less than nothing; more for all is worth any.

        Each move is priced at the dearest of its quanta, so that the whole round is cheaper too.
        """
        moves = [move for move in self.network.moves(flow, spans) if room([move], flow, spans) >= size]
        price = self.margins.prices(moves, flow, behind=size - 1)
        any_cost = 1 + sum((abs(price(move)[0]) for move in moves), Fraction(0))
        return cheaper(moves, lambda move: (-any_cost, 0) if move.arc == self.whole else price(move))

    def _spans(self, sides: Sequence[Side]) -> list[Span]:
        """Return what each part can carry between its own bounds and those of the limits."""
        spans = list(self.free)
        for side in sides:
            least, most = spans[side.arc]
            if side.at == "least":
                spans[side.arc] = max(least, side.level), most
            else:
                spans[side.arc] = least, min(most, side.level)
        return spans

    def _met(self, flow: Sequence[int], spans: Sequence[Span]) -> list[int]:
        fits = all(least <= most for least, most in spans)
        found = self.network.mended(flow, spans) if fits else None
        if found is None:
            raise LimitsTooNarrow
        return found
