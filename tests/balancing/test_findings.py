"""How unequal recipients are per resident, before and after an option."""

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from budgetproto.balancing import Line, balance, midpoint
from budgetproto.balancing.findings.equity import Equity, capacities, equity, equity_after, equity_before
from tests.balancing.proofs import proof

NOTHING = Equity(None, None, None, None, None, None)
RESIDENTS = [
    Line("a", 0, 100, population=10, own_revenue=40),
    Line("b", 20, 10, population=20, own_revenue=20, cost_sign=-1),
    Line("c", 0, 40, population=5),
]
ROWS = st.tuples(st.integers(1, 50), st.integers(1_000, 90_000), st.integers(1_000, 90_000))


def test_the_published_values_of_one_to_five() -> None:
    """Atkinson (1/2) is 0.06315339222708...: checked with thirty digits."""
    found = equity([(1, Fraction(level)) for level in range(1, 6)])
    assert found.gini == Fraction(4, 15)
    assert (found.ratio, found.poor) == (Fraction(5), Fraction(1, 5))
    assert (found.theil, found.atkinson_half, found.atkinson_one) == (
        0.1196875936,
        0.0631533922,
        0.1316096384,
    )


def test_a_weight_of_two_is_two_recipients() -> None:
    weighted = equity([(1, Fraction(z)) for z in (1, 2, 3, 4)] + [(2, Fraction(5))])
    assert weighted.gini == Fraction(1, 4)
    assert weighted == equity([(1, Fraction(z)) for z in (1, 2, 3, 4, 5, 5)])


@pytest.mark.parametrize("levels", [[], [0, 0], [-1, 5]])
def test_without_money_there_is_no_measure(levels: list[int]) -> None:
    assert equity([(1, Fraction(z)) for z in levels]) == NOTHING


def test_a_level_of_zero_has_a_gini_but_no_logarithm() -> None:
    found = equity([(1, Fraction(0)), (1, Fraction(2))])
    assert (found.gini, found.theil, found.ratio) == (Fraction(1, 2), None, None)


def test_the_state_paying_more_makes_the_recipient_richer_and_the_unknown_stay_out() -> None:
    option = balance(RESIDENTS, 75)
    found = capacities(option, RESIDENTS)
    assert [(each.recipient, each.before, each.after) for each in found] == [("a", 40, 90), ("b", 20, 25)]


def test_a_cut_takes_away() -> None:
    lines = [Line("a", 50, 100, population=3, own_revenue=70)]
    assert capacities(balance(lines, -20), lines)[0].after == 50


@pytest.mark.parametrize("envelope", [None, 0])
def test_without_a_recommendation_there_is_no_after(envelope: int | None) -> None:
    lines = [Line("a", 0, 100, floor=50, population=3, own_revenue=70)]
    found = capacities(balance(lines, envelope), lines)
    assert equity_before(found).gini == 0
    assert equity_after(found) is None


def test_the_midpoint_has_an_after() -> None:
    found = equity_after(capacities(midpoint(RESIDENTS), RESIDENTS))
    assert found is not None


@proof(50, rows=st.lists(ROWS, min_size=2, max_size=6), part=st.integers(1, 99))
def test_the_poorest_first_is_never_more_unequal_than_equal_shares(
    rows: list[tuple[int, int, int]], part: int
) -> None:
    """Whole units may cost each recipient one: that much of the money is allowed."""
    lines = [
        Line(str(place), 0, claim, population=people, own_revenue=own)
        for place, (people, own, claim) in enumerate(rows)
    ]
    envelope = sum(claim for *_, claim in rows) * part // 100
    ginis = []
    for rule in "AE":
        after = equity_after(capacities(balance(lines, envelope, rule=rule), lines))
        assert after is not None
        assert after.gini is not None
        ginis.append(after.gini)
    money = envelope + sum(own for _, own, _ in rows)
    assert ginis[1] <= ginis[0] + Fraction(2 * len(rows), money)


def test_what_all_recipients_receive_together_is_the_envelope() -> None:
    lines = [Line("a", 0, 60, population=3, own_revenue=5), Line("b", 9, 7, population=2, own_revenue=4)]
    found = capacities(balance(lines, 30), lines)
    assert [(each.recipient, (each.after or 0) - each.before) for each in found] == [("a", 32), ("b", -2)]
