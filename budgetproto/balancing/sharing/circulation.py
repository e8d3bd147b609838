"""PURE: whole amounts that go round a small network within bounds: found, stretched, and made cheaper."""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

Node: TypeAlias = Hashable
Span: TypeAlias = tuple[int, int]
#: The price of one unit, and what decides where prices are equal.
Price: TypeAlias = tuple[Fraction, int]


class Move(NamedTuple):
    """A unit more (`by` is 1) or less (-1) on one arc, from a node to a node."""

    start: Node
    end: Node
    arc: int
    by: int


@dataclass(frozen=True)
class Network:
    """Arcs from node to node; what comes into a node goes out of it."""

    arcs: tuple[tuple[Node, Node], ...]

    def mended(self, flow: Sequence[int], spans: Sequence[Span]) -> list[int] | None:
        """Return a circulation within the spans that is near to `flow`; None where there is none."""
        found = [min(max(amount, least), most) for amount, (least, most) in zip(flow, spans, strict=True)]
        while excess := self._excess(found):
            over = {node for node, left in excess.items() if left > 0}
            under = {node for node, left in excess.items() if left < 0}
            path = self._path(found, spans, over, under)
            if path is None:
                return None
            most = min(excess[path[0].start], -excess[path[-1].end])
            push(found, path, min(most, room(path, found, spans)))
        return found

    def reach(self, flow: Sequence[int], spans: Sequence[Span], arc: int) -> Span:
        """Return the least and the most that an arc can carry while all others keep to their spans."""
        return self._furthest(flow, spans, arc, -1), self._furthest(flow, spans, arc, 1)

    def moves(self, flow: Sequence[int], spans: Sequence[Span]) -> Iterator[Move]:
        """Yield every single unit that the spans allow to move."""
        for arc, ((tail, head), amount, (least, most)) in enumerate(zip(self.arcs, flow, spans, strict=True)):
            if amount < most:
                yield Move(tail, head, arc, 1)
            if amount > least:
                yield Move(head, tail, arc, -1)

    def _excess(self, flow: Sequence[int]) -> dict[Node, int]:
        excess: dict[Node, int] = {}
        for (tail, head), amount in zip(self.arcs, flow, strict=True):
            excess[tail] = excess.get(tail, 0) - amount
            excess[head] = excess.get(head, 0) + amount
        return {node: left for node, left in excess.items() if left}

    def _furthest(self, flow: Sequence[int], spans: Sequence[Span], arc: int, by: int) -> int:
        found, (tail, head) = list(flow), self.arcs[arc]
        start, end = (head, tail) if by > 0 else (tail, head)
        while left := _room(Move(tail, head, arc, by), found, spans):
            fixed = [*spans[:arc], (found[arc], found[arc]), *spans[arc + 1 :]]
            path = self._path(found, fixed, {start}, {end})
            if path is None:
                break
            amount = min(left, room(path, found, fixed))
            push(found, [*path, Move(tail, head, arc, by)], amount)
        return found[arc]

    def _path(
        self, flow: Sequence[int], spans: Sequence[Span], starts: Collection[Node], ends: Collection[Node]
    ) -> list[Move] | None:
        """Return the shortest way for a unit from one of the starts to one of the ends."""
        leaving: dict[Node, list[Move]] = {}
        for move in self.moves(flow, spans):
            leaving.setdefault(move.start, []).append(move)
        came: dict[Node, Move | None] = dict.fromkeys(
            (node for ends_of in self.arcs for node in ends_of if node in starts), None
        )
        waiting = deque(came)
        while waiting:
            node = waiting.popleft()
            if node in ends:
                return _back(came, node)
            for move in leaving.get(node, ()):
                if move.end not in came:
                    came[move.end] = move
                    waiting.append(move.end)
        return None


def cheaper(moves: Sequence[Move], price: Callable[[Move], Price]) -> list[Move] | None:
    """Return a round of moves whose prices sum to less than nothing; None where there is none."""
    priced = [(move, *price(move)) for move in moves]
    cost: dict[Node, Price] = {node: (Fraction(0), 0) for move in moves for node in move[:2]}
    came: dict[Node, Move] = {}
    while True:
        changed = False
        for move, rate, tie in priced:
            reached = (cost[move.start][0] + rate, cost[move.start][1] + tie)
            if reached < cost[move.end]:
                cost[move.end], came[move.end], changed = reached, move, True
        if not changed:
            return None
        if (found := _round(came)) is not None:
            return found


def room(moves: Sequence[Move], flow: Sequence[int], spans: Sequence[Span]) -> int:
    """Return how often all the moves can be made together, each arc being in one of them only."""
    return min(_room(move, flow, spans) for move in moves)


def push(flow: list[int], path: Sequence[Move], amount: int) -> None:
    """Make all the moves, so many times."""
    for move in path:
        flow[move.arc] += move.by * amount


def _round(came: dict[Node, Move]) -> list[Move] | None:
    """Return a closed round among the moves by which each node was reached."""
    done: set[Node] = set()
    for first in came:
        node, trail = first, dict[Node, Move]()
        while node in came and node not in done and node not in trail:
            trail[node] = came[node]
            node = came[node].start
        if node in trail:
            places = list(trail)
            return [trail[each] for each in places[places.index(node) :]]
        done |= trail.keys()
    return None


def _back(came: dict[Node, Move | None], node: Node) -> list[Move]:
    path: list[Move] = []
    while (move := came[node]) is not None:
        path.insert(0, move)
        node = move.start
    return path


def _room(move: Move, flow: Sequence[int], spans: Sequence[Span]) -> int:
    least, most = spans[move.arc]
    return most - flow[move.arc] if move.by > 0 else flow[move.arc] - least
