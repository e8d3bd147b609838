"""PURE: a rule under limits: each pool that the limits make is shared by the rule alone."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.sharing.limits import Limit, Node, on_grid, tree
from budgetproto.balancing.sharing.nesting import Pool, divided
from budgetproto.balancing.sharing.pots import Held, Pot, Rate, Rates, Scheme, Shared, in_pool


class Nested:
    """A rule of one rate, or of two halves, under limits of regions and kinds."""

    def __init__(self, scheme: Scheme, limits: Sequence[Limit]) -> None:
        self.scheme, self.limits = scheme, limits

    def rates(self, pot: Pot) -> Rates:
        """Return the rate of the common pool, and for each claim that of its own pool."""
        whole = replace(pot, quantum=1)
        found = self._pools(tree(pot.claims, self.limits, fixed=pot.fixed), whole)
        each: dict[int, Rate] = {}
        for pool in found:
            rates = self.scheme.rates(whole.part(pool.rows, pool.total))
            each |= dict(zip(pool.rows, rates.each, strict=True))
        common = next((each[row] for row in found[0].rows), None)
        return Rates(common, tuple(each[row] for row in range(len(pot.claims))))

    def share(self, pot: Pot) -> Shared:
        """Divide the claims into pools, and share each of them."""
        root = on_grid(tree(pot.claims, self.limits, fixed=pot.fixed), pot.claims, pot.quantum)
        found = self._pools(root, pot)
        shared = [in_pool(self.scheme.share(pot.part(pool.rows, pool.total)), _named(pool)) for pool in found]
        rows = {
            place: replace(row, held=bool(pool.held))
            for pool, each in zip(found, shared, strict=True)
            for place, row in zip(pool.rows, each.rows, strict=True)
        }
        return Shared(
            shared[0].common,
            tuple(rows[place] for place in range(len(pot.claims))),
            tuple(proof for each in shared for proof in each.certificates),
            held=tuple(
                Held(pool.name, pool.held, each.common)
                for pool, each in zip(found, shared, strict=True)
                if pool.held
            ),
        )

    def _pools(self, root: Node, pot: Pot) -> list[Pool]:
        def alone(rows: Sequence[int], money: int) -> dict[int, int]:
            enough = max(money, sum(pot.claims[row].lower for row in rows))
            got = self.scheme.share(pot.part(rows, enough))
            return {row: each.money for row, each in zip(rows, got.rows, strict=True)}

        return divided(root, pot.total, alone)


def _named(pool: Pool) -> str:
    return f"limit:{pool.name}" if pool.name else ""
