"""PURE: rule F, the package: each side gains as much as the other, in its own points, over equal gap-closing.

The solution of Kalai and Smorodinsky (Econometrica 43, 1975) with rule A as the fallback (method, 3.6): the
largest z such that both sides gain z. For any weight of one side's points against the other's the best
package is found by filling lines in the order of what a unit of money is worth; as the weight rises, the one
side gains more and the other less. Where they meet, two such packages are mixed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import GovernmentPointsMissing, PointsMissing

#: Weights between two packages are first tried as simpler fractions near by: exact ones can be very long.
_SIMPLE: Final = 2**64
_EQUAL: Final = Fraction(1, 2)


@dataclass(frozen=True)
class Package:
    """What the exact package is: money per claim, and what each side's satisfaction was and becomes.

    Satisfaction is the sum of a side's points, which add up to one, over the share of each gap it gets.
    """

    money: tuple[Fraction, ...]
    before_lsg: Fraction
    before_government: Fraction
    gain: Fraction


def package(claims: Sequence[Claim], fallback: Sequence[int]) -> Package:
    """Return the package over the `fallback` money; lines nobody gave points to stay where they are.

    Raises PointsMissing where a side gave no points: the other could then only take.
    """
    points = _Points.of(claims, fallback)
    less, more = _nearest(points)
    before, mixed = points.told(fallback), less.mixed(more)
    gain_lsg, loss_government = points.gains(mixed)
    return Package(mixed, *before, min(gain_lsg, -loss_government))


def _nearest(points: "_Points") -> tuple["_Deal", "_Deal"]:
    """Return the deals between which the associations begin to gain more than the Government.

    A deal is the best at some weight. Two of them lie side by side when none is worth more at the weight at
    which they are worth the same: the outermost ones of that weight are returned. At equal weights it is, on
    its side, the one that takes lines of the same worth by name.
    """
    less, more = points.best(Fraction(0), more=1), points.best(Fraction(1), more=-1)
    if not less.ahead <= 0 < more.ahead:
        return less, more
    weight, found = _EQUAL, points.best(_EQUAL)
    while not found.worth(weight) == less.worth(weight) == more.worth(weight):
        less, more = (found, more) if found.ahead <= 0 else (less, found)
        weight, found = _between(points, less, more)
    less, more = points.best(weight, more=-1), points.best(weight, more=1)
    if weight != _EQUAL:
        return less, more
    return (found, more) if found.ahead <= 0 else (less, found)


def _between(points: "_Points", less: "_Deal", more: "_Deal") -> tuple[Fraction, "_Deal"]:
    """Return a weight between those of two deals, and a deal that is the best there and none of the two."""
    exact = less.weight_to(more)
    simple = exact.limit_denominator(_SIMPLE)
    found = points.best(simple)
    return (exact, points.best(exact)) if found in {less, more} else (simple, found)


@dataclass(frozen=True)
class _Deal:
    """One way to spend the money of the lines with points, against the fallback.

    `lsg` is what the associations gain in their own points, `government` what the Government gives up in its.
    """

    money: tuple[int, ...]
    lsg: Fraction
    government: Fraction

    @property
    def ahead(self) -> Fraction:
        """By how much the associations gain more than the Government."""
        return self.lsg + self.government

    def worth(self, weight: Fraction) -> Fraction:
        """Return what it is worth where the points of the associations weigh so much of one."""
        return weight * self.lsg - (1 - weight) * self.government

    def weight_to(self, more: "_Deal") -> Fraction:
        """Return the weight at which it is worth as much as one that gives the associations more."""
        gained, given = more.lsg - self.lsg, more.government - self.government
        return given / (gained + given)

    def mixed(self, more: "_Deal") -> tuple[Fraction, ...]:
        """Mix it with another so that both sides gain the same, or take the nearer one where they cannot."""
        if self.ahead >= 0 or self.ahead == more.ahead:
            return tuple(map(Fraction, self.money))
        if more.ahead <= 0:
            return tuple(map(Fraction, more.money))
        part = more.ahead / (more.ahead - self.ahead)
        return tuple(part * a + (1 - part) * b for a, b in zip(self.money, more.money, strict=True))


@dataclass(frozen=True)
class _Points:
    """The claims with the points of both sides per unit of money, each side's adding up to one over all.

    `rows` are the claims with any.
    """

    claims: Sequence[Claim]
    start: Sequence[int]
    lsg: tuple[Fraction, ...]
    government: tuple[Fraction, ...]
    rows: tuple[int, ...]

    @classmethod
    def of(cls, claims: Sequence[Claim], start: Sequence[int]) -> "_Points":
        lsg = [claim.line.priority_lsg for claim in claims]
        government = [claim.line.priority_government for claim in claims]
        if not any(lsg):
            raise PointsMissing
        if not any(government):
            raise GovernmentPointsMissing
        return cls(
            claims,
            start,
            _per_unit(claims, lsg),
            _per_unit(claims, government),
            tuple(row for row in range(len(claims)) if lsg[row] or government[row]),
        )

    def best(self, weight: Fraction, *, more: int = 0) -> _Deal:
        """Return the best package where the points of the associations weigh so much of one.

        With `more` they weigh a trifle more (or, below zero, less), which decides between equal worths.
        """
        order = sorted(
            self.rows,
            key=lambda row: (
                (1 - weight) * self.government[row] - weight * self.lsg[row],
                -more * (self.lsg[row] + self.government[row]),
                self.claims[row].line.line,
            ),
        )
        money, left = list(self.start), sum(self.start[row] - self.claims[row].lower for row in self.rows)
        for row in order:
            claim = self.claims[row]
            taken = min(left, claim.upper - claim.lower)
            money[row], left = claim.lower + taken, left - taken
        return _Deal(tuple(money), *self.gains(money))

    def gains(self, money: Sequence[int | Fraction]) -> tuple[Fraction, Fraction]:
        """Return what the associations gain over the start, and what the Government gives up."""
        moved = [(row, money[row] - self.start[row]) for row in self.rows if money[row] != self.start[row]]
        return (
            sum((self.lsg[row] * more for row, more in moved), Fraction(0)),
            sum((self.government[row] * more for row, more in moved), Fraction(0)),
        )

    def told(self, money: Sequence[int]) -> tuple[Fraction, Fraction]:
        """Return the satisfaction of the associations and of the Government."""
        return (
            sum((self.lsg[row] * money[row] for row in self.rows), Fraction(0)),
            1 - sum((self.government[row] * money[row] for row in self.rows), Fraction(0)),
        )


def _per_unit(claims: Sequence[Claim], points: Sequence[int]) -> tuple[Fraction, ...]:
    whole = sum(points)
    return tuple(
        Fraction(each, whole * (claim.size or 1)) for claim, each in zip(claims, points, strict=True)
    )
