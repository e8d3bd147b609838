"""PURE: the common rate of rule A as a function of the envelope, and what the next money does (method, 3.7).

The curve is that of the continuous problem: lines that move by steps of their own are taken without them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from budgetproto.balancing.claims import Claim, to_claim
from budgetproto.balancing.lines import Line
from budgetproto.balancing.sharing.rate import exact_rate

#: The rates whose price is quoted.
QUOTED: Final = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))


@dataclass(frozen=True)
class Knot:
    """A point where the curve bends: between two knots it is straight."""

    envelope: Fraction
    rate: Fraction


@dataclass(frozen=True)
class Bound:
    """The envelope at which `lines` hit or leave a bound."""

    envelope: Fraction
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Marginal:
    """Which part of one more unit of money each free line gets, and where that changes.

    At a bend the parts are those of more money, not of less; none where no line can take more.
    """

    parts: Mapping[str, Fraction]
    above: Bound | None
    below: Bound | None


@dataclass(frozen=True)
class Contest:
    """The claims that share the envelope under rule A, and the money settled beside the sharing."""

    claims: tuple[Claim, ...]
    outside: int

    @classmethod
    def of(cls, lines: Sequence[Line], *, kappa: int = 0) -> "Contest":
        """Return the contest of the lines, each classified as the engine does it."""
        claims = [to_claim(line, kappa=kappa) for line in lines]
        return cls(tuple(claim for claim in claims if claim.open), sum(claim.outside for claim in claims))

    @property
    def movable(self) -> list[Claim]:
        """The claims whose bounds leave something to decide."""
        return [claim for claim in self.claims if claim.movable]

    def unprotected(self) -> "Contest":
        """Return the contest without floors and protection inside the claims."""
        return replace(self, claims=tuple(replace(claim, lower=0) for claim in self.claims))

    def rate(self, envelope: int | Fraction) -> Fraction | None:
        """Return the common rate; None where the bounds cannot be paid or no claim can move.

        An envelope that pays more than every claim gives the rate at which the last one is full.
        """
        total = envelope - self.outside
        if total < sum(claim.lower for claim in self.claims):
            return None
        return exact_rate(self.claims, min(total, sum(claim.upper for claim in self.claims)))

    def envelope(self, rate: Fraction) -> Fraction:
        """Return the envelope at which the common rate is `rate`."""
        return sum((claim.at(rate) for claim in self.claims), Fraction(self.outside))


def rate_curve(contest: Contest) -> tuple[Knot, ...]:
    """Return the knots of the curve from the least envelope that pays the bounds to all that can be taken.

    >>> knots = rate_curve(Contest.of([Line("roads", 0, 60), Line("schools", 0, 20, cap=10)]))
    >>> [(int(knot.envelope), str(knot.rate)) for knot in knots]
    [(0, '0'), (40, '1/2'), (70, '1')]
    """
    bends: Counter[Fraction] = Counter()
    for claim in contest.movable:
        bends[claim.key(claim.lower)] += claim.slope
        bends[claim.key(claim.upper)] -= claim.slope
    money, steep, last = Fraction(sum(claim.lower for claim in contest.claims) + contest.outside), 0, None
    knots = []
    for rate in sorted(bends):
        money += steep * (rate - (rate if last is None else last))
        steep, last = steep + bends[rate], rate
        knots.append(Knot(money, rate))
    return tuple(knots)


def rate_on(knots: Sequence[Knot], envelope: int | Fraction) -> Fraction | None:
    """Return the rate of a curve at an envelope, None outside it; where many rates fit, the middle one."""
    here = [knot.rate for knot in knots if knot.envelope == envelope]
    if here:
        return (here[0] + here[-1]) / 2
    for low, high in pairwise(knots):
        if low.envelope < envelope < high.envelope:
            part = (envelope - low.envelope) / (high.envelope - low.envelope)
            return low.rate + part * (high.rate - low.rate)
    return None


def needed(contest: Contest) -> dict[Fraction, Fraction]:
    """Return the envelope needed for each of the quoted rates."""
    return {rate: contest.envelope(rate) for rate in QUOTED}


def marginal(contest: Contest, envelope: int | Fraction) -> Marginal | None:
    """Return what the next money does at an envelope; None where there is no common rate.

    >>> lines = [Line("roads", 0, 60), Line("schools", 0, 20, cap=10)]
    >>> found = marginal(Contest.of(lines), 20)
    >>> {name: str(part) for name, part in found.parts.items()}, found.above.lines
    ({'roads': '3/4', 'schools': '1/4'}, ('schools',))
    """
    rate = contest.rate(envelope)
    if rate is None:
        return None
    knots, money = rate_curve(contest), contest.envelope(rate)
    level = [rate, *(knot.rate for knot in knots if knot.envelope == money)]
    top, bottom = max(level), min(level)
    free = [claim for claim in contest.movable if _bounds(claim)[0] <= top < _bounds(claim)[1]]
    steep = sum(claim.slope for claim in free)
    return Marginal(
        {claim.line.line: Fraction(claim.slope, steep) for claim in free},
        next((_bound(contest, knot) for knot in knots if knot.rate > top), None),
        next((_bound(contest, knot) for knot in reversed(knots) if knot.rate < bottom), None),
    )


def protection(contest: Contest, envelope: int) -> Fraction | None:
    """Return the common rate without floors and protection less the rate with them.

    Bounds beyond both positions are paid before the sharing in either case.
    """
    kept, freed = contest.rate(envelope), contest.unprotected().rate(envelope)
    return None if kept is None or freed is None else freed - kept


def _bounds(claim: Claim) -> tuple[Fraction, Fraction]:
    return claim.key(claim.lower), claim.key(claim.upper)


def _bound(contest: Contest, knot: Knot) -> Bound:
    at = (claim.line.line for claim in contest.movable if knot.rate in _bounds(claim))
    return Bound(knot.envelope, tuple(at))
