"""PURE: envelopes inside the envelope: a node that would pass its bound gets its bound, the others share on.

Every rule serves the steps of the lines in one fixed order, whatever the total. What a node gets therefore
rises with the total of all and never falls, and cut to its bounds it still does: so the total of the lines
alone at which the bounded sum is the envelope can be found by search, from the root down to the leaves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from budgetproto.balancing.sharing.limits import Node
from budgetproto.balancing.sharing.search import Seen, last_within

#: What each of some rows gets of a total under the rule alone, without limits.
Share = Callable[[Sequence[int], int], Mapping[int, int]]


@dataclass(frozen=True)
class Pool:
    """Rows that share one total at one rate: those of a node held at a bound, or the common pool.

    `held` says at which bound, "least" or "most"; it is blank for the common pool.
    """

    name: str
    rows: tuple[int, ...]
    total: int
    held: str = ""


def divided(node: Node, total: int, share: Share, *, quantum: int = 1, held: str = "") -> list[Pool]:
    """Divide the rows of a node into pools so that none passes its bounds; its own pool comes first.

    What the rule gives changes about once in a `quantum`; nothing but the time of the search hangs on it.
    """
    rows = sorted(node.rows)
    if not node.children:
        return [Pool(node.name, tuple(rows), total, held)]
    got = _cut(node, total, lambda alone: share(rows, alone), quantum)
    common, below = _parted(node, got)
    spent = sum(_bound(child, at) for child, at in below)
    pools = [
        pool
        for child, at in below
        for pool in divided(child, _bound(child, at), share, quantum=quantum, held=at)
    ]
    return [Pool(node.name, tuple(sorted(common)), total - spent, held), *pools]


def _bound(node: Node, at: str) -> int:
    return node.least if at == "least" else node.most


def _cut(node: Node, total: int, share: Callable[[int], Mapping[int, int]], step: int) -> Mapping[int, int]:
    """Return what the rows get alone, of the largest total whose bounded sum does not pass `total`."""

    def look(alone: int) -> Seen:
        got = share(alone)
        return Seen(_children_and_own(node, got) - total, min(sum(got.values()), alone))

    return share(last_within(look, low=0, high=sum(share(2**62).values()), step=step))


def _children_and_own(node: Node, got: Mapping[int, int]) -> int:
    return sum(_bounded(child, got) for child in node.children) + sum(got[row] for row in node.own)


def _bounded(node: Node, got: Mapping[int, int]) -> int:
    """Return what a node gets once its bounds and those below it are kept."""
    return min(max(_children_and_own(node, got), node.least), node.most)


def _parted(node: Node, got: Mapping[int, int]) -> tuple[set[int], list[tuple[Node, str]]]:
    """Return the rows that share on, and the nodes held, with the bound that holds them."""
    common, held = set(node.own), []
    for child in node.children:
        inside = _children_and_own(child, got)
        if inside < child.least or inside > child.most:
            held.append((child, "least" if inside < child.least else "most"))
        else:
            deeper, below = _parted(child, got)
            common |= deeper
            held += below
    return common, held
