"""The prices of a parameter: money gives back the last step that it pays for, and no more."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetproto.disputes.parameters.prices import (
    NoMoneyInIt,
    NotMonotone,
    NotOnTheList,
    Prices,
    TooManySteps,
    from_plain,
    priced,
    steps_between,
    to_plain,
)
from budgetproto.i18n import Points
from budgetproto.money import Som

few = settings(max_examples=200, deadline=None)
rises = st.lists(st.integers(0, 3), min_size=2, max_size=40).filter(lambda found: any(found[1:]))


def listed(rises: list[int], step: int, *, falling: bool) -> Prices:
    money = list(accumulate(rises))
    return Prices(300, step, tuple(map(Som, money[::-1] if falling else money)))


@few
@given(rises, st.integers(1, 500), st.booleans(), st.data())
def test_the_value_is_on_its_step_and_the_next_one_would_cost_more(
    found: list[int], step: int, falling: bool, data: st.DataObject
) -> None:
    prices = listed(found, step, falling=falling)
    values = st.sampled_from(range(prices.first, prices.last + 1, step))
    sides = data.draw(values), data.draw(values)
    costs = [prices.of(side) for side in sides]
    low, high = sorted(each.tyiyn for each in costs if each is not None)
    money = Som(data.draw(st.integers(low, high)))
    value = prices.given_back(money, sides)
    cost, rise = prices.of(value), -step if falling else step
    assert (value - prices.first) % step == 0
    assert min(sides) <= value <= max(sides)
    assert cost is not None
    assert cost <= money
    following = prices.of(value + rise)
    further = (min if falling else max)(sides)
    assert value == further or (following is not None and money < following)


@few
@given(rises, st.booleans(), st.data())
def test_more_money_never_gives_less(found: list[int], falling: bool, data: st.DataObject) -> None:
    prices = listed(found, 25, falling=falling)
    sides = prices.first, prices.last
    amounts = st.integers(prices.money[-1 if falling else 0].tyiyn, prices.money[0 if falling else -1].tyiyn)
    less, more = sorted((data.draw(amounts), data.draw(amounts)))
    values = [prices.given_back(Som(each), sides) for each in (less, more)]
    assert values == sorted(values, reverse=falling)


@few
@given(rises, st.booleans())
def test_a_list_is_read_as_it_was_written(found: list[int], falling: bool) -> None:
    prices = listed(found, 25, falling=falling)
    assert from_plain(to_plain(prices)) == prices
    assert from_plain(to_plain(None)) is None


def test_money_that_now_rises_and_now_falls_gives_no_value_back() -> None:
    with pytest.raises(NotMonotone) as refused:
        priced(0, 1, {0: 5, 1: 5, 2: 9, 3: 8}, None)
    turns = {"before": 1, "after": 2, "low": 2, "high": 3}
    assert refused.value.details == {name: Points(value) for name, value in turns.items()}
    with pytest.raises(NoMoneyInIt):
        priced(0, 1, {0: 5, 1: 5}, None)


def test_a_list_has_two_values_at_least_and_not_too_many() -> None:
    assert len(steps_between(0, 100_000, 100)) == 1_001
    for first, last, step in ((0, 100_100, 100), (50, 50, 1), (50, 20, 1), (0, 10, 0)):
        with pytest.raises(TooManySteps):
            steps_between(first, last, step)


def test_only_figures_on_the_list_have_money() -> None:
    prices = Prices(100, 50, (Som(0), Som(7)))
    prices.check(None)
    prices.check(150)
    for figure in (0, 125, 200, True):
        assert prices.of(figure) is None
        with pytest.raises(NotOnTheList):
            prices.check(figure)
