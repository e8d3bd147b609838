"""PURE: rule D: equal gains per resident until every claim has its half, then equal shortfalls.

The rule of the Talmud with residents as weights (Aumann and Maschler, Journal of Economic Theory 36, 1985):
read as concessions it is the same rule.
"""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.claims import Claim, Halved
from budgetproto.balancing.sharing.pots import OneRate, Pot, Rates, Shared
from budgetproto.balancing.sharing.rules import gain_per_resident, shortfall_per_resident


class HalfAndHalf:
    """Rule B with every claim bounded by its half, or rule C with every claim above it."""

    def rates(self, pot: Pot) -> Rates:
        """Return the gain per resident below the half, the shortfall per resident above it."""
        return OneRate().rates(replace(pot, claims=_halved(pot.claims, pot.total, quantum=1)))

    def share(self, pot: Pot) -> Shared:
        """Fill on that side of the half on which the total lies."""
        return OneRate().share(self._on_its_side(pot))

    def money(self, pot: Pot) -> Sequence[int]:
        """Return what `share` gives, without rates and proofs."""
        return OneRate().money(self._on_its_side(pot))

    def _on_its_side(self, pot: Pot) -> Pot:
        return replace(pot, claims=_halved(pot.claims, pot.total, quantum=pot.quantum))


def _halved(claims: Sequence[Claim], total: int, *, quantum: int) -> list[Claim]:
    """Return the claims on the side of the half on which the total lies, bounded by their halves.

    A half between two quanta is the nearer one; where both are as near, the lines whose half is rounded up
    are drawn by rank.
    """
    down = [_half(claim, quantum, up=False) for claim in claims]
    if total <= sum(down):
        return [
            _bounded(gain_per_resident(each), each.lower, half)
            for each, half in zip(claims, down, strict=True)
        ]
    up = [_half(claim, quantum, up=True) for claim in claims]
    if total >= sum(up):
        return [
            _bounded(shortfall_per_resident(each), half, each.upper)
            for each, half in zip(claims, up, strict=True)
        ]
    return [_bounded(each, *halves) for each, *halves in zip(claims, down, up, strict=True)]


def _bounded(claim: Claim, lower: int, upper: int) -> Claim:
    halved = Halved(lower=lower != claim.lower, upper=upper != claim.upper)
    return replace(claim, lower=lower, upper=upper, halved=halved)


def _half(claim: Claim, quantum: int, *, up: bool) -> int:
    """Return half of the claim as the money of the nearest multiple of the quantum, inside the bounds."""
    twice = 2 * claim.origin + (claim.size or 0)
    level = (twice + quantum) // (2 * quantum) if up else -((quantum - twice) // (2 * quantum))
    return min(max(quantum * level - claim.origin, claim.lower), claim.upper)
