"""PURE: limits on the money of a region, a kind, or both, as a tree of envelopes inside the envelope."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import (
    DuplicateLimit,
    LimitContradictory,
    LimitsCross,
    LimitsTooNarrow,
    LimitUnfillable,
    LimitUnknown,
)
from budgetproto.balancing.lines import Line

#: Money that is settled before the sharing, and on whose line.
Fixed = tuple[Line, int]


@dataclass(frozen=True)
class Limit:
    """A least and a most for the money that the lines of a region, of a kind, or of both get together.

    What they get is counted from the Government's figures, releases and savings included; None is no bound.
    A limit that `yields` is kept as far as its lines, the limits inside it and the money at hand allow.
    """

    name: str
    region: str | None = None
    kind: str | None = None
    least: int | None = None
    most: int | None = None
    yields: bool = False

    def covers(self, line: Line) -> bool:
        """Whether a line counts towards the limit."""
        return self.region in {None, line.region} and self.kind in {None, line.kind}

    def missed_by(self, granted: int) -> str | None:
        """Name the bound that what its lines get together does not keep."""
        if self.least is not None and granted < self.least:
            return "least"
        return "most" if self.most is not None and granted > self.most else None


@dataclass(frozen=True)
class Node:
    """A limit in the tree: `rows` are its claims, children's included; bounds are money inside the claims."""

    name: str
    rows: frozenset[int]
    least: int
    most: int
    children: tuple["Node", ...] = ()
    yields: bool = False

    @property
    def own(self) -> frozenset[int]:
        """The rows that no child covers."""
        return self.rows.difference(*(child.rows for child in self.children))

    def walk(self) -> Iterator["Node"]:
        """Yield all below the node, then the node."""
        for child in self.children:
            yield from child.walk()
        yield self


def crosses(claims: Sequence[Claim], limits: Sequence[Limit]) -> bool:
    """Say whether a limit of a region and one of a kind share some claims, and neither contains the other."""
    of_region, of_kind, of_both = (
        Counter(pick(claim.line) for claim in claims)
        for pick in (lambda line: line.region, lambda line: line.kind, lambda line: (line.region, line.kind))
    )
    regions = {limit.region for limit in limits if limit.kind is None and limit.region is not None}
    kinds = {limit.kind for limit in limits if limit.region is None and limit.kind is not None}
    return any(
        0 < count < min(of_region[region], of_kind[kind])
        for (region, kind), count in of_both.items()
        if region in regions and kind in kinds
    )


def bounded(claims: Sequence[Claim], limits: Sequence[Limit], *, fixed: Sequence[Fixed] = ()) -> list[Node]:
    """Return each limit alone as a node over the claims, with its bounds as money inside them.

    `fixed` is money that is settled beside the claims; it and what the claims are granted beyond both
    positions are taken off the bounds.
    """
    for name, count in Counter(limit.name for limit in limits).items():
        if count > 1:
            raise DuplicateLimit(limit=name)
    return [_node(limit, claims, fixed) for limit in limits]


def tree(claims: Sequence[Claim], limits: Sequence[Limit], *, fixed: Sequence[Fixed] = ()) -> Node:
    """Return the root over all claims, with the limits as nested nodes below it.

    Raises a kind of Unbalanceable where two limits overlap and neither contains the other, where a limit
    contradicts itself or another, or where its lines cannot meet it.
    """
    every, most = frozenset(range(len(claims))), sum(claim.upper for claim in claims)
    root = Node("", every, 0, most, yields=all(limit.yields for limit in limits))
    for node in sorted(bounded(claims, limits, fixed=fixed), key=lambda node: (-len(node.rows), node.name)):
        root = _hung(root, node)
    return _tightened(root, claims)


def settled(limit: Limit, claims: Sequence[Claim], fixed: Sequence[Fixed]) -> int:
    """Return the money of a limit that is not shared: of settled lines, and beyond both positions."""
    beyond = [(claim.line, claim.outside) for claim in claims]
    return sum(money for line, money in (*fixed, *beyond) if limit.covers(line))


def _node(limit: Limit, claims: Sequence[Claim], fixed: Sequence[Fixed]) -> Node:
    rows = frozenset(row for row, claim in enumerate(claims) if limit.covers(claim.line))
    if not rows and not any(limit.covers(line) for line, _ in fixed):
        raise LimitUnknown(limit=limit.name)
    if limit.least is not None and limit.most is not None and limit.least > limit.most:
        raise LimitContradictory(limit=limit.name, least=limit.least, most=limit.most)
    beside = settled(limit, claims, fixed)
    lowest, highest = sum(claims[row].lower for row in rows), sum(claims[row].upper for row in rows)
    least = lowest if limit.least is None else limit.least - beside
    most = highest if limit.most is None else limit.most - beside
    if limit.yields:
        return Node(limit.name, rows, *within((least, most), (lowest, highest)), yields=True)
    if least > highest or most < lowest:
        raise LimitUnfillable(limit=limit.name, lowest=lowest + beside, highest=highest + beside)
    return Node(limit.name, rows, least, most)


def within(bounds: tuple[int, int], reach: tuple[int, int]) -> tuple[int, int]:
    """Return bounds moved as little as needed to lie in a reach.

    >>> within((5, 9), (6, 7)), within((1, 2), (6, 7))
    ((6, 7), (6, 6))
    """
    least, most = (min(max(bound, reach[0]), reach[1]) for bound in bounds)
    return least, most


def _hung(parent: Node, node: Node) -> Node:
    """Return the parent with the node below it, as deep as it belongs."""
    for place, child in enumerate(parent.children):
        if node.rows <= child.rows:
            children = (*parent.children[:place], _hung(child, node), *parent.children[place + 1 :])
            return replace(parent, children=children)
        if node.rows & child.rows:
            raise LimitsCross(limit=child.name, other=node.name)
    return replace(parent, children=(*parent.children, node))


def _tightened(node: Node, claims: Sequence[Claim]) -> Node:
    """Return the node with bounds that its lines and its children can meet.

    Where there are none a limit that yields moves its own, others are refused.
    """
    children = tuple(_tightened(child, claims) for child in node.children)
    own = [claims[row] for row in node.own]
    lowest = sum(child.least for child in children) + sum(claim.lower for claim in own)
    highest = sum(child.most for child in children) + sum(claim.upper for claim in own)
    if node.yields:
        least, most = within((node.least, node.most), (lowest, highest))
    else:
        least, most = max(node.least, lowest), min(node.most, highest)
    if least > most:
        raise LimitUnfillable(limit=node.name, lowest=lowest, highest=highest)
    return replace(node, least=least, most=most, children=children)


def on_grid(node: Node, claims: Sequence[Claim], quantum: int, *, outwards: bool = False) -> Node:
    """Return the tree with bounds that whole quanta can reach, drawn inwards; a narrower one is kept.

    Drawn outwards, a least asks for no more than whole quanta of it.
    """
    children = tuple(on_grid(child, claims, quantum, outwards=outwards) for child in node.children)
    origin = sum(claims[row].origin for row in node.rows)
    up = 0 if outwards else quantum - 1
    least = (node.least + origin + up) // quantum * quantum - origin
    most = (node.most + origin) // quantum * quantum - origin
    if least > most:
        least, most = node.least, node.most
    return replace(node, least=least, most=most, children=children)


def needed(node: Node, claims: Sequence[Claim]) -> int:
    """Return the least money at which a tree keeps the least of every node and of every claim.

    Raises LimitsTooNarrow where that passes what a node may get, unless its limit yields.
    """
    inside = sum(needed(child, claims) for child in node.children)
    inside += sum(claims[row].lower for row in node.own)
    if inside > node.most and not node.yields:
        raise LimitsTooNarrow
    return max(node.least, inside)
