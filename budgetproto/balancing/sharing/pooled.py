"""PURE: what all got when each pool of a division is shared by the rule alone."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.sharing.limits import Limit, bounded
from budgetproto.balancing.sharing.nesting import Pool
from budgetproto.balancing.sharing.pots import Pot, Rate, Rates, Scheme, Shared, in_pool


def rates_in(scheme: Scheme, pot: Pot, pools: Sequence[Pool]) -> Rates:
    """Return the rate of the first pool, the common one, and for each claim that of its own pool."""
    each: dict[int, tuple[Rate, Claim]] = {}
    for pool in pools:
        rates = scheme.rates(pot.part(pool.rows, pool.total))
        each |= dict(zip(pool.rows, zip(rates.each, rates.claims, strict=True), strict=True))
    common = next((each[row][0] for row in pools[0].rows), None)
    rows = [each[row] for row in range(len(pot.claims))]
    return Rates(common, tuple(rate for rate, _ in rows), tuple(claim for _, claim in rows))


def shared_in(scheme: Scheme, pot: Pot, pools: Sequence[Pool]) -> list[Shared]:
    """Share the total of each pool among its claims."""
    return [in_pool(scheme.share(pot.part(pool.rows, pool.total)), _named(pool)) for pool in pools]


def joined(pools: Sequence[Pool], shared: Sequence[Shared]) -> Shared:
    """Return what all got, in their order; the first pool is the common one."""
    rows = {
        place: replace(row, held=bool(pool.held))
        for pool, each in zip(pools, shared, strict=True)
        for place, row in zip(pool.rows, each.rows, strict=True)
    }
    return Shared(
        shared[0].common,
        tuple(rows[place] for place in range(len(rows))),
        tuple(proof for each in shared for proof in each.certificates),
    )


def kept(pot: Pot, limits: Sequence[Limit], shared: Shared) -> bool:
    """Say whether what all got keeps every limit."""
    return all(
        node.least <= sum(shared.rows[row].money for row in node.rows) <= node.most
        for node in bounded(pot.claims, limits, fixed=pot.fixed)
    )


def _named(pool: Pool) -> str:
    return f"limit:{pool.name}" if pool.name else ""
