"""PURE: the common rate as a fraction, where sum clip(slope * (rate + shift) + offset, bounds) = total."""

from collections.abc import Sequence
from fractions import Fraction
from math import inf

import numpy as np

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.ladder import BASIS


def exact_rate(claims: Sequence[Claim], total: int | Fraction) -> Fraction | None:
    """Return the rate at which the claims take `total` money, None where no claim can move.

    Where a whole interval of rates gives the total (every claim at a bound) its middle is returned, or its
    only finite end. A total beyond what the claims can take is the most, or the least, they can.
    """
    movable = [claim for claim in claims if claim.lower < claim.upper]
    if not movable:
        return None
    left = total - sum(claim.lower for claim in claims if claim.lower == claim.upper)
    left = min(max(left, sum(claim.lower for claim in movable)), sum(claim.upper for claim in movable))
    return _canonical(movable, _root(movable, left))


def _root(claims: Sequence[Claim], total: int | Fraction) -> Fraction:
    """Find a root by Newton's steps in exact fractions, started from the float root."""
    if total == sum(claim.lower for claim in claims):
        return min(claim.key(claim.lower) for claim in claims)
    if total == sum(claim.upper for claim in claims):
        return max(claim.key(claim.upper) for claim in claims)
    low: Fraction | float = -inf
    high: Fraction | float = inf
    rate = Fraction(_float_root(claims, total))
    while True:
        missing, slope = _missing(claims, total, rate)
        if missing == 0:
            return rate
        low, high = (rate, high) if missing > 0 else (low, rate)
        following = rate + (missing / slope if slope else 0)
        rate = following if low < following < high else _between(claims, low, high)


def _between(claims: Sequence[Claim], low: Fraction | float, high: Fraction | float) -> Fraction:
    """Choose the middle breakpoint of the bracket, or its middle where it is one straight piece.

    A bracket that is still open on one side holds a breakpoint: the root lies between the first and the last.
    """
    inner = sorted({point for points in _breakpoints(claims) for point in points if low < point < high})
    return inner[len(inner) // 2] if inner else (Fraction(low) + Fraction(high)) / 2


def _missing(claims: Sequence[Claim], total: int | Fraction, rate: Fraction) -> tuple[Fraction, int]:
    """Return what is still to be shared at `rate`, and the claims that move there."""
    above, below = rate.numerator, rate.denominator * BASIS
    scaled, slope = total * below, 0
    for claim in claims:
        place = claim.slope * (above * BASIS + claim.shift * rate.denominator) + claim.offset * below
        if place <= claim.lower * below:
            scaled -= claim.lower * below
        elif place >= claim.upper * below:
            scaled -= claim.upper * below
        else:
            scaled -= place
            slope += claim.slope
    return Fraction(scaled, below), slope


def _canonical(claims: Sequence[Claim], rate: Fraction) -> Fraction:
    """Return the middle of the interval of roots around `rate`."""
    _, slope = _missing(claims, 0, rate)
    if slope:
        return rate
    lows, highs = _breakpoints(claims)
    ends = [
        max((point for point in highs if point <= rate), default=None),
        min((point for point in lows if point >= rate), default=None),
    ]
    finite = [end for end in ends if end is not None]
    return sum(finite, Fraction(0)) / len(finite)


def _breakpoints(claims: Sequence[Claim]) -> tuple[list[Fraction], list[Fraction]]:
    """Return the rates at which each claim leaves its lower and reaches its upper bound."""
    return (
        [claim.key(claim.lower) for claim in claims],
        [claim.key(claim.upper) for claim in claims],
    )


def _float_root(claims: Sequence[Claim], total: int | Fraction) -> float:
    slope = np.array([float(claim.slope) for claim in claims])
    offset = np.array([claim.slope * claim.shift / BASIS + claim.offset for claim in claims])
    lower = np.array([float(claim.lower) for claim in claims])
    upper = np.array([float(claim.upper) for claim in claims])
    return Continuous(slope, offset, lower, upper).rate(float(total))
