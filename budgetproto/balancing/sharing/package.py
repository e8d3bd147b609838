"""PURE: rule F, the package: each side gains as much as the other, in its own points, over equal gap-closing.

The solution of Kalai and Smorodinsky (Econometrica 43, 1975) with rule A as the fallback (method, 3.6): the
largest z such that both sides gain z. For any weight of one side's points against the other's the best
package is found by filling lines in the order of what a unit of money is worth; as the weight rises, the one
side gains more and the other less. Where they meet, two such packages are mixed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import GovernmentPointsMissing, PointsMissing

#: Halvings of the weight: two orders of worth that differ are farther apart than 2 ** -_HALVINGS.
_HALVINGS = 200


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
    points = _Points.of(claims)
    start = [Fraction(money) for money in fallback]
    low, high = Fraction(1, 2**_HALVINGS), 1 - Fraction(1, 2**_HALVINGS)
    most_government, most_lsg = points.best(low, start), points.best(high, start)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = points.best(middle, start)
        if points.ahead(found, start) <= 0:
            low, most_government = middle, found
        else:
            high, most_lsg = middle, found
    mixed = points.level(most_government, most_lsg, start)
    lsg, government = points.satisfaction(start)
    after = points.satisfaction(mixed)
    return Package(tuple(mixed), lsg, government, min(after[0] - lsg, after[1] - government))


@dataclass(frozen=True)
class _Points:
    """The claims with the points of both sides, each adding up to one; `rows` are those with any."""

    claims: Sequence[Claim]
    lsg: tuple[Fraction, ...]
    government: tuple[Fraction, ...]
    rows: tuple[int, ...]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> "_Points":
        lsg = [claim.line.priority_lsg for claim in claims]
        government = [claim.line.priority_government for claim in claims]
        if not any(lsg):
            raise PointsMissing
        if not any(government):
            raise GovernmentPointsMissing
        return cls(
            claims,
            tuple(Fraction(each, sum(lsg)) for each in lsg),
            tuple(Fraction(each, sum(government)) for each in government),
            tuple(row for row in range(len(claims)) if lsg[row] or government[row]),
        )

    def best(self, weight: Fraction, start: Sequence[Fraction]) -> list[Fraction]:
        """Return the best package where the points of the associations weigh so much of one."""
        worth = {
            row: (weight * self.lsg[row] - (1 - weight) * self.government[row]) / self._size(row)
            for row in self.rows
        }
        money = list(start)
        left = sum((start[row] - self.claims[row].lower for row in self.rows), Fraction(0))
        for row in sorted(self.rows, key=lambda row: (-worth[row], self.claims[row].line.line)):
            claim = self.claims[row]
            taken = min(left, Fraction(claim.upper - claim.lower))
            money[row], left = claim.lower + taken, left - taken
        return money

    def satisfaction(self, money: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
        """Return the satisfaction of the associations and of the Government."""
        shares = {row: money[row] / self._size(row) for row in self.rows}
        return (
            sum((self.lsg[row] * share for row, share in shares.items()), Fraction(0)),
            sum((self.government[row] * (1 - share) for row, share in shares.items()), Fraction(0)),
        )

    def ahead(self, money: Sequence[Fraction], start: Sequence[Fraction]) -> Fraction:
        """Return by how much the associations gain more than the Government."""
        (lsg, government), (lsg_before, government_before) = (
            self.satisfaction(money),
            self.satisfaction(start),
        )
        return (lsg - lsg_before) - (government - government_before)

    def level(
        self, less: Sequence[Fraction], more: Sequence[Fraction], start: Sequence[Fraction]
    ) -> list[Fraction]:
        """Mix two packages so that both sides gain the same, or take the nearer one where they cannot."""
        short, long = self.ahead(less, start), self.ahead(more, start)
        if short >= 0 or short == long:
            return list(less)
        if long <= 0:
            return list(more)
        part = long / (long - short)
        return [part * a + (1 - part) * b for a, b in zip(less, more, strict=True)]

    def _size(self, row: int) -> int:
        return self.claims[row].size or 1
