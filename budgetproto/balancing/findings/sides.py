"""PURE: what each side gets of the claims and gives up, and where its lines stand (method, 3.7)."""

from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing.option import Award, Option


@dataclass(frozen=True)
class Standing:
    """How many claims stand at one place beside the common rate, and their money."""

    lines: int
    money: int


@dataclass(frozen=True)
class Shares:
    """What the two sides have of the claims, a fact of the envelope; the two add up to one."""

    lsg: Fraction
    government: Fraction


def shares(option: Option) -> Shares | None:
    """Return shared / claims and the rest; None where nothing is recommended, claimed, or it is a cut."""
    shared, claims = option.totals.shared, option.totals.claims
    if shared is None or not claims or option.cut:
        return None
    return Shares(Fraction(shared, claims), 1 - Fraction(shared, claims))


def standings(option: Option) -> tuple[Standing, Standing, Standing] | None:
    """Return the claims above, at and below the common rate; None where no rate of rule A is.

    A claim is at the rate where what it got is less than a quantum away from claim * rate.
    """
    if option.rule != "A" or option.rate is None or option.totals.shared is None:
        return None
    placed: dict[int, list[int]] = {1: [], 0: [], -1: []}
    for award in option.lines:
        if award.claim is not None and award.claim > 0 and award.granted is not None:
            placed[_beside(award, option.rate, option.quantum)].append(award.claim)
    above, at, below = (Standing(len(placed[place]), sum(placed[place])) for place in (1, 0, -1))
    return above, at, below


def _beside(award: Award, rate: Fraction, quantum: int) -> int:
    """Return the sign of (granted inside the claim) - claim * rate, 0 within a quantum."""
    distance = (award.granted or 0) - award.outside - (award.claim or 0) * rate
    return 0 if abs(distance) < quantum else 1 if distance > 0 else -1
