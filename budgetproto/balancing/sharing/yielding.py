"""PURE: limits that yield: what they ask for shrinks in one proportion until the money suffices."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from budgetproto.balancing.sharing.limits import Limit, Node

#: The parts in which what the limits ask for beyond their lines' own bounds is measured.
_PARTS: Final = 1_000_000


def yielding(limits: Sequence[Limit]) -> list[Limit]:
    """Return the limits as limits that are kept as far as possible."""
    return [replace(limit, yields=True) for limit in limits]


def eased(root: Node, needed: Callable[[Node], int], total: int) -> Node:
    """Return the tree with the largest common part of its least amounts that `total` suffices for."""
    low, high = 0, _PARTS
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if needed(_part(root, middle)) <= total else (low, middle - 1)
    return _part(root, low)


def _part(node: Node, part: int) -> Node:
    """Return the tree with so many parts of what each node asks for; bounds of the claims stay."""
    children = tuple(_part(child, part) for child in node.children)
    return replace(node, least=node.least * part // _PARTS, children=children)
