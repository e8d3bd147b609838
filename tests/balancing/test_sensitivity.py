"""The sensitivity of the option: figures worked by hand, the worked example, and properties."""

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetproto.balancing import Absence, Limit, Line, balance, sensitivity
from budgetproto.balancing.alternatives import Span
from budgetproto.balancing.sensitivity.curve import Bound, Contest, Knot, marginal, rate_curve, rate_on
from budgetproto.balancing.sensitivity.leaving import dropped
from budgetproto.balancing.sensitivity.spread import disagreement
from budgetproto.balancing.sharing.rate import exact_rate

WE1 = Path(__file__).parents[2] / "fixtures" / "balancing" / "we1.csv"
ROADS, SCHOOLS = Line("roads", 0, 60, region="Ош"), Line("schools", 0, 20, cap=10, region="Талас")


def worked_example() -> list[Line]:
    with WE1.open(encoding="utf-8", newline="") as file:
        return [_line(row) for row in csv.DictReader(file)]


def _line(row: dict[str, str]) -> Line:
    numbers: dict[str, Any] = {"government": None, "lsg": None} | {
        name: int(value) for name, value in row.items() if value and name not in {"line", "region"}
    }
    return Line(row["line"], region=row["region"], **numbers)


@st.composite
def many_lines(draw: st.DrawFn) -> list[Line]:
    figures = st.integers(0, 60)
    found = []
    for place in range(draw(st.integers(1, 6))):
        floor, cap = sorted((draw(figures), draw(figures)))
        bounds: dict[str, Any] = draw(
            st.sampled_from([{}, {"floor": floor}, {"cap": cap}, {"floor": floor, "cap": cap}])
        )
        priority, protected = draw(st.sampled_from([0, 2_000, 10_000])), draw(st.booleans())
        line = Line(
            str(place), draw(figures), draw(figures), protected=protected, priority_lsg=priority, **bounds
        )
        found.append(line)
    return found


def test_the_worked_example_has_its_rates() -> None:
    lines = worked_example()
    assert float(Contest.of(lines).rate(70_000) or 0) == pytest.approx(0.3123287671, abs=1e-10)
    rates = [balance(lines, money).rate for money in (63_000, 77_000)]
    assert [round(float(rate or 0), 6) for rate in rates] == [0.274556, 0.352071]


def test_the_worked_example_has_every_part() -> None:
    found = sensitivity(worked_example(), 70_000)
    assert found.absent == {"swept": Absence.NO_PRIORITIES}
    assert (
        found.protection == Fraction(72_000, 200_500 - 5_000) - Fraction(57_000, 182_500) or found.protection
    )
    assert found.inflation is not None
    assert [each.region for each in found.inflation] == ["R1", "R2", "R3"]
    assert all(sum(each.changes.values()) == 0 for each in found.inflation if each.changes)


def test_the_price_of_protection_is_what_the_others_would_close_more() -> None:
    found = sensitivity([Line("salaries", 0, 10, protected=True), Line("roads", 0, 30)], 20)
    assert found.protection == Fraction(1, 2) - Fraction(1, 3)


def test_the_curve_bends_where_the_cap_is_reached() -> None:
    found = sensitivity([ROADS, SCHOOLS], 20)
    assert found.curve is not None
    assert found.needed is not None
    assert found.curve == (
        Knot(Fraction(0), Fraction(0)),
        Knot(Fraction(40), Fraction(1, 2)),
        Knot(Fraction(70), Fraction(1)),
    )
    assert list(found.needed.values()) == [20, 40, 55, 70]


def test_the_next_bound_is_named() -> None:
    found = marginal(Contest.of([ROADS, SCHOOLS]), 50)
    assert found is not None
    assert found.above is not None
    assert found.below is not None
    assert found.above == Bound(Fraction(70), ("roads",))
    assert found.below == Bound(Fraction(40), ("schools",))
    assert found.parts == {"roads": 1}


def test_at_a_bend_the_parts_are_those_of_more_money() -> None:
    found = marginal(Contest.of([ROADS, SCHOOLS]), 40)
    assert found is not None
    assert found.parts == {"roads": 1}


def test_a_region_that_asks_more_gains_what_the_others_pay() -> None:
    found = sensitivity([Line("a", 0, 100, region="x"), Line("b", 0, 100, region="y")], 105).inflation
    assert found is not None
    assert [dict(each.changes or {}) for each in found] == [{"x": 2, "y": -2}, {"x": -3, "y": 3}]


def test_weights_of_priorities_move_the_money() -> None:
    lines = [Line("a", 0, 100, priority_lsg=10_000), Line("b", 0, 100)]
    found = sensitivity(lines, 100).swept
    assert found is not None
    assert [each.kappa for each in found] == list(range(0, 1_001, 100))
    assert (found[0].granted, found[-1].granted) == ({"a": 50, "b": 50}, {"a": 55, "b": 45})


def test_a_line_that_leaves_raises_the_rate_of_the_others() -> None:
    assert dropped([Line("a", 0, 50), Line("b", 0, 150)], 50) == {"a": Fraction(1, 3), "b": Fraction(1)}


def test_between_a_cap_and_a_floor_the_rate_without_a_line_is_the_middle_one() -> None:
    lines = [Line("capped", 0, 100, cap=10), Line("floored", 0, 100, floor=50), Line("gone", 0, 7)]
    assert dropped(lines, 60)["gone"] == Fraction(1, 2) * (Fraction(1, 10) + Fraction(1, 2))


def test_a_region_whose_larger_claims_cannot_be_paid_has_no_changes() -> None:
    lines = [Line("a", 0, 100, region="x", protected=True), Line("b", 0, 100, region="y")]
    found = sensitivity(lines, 105).inflation
    assert found is not None
    assert [each.changes for each in found] == [None, {"x": 0, "y": 0}]


def test_outside_the_curve_there_is_no_rate_and_nothing_next() -> None:
    contest = Contest.of([Line("salaries", 0, 10, protected=True), ROADS])
    assert [rate_on(rate_curve(contest), money) for money in (9, 10, 71)] == [None, 0, None]
    assert marginal(contest, 9) is None


def test_rules_far_apart_on_much_money_need_politics() -> None:
    far, near = Span("a", 60, 10, 50), Span("b", 40, 20, 40)
    assert (disagreement([far, near]).strong_lines, disagreement([far, near]).strong) == (("a",), True)
    assert not disagreement([far, Span("c", 1_000, 0, 500)]).strong


def test_an_envelope_that_is_missing_leaves_the_curve() -> None:
    found = sensitivity([ROADS, SCHOOLS], None)
    assert found.curve
    assert found.needed
    assert set(found.absent.values()) == {Absence.NO_ENVELOPE}
    assert (found.marginal, found.spread, found.swept) == (None, None, None)


@pytest.mark.parametrize(
    ("part", "why", "settings"),
    [
        ("curve", Absence.OTHER_RULE, {"rule": "M"}),
        ("spread", Absence.REFERENCE, {"rule": "M"}),
        ("curve", Absence.LIMITS, {"limits": [Limit("Ош", most=5, region="Ош")]}),
    ],
)
def test_a_part_that_does_not_apply_says_why(part: str, why: Absence, settings: dict[str, Any]) -> None:
    found = sensitivity([ROADS, SCHOOLS], 20, **settings)
    assert (getattr(found, part), found.absent[part]) == (None, why)


def test_a_cut_and_bounds_that_cannot_be_paid_say_so() -> None:
    protected = Line("salaries", 0, 10, protected=True)
    assert sensitivity([protected, ROADS], 5).absent["marginal"] is Absence.INFEASIBLE
    assert set(sensitivity([Line("a", 50, 60)], -10).absent.values()) == {Absence.CUT}
    assert sensitivity([protected], 10).absent["curve"] is Absence.NOTHING_MOVES


@given(many_lines(), st.integers(0, 1_000), st.fractions(0, 1))
def test_the_curve_rises_and_is_the_rate_of_the_engine(lines: list[Line], kappa: int, part: Fraction) -> None:
    contest = Contest.of(lines, kappa=kappa)
    knots = rate_curve(contest)
    assume(knots)
    assert list(knots) == sorted(knots, key=lambda knot: (knot.envelope, knot.rate))
    money = knots[0].envelope + part * (knots[-1].envelope - knots[0].envelope)
    assert rate_on(knots, money) == exact_rate(contest.claims, money - contest.outside)


@given(many_lines(), st.fractions(0, 1))
def test_parts_sum_to_one_and_hold_up_to_the_next_bound(lines: list[Line], part: Fraction) -> None:
    contest = Contest.of([*lines, Line("always", 0, 30)])
    knots = rate_curve(contest)
    money = knots[0].envelope + part * (knots[-1].envelope - knots[0].envelope)
    found, start = marginal(contest, money), contest.rate(money)
    assert found is not None
    assert start is not None
    if found.above is None:
        assert (found.parts, money) == ({}, knots[-1].envelope)
        return
    half = (found.above.envelope - money) / 2
    end = contest.rate(money + half)
    assert end is not None
    assert sum(found.parts.values()) == 1
    for claim in contest.claims:
        assert claim.at(end) - claim.at(start) == found.parts.get(claim.line.line, 0) * half


@given(many_lines(), st.integers(0, 300))
def test_an_agreed_line_that_leaves_changes_nothing(lines: list[Line], money: int) -> None:
    assert dropped([*lines, Line("agreed", 7, 7)], money)["agreed"] == Contest.of(lines).rate(money)


@given(many_lines(), st.integers(-20, 300), st.sampled_from([0, 1_000]))
def test_a_line_that_leaves_leaves_the_rate_that_the_others_find_alone(
    lines: list[Line], money: int, kappa: int
) -> None:
    found = dropped(lines, money, kappa=kappa)
    for gone in lines:
        others = [line for line in lines if line is not gone]
        assert found[gone.line] == Contest.of(others, kappa=kappa).rate(money)
