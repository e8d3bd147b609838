"""Gini, Theil and the ratio agree with their definitions, and behave as measures of equality do."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.reporting.annual.balance import Place, Spread, balance, spread

PEOPLE = st.integers(1, 500_000)
MONEY = st.integers(1, 10**13)
PAIRS = st.lists(st.tuples(PEOPLE, MONEY), min_size=1, max_size=12)


def of(pairs: list[tuple[int, int]]) -> Spread:
    return spread([people for people, _ in pairs], [money for _, money in pairs])


def by_definition(pairs: list[tuple[int, int]]) -> Fraction:
    """Half the mean difference between any two residents, over the mean."""
    people, money = sum(each for each, _ in pairs), sum(each for _, each in pairs)
    apart = sum(
        one[0] * other[0] * abs(Fraction(one[1], one[0]) - Fraction(other[1], other[0]))
        for one, other in product(pairs, pairs)
    )
    return Fraction(apart) / (2 * people * money)


@given(PAIRS)
def test_gini_is_half_the_mean_difference_over_the_mean(pairs: list[tuple[int, int]]) -> None:
    assert of(pairs).gini == by_definition(pairs)


@given(PAIRS)
def test_gini_lies_between_zero_and_one_and_theil_below_the_logarithm_of_the_people(
    pairs: list[tuple[int, int]],
) -> None:
    found = of(pairs)
    assert found.gini is not None
    assert found.theil is not None
    assert 0 <= found.gini < 1
    assert 0 <= found.theil <= Decimal(math.log(found.people) + 1e-5)


@given(PAIRS)
def test_theil_agrees_with_floats(pairs: list[tuple[int, int]]) -> None:
    people, money = sum(each for each, _ in pairs), sum(each for _, each in pairs)
    expected = sum(m / money * math.log(m * people / (w * money)) for w, m in pairs)
    assert float(of(pairs).theil or 0) == pytest.approx(expected, abs=2e-6)


@given(PAIRS, st.integers(2, 9))
def test_a_larger_country_or_other_money_changes_nothing(pairs: list[tuple[int, int]], times: int) -> None:
    found = of(pairs)
    for other in (of(pairs * times), of([(people, money * times) for people, money in pairs])):
        assert (other.gini, other.theil, other.ratio) == (found.gini, found.theil, found.ratio)


@given(PAIRS)
def test_order_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    assert of(pairs[::-1]) == of(pairs)


@given(st.lists(st.tuples(PEOPLE, MONEY), min_size=2, max_size=12))
def test_money_to_the_poorest_never_raises_inequality(pairs: list[tuple[int, int]]) -> None:
    poorest, richest = (pick(pairs, key=lambda each: Fraction(each[1], each[0])) for pick in (min, max))
    if poorest == richest:
        return
    lifted = list(pairs)
    gap = Fraction(richest[1], richest[0]) - Fraction(poorest[1], poorest[0])
    given_over = int(gap * poorest[0] * richest[0] / (poorest[0] + richest[0]))
    lifted[lifted.index(poorest)] = (poorest[0], poorest[1] + given_over)
    lifted[lifted.index(richest)] = (richest[0], richest[1] - given_over)
    before, after = of(pairs), of(lifted)
    assert (after.gini or 0) <= (before.gini or 0)
    assert (after.theil or 0) <= (before.theil or 0)


def test_nothing_is_measured_where_the_figures_do_not_allow_it() -> None:
    assert (of([]).gini, of([]).theil, of([]).ratio, of([]).per_head) == (None, None, None, None)
    assert (of([(1, 0), (1, 5)]).theil, of([(1, 0), (1, 5)]).ratio) == (None, None)
    assert of([(1, 0), (1, 5)]).gini == Fraction(1, 2)
    assert of([(1, -1), (1, 5)]).gini is None


def test_transfers_even_out_and_places_without_residents_are_left_out() -> None:
    places = [Place("a", 1000, 1000, 3000), Place("b", 2000, 8000), Place("c", 0, 500)]
    found = balance(places)
    assert (found.before.places, found.before.people, found.before.money) == (2, 3000, 9000)
    assert [found.before.ratio, found.after.ratio, found.after.gini] == [4, 1, 0]
    assert found.before.gini == Fraction(2, 9)
    assert found.after.theil == Decimal(0)
