"""PURE: a rule under limits: each pool that the limits make is shared by the rule alone."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.errors import LimitsTooNarrow
from budgetproto.balancing.sharing.limits import Limit, Node, needed, on_grid, tree
from budgetproto.balancing.sharing.nesting import Pool, divided
from budgetproto.balancing.sharing.pooled import joined, kept, rates_in, shared_in
from budgetproto.balancing.sharing.pots import Held, Pot, Rates, Searchable, Shared
from budgetproto.balancing.sharing.yielding import eased


class Nested:
    """A rule of one rate, or of two halves, under limits of regions and kinds."""

    def __init__(self, scheme: Searchable, limits: Sequence[Limit]) -> None:
        self.scheme, self.limits = scheme, limits

    def rates(self, pot: Pot) -> Rates:
        """Return the rate of the common pool, and for each claim that of its own pool."""
        whole = replace(pot, quantum=1)
        root = self._root(whole)
        whole = replace(whole, total=min(whole.total, root.most))
        found = self._pools(root, whole)
        return rates_in(self.scheme, whole, found)

    def share(self, pot: Pot) -> Shared:
        """Divide the claims into pools, and share each of them.

        Raises LimitsTooNarrow where the limits could be kept, but not by whole quanta, and do not yield.
        """
        found = self._pools(self._root(pot), pot)
        shared = shared_in(self.scheme, pot, found)
        held = tuple(
            Held(pool.name, pool.held, each.common)
            for pool, each in zip(found, shared, strict=True)
            if pool.held
        )
        whole = replace(joined(found, shared), held=held)
        if not self._yields and not kept(pot, self.limits, whole):
            raise LimitsTooNarrow
        return whole

    @property
    def _yields(self) -> bool:
        return all(limit.yields for limit in self.limits)

    def _root(self, pot: Pot) -> Node:
        """Return the limits in whole quanta; raise LimitsTooNarrow where the total does not suffice for them.

        Limits that yield ask for no more than it suffices for.
        """
        exact = tree(pot.claims, self.limits, fixed=pot.fixed)
        root = on_grid(exact, pot.claims, pot.quantum)
        if needed(root, pot.claims) <= pot.total:
            return root
        if not self._yields:
            raise LimitsTooNarrow
        loose = on_grid(exact, pot.claims, pot.quantum, outwards=True)
        return eased(loose, lambda node: needed(node, pot.claims), pot.total)

    def _pools(self, root: Node, pot: Pot) -> list[Pool]:
        def alone(rows: Sequence[int], money: int) -> dict[int, int]:
            enough = max(money, sum(pot.claims[row].lower for row in rows))
            return dict(zip(rows, self.scheme.money(pot.part(rows, enough)), strict=True))

        return divided(root, pot.total, alone, quantum=pot.quantum)
