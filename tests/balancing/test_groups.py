"""Two levels on arrays: the same as the search along the tree of limits, and a proof of its own."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import strategies as st

from budgetproto.balancing import Limit, Line, balance
from budgetproto.balancing.kernel import groups as kernel
from budgetproto.balancing.kernel.filling import pour
from budgetproto.balancing.kernel.groups import pour_groups
from budgetproto.balancing.kernel.ladder import IntArray, Ladder
from tests.balancing.proofs import proof


def ladder_of(claims: list[int], shifts: list[int]) -> Ladder:
    column = np.array(claims, np.int64)
    return Ladder(column, column * 0, column, np.array(shifts, np.int16))


def drawn(draw: Callable[[Any], Any]) -> tuple[list[int], list[int], list[int], list[tuple[int, int]], int]:
    """Draw claims, shifts and groups of lines, bounds that each group can meet, and a total within them."""
    count, width = draw(st.integers(1, 12)), draw(st.integers(1, 5))
    largest = draw(st.sampled_from([3, 20, 100_000]))
    claims = draw(st.lists(st.integers(1, largest), min_size=count, max_size=count))
    shifts = draw(st.lists(st.sampled_from([0, 0, 500, 1_000]), min_size=count, max_size=count))
    groups = draw(st.lists(st.integers(0, width - 1), min_size=count, max_size=count))
    bounds = []
    for group in range(width):
        most = sum(claim for claim, of in zip(claims, groups, strict=True) if of == group)
        ends = sorted(draw(st.tuples(st.integers(0, most), st.integers(0, most))))
        bounds.append(draw(st.sampled_from([(0, most), (0, ends[1]), (ends[0], most), (ends[0], ends[1])])))
    low, high = sum(least for least, _ in bounds), sum(most for _, most in bounds)
    return claims, shifts, groups, bounds, draw(st.integers(low, high))


problems = st.composite(drawn)()


def poured(
    ladder: Ladder, groups: list[int], bounds: list[tuple[int, int]], total: int, ties: list[int]
) -> list[int]:
    least, most = np.array(bounds, np.int64).reshape(-1, 2).T
    found: IntArray = pour_groups(
        ladder, np.array(groups, np.int64), least, most, total, np.array(ties, np.int64)
    )
    levels: list[int] = found.tolist()
    return levels


@proof(300, problem=problems)
def test_the_arrays_give_what_the_search_along_the_tree_gives(
    problem: tuple[list[int], list[int], list[int], list[tuple[int, int]], int],
) -> None:
    claims, shifts, groups, bounds, total = problem
    lines = [
        Line(f"{place:02}", 0, claim, region=f"{group}", priority_lsg=10 * shift)
        for place, (claim, shift, group) in enumerate(zip(claims, shifts, groups, strict=True))
    ]
    limits = [
        Limit(f"{group}", region=f"{group}", least=least, most=most)
        for group, (least, most) in enumerate(bounds)
        if group in groups
    ]
    option = balance(lines, total, limits=limits, kappa=1_000)
    ties = [award.tie for award in option.lines]
    assert [award.shift for award in option.lines] == shifts
    found = poured(ladder_of(claims, shifts), groups, bounds, total, ties)
    assert found == [award.granted for award in option.lines]


@proof(200, problem=problems, order=st.randoms(use_true_random=False))
def test_neither_the_order_of_lines_nor_a_wrong_guess_changes_the_levels(
    problem: tuple[list[int], list[int], list[int], list[tuple[int, int]], int], order: Any
) -> None:
    claims, shifts, groups, bounds, total = problem
    ties, places = list(range(len(claims))), list(range(len(claims)))
    expected = poured(ladder_of(claims, shifts), groups, bounds, total, ties)
    order.shuffle(places)
    moved = poured(
        ladder_of([claims[at] for at in places], [shifts[at] for at in places]),
        [groups[at] for at in places],
        bounds,
        total,
        places,
    )
    assert moved == [expected[at] for at in places]
    wrong = order.choices([-1, 0, 1], k=len(bounds))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kernel._Grouped, "_beyond_doubt", lambda *_: np.array(wrong, np.int8))
        assert poured(ladder_of(claims, shifts), groups, bounds, total, ties) == expected


@proof(50, problem=problems)
def test_a_single_look_at_the_lines_gives_the_same_levels(
    problem: tuple[list[int], list[int], list[int], list[tuple[int, int]], int],
) -> None:
    claims, shifts, groups, bounds, total = problem
    ties = list(range(len(claims)))
    expected = poured(ladder_of(claims, shifts), groups, bounds, total, ties)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kernel, "_LOOKS", 1)
        assert poured(ladder_of(claims, shifts), groups, bounds, total, ties) == expected


def test_many_groups_are_held_rightly_at_once() -> None:
    draw = np.random.default_rng(3)
    claims, groups = draw.integers(1, 10_000, 100_000), draw.integers(0, 30, 100_000)
    ladder, ties, total = Ladder(claims, claims * 0, claims), np.arange(100_000), int(claims.sum()) // 3
    alone = np.bincount(groups, weights=pour(ladder, total, ties)).astype(np.int64)
    least = np.where(np.arange(30) < 5, alone * 11 // 10, 0)
    most = np.where(np.arange(30) >= 25, alone * 9 // 10, 2**50)
    look = kernel._Grouped._look
    with (
        patch.object(kernel, "pour", side_effect=pour) as poured_pools,
        patch.object(kernel._Grouped, "_look", autospec=True, side_effect=look) as looked,
    ):
        found = pour_groups(ladder, groups, least, most, total, ties)
    sums = np.bincount(groups, weights=found)
    assert (poured_pools.call_count, looked.call_count) == (1 + 5 + 5, 1)
    assert sums[:5].tolist() == least[:5].tolist()
    assert sums[25:].tolist() == most[25:].tolist()


def test_bounds_that_hold_nobody_are_one_pool() -> None:
    draw = np.random.default_rng(1)
    claims = draw.integers(1, 10_000, 20_000)
    ladder, ties = Ladder(claims, claims // 3, claims), draw.permutation(20_000)
    total = int(claims.sum()) // 2
    free = np.array([0] * 7), np.array([2**50] * 7)
    found = pour_groups(ladder, draw.integers(0, 7, 20_000), *free, total, ties)
    assert (found == pour(ladder, total, ties)).all()


def test_bounds_beyond_the_lines_of_a_group_and_totals_beyond_the_bounds_are_refused() -> None:
    ladder = ladder_of([5, 5], [0, 0])
    with pytest.raises(ValueError, match="lines of a group"):
        poured(ladder, [0, 1], [(6, 9), (0, 5)], 8, [0, 1])
    with pytest.raises(ValueError, match="sums of the bounds"):
        poured(ladder, [0, 1], [(0, 2), (0, 2)], 5, [0, 1])


def test_no_lines_at_all_share_nothing() -> None:
    assert poured(ladder_of([], []), [], [(0, 0)], 0, []) == []
