"""Rules B to E: the worked example's pattern, and what holds for any lines."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import (
    Limit,
    Line,
    Option,
    Reason,
    Unbalanceable,
    balance,
    check,
    from_document,
    summary,
    to_document,
)
from budgetproto.balancing.claims import to_claim
from budgetproto.balancing.errors import IndicatorMissing, RecipientContradictory
from budgetproto.balancing.sharing.rate import exact_rate
from tests.balancing.proofs import proof
from tests.balancing.test_invariants import _lines

#: Twelfths of a unit, so that every published fraction is a whole number.
TWELFTHS = 12


def claimants(claims: Sequence[int]) -> list[Line]:
    """Return lines of one resident each that claim so many units."""
    return [
        Line(f"{place}", 0, TWELFTHS * claim, population=1, own_revenue=0)
        for place, claim in enumerate(claims)
    ]


REGIONS = {"R1": (42_000, 65_000), "R2": (61_000, 48_000), "R3": (18_000, 52_000)}


def worked_example() -> list[Line]:
    """Return the worked example in thousand soms, the tax share as the money it moves."""

    def line(name: str, region: str, government: int, lsg: int, **more: object) -> Line:
        population, revenue = REGIONS[region]
        return Line(
            name,
            government,
            lsg,
            region=region,
            population=population,
            own_revenue=revenue,
            **more,  # type: ignore[arg-type]
        )

    return [
        line("L1", "R1", 120_000, 180_000),
        line("L2", "R1", 30_000, 60_000),
        line("L3", "R1", 50_000, 62_000, protected=True),
        line("L4", "R2", 80_000, 140_000),
        line("L6", "R2", 15_000, 21_000, floor=18_000),
        line("L7", "R3", 60_000, 75_000, cap=70_000),
        line("L8", "R3", 31_500, 45_000),
        line("L9", "R3", 12_000, 8_000, cost_sign=-1),
        line("L10", "R1", 9_000, 7_000),
    ]


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("B", [11602, 11602, 12000, 16851, 6000, 4973, 4972, 4000]),
        ("C", [31807, 1807, 12000, 19052, 3000, 2917, 1417, 0]),
        ("D", [12762, 12762, 12000, 18536, 3000, 5470, 5470, 2000]),
        ("E", [0, 0, 12000, 54545, 5455, 0, 0, 0]),
    ],
)
def test_the_worked_example_under_every_rule(rule: str, pattern: list[int]) -> None:
    """The pattern was shown with largest remainders: ours may differ by one thousand soms on a line."""
    option = balance(worked_example(), 70_000, rule=rule)
    granted = [award.granted or 0 for award in option.lines[:8]]
    assert check(option) == ()
    assert sum(granted) == sum(pattern) == 72_000
    assert all(abs(ours - theirs) <= 1 for ours, theirs in zip(granted, pattern, strict=True)), granted


def test_a_line_at_its_half_says_so() -> None:
    option = balance(claimants([100, 200, 300]), TWELFTHS * 200, rule="D")
    assert [award.reason for award in option.lines] == [Reason.HALF, Reason.FREE, Reason.FREE]


def test_a_line_that_moves_by_steps_stands_at_its_half_too() -> None:
    lines = [Line("share", 0, 40, step=5, population=1), Line("road", 0, 200, population=1)]
    below, above = (balance(lines, envelope, rule="D") for envelope in (100, 200))
    assert [award.granted for award in below.lines] == [20, 80]
    assert [award.granted for award in above.lines] == [20, 180]


def test_of_two_halves_between_two_units_the_more_populous_line_rounds_up() -> None:
    lines = [Line("hamlet", 0, 1, population=1), Line("town", 0, 1, population=3)]
    assert [award.granted for award in balance(lines, 1, rule="D").lines] == [0, 1]


def test_a_cap_or_a_floor_is_no_half() -> None:
    capped = Line("capped", 0, 300, cap=200, population=1)
    others = [Line(name, 0, 300, population=1) for name in "ab"]
    above = balance([capped, *others], 780, rule="D")
    assert (above.lines[0].amount, above.lines[0].reason) == (200, Reason.CAP)
    below = balance([Line("lifted", 0, 300, floor=100, population=1), *others], 150, rule="D")
    assert (below.lines[0].amount, below.lines[0].reason) == (100, Reason.FLOOR)


def test_what_every_claim_gets_in_full_is_no_half() -> None:
    option = balance(claimants([100, 200]), TWELFTHS * 400, rule="D")
    assert [award.reason for award in option.lines] == [Reason.CAP, Reason.CAP]
    assert option.undistributed == TWELFTHS * 100


@pytest.mark.parametrize("rule", list("BCDE"))
def test_without_a_population_a_rule_per_resident_refuses_and_names_the_line(rule: str) -> None:
    lines = [Line("roads", 0, 10, population=5, own_revenue=1), Line("schools", 0, 10, own_revenue=1)]
    with pytest.raises(IndicatorMissing) as refused:
        balance(lines, 5, rule=rule)
    assert refused.value.details == {"line": "schools", "indicator": "population"}


def test_equalization_needs_the_own_revenue_too() -> None:
    lines = [Line("roads", 0, 10, population=5)]
    with pytest.raises(IndicatorMissing) as refused:
        balance(lines, 5, rule="E")
    assert refused.value.details == {"line": "roads", "indicator": "own_revenue"}


def test_a_line_that_cannot_move_needs_no_indicator() -> None:
    lines = [Line("pay", 0, 10, protected=True), Line("roads", 0, 10, population=5, own_revenue=1)]
    assert [award.granted for award in balance(lines, 15, rule="B").lines] == [10, 5]


def test_two_lines_of_one_recipient_that_contradict_each_other_are_refused() -> None:
    lines = [
        Line(name, 0, 10, region="Ош", population=people, own_revenue=1)
        for name, people in (("a", 5), ("b", 6))
    ]
    with pytest.raises(RecipientContradictory) as refused:
        balance(lines, 5, rule="E")
    assert refused.value.details == {"recipient": "Ош", "indicator": "population"}


def test_equalization_lifts_the_poorest_first_and_says_to_what_level() -> None:
    poor = Line("poor", 0, 1_000, population=10, own_revenue=100)
    rich = Line("rich", 0, 1_000, population=10, own_revenue=500)
    option = balance([poor, rich], 500, rule="E")
    assert [award.granted for award in option.lines] == [450, 50]
    assert option.rate == Fraction(550, 10)
    assert [(each.line, each.granted) for each in option.recipients] == [("poor", 450), ("rich", 50)]


def known(lines: list[Line]) -> list[Line]:
    """State population and own revenue, one pair for each region."""
    return [
        replace(line, region="abc"[place % 3], population=1 + place % 3, own_revenue=5 * (place % 3))
        for place, line in enumerate(lines)
    ]


_any = {
    "lines": _lines().map(known),
    "envelope": st.integers(0, 200),
    "quantum": st.sampled_from([1, 1, 4, 10]),
    "rule": st.sampled_from("BCDE"),
}


@proof(400, **_any)
def test_every_option_of_every_rule_checks_out(
    lines: list[Line], envelope: int, quantum: int, rule: str
) -> None:
    option = balance(lines, envelope, rule=rule, quantum=quantum, on_conflict="hold_at_floor")
    assert check(option) == ()
    assert from_document(to_document(option)) == option


@proof(200, **_any)
def test_the_order_of_the_lines_changes_nothing_under_any_rule(
    lines: list[Line], envelope: int, quantum: int, rule: str
) -> None:
    there = balance(lines, envelope, rule=rule, quantum=quantum, on_conflict="hold_at_floor")
    back = balance(lines[::-1], envelope, rule=rule, quantum=quantum, on_conflict="hold_at_floor")
    assert back.lines[::-1] == there.lines
    assert back.rate == there.rate


_plain = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 5), st.integers(0, 20)), min_size=1, max_size=6
)


def plain(drawn: list[tuple[int, int, int]]) -> list[Line]:
    """Return lines without bounds: claim, residents, own revenue."""
    return [
        Line(f"{place}", 0, claim, population=people, own_revenue=revenue)
        for place, (claim, people, revenue) in enumerate(drawn)
    ]


@proof(200, drawn=_plain, part=st.fractions(0, 1))
def test_half_and_half_read_as_concessions_is_itself_within_one(
    drawn: list[tuple[int, int, int]], part: Fraction
) -> None:
    lines = plain(drawn)
    total = sum(claim for claim, _, _ in drawn)
    envelope = int(total * part)
    gains = [award.granted or 0 for award in balance(lines, envelope, rule="D").lines]
    losses = [award.granted or 0 for award in balance(lines, total - envelope, rule="D").lines]
    for gain, loss, (claim, _, _) in zip(gains, losses, drawn, strict=True):
        assert abs(claim - loss - gain) <= 1


@proof(200, drawn=_plain, part=st.fractions(0, 1))
def test_gain_read_as_concession_is_shortfall_within_one(
    drawn: list[tuple[int, int, int]], part: Fraction
) -> None:
    lines = plain(drawn)
    total = sum(claim for claim, _, _ in drawn)
    envelope = int(total * part)
    gains = [award.granted or 0 for award in balance(lines, envelope, rule="B").lines]
    kept = [award.granted or 0 for award in balance(lines, total - envelope, rule="C").lines]
    for gain, keep, (claim, _, _) in zip(gains, kept, drawn, strict=True):
        assert abs(claim - keep - gain) <= 1


@proof(200, drawn=_plain, envelope=st.integers(0, 240), rule=st.sampled_from("BCDE"))
def test_one_unit_more_raises_exactly_one_line_by_one_under_any_rule(
    drawn: list[tuple[int, int, int]], envelope: int, rule: str
) -> None:
    lines = plain(drawn)
    assume(envelope < sum(claim for claim, _, _ in drawn))
    less = [award.granted or 0 for award in balance(lines, envelope, rule=rule).lines]
    more = [award.granted or 0 for award in balance(lines, envelope + 1, rule=rule).lines]
    assert sorted(after - before for before, after in zip(less, more, strict=True)) == [0] * (
        len(lines) - 1
    ) + [1]


@proof(100, claim=st.integers(1, 60), count=st.integers(1, 5), part=st.fractions(0, 1))
def test_all_rules_agree_where_all_lines_are_alike(claim: int, count: int, part: Fraction) -> None:
    lines = [Line(f"{place}", 0, claim, population=3, own_revenue=7) for place in range(count)]
    envelope = int(claim * count * part)
    options = [balance(lines, envelope, rule=rule) for rule in "ABCDE"]
    assert len({tuple(award.granted for award in option.lines) for option in options}) == 1


@proof(200, drawn=_plain, part=st.fractions(0, 1))
def test_equalization_never_leaves_more_inequality_than_equal_gap_closing(
    drawn: list[tuple[int, int, int]], part: Fraction
) -> None:
    lines = [
        replace(line, government=0, lsg=1_000 * (line.lsg or 0), own_revenue=1_000 * (line.own_revenue or 0))
        for line in plain(drawn)
    ]
    envelope = int(sum(line.lsg or 0 for line in lines) * part)
    gini = {rule: spread(lines, balance(lines, envelope, rule=rule)) for rule in "AE"}
    assert gini["E"] <= gini["A"] + Fraction(1, 1_000)


def spread(lines: list[Line], option: Option) -> Fraction:
    """Return the Gini index of revenue and grants per resident, zero where nobody has anything."""
    levels = [
        (Fraction((line.own_revenue or 0) + (award.granted or 0), line.population or 1), line.population or 1)
        for line, award in zip(lines, option.lines, strict=True)
    ]
    people, total = sum(weight for _, weight in levels), sum(level * weight for level, weight in levels)
    if not total:
        return Fraction(0)
    apart = sum((abs(a - b) * v * w for a, v in levels for b, w in levels), Fraction(0))
    return apart / (2 * people * total)


def test_residents_beyond_what_64_bits_hold_are_refused() -> None:
    with pytest.raises(Unbalanceable, match="too_large"):
        balance([Line("a", 0, 10, population=2**63), Line("b", 0, 10, population=1)], 5, rule="B")


def test_a_rate_between_two_flat_pieces_is_found_where_a_float_falls_beside_it() -> None:
    near = to_claim(Line("a", 0, 5 * 10**17, cap=10**17), kappa=0)
    far = to_claim(Line("b", 0, 10, floor=9), kappa=0)
    rate = exact_rate([near, far], 10**17 - 1 + 9)
    assert rate == Fraction(10**17 - 1, 5 * 10**17), "the nearest float lies above a fifth"


def test_a_limit_under_a_rule_per_resident_is_told_in_money() -> None:
    lines = [Line("a", 0, 100, region="R", population=1), Line("b", 0, 100, region="S", population=1)]
    option = balance(lines, 100, rule="B", limits=[Limit("R", region="R", most=30)])
    assert "balancing.sentence.limit_most_money" in [each.key for each in summary(option)]
