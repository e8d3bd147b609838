"""PURE: a rule of one rate under limits of regions and of kinds at once, some of which cross."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import LimitsTooNarrow, LimitUnfillable
from budgetproto.balancing.sharing.cells import laid_out
from budgetproto.balancing.sharing.cheapest import Division, cheapest
from budgetproto.balancing.sharing.limits import Fixed, Limit, Node, bounded, crosses, settled, within
from budgetproto.balancing.sharing.nested import Nested
from budgetproto.balancing.sharing.pooled import joined, kept, rates_in, shared_in
from budgetproto.balancing.sharing.pots import Held, OneRate, Pot, Rates, Scheme, Shared


class Limited:
    """A rule of one rate under limits, nested or crossing."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self.limits = limits

    def rates(self, pot: Pot) -> Rates:
        """Return the rates as the limits over these claims ask."""
        return self._way(pot).rates(pot)

    def share(self, pot: Pot) -> Shared:
        """Share as the limits over these claims ask.

        Whether broken units can keep the limits has been asked before: what cannot be kept here, cannot
        because of steps.
        """
        try:
            return self._way(pot).share(pot)
        except LimitUnfillable as refusal:
            raise LimitsTooNarrow from refusal

    def _way(self, pot: Pot) -> Scheme:
        return Crossed(self.limits) if crosses(pot.claims, self.limits) else Nested(OneRate(), self.limits)


class Crossed:
    """A rule of one rate under limits of which some cross."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self.limits = limits

    def rates(self, pot: Pot) -> Rates:
        """Return the rate of the common pool, and for each claim that of its own pool."""
        whole = replace(pot, quantum=1)
        if kept(whole, self.limits, OneRate().share(whole)):
            return OneRate().rates(whole)
        return rates_in(OneRate(), whole, cheapest(whole, self.limits).pools)

    def share(self, pot: Pot) -> Shared:
        """Share as without limits where that keeps them all, else at the least cost that keeps them.

        Limits that yield give way altogether where single lines do not even reach whole quanta.
        """
        alone = OneRate().share(pot)
        if kept(pot, self.limits, alone):
            return alone
        try:
            found = cheapest(pot, self.limits)
        except LimitsTooNarrow:
            if not all(limit.yields for limit in self.limits):
                raise
            return alone
        shared = shared_in(OneRate(), pot, found.pools)
        return replace(joined(found.pools, shared), held=_held(found, shared))


def _held(found: Division, shared: Sequence[Shared]) -> tuple[Held, ...]:
    """Return the limits that hold; the rate of one is that of the lines that no other holds."""
    alone = {pool.name: each.common for pool, each in zip(found.pools, shared, strict=True)}
    return tuple(Held(name, at, alone.get(name)) for name, at in found.held)


def whole(claims: Sequence[Claim], limits: Sequence[Limit], *, fixed: Sequence[Fixed] = ()) -> Node:
    """Return the least and the most that all claims together can get under crossing limits.

    Below it stand the limits side by side, the smaller ones first. Raises LimitUnfillable with
    the first of them to which those before it leave no room.
    """
    cells = laid_out(claims, limits)
    lower, upper = [claim.lower for claim in claims], [claim.upper for claim in claims]
    spans = cells.spans(lower, upper)
    flow = [least for least, _ in spans]
    stated = sorted(
        zip(limits, bounded(claims, limits, fixed=fixed), cells.about, strict=True),
        key=lambda each: (len(each[1].rows), each[0].name),
    )
    for limit, node, arc in stated:
        if arc is None:
            continue
        low, high = cells.network.reach(flow, spans, arc)
        spans[arc] = max(node.least, low), min(node.most, high)
        if limit.yields:
            spans[arc] = within((node.least, node.most), (low, high))
        found = cells.network.mended(flow, spans) if spans[arc][0] <= spans[arc][1] else None
        if found is None:
            beside = settled(limit, claims, fixed)
            raise LimitUnfillable(limit=limit.name, lowest=low + beside, highest=high + beside)
        flow = found
    least, most = cells.network.reach(flow, spans, cells.whole)
    return Node("", frozenset(range(len(claims))), least, most, tuple(node for _, node, _ in stated))
