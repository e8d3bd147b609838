"""PURE: what each value of a contested parameter costs, step by step, and the value that money gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from budgetproto.errors import Refused
from budgetproto.i18n.languages import Points, Sentence
from budgetproto.money import Som
from budgetproto.transfers.models.inverse import furthest

#: The most steps a list may have: all of it is fixed with the terms and stands in every box.
MOST_STEPS: Final = 1_000


class TooManySteps(Refused):
    """Between the limits of the line there are more steps than a list may have, or none at all."""

    message_key = "disputes.parameter_steps"


class NotMonotone(Refused):
    """The money of the parameter now rises and now falls: no amount of money gives one value back."""

    message_key = "disputes.parameter_not_monotone"


class NoMoneyInIt(Refused):
    """Every value of the parameter costs the same: there is nothing to balance."""

    message_key = "disputes.parameter_without_money"


class NotOnTheList(Refused):
    """The figure is none of those for which the terms fix the money."""

    message_key = "disputes.figure_not_on_list"


@dataclass(frozen=True)
class Prices:
    """The money of a parameter at `first` and at every whole `step` after it, in hundredths of a percent.

    The money never falls along the list, or never rises. `whole` is what a hundred percent of a parameter is
    that counts soms, such as a unit cost; None for a share.
    """

    first: int
    step: int
    money: tuple[Som, ...]
    whole: Som | None = None

    @property
    def last(self) -> int:
        """The last value of the list."""
        return self.first + self.step * (len(self.money) - 1)

    @property
    def rising(self) -> bool:
        """Whether a higher value costs more."""
        return self.money[-1] >= self.money[0]

    def of(self, figure: object) -> Som | None:
        """Return what a figure costs; None for one that is not on the list.

        >>> Prices(100, 50, (Som(0), Som(7))).of(150)
        Som(tyiyn=7)
        """
        if type(figure) is not int or (figure - self.first) % self.step:
            return None
        return self.money[place] if 0 <= (place := self._place(figure)) < len(self.money) else None

    def check(self, figure: object) -> None:
        """Raise NotOnTheList for a figure that has no money here; none stated is no fault."""
        if figure is not None and self.of(figure) is None:
            first, last, step = (Points(each) for each in (self.first, self.last, self.step))
            raise NotOnTheList(first=first, last=last, step=step)

    def given_back(self, money: Som, sides: tuple[int, int]) -> int:
        """Return the value furthest along the rise of the money that costs no more than `money`.

        Among values that cost the same it goes no further than the one of the `sides` that is further, and it
        is the one of least money where not even that is paid. Found by halving, exactly.

        >>> Prices(0, 1, (Som(0), Som(5), Som(5), Som(9))).given_back(Som(6), (0, 3))
        2
        """
        costs = [each.tyiyn for each in self.money]
        rising = self.rising
        line = costs if rising else costs[::-1]
        places = [self._place(side) if rising else len(costs) - 1 - self._place(side) for side in sides]
        bound = max(places) if money.tyiyn <= line[max(places)] else len(line) - 1
        place = furthest(bound, line.__getitem__, money.tyiyn)
        return self.first + self.step * (place if rising else len(costs) - 1 - place)

    def _place(self, figure: int) -> int:
        return (figure - self.first) // self.step


def priced(first: int, step: int, money: Mapping[int, int], whole: Som | None) -> Prices:
    """Return the list of what a model gives, by value; raise NotMonotone or NoMoneyInIt."""
    values = sorted(money)
    moves = [
        (low, high, money[high] - money[low]) for low, high in pairwise(values) if money[high] != money[low]
    ]
    if not moves:
        raise NoMoneyInIt(first=Points(values[0]), last=Points(values[-1]))
    up = moves[0][2] > 0
    for low, high, move in moves:
        if (move > 0) != up:
            before, after = Points(moves[0][0]), Points(moves[0][1])
            raise NotMonotone(before=before, after=after, low=Points(low), high=Points(high))
    return Prices(first, step, tuple(Som(money[value]) for value in values), whole)


def steps_between(first: int, last: int, step: int) -> range:
    """Return the values from first to last; raise TooManySteps."""
    found = range(first, last + 1, step) if step > 0 else range(0)
    if not 1 < len(found) <= MOST_STEPS + 1:
        raise TooManySteps(first=Points(first), last=Points(last), step=Points(step), most=MOST_STEPS)
    return found


def told_prices(prices: Prices) -> tuple[Sentence, ...]:
    """Return the sentences that tell what the values cost, and what a hundred percent are."""
    ends = {"first": prices.first, "last": prices.last, "step": prices.step}
    money = {"low": prices.money[0], "high": prices.money[-1]}
    values = {name: Points(value) for name, value in ends.items()} | money
    told = Sentence("disputes.prices.told", tuple(values.items()))
    whole = Sentence("disputes.prices.whole", (("whole", prices.whole),))
    return (told,) if prices.whole is None else (whole, told)


def to_plain(prices: Prices | None) -> dict[str, Any] | None:
    """Return a list in JSON's own types; money is whole tyiyn."""
    if prices is None:
        return None
    whole = prices.whole.tyiyn if prices.whole else None
    money = [each.tyiyn for each in prices.money]
    return {"first": prices.first, "step": prices.step, "money": money, "whole": whole}


def from_plain(written: Mapping[str, Any] | None) -> Prices | None:
    """Return the list that was written."""
    if written is None:
        return None
    whole = None if written["whole"] is None else Som(written["whole"])
    return Prices(written["first"], written["step"], tuple(map(Som, written["money"])), whole)
