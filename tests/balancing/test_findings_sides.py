"""What each side gets and where its lines stand: the worked example, and options without figures."""

import pytest

from budgetproto.balancing import Line, balance, midpoint
from budgetproto.balancing.findings.sides import Standing, shares, standings
from tests.balancing.test_findings_regions import WE1


def test_the_shares_of_the_worked_example() -> None:
    found = shares(balance(WE1, 70_000))
    assert found is not None
    assert (round(float(found.lsg), 4), round(float(found.government), 4)) == (0.3591, 0.6409)
    assert found.lsg + found.government == 1


def test_a_protected_a_floored_and_a_stepped_line_stand_above_the_common_rate() -> None:
    found = standings(balance(WE1, 70_000))
    assert found is not None
    above, at, below = found
    assert above == Standing(3, 12_000 + 6_000 + 13_500)
    assert (at.lines, below.lines) == (5, 0)


@pytest.mark.parametrize("envelope", [None, 1_000])
def test_without_a_recommendation_nothing_is_said_of_the_sides(envelope: int | None) -> None:
    option = balance(WE1, envelope)
    assert (shares(option), standings(option)) == (None, None)


def test_a_cut_satisfies_nobody_and_the_midpoint_shares() -> None:
    assert shares(balance([Line("a", 50, 100)], -20)) is None
    assert shares(midpoint([Line("a", 50, 100)])) is not None
