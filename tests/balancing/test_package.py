"""Rule F: both sides gain the same of their own points over rule A, and neither could gain more."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import Limit, Line, Reason, balance, check, from_document, summary, to_document
from budgetproto.balancing.claims import to_claim
from budgetproto.balancing.errors import GovernmentPointsMissing, NoLimitsUnderRule, PointsMissing
from budgetproto.balancing.sharing.package import package
from tests.balancing.proofs import proof

#: The points of the worked example in whole hundreds: associations, Government.
POINTS = {
    "L1": (20, 30),
    "L2": (25, 10),
    "L3": (0, 0),
    "L4": (20, 30),
    "L6": (5, 5),
    "L7": (10, 5),
    "L8": (10, 15),
    "L9": (10, 5),
}


def worked_example() -> list[Line]:
    """Return the lines of the worked example with their points, the tax share as the money it moves."""

    def line(name: str, government: int, lsg: int, **more: Any) -> Line:
        mine, theirs = POINTS[name]
        return Line(name, government, lsg, priority_lsg=100 * mine, priority_government=100 * theirs, **more)

    return [
        line("L1", 120_000, 180_000),
        line("L2", 30_000, 60_000),
        Line("L3", 50_000, 62_000, protected=True),
        line("L4", 80_000, 140_000),
        line("L6", 15_000, 21_000, floor=18_000),
        line("L7", 60_000, 75_000, cap=70_000),
        line("L8", 31_500, 45_000),
        line("L9", 12_000, 8_000, cost_sign=-1),
        Line("L10", 9_000, 7_000),
    ]


def test_the_package_of_the_worked_example() -> None:
    """Full L2, L7 at its cap, nothing for L4 and L8, L6 at its floor; L1 and L9 are split, as published."""
    claims = [claim for claim in (to_claim(line, kappa=0) for line in worked_example()) if claim.open]
    found = package(claims, [18_639, 9_319, 12_000, 18_639, 3_000, 4_660, 4_500, 1_243])
    money = {claim.line.line: float(got) for claim, got in zip(claims, found.money, strict=True)}
    assert {name: money[name] for name in ("L2", "L4", "L6", "L7", "L8")} == {
        "L2": 30_000,
        "L4": 0,
        "L6": 3_000,
        "L7": 10_000,
        "L8": 0,
    }
    assert (round(money["L1"], 1), round(money["L9"], 1)) == (16_854.3, 145.7)
    assert round(float(found.gain), 4) == 0.0791
    assert (round(float(found.before_lsg), 4), round(float(found.before_government), 4)) == (0.3224, 0.6765)


def test_in_whole_units_the_package_adds_up_and_keeps_every_bound() -> None:
    option = balance(worked_example(), 70_000, rule="F")
    assert check(option) == ()
    assert sum(award.granted or 0 for award in option.lines) == 70_000
    assert option.satisfaction is not None
    assert round(float(option.satisfaction.gain), 4) == 0.0779


def test_a_line_the_package_moved_says_so_and_the_option_says_what_is_gained() -> None:
    option = balance(worked_example(), 70_000, rule="F")
    assert option.lines[1].reason is Reason.PACKAGE
    assert summary(option)[0].key == "balancing.sentence.package"


def test_a_line_without_points_stays_where_equal_gap_closing_puts_it() -> None:
    lines = [
        Line("a", 0, 100, priority_lsg=100),
        Line("b", 0, 100, priority_government=100),
        Line("c", 0, 100),
    ]
    option = balance(lines, 150, rule="F")
    assert [award.granted for award in option.lines] == [100, 0, 50]


@pytest.mark.parametrize(
    ("points", "refusal"),
    [
        ({"priority_government": 5}, PointsMissing),
        ({"priority_lsg": 5}, GovernmentPointsMissing),
    ],
)
def test_without_the_points_of_one_side_there_is_no_package(
    points: dict[str, Any], refusal: type[PointsMissing]
) -> None:
    with pytest.raises(PointsMissing) as refused:
        balance([Line("a", 0, 100, **points), Line("b", 0, 100)], 50, rule="F")
    assert type(refused.value) is refusal


def test_the_package_knows_no_limits() -> None:
    with pytest.raises(NoLimitsUnderRule):
        balance([Line("a", 0, 10, region="x")], 5, rule="F", limits=[Limit("x", region="x", most=5)])


_drawn = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=6)


def lines_of(drawn: list[tuple[int, int, int]]) -> list[Line]:
    """Return plain lines: claim, points of the associations, points of the Government."""
    assume(any(mine for _, mine, _ in drawn))
    assume(any(theirs for _, _, theirs in drawn))
    return [
        Line(f"{place}", 0, claim, priority_lsg=mine, priority_government=theirs)
        for place, (claim, mine, theirs) in enumerate(drawn)
    ]


@proof(100, drawn=_drawn, part=st.fractions(0, 1))
def test_neither_side_is_worse_off_and_both_gain_the_same_unless_one_can_gain_no_more(
    drawn: list[tuple[int, int, int]], part: Fraction
) -> None:
    lines = lines_of(drawn)
    envelope = int(sum(claim for claim, _, _ in drawn) * part)
    option = balance(lines, envelope, rule="F")
    assert check(option) == ()
    assert from_document(to_document(option)) == option
    assert option.satisfaction is not None
    assert option.satisfaction.gain >= 0


@proof(100, drawn=_drawn, part=st.fractions(0, 1))
def test_in_its_own_points_neither_side_has_less_than_by_equal_gap_closing(
    drawn: list[tuple[int, int, int]], part: Fraction
) -> None:
    lines = lines_of(drawn)
    envelope = int(sum(claim for claim, _, _ in drawn) * part)
    fallback = [award.granted or 0 for award in balance(lines, envelope).lines]
    found = package([to_claim(line, kappa=0) for line in lines], fallback)
    before, after = points(drawn, fallback), points(drawn, found.money)
    assert (found.before_lsg, found.before_government) == before
    assert min(a - b for a, b in zip(after, before, strict=True)) == found.gain >= 0
    assert sum(found.money) == envelope


@proof(100, drawn=_drawn, part=st.fractions(0, 1), other=st.lists(st.fractions(0, 1), min_size=6, max_size=6))
def test_no_other_shares_give_both_sides_more(
    drawn: list[tuple[int, int, int]], part: Fraction, other: list[Fraction]
) -> None:
    """Any other way to spend the same money leaves one side with no more than the package does."""
    lines = lines_of(drawn)
    claims = [to_claim(line, kappa=0) for line in lines]
    envelope = int(sum(claim for claim, _, _ in drawn) * part)
    fallback = [award.granted or 0 for award in balance(lines, envelope).lines]
    found = package(claims, fallback)
    marked = [place for place, (_, mine, theirs) in enumerate(drawn) if mine or theirs]
    rival = [Fraction(money) for money in fallback]
    pot = sum((rival[place] for place in marked), Fraction(0))
    for place in marked:
        rival[place] = min(other[place] * drawn[place][0], pot)
        pot -= rival[place]
    for place in marked:
        more = min(pot, drawn[place][0] - rival[place])
        rival[place], pot = rival[place] + more, pot - more
    gains = [
        after - before for after, before in zip(points(drawn, rival), points(drawn, fallback), strict=True)
    ]
    assert min(gains) <= found.gain


def points(drawn: list[tuple[int, int, int]], money: Sequence[Fraction | int]) -> tuple[Fraction, Fraction]:
    """Return the satisfaction of both sides."""
    mine, theirs = sum(each for _, each, _ in drawn), sum(each for _, _, each in drawn)
    shares = [Fraction(got) / claim for got, (claim, _, _) in zip(money, drawn, strict=True)]
    return (
        sum((Fraction(row[1], mine) * share for row, share in zip(drawn, shares, strict=True)), Fraction(0)),
        sum(
            (Fraction(row[2], theirs) * (1 - share) for row, share in zip(drawn, shares, strict=True)),
            Fraction(0),
        ),
    )


def test_where_one_side_cannot_gain_the_nearest_package_is_taken() -> None:
    lines = [
        Line("a", 0, 1_000, cap=10, priority_lsg=10_000),
        Line("b", 0, 100, priority_government=9_000),
        Line("c", 0, 100, priority_government=1_000),
    ]
    option = balance(lines, 110, rule="F")
    assert option.satisfaction is not None
    assert option.satisfaction.gain == 0
    assert [award.granted for award in option.lines] == [10, 0, 100]


def test_where_the_government_gains_more_whatever_is_done_the_associations_get_their_best() -> None:
    lines = [
        Line("full", 0, 1_000, cap=10, priority_lsg=9_000),
        Line("b", 0, 100, priority_lsg=500),
        Line("c", 0, 100, priority_government=9_000),
        Line("d", 0, 100, priority_lsg=500, priority_government=1_000),
    ]
    fallback = [10, 50, 50, 50]
    found = package([to_claim(line, kappa=0) for line in lines], fallback)
    assert list(map(int, found.money)) == [10, 100, 0, 50]
    assert found.gain == Fraction(25, 1_000)
