"""PURE: the way of each rule: which pots it makes of the total, and how each is shared."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import NoLimitsUnderRule
from budgetproto.balancing.sharing.crossed import Limited
from budgetproto.balancing.sharing.halves import HalfAndHalf
from budgetproto.balancing.sharing.limits import Limit
from budgetproto.balancing.sharing.nested import Nested
from budgetproto.balancing.sharing.package import package
from budgetproto.balancing.sharing.poorest import PoorestFirst
from budgetproto.balancing.sharing.pots import OneRate, Pot, Rates, Scheme, Shared


def scheme(rule: str, limits: Sequence[Limit] = ()) -> Scheme:
    """Return the way of a rule under the limits; raise NoLimitsUnderRule where it knows none."""
    if rule == "E":
        return PoorestFirst(limits)
    if rule == "F" and limits:
        raise NoLimitsUnderRule(rule=rule)
    if limits:
        return Nested(HalfAndHalf(), limits) if rule == "D" else Limited(limits)
    schemes: dict[str, Scheme] = {"D": HalfAndHalf(), "F": PriorityPackage()}
    return schemes.get(rule, OneRate())


class PriorityPackage:
    """Rule F: equal gap-closing first, then the package of both sides' points over it, in whole quanta."""

    def rates(self, pot: Pot) -> Rates:
        """Return the rate of the fallback: lines that move by steps stay where rule A puts them."""
        return OneRate().rates(pot)

    def share(self, pot: Pot) -> Shared:
        """Fill as rule A does, find the package over it, and round it to the nearest quanta around it."""
        fallback = OneRate().share(pot)
        found = package(pot.claims, [row.money for row in fallback.rows])
        around = [
            _around(claim, money, pot.quantum) for claim, money in zip(pot.claims, found.money, strict=True)
        ]
        spent = sum(row.money for row in fallback.rows)
        rounded = OneRate().share(replace(pot, claims=around, total=spent))
        rows = (
            replace(row, money=each.money, packed=row.money != each.money, tied=False)
            for row, each in zip(fallback.rows, rounded.rows, strict=True)
        )
        return replace(fallback, rows=tuple(rows), certificates=(), package=found)


def _around(claim: Claim, money: Fraction, quantum: int) -> Claim:
    """Return the claim between the two multiples of the quantum around `money`, inside its bounds."""
    level = (claim.origin + money) // quantum
    low, high = (quantum * (level + step) - claim.origin for step in (0, 1))
    if low == money:
        high = low
    return replace(claim, lower=max(low, claim.lower), upper=min(max(high, claim.lower), claim.upper))
