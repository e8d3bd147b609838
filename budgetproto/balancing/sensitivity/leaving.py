"""PURE: the common rate if each line in turn left the dispute (method, 3.7).

The money of a line that leaves stays in the envelope. Without it the curve bends nowhere else: so the rate is
found on the knots of the whole curve, each less what the line has there, and no line asks for a new search.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing.claims import Claim, to_claim
from budgetproto.balancing.lines import Line
from budgetproto.balancing.sensitivity.curve import Contest, Knot, rate_curve


def dropped(lines: Sequence[Line], envelope: int, *, kappa: int = 0) -> dict[str, Fraction | None]:
    """Return the common rate if each line in turn left the dispute and its money stayed in the envelope.

    None where nothing that could move is left, or the bounds of the others cannot be paid.

    >>> found = dropped([Line("roads", 0, 50), Line("schools", 0, 150)], 50)
    >>> {name: str(rate) for name, rate in found.items()}
    {'roads': '1/3', 'schools': '1'}
    """
    whole = Contest.of(lines, kappa=kappa)
    knots, movable = rate_curve(whole), len(whole.movable)
    claims = {line.line: to_claim(line, kappa=kappa) for line in lines}
    return {
        name: _Rest(knots, claim).rate(envelope) if movable > claim.movable else None
        for name, claim in claims.items()
    }


@dataclass(frozen=True)
class _Rest:
    """The curve of the whole, of which one claim has left."""

    knots: Sequence[Knot]
    gone: Claim

    def rate(self, envelope: int) -> Fraction | None:
        """Return the rate at an envelope; where many rates fit, their middle, or their only finite end.

        An envelope that pays more than every claim gives the rate at which the last one is full.
        """
        if envelope < self._spent(self.knots[0]):
            return None
        ends = range(len(self.knots))
        money = min(Fraction(envelope), self._spent(self.knots[-1]))
        first = bisect_left(ends, money, key=lambda place: self._spent(self.knots[place]))
        last = bisect_right(ends, money, lo=first, key=lambda place: self._spent(self.knots[place])) - 1
        if first > last:
            return self._between(self.knots[last], self.knots[first], money)
        if first == 0 or last == ends[-1]:
            return self.knots[last if first == 0 else first].rate
        return (self.knots[first].rate + self.knots[last].rate) / 2

    def _spent(self, knot: Knot) -> Fraction:
        return knot.envelope - self.gone.outside - self.gone.at(knot.rate)

    def _between(self, low: Knot, high: Knot, money: Fraction) -> Fraction:
        start, end = self._spent(low), self._spent(high)
        return low.rate + (high.rate - low.rate) * (money - start) / (end - start)
