"""PURE: how evenly the money per resident is spread over the territories, before and after transfers.

The formulas are those of the house's method for equity between territories, with people as weights: Gini over
the Lorenz curve, Theil's T (H. Theil, Economics and Information Theory, 1967), and the largest beside the
smallest. Gini and the ratio are exact fractions of whole numbers; Theil needs logarithms and is reckoned with
forty digits, so that every machine prints the same six.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

#: Digits in which logarithms are reckoned, and those that are kept of the result.
_DIGITS: Final = 40
_KEPT: Final = Decimal("0.000001")


@dataclass(frozen=True)
class Place:
    """One territory: its residents, its own revenue and the transfers it received, in tyiyn."""

    code: str
    people: int
    own: int
    transfers: int = 0


@dataclass(frozen=True)
class Spread:
    """How unevenly money per resident is spread; None where the figures do not allow the measure."""

    places: int
    people: int
    money: int
    gini: Fraction | None
    theil: Decimal | None
    ratio: Fraction | None

    @property
    def per_head(self) -> Fraction | None:
        """Tyiyn per resident over all territories."""
        return Fraction(self.money, self.people) if self.people else None


@dataclass(frozen=True)
class Balance:
    """The spread of own revenue, and of own revenue with transfers, over the same territories."""

    before: Spread
    after: Spread


def balance(places: Iterable[Place]) -> Balance:
    """Measure territories that have residents, before and after transfers.

    >>> found = balance([Place("a", 100, 100, 200), Place("b", 100, 300)])
    >>> found.before.gini, found.after.gini, found.before.ratio
    (Fraction(1, 4), Fraction(0, 1), Fraction(3, 1))
    """
    known = [place for place in places if place.people > 0]
    people = [place.people for place in known]
    return Balance(
        spread(people, [place.own for place in known]),
        spread(people, [place.own + place.transfers for place in known]),
    )


def spread(people: Sequence[int], money: Sequence[int]) -> Spread:
    """Measure how unevenly `money` is spread over territories with so many `people` each."""
    pairs = sorted(zip(people, money, strict=True), key=lambda pair: Fraction(pair[1], pair[0]))
    return Spread(len(pairs), sum(people), sum(money), gini(pairs), theil(pairs), ratio(pairs))


def gini(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Return the Gini coefficient of (people, money), sorted by money per head, exactly.

    G = 1 - sum of w(2S - m) / (W M), with w the people and m the money of a territory, S the money of all up
    to it, W and M the sums. None when money is below zero somewhere or nowhere above it.

    >>> gini([(1, 0), (1, 0), (2, 4)])
    Fraction(1, 2)
    """
    people, money = sum(each for each, _ in pairs), sum(each for _, each in pairs)
    if not people or money <= 0 or min(each for _, each in pairs) < 0:
        return None
    reached = under = 0
    for weight, amount in pairs:
        reached += amount
        under += weight * (2 * reached - amount)
    return 1 - Fraction(under, people * money)


def theil(pairs: Sequence[tuple[int, int]]) -> Decimal | None:
    """Return Theil's T of (people, money) to six digits: the sum of s ln(s / p) over the territories.

    s is a territory's share of the money, p its share of the people. None unless money is above zero
    everywhere.

    >>> theil([(1, 1), (1, 3)])
    Decimal('0.130812')
    """
    people, money = sum(each for each, _ in pairs), sum(each for _, each in pairs)
    if not pairs or min(each for _, each in pairs) <= 0:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        found = Decimal(0)
        for weight, amount in pairs:
            relative = Decimal(amount * people) / Decimal(weight * money)
            found += Decimal(amount) / Decimal(money) * relative.ln()
        # An even spread is zero, never a minus zero that rounding leaves.
        return found.quantize(_KEPT) + 0


def ratio(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Return the largest money per head over the smallest; None unless the smallest is above zero.

    >>> ratio([(2, 1), (1, 3)])
    Fraction(6, 1)
    """
    if not pairs or pairs[0][1] <= 0:
        return None
    (poor, least), (rich, most) = pairs[0], pairs[-1]
    return Fraction(most * poor, rich * least)
