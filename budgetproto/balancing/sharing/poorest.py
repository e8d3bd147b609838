"""PURE: rule E: recipients with the least per resident are lifted first; inside a recipient rule A."""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.errors import LimitsTooNarrow
from budgetproto.balancing.sharing.limits import Fixed, Limit
from budgetproto.balancing.sharing.nested import Nested
from budgetproto.balancing.sharing.pooled import kept
from budgetproto.balancing.sharing.pots import OneRate, Pot, Rate, Rates, Scheme, Shared, in_pool
from budgetproto.balancing.sharing.rate import exact_rate
from budgetproto.balancing.sharing.recipients import Recipient, recipient_pool, recipients


class PoorestFirst:
    """The total is shared among the recipients, each of them one claim, then inside each."""

    def __init__(self, limits: Sequence[Limit] = ()) -> None:
        self.limits = limits
        self.among: Scheme = Nested(OneRate(), limits) if limits else OneRate()

    def rates(self, pot: Pot) -> Rates:
        """Return the level per resident, and for each claim the closing rate inside its recipient."""
        groups = self._recipients(replace(pot, quantum=1))
        level, levels, _ = self.among.rates(_outer(pot, groups))
        each: dict[int, Rate] = {}
        for group, lifted in zip(groups, levels, strict=True):
            wanted = group.claim.lower if lifted is None else group.claim.at(lifted)
            each |= dict.fromkeys(group.rows, exact_rate([pot.claims[row] for row in group.rows], wanted))
        return Rates(level, tuple(each[row] for row in range(len(pot.claims))), tuple(pot.claims))

    def share(self, pot: Pot) -> Shared:
        """Share among the recipients, then inside each.

        Raises LimitsTooNarrow where the lines of a recipient cannot take what a limit asks in whole quanta.
        """
        groups = self._recipients(pot)
        among = self.among.share(_outer(pot, groups))
        inside = [
            in_pool(OneRate().share(pot.part(group.rows, got.money)), recipient_pool(group.name))
            for group, got in zip(groups, among.rows, strict=True)
        ]
        rows = {
            place: row
            for group, shared in zip(groups, inside, strict=True)
            for place, row in zip(group.rows, shared.rows, strict=True)
        }
        whole = replace(
            among,
            rows=tuple(rows[place] for place in range(len(rows))),
            certificates=(*among.certificates, *(each for shared in inside for each in shared.certificates)),
            groups=among.rows,
        )
        if not all(limit.yields for limit in self.limits) and not kept(pot, self.limits, whole):
            raise LimitsTooNarrow
        return whole

    def _recipients(self, pot: Pot) -> list[Recipient]:
        return recipients(pot.claims, quantum=pot.quantum, fixed=_settled(pot), limits=self.limits)


def _outer(pot: Pot, groups: Sequence[Recipient]) -> Pot:
    """Return the pot that the recipients share; each has the rank of its first line."""
    return replace(
        pot,
        claims=[group.claim for group in groups],
        ranks=[min(pot.ranks[row] for row in group.rows) for group in groups],
        fixed=_settled(pot),
    )


def _settled(pot: Pot) -> list[Fixed]:
    """Return what is settled beside the sharing, what claims are granted beyond both positions included."""
    return [*pot.fixed, *((claim.line, claim.outside) for claim in pot.claims if claim.outside)]
