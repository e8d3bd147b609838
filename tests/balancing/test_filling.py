"""Whole units: exact sums, bounds, order, and independence of everything that must not matter."""

from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import Unbalanceable, fill
from budgetproto.balancing.kernel import filling
from budgetproto.balancing.kernel.continuous import Continuous
from budgetproto.balancing.kernel.filling import pour
from budgetproto.balancing.kernel.ladder import Ladder
from tests.balancing.oracles import (
    Problem,
    cost,
    key,
    least_squares,
    problems,
    water_level,
    webster_by_events,
)
from tests.balancing.proofs import proof


@proof(200, problem=problems())
def test_the_sum_is_the_total_and_every_line_keeps_its_bounds(problem: Problem) -> None:
    filled = problem.filled()
    assert sum(filled) == problem.total
    assert all(low <= y <= up for low, y, up in zip(problem.lower, filled, problem.upper, strict=True))


@proof(300, problem=problems(lines=10, largest=400))
def test_the_answer_is_the_first_steps_of_all_steps_sorted_by_key_and_tie(problem: Problem) -> None:
    assert problem.filled() == webster_by_events(problem)


@proof(60, problem=problems(lines=4, largest=12))
def test_no_other_way_to_share_whole_units_is_nearer_to_equal_shares(problem: Problem) -> None:
    assert cost(problem, problem.filled()) == least_squares(problem)


@proof(150, problem=problems())
def test_no_step_taken_comes_later_than_a_step_left(problem: Problem) -> None:
    filled = problem.filled()
    lines = range(len(filled))
    taken = [
        key(problem.claims[i], filled[i] - 1, problem.shift[i]) for i in lines if filled[i] > problem.lower[i]
    ]
    left = [
        key(problem.claims[i], filled[i], problem.shift[i]) for i in lines if filled[i] < problem.upper[i]
    ]
    assert not taken or not left or max(taken) <= min(left)


@proof(150, problem=problems())
def test_one_unit_more_raises_exactly_one_line_by_one(problem: Problem) -> None:
    assume(problem.total < sum(problem.upper))
    more = replace(problem, total=problem.total + 1).filled()
    assert sorted(b - a for a, b in zip(problem.filled(), more, strict=True))[-2:] in ([0, 1], [1])


@proof(150, problem=problems(), order=st.randoms())
def test_the_order_of_the_lines_does_not_matter(problem: Problem, order: object) -> None:
    places = list(range(len(problem.claims)))
    order.shuffle(places)  # type: ignore[attr-defined]
    shuffled = _picked(problem, places, problem.total)
    assert shuffled.filled() == [problem.filled()[place] for place in places]


@proof(100, problem=problems(largest=10_000), start=st.floats(-5, 5))
def test_the_start_value_does_not_matter(problem: Problem, start: float) -> None:
    ladder = Ladder(
        np.array(problem.claims, np.int64),
        np.array(problem.lower, np.int64),
        np.array(problem.upper, np.int64),
        np.array(problem.shift, np.int64),
    )
    filled = pour(ladder, problem.total, np.array(problem.ties), start=start)
    assert filled.tolist() == problem.filled()


@proof(150, problem=problems())
def test_read_as_concessions_the_answer_is_the_same_within_one_unit(problem: Problem) -> None:
    mirror = Problem(
        problem.claims,
        tuple(c - up for c, up in zip(problem.claims, problem.upper, strict=True)),
        tuple(c - low for c, low in zip(problem.claims, problem.lower, strict=True)),
        tuple(-shift for shift in problem.shift),
        sum(problem.claims) - problem.total,
        problem.ties,
    )
    pairs = zip(problem.claims, problem.filled(), mirror.filled(), strict=True)
    assert all(abs(claim - granted - conceded) <= 1 for claim, granted, conceded in pairs)


@proof(150, problem=problems(), chosen=st.sets(st.integers(0, 7), min_size=1))
def test_any_part_of_the_lines_alone_shares_its_own_sum_the_same_way(
    problem: Problem, chosen: set[int]
) -> None:
    filled = problem.filled()
    places = [place for place in sorted(chosen) if place < len(filled)]
    assume(places)
    part = _picked(problem, places, sum(filled[place] for place in places))
    assert part.filled() == [filled[place] for place in places]


@proof(150, problem=problems(), place=st.integers(0, 7), change=st.sampled_from(["lower", "upper", "shift"]))
def test_a_better_floor_cap_or_priority_never_costs_the_line_nor_helps_another(
    problem: Problem, place: int, change: str
) -> None:
    place %= len(problem.claims)
    column = list(getattr(problem, change))
    column[place] += 1 if change != "shift" else 100
    assume(column[place] <= problem.claims[place] or change == "shift")
    better = _changed(problem, change, tuple(column))
    assume(better.lower[place] <= better.upper[place] and sum(better.lower) <= problem.total)
    _assert_better(problem.filled(), better.filled(), place)


@proof(150, problem=problems(), place=st.integers(0, 7))
def test_a_larger_claim_never_costs_the_line_nor_helps_another(problem: Problem, place: int) -> None:
    place %= len(problem.claims)
    assume(problem.upper[place] == problem.claims[place] and problem.shift[place] >= 0)
    claims, upper = list(problem.claims), list(problem.upper)
    claims[place] += 1
    upper[place] += 1
    _assert_better(
        problem.filled(), replace(problem, claims=tuple(claims), upper=tuple(upper)).filled(), place
    )


@proof(
    100,
    whole=st.integers(2, 200),
    others=st.lists(st.integers(1, 200), min_size=1, max_size=6),
    part=st.fractions(0, 1),
    share=st.fractions(0, 1),
)
def test_splitting_a_plain_line_changes_no_total_by_more_than_the_number_of_parts(
    whole: int, others: list[int], part: Fraction, share: Fraction
) -> None:
    first = min(max(int(whole * part), 1), whole - 1)
    total = int((whole + sum(others)) * share)
    one = _plain([whole, *others], total).filled()
    two = _plain([first, whole - first, *others], total).filled()
    assert abs(one[0] - two[0] - two[1]) <= 2
    assert sum(one[1:]) - sum(two[2:]) == two[0] + two[1] - one[0]


@proof(100, problem=problems())
def test_in_fractions_a_smaller_unit_changes_nothing_but_the_unit(problem: Problem) -> None:
    scaled = Problem(
        tuple(1000 * claim for claim in problem.claims),
        tuple(1000 * low for low in problem.lower),
        tuple(1000 * up for up in problem.upper),
        problem.shift,
        1000 * problem.total,
        problem.ties,
    )
    assert water_level(scaled) == [1000 * money for money in water_level(problem)]
    exact = water_level(problem)
    assert all(abs(y - 1000 * x) <= len(exact) for y, x in zip(scaled.filled(), exact, strict=True))


@proof(50, problem=problems())
def test_at_the_sums_of_the_bounds_every_line_stands_at_its_bound(problem: Problem) -> None:
    assert tuple(replace(problem, total=sum(problem.lower)).filled()) == problem.lower
    assert tuple(replace(problem, total=sum(problem.upper)).filled()) == problem.upper


@proof(100, problem=problems(), constant=st.integers(-500, 500))
def test_a_shift_common_to_all_lines_changes_nothing(problem: Problem, constant: int) -> None:
    moved = replace(problem, shift=tuple(shift + constant for shift in problem.shift))
    assert moved.filled() == problem.filled()


@proof(60, problem=problems(lines=6, largest=10**14))
def test_very_large_claims_are_decided_in_whole_numbers(problem: Problem) -> None:
    assume(len(problem.claims) > 1)
    twin = _picked(problem, [0] * 3, 3 * problem.lower[0] + (3 * (problem.upper[0] - problem.lower[0])) // 2)
    twin = replace(twin, ties=(2, 0, 1))
    filled = twin.filled()
    assert sum(filled) == twin.total
    assert filled[1] >= filled[2] >= filled[0] >= filled[1] - 1


@pytest.mark.parametrize("shift", [0, 37])
def test_claims_beyond_64_bit_products_are_ranked_as_fractions(shift: int) -> None:
    claim, more = 2 * 10**15, 2 * 10**15 + 1
    problem = Problem(
        (claim, more, claim), (0, 0, 0), (claim, more, claim), (shift,) * 3, 3 * 10**15 + 1, (2, 1, 0)
    )
    filled = problem.filled()
    last = max(key(c, y - 1, shift) for c, y in zip(problem.claims, filled, strict=True))
    first = min(key(c, y, shift) for c, y in zip(problem.claims, filled, strict=True))
    assert sum(filled) == problem.total
    assert last <= first
    assert filled[2] - filled[0] in {0, 1}


def test_two_hundred_thousand_identical_lines_are_told_apart_by_their_ties_alone() -> None:
    count = 200_000
    claims = np.full(count, 977, np.int64)
    ties = np.random.default_rng(5).permutation(count)
    filled = fill(claims, claims * 0, claims, None, count * 300 + 77, ties)
    assert set(np.flatnonzero(filled == 301)) == set(np.flatnonzero(ties < 77))
    assert filled.min() == 300


def test_a_total_of_two_to_the_power_of_53_is_refused() -> None:
    claims = np.array([2**52, 2**52], np.int64)
    with pytest.raises(Unbalanceable, match="too_large"):
        fill(claims, claims * 0, claims, None, 5, np.arange(2))


def test_a_total_outside_the_bounds_is_refused() -> None:
    claims = np.array([5, 5], np.int64)
    with pytest.raises(ValueError, match="outside"):
        fill(claims, claims * 0, claims, None, 11, np.arange(2))


@pytest.mark.parametrize("seed", range(4))
def test_many_lines_keep_the_proof(seed: int) -> None:
    draw = np.random.default_rng(seed)
    claims = np.maximum(draw.lognormal(8, 1.5, 30_000), 1).astype(np.int64)
    lower = np.where(draw.random(30_000) < 0.1, claims // 3, 0)
    upper = np.where(draw.random(30_000) < 0.1, np.maximum(lower, claims // 2), claims)
    shift = draw.integers(-10, 11, 30_000) * 100
    total = int(lower.sum()) + int((upper.sum() - lower.sum()) * draw.random())
    filled = fill(claims, lower, upper, shift, total, draw.permutation(30_000))
    ladder = Ladder(claims, lower, upper, shift)
    assert filled.sum() == total
    assert (filled >= lower).all()
    assert (filled <= upper).all()
    down, up = np.flatnonzero(filled > lower), np.flatnonzero(filled < upper)
    taken = max(ladder.take(down).exact_keys(filled[down] - 1))
    assert taken <= min(ladder.take(up).exact_keys(filled[up]))


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("start", [None, -3.0, 0.0, 5.0])
def test_a_few_giants_among_small_lines_keep_the_proof(seed: int, start: float | None) -> None:
    """Such problems once found no end: a giant's place passed 64 bits, or the slope misled."""
    draw = np.random.default_rng(seed)
    count = (3, 50, 20_000)[seed % 3]
    claims = draw.integers(1, 10, count)
    claims[draw.integers(0, count, 3)] = draw.integers(10**9, 10**13, 3)
    lower = (claims * (draw.random(count) if seed % 2 else 0)).astype(np.int64)
    upper = lower + ((claims - lower) * draw.random(count)).astype(np.int64)
    shift = draw.integers(-10, 11, count) * 100
    total = int(lower.sum()) + int((upper.sum() - lower.sum()) * draw.random())
    ladder = Ladder(claims, lower, upper, shift)
    filled = pour(ladder, total, np.arange(count), start=start)
    assert filled.sum() == total
    assert ((filled >= lower) & (filled <= upper)).all()
    down, up = np.flatnonzero(filled > lower), np.flatnonzero(filled < upper)
    taken = max(ladder.take(down).exact_keys(filled[down] - 1))
    assert taken <= min(ladder.take(up).exact_keys(filled[up]))


@pytest.mark.parametrize(("count", "start"), [(3_000, None), (3_000, 0.5), (70_000, None)])
def test_the_first_band_holds_the_last_step(count: int, start: float | None) -> None:
    draw = np.random.default_rng(count)
    claims = np.maximum(draw.lognormal(8, 1.5, count), 1).astype(np.int64)
    lower = np.where(draw.random(count) < 0.1, claims // 3, 0)
    ladder = Ladder(claims, lower, claims, draw.integers(-10, 11, count) * 100)
    look = filling._Search._look
    with patch.object(filling._Search, "_look", autospec=True, side_effect=look) as looked:
        pour(ladder, int(claims.sum()) // 2, np.arange(count), start=start)
    assert looked.call_count == 1


def test_a_band_that_ends_on_the_last_step_proves_nothing_and_is_widened() -> None:
    claims = np.array([10, 10], np.int64)
    ladder = Ladder(claims, claims * 0, claims)
    search = filling._Search(ladder, 2, np.arange(2), Continuous.of(ladder))
    start, end = 0.0, 0.05 + 1e-15
    window = search._look(start, end)
    assert (window.below, window.above) == (0, 2)
    assert search._settle(window, start, end) is None
    centre, half = search._next(window, (start + end) / 2, (end - start) / 2, 20.0)
    assert centre + half > 0.05 + 1e-3
    wider = search._look(centre - half, centre + half)
    settled = search._settle(wider, centre - half, centre + half)
    assert settled is not None
    assert settled.tolist() == [1, 1]


def test_ladders_of_different_kinds_are_not_joined() -> None:
    claims = np.array([5, 5], np.int64)
    shifted = Ladder(claims, claims * 0, claims, claims * 0)
    with pytest.raises(ValueError, match="different kinds"):
        Ladder.joined([shifted, Ladder(claims, claims * 0, claims)])


def _picked(problem: Problem, places: list[int], total: int) -> Problem:
    columns = (problem.claims, problem.lower, problem.upper, problem.shift)
    claims, lower, upper, shift = (tuple(column[place] for place in places) for column in columns)
    return Problem(claims, lower, upper, shift, total, tuple(problem.ties[place] for place in places))


def _changed(problem: Problem, change: str, column: tuple[int, ...]) -> Problem:
    match change:
        case "lower":
            return replace(problem, lower=column)
        case "upper":
            return replace(problem, upper=column)
        case _:
            return replace(problem, shift=column)


def _plain(claims: list[int], total: int) -> Problem:
    zeros = (0,) * len(claims)
    return Problem(tuple(claims), zeros, tuple(claims), zeros, total, tuple(range(len(claims))))


def _assert_better(before: list[int], after: list[int], place: int) -> None:
    assert after[place] >= before[place]
    assert all(b <= a for i, (a, b) in enumerate(zip(before, after, strict=True)) if i != place)
