"""What each region claims and gets: the worked example, and options without figures."""

from fractions import Fraction

import pytest

from budgetproto.balancing import Line, Reason, balance
from budgetproto.balancing.findings.regions import regions

WE1 = [
    Line("L1", 120_000, 180_000, region="R1", population=42_000),
    Line("L2", 30_000, 60_000, region="R1"),
    Line("L3", 50_000, 62_000, region="R1", protected=True),
    Line("L4", 80_000, 140_000, region="R2"),
    Line("L5", 20_000, 20_000, region="R2"),
    Line("L6", 15_000, 21_000, region="R2", floor=18_000),
    Line("L7", 60_000, 75_000, region="R3", cap=70_000),
    Line("L8", 35, 50, region="R3", money_per_unit=900, step=1),
    Line("L9", 12_000, 8_000, region="R3", cost_sign=-1),
    Line("L10", 9_000, 7_000, region="R1"),
    Line("L11", 5_000, None, region="R2"),
]


def test_the_regions_of_the_worked_example_close_their_published_shares() -> None:
    found = regions(balance(WE1, 70_000), WE1)
    assert [each.region for each in found] == ["R1", "R2", "R3"]
    assert [round(float(each.closing or 0), 4) for each in found] == [0.3917, 0.3279, 0.3201]
    assert [each.reasons for each in found] == [(Reason.PROTECTED,), (Reason.FLOOR,), (Reason.STEP,)]


def test_the_gain_per_resident_counts_the_release_and_needs_the_population() -> None:
    found = regions(balance(WE1, 70_000), WE1)
    assert found[0].gain == Fraction((found[0].shared or 0) - 2_000, 42_000)
    assert found[1].gain is None


@pytest.mark.parametrize("envelope", [None, 1_000])
def test_without_a_recommendation_a_region_has_its_claims_only(envelope: int | None) -> None:
    found = regions(balance(WE1, envelope), WE1)[0]
    assert (found.claims, found.shared, found.closing, found.gain) == (102_000, None, None, None)


def test_of_a_cut_residents_lose() -> None:
    lines = [Line("a", 50, 100, population=4)]
    assert regions(balance(lines, -20), lines)[0].gain == -5
