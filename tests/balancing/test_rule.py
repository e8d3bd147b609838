"""The edge cases of the method, one by one: what each kind of line gets, and why."""

from fractions import Fraction

import pytest

from budgetproto.balancing import Award, Line, Option, Reason, Status, Tier, balance, check, midpoint
from budgetproto.balancing.errors import (
    DuplicateLine,
    FloorAboveCap,
    KappaOutOfRange,
    NegativeMoneyPerUnit,
    PopulationNotPositive,
    PriorityOutOfRange,
    QuantumNotPositive,
    StepNotPositive,
    TooLarge,
    Unbalanceable,
    UnknownRule,
    UnreadableCostSign,
)

ROADS = Line("roads", 1_000, 1_600)
SCHOOLS = Line("schools", 2_000, 2_400)


def of(option: Option, name: str) -> Award:
    """Return the award of one line."""
    return next(award for award in option.lines if award.line == name)


def test_an_agreed_line_stays_and_takes_nothing() -> None:
    award = of(balance([ROADS, Line("parks", 70, 70)], 300), "parks")
    assert (award.amount, award.granted, award.reason) == (70, 0, Reason.AGREED)


def test_a_missing_lsg_position_keeps_the_government_figure_and_is_never_imputed() -> None:
    award = of(balance([ROADS, Line("parks", 70, None)], 300), "parks")
    assert (award.amount, award.claim, award.granted, award.reason) == (70, None, None, Reason.NO_POSITION)


def test_a_missing_government_position_makes_the_line_not_computable() -> None:
    award = of(balance([ROADS, Line("parks", None, 70)], 300), "parks")
    assert (award.amount, award.granted, award.reason) == (None, None, Reason.NO_POSITION)


def test_a_position_of_zero_is_a_position() -> None:
    award = of(balance([Line("parks", 0, 70)], 35), "parks")
    assert (award.claim, award.amount) == (70, 35)


def test_lines_without_claim_do_not_change_the_others() -> None:
    alone = balance([ROADS, SCHOOLS], 300)
    among = balance([Line("a", 5, 5), ROADS, Line("b", None, 9), Line("c", 9, None), SCHOOLS], 300)
    assert of(among, "roads").granted == of(alone, "roads").granted
    assert among.rate == alone.rate


def test_a_release_is_accepted_and_its_money_joins_the_envelope() -> None:
    option = balance([ROADS, Line("parks", 500, 400)], 300)
    award = of(option, "parks")
    assert (award.amount, award.granted, award.reason) == (400, -100, Reason.RELEASED)
    assert (option.effective_envelope, of(option, "roads").granted, option.totals.released) == (400, 400, 100)


def test_a_release_below_the_floor_stops_at_the_floor() -> None:
    award = of(balance([ROADS, Line("parks", 500, 400, floor=450)], 300), "parks")
    assert (award.amount, award.granted, award.reason) == (450, -50, Reason.FLOOR)


def test_a_floor_holds_a_line_above_the_common_rate_and_says_where_it_would_be() -> None:
    award = of(balance([ROADS, Line("schools", 2_000, 2_400, floor=2_300)], 500), "schools")
    assert (award.amount, award.reason, award.details["floor"]) == (2_300, Reason.FLOOR, 2_300)
    assert award.details["would_be"] == 2_133


def test_a_floor_at_or_below_the_government_figure_is_inactive() -> None:
    plain, floored = (balance([ROADS, Line("s", 2_000, 2_400, floor=floor)], 500) for floor in (None, 1_900))
    assert [award.granted for award in plain.lines] == [award.granted for award in floored.lines]
    assert of(floored, "s").reason is Reason.FREE


def test_a_floor_above_both_positions_takes_its_excess_from_the_envelope_first() -> None:
    option = balance([ROADS, Line("schools", 2_000, 2_400, floor=2_450)], 700)
    award = of(option, "schools")
    assert (award.amount, award.granted, award.outside, award.reason) == (2_450, 450, 50, Reason.FLOOR)
    assert (option.effective_envelope, of(option, "roads").granted) == (650, 250)


def test_a_floor_above_an_agreed_figure_is_paid_first() -> None:
    option = balance([ROADS, Line("parks", 70, 70, floor=100)], 300)
    assert (of(option, "parks").amount, of(option, "parks").reason) == (100, Reason.FLOOR)
    assert of(option, "roads").granted == 270


def test_a_cap_holds_a_line_below_the_common_rate() -> None:
    award = of(balance([ROADS, Line("schools", 2_000, 2_400, cap=2_050)], 500), "schools")
    assert (award.amount, award.reason, award.details["cap"]) == (2_050, Reason.CAP, 2_050)


def test_a_cap_below_both_positions_frees_money_for_the_others() -> None:
    option = balance([ROADS, Line("schools", 2_000, 2_400, cap=1_900)], 300)
    award = of(option, "schools")
    assert (award.amount, award.granted, award.reason) == (1_900, -100, Reason.CAP)
    assert (option.effective_envelope, of(option, "roads").granted) == (400, 400)


def test_a_full_claim_is_marked_as_met() -> None:
    option = balance([ROADS, Line("schools", 2_000, 2_400, cap=2_400, priority_lsg=10_000)], 970, kappa=1_000)
    assert (of(option, "schools").amount, of(option, "schools").reason) == (2_400, Reason.CAP)


def test_a_protected_line_is_funded_in_full_before_the_rate() -> None:
    option = balance([ROADS, Line("pay", 500, 620, protected=True)], 300)
    assert (of(option, "pay").granted, of(option, "pay").reason) == (120, Reason.PROTECTED)
    assert of(option, "roads").granted == 180


def test_a_protected_line_never_passes_its_cap() -> None:
    award = of(balance([ROADS, Line("pay", 500, 620, protected=True, cap=600)], 300), "pay")
    assert (award.amount, award.reason) == (600, Reason.PROTECTED)


def test_a_reversed_line_is_an_ordinary_claim() -> None:
    option = balance([ROADS, Line("share", 1_200, 800, cost_sign=-1)], 500)
    award = of(option, "share")
    assert (award.claim, award.granted, award.amount, award.reason) == (400, 200, 1_000, Reason.FREE)


def test_on_a_reversed_line_the_cap_holds_the_claim_up_and_the_floor_holds_it_down() -> None:
    low = of(balance([ROADS, Line("share", 1_200, 800, cost_sign=-1, cap=900)], 500), "share")
    high = of(balance([ROADS, Line("share", 1_200, 800, cost_sign=-1, floor=1_150)], 500), "share")
    assert (low.amount, low.reason) == (900, Reason.CAP)
    assert (high.amount, high.reason) == (1_150, Reason.FLOOR)


def test_a_line_without_money_effect_gets_the_rate_as_advice_and_no_figure() -> None:
    award = of(balance([ROADS, Line("quota", 10, 30, money_per_unit=0)], 300), "quota")
    assert (award.amount, award.granted, award.reason) == (None, None, Reason.NON_MONETARY)
    assert award.details == {"rate": Fraction(1, 2), "advice": 20}


def test_a_percentage_is_rounded_to_its_step_and_the_money_lines_share_the_exact_rest() -> None:
    share = Line("share", 3_500, 5_000, money_per_unit=2, step=100)
    option = balance([share, Line("roads", 0, 3_001)], 2_000)
    assert (of(option, "share").amount, of(option, "share").reason) == (4_000, Reason.STEP)
    assert (of(option, "share").granted, of(option, "roads").granted) == (1_000, 1_000)


def test_a_fraction_of_money_per_unit_is_rounded_per_line_and_still_adds_up() -> None:
    share = Line("share", 3_500, 5_000, money_per_unit=Fraction(1, 3), step=50)
    option = balance([share, ROADS], 400)
    assert sum(award.granted or 0 for award in option.lines) == 400
    assert check(option) == ()


def test_a_step_too_dear_for_the_envelope_is_not_taken() -> None:
    share = Line("share", 0, 3, money_per_unit=900, step=1)
    option = balance([share], 500)
    assert (of(option, "share").amount, option.undistributed) == (0, 500)


def test_a_percentage_off_its_steps_keeps_its_position_when_there_is_no_money() -> None:
    share = Line("share", 3_525, 5_000, money_per_unit=2, step=100)
    option = balance([share, ROADS], 0)
    assert (of(option, "share").amount, of(option, "share").flags) == (3_525, (Reason.SUB_QUANTUM,))


def test_a_step_is_made_when_the_money_lines_can_take_no_more() -> None:
    shares = [Line(name, 0, 10, money_per_unit=100, step=1) for name in "abc"]
    option = balance([*shares, Line("roads", 0, 10, cap=1)], 421)
    assert [award.amount for award in option.lines] == [2, 1, 1, 1]
    assert (option.status, option.undistributed) == (Status.COMPLETE, 20)


def test_a_priority_moves_the_rate_of_a_line_by_its_shift() -> None:
    lines = [Line("a", 0, 1_000, priority_lsg=5_000), Line("b", 0, 1_000, priority_government=5_000)]
    option = balance(lines, 1_000, kappa=1_000)
    assert [award.granted for award in option.lines] == [550, 450]
    assert {award.reason for award in option.lines} == {Reason.PRIORITY}


def test_a_contradiction_of_floor_and_cap_is_refused() -> None:
    with pytest.raises(FloorAboveCap) as refusal:
        balance([ROADS, Line("s", 0, 9, floor=7, cap=5)], 300)
    assert refusal.value.details == {"line": "s", "floor": 7, "cap": 5}


def test_a_contradiction_of_floor_and_cap_can_be_held_at_the_floor_and_marked() -> None:
    option = balance([ROADS, Line("s", 0, 9, floor=7, cap=5)], 300, on_conflict="hold_at_floor")
    award = of(option, "s")
    assert (award.amount, award.reason) == (7, Reason.CONFLICT)
    assert (award.details["floor"], award.details["cap"]) == (7, 5)


def test_floors_beyond_the_envelope_give_no_option_but_the_shortfall() -> None:
    option = balance([Line("a", 0, 100, floor=60), Line("b", 0, 100, protected=True)], 90)
    assert (option.status, option.shortfall, option.rate) == (Status.INFEASIBLE, 70, None)
    assert all(award.amount is None and award.granted is None for award in option.lines)


def test_the_emergency_table_serves_floors_then_protected_lines_then_nothing() -> None:
    lines = [Line("a", 0, 100, floor=60), Line("b", 0, 100, protected=True), Line("c", 0, 100)]
    table = balance(lines, 90).emergency
    assert table is not None
    assert [(row.line, row.tier, row.need, row.granted) for row in table] == [
        ("a", Tier.FLOOR, 60, 60),
        ("a", Tier.OTHER, 40, 0),
        ("b", Tier.PROTECTED, 100, 30),
        ("c", Tier.OTHER, 100, 0),
    ]


def test_the_emergency_table_shares_a_failing_tier_by_rule_a() -> None:
    table = balance([Line("a", 0, 100, floor=60), Line("b", 0, 100, floor=30)], 45).emergency
    assert table is not None
    assert [row.granted for row in table if row.tier is Tier.FLOOR] == [30, 15]


def test_the_emergency_table_counts_releases_as_money_at_hand() -> None:
    table = balance([Line("a", 0, 100, floor=60), Line("b", 50, 20)], 10).emergency
    assert table is not None
    assert table[0].granted == 40


def test_more_money_than_the_caps_allow_is_printed_as_undistributed() -> None:
    option = balance([ROADS, Line("s", 0, 400, cap=100)], 1_000)
    assert (option.status, option.undistributed, option.rate) == (Status.UNDISTRIBUTED, 300, None)
    assert {award.reason for award in option.lines} == {Reason.CAP}


def test_an_envelope_of_zero_moves_nothing() -> None:
    option = balance([ROADS, SCHOOLS], 0)
    assert [award.granted for award in option.lines] == [0, 0]
    assert option.rate == Fraction(0)
    assert option.status is Status.COMPLETE


def test_without_an_envelope_nothing_is_recommended() -> None:
    option = balance([ROADS, SCHOOLS], None)
    assert (option.status, option.totals.granted) == (Status.NO_ENVELOPE, None)
    assert all(award.amount is None for award in option.lines)


def test_a_problem_without_lines_leaves_the_whole_envelope() -> None:
    option = balance([], 500)
    assert (option.status, option.undistributed, option.lines) == (Status.UNDISTRIBUTED, 500, ())


def test_the_midpoint_ignores_the_envelope_and_states_its_cost() -> None:
    option = midpoint([ROADS, SCHOOLS, Line("s", 0, 100, floor=80)], envelope=10)
    assert [award.granted for award in option.lines] == [300, 200, 80]
    assert (option.totals.granted, option.status, option.envelope) == (580, Status.REFERENCE, 10)


@pytest.mark.parametrize(
    ("refused", "line"),
    [
        (UnreadableCostSign, Line("a", 0, 9, cost_sign=0)),
        (NegativeMoneyPerUnit, Line("a", 0, 9, money_per_unit=-1)),
        (StepNotPositive, Line("a", 0, 9, step=0)),
        (PriorityOutOfRange, Line("a", 0, 9, priority_lsg=10_001)),
        (PriorityOutOfRange, Line("a", 0, 9, priority_government=-1)),
        (PopulationNotPositive, Line("a", 0, 9, population=0)),
    ],
)
def test_an_unfit_line_is_refused(refused: type[Unbalanceable], line: Line) -> None:
    with pytest.raises(refused) as refusal:
        balance([ROADS, line], 5)
    assert refusal.value.details["line"] == "a"


def test_two_lines_of_one_id_are_refused() -> None:
    with pytest.raises(DuplicateLine):
        balance([ROADS, ROADS], 5)


def test_unfit_settings_are_refused() -> None:
    with pytest.raises(UnknownRule):
        balance([ROADS], 1, rule="Z")
    with pytest.raises(QuantumNotPositive):
        balance([ROADS], 1, quantum=0)
    with pytest.raises(KappaOutOfRange):
        balance([ROADS], 1, kappa=1_001)


def test_amounts_beyond_exact_sums_are_refused() -> None:
    with pytest.raises(TooLarge):
        balance([Line("a", 0, 2**53), Line("b", 0, 2**53)], 2**53)
    with pytest.raises(TooLarge):
        balance([Line("a", 0, 2**70), Line("b", 0, 2**70)], 2**53)


def test_amounts_of_the_whole_budget_in_tyiyn_are_exact_in_quanta() -> None:
    lines = [Line("a", 0, 5 * 10**13), Line("b", 10**13, 4 * 10**13), Line("c", 0, 10_000)]
    option = balance(lines, 10**13, quantum=10_000)
    assert sum(award.granted or 0 for award in option.lines) == 10**13
    assert all((award.amount or 0) % 10_000 == 0 for award in option.lines)
    assert check(option) == ()


def test_lines_off_the_quantum_land_on_it_and_the_rest_is_left_over() -> None:
    option = balance([Line("a", 1_037, 2_037), Line("b", 55, 855)], 901, quantum=100)
    assert [(award.amount or 0) % 100 for award in option.lines] == [0, 0]
    assert 0 <= option.undistributed < 100
    assert check(option) == ()


def test_a_gap_without_a_multiple_of_the_quantum_keeps_the_nearer_bound() -> None:
    option = balance([Line("a", 110, 190), Line("b", 0, 1_000)], 700, quantum=100)
    award = of(option, "a")
    assert (award.amount, award.reason, award.flags) == (190, Reason.SUB_QUANTUM, (Reason.SUB_QUANTUM,))


def test_off_the_quantum_an_envelope_of_zero_still_moves_nothing() -> None:
    option = balance([Line("a", 1_037, 2_037), Line("b", 55, 855)], 0, quantum=100)
    assert [award.granted for award in option.lines] == [0, 0]
    assert check(option) == ()


def test_off_the_quantum_the_full_envelope_still_meets_every_claim() -> None:
    option = balance([Line("a", 1_037, 2_037), Line("b", 55, 855)], 1_800, quantum=100)
    assert [award.amount for award in option.lines] == [2_037, 855]
    assert check(option) == ()


def test_equal_lines_are_told_apart_by_capacity_and_then_by_id() -> None:
    rich = Line("a", 0, 5, population=10, own_revenue=100)
    poor = Line("z", 0, 5, population=10, own_revenue=50)
    unknown = [Line("m", 0, 5), Line("k", 0, 5)]
    option = balance([*unknown, rich, poor], 11)
    assert {award.line: award.granted for award in option.lines} == {"z": 3, "a": 3, "k": 3, "m": 2}
    assert all(award.flags == (Reason.TIE,) for award in option.lines)


def test_an_agreed_figure_at_its_cap_is_agreed_and_beyond_it_the_cap_holds_and_says_what_was_agreed() -> None:
    at, beyond, below = balance(
        [
            Line("at", 10, 10, cap=10, floor=10),
            Line("beyond", 10, 10, cap=8),
            Line("below", 10, 10, floor=12),
        ],
        0,
    ).lines
    assert (at.reason, at.amount, dict(at.details)) == (Reason.AGREED, 10, {"floor": 10, "cap": 10})
    assert (beyond.reason, beyond.amount, dict(beyond.details)) == (
        Reason.CAP,
        8,
        {"cap": 8, "would_be": 10},
    )
    assert (below.reason, below.amount, dict(below.details)) == (
        Reason.FLOOR,
        12,
        {"floor": 12, "would_be": 10},
    )
