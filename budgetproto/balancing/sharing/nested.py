"""PURE: a rule under limits: each pool that the limits make is shared by the rule alone."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import LimitsTooNarrow
from budgetproto.balancing.sharing.limits import Limit, Node, on_grid, tree
from budgetproto.balancing.sharing.nesting import Pool, divided
from budgetproto.balancing.sharing.pooled import joined, kept, rates_in, shared_in
from budgetproto.balancing.sharing.pots import Held, Pot, Rates, Searchable, Shared


class Nested:
    """A rule of one rate, or of two halves, under limits of regions and kinds."""

    def __init__(self, scheme: Searchable, limits: Sequence[Limit]) -> None:
        self.scheme, self.limits = scheme, limits

    def rates(self, pot: Pot) -> Rates:
        """Return the rate of the common pool, and for each claim that of its own pool."""
        whole = replace(pot, quantum=1)
        found = self._pools(tree(pot.claims, self.limits, fixed=pot.fixed), whole)
        return rates_in(self.scheme, whole, found)

    def share(self, pot: Pot) -> Shared:
        """Divide the claims into pools, and share each of them.

        Raises LimitsTooNarrow where the limits could be kept, but not by whole quanta.
        """
        root = on_grid(tree(pot.claims, self.limits, fixed=pot.fixed), pot.claims, pot.quantum)
        if _needed(root, pot.claims) > pot.total:
            raise LimitsTooNarrow
        found = self._pools(root, pot)
        shared = shared_in(self.scheme, pot, found)
        held = tuple(
            Held(pool.name, pool.held, each.common)
            for pool, each in zip(found, shared, strict=True)
            if pool.held
        )
        whole = replace(joined(found, shared), held=held)
        if not kept(pot, self.limits, whole):
            raise LimitsTooNarrow
        return whole

    def _pools(self, root: Node, pot: Pot) -> list[Pool]:
        def alone(rows: Sequence[int], money: int) -> dict[int, int]:
            enough = max(money, sum(pot.claims[row].lower for row in rows))
            return dict(zip(rows, self.scheme.money(pot.part(rows, enough)), strict=True))

        return divided(root, pot.total, alone, quantum=pot.quantum)


def _needed(node: Node, claims: Sequence[Claim]) -> int:
    """Return the least that a node gets with all bounds below it; raise where that passes its own."""
    inside = sum(_needed(child, claims) for child in node.children)
    inside += sum(claims[row].lower for row in node.own)
    if inside > node.most:
        raise LimitsTooNarrow
    return max(node.least, inside)
