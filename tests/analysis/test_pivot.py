"""The pivot: exact in 64 bits or refused, its margins the sums of its cells, blank apart from zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.analysis.pivot import IntArray, Pivot, SumTooLarge, coded, pivot

EDGE = 2**63 - 1
#: Row, column and value of a position; nobody stated a value that is None.
Position = tuple[int, int, int | None]
VALUES = st.none() | st.integers(-(10**15), 10**15)


def made(positions: list[Position], shape: tuple[int, int] = (3, 4)) -> Pivot:
    rows, columns, values = ([each[place] for each in positions] for place in range(3))
    return pivot(
        np.array(rows, np.int8),
        np.array(columns, np.int32),
        np.array([value or 0 for value in values], np.int64),
        shape=shape,
        known=np.array([value is not None for value in values], np.bool_),
    )


def added(values: list[int]) -> IntArray:
    zeros = np.zeros(len(values), np.int64)
    return pivot(zeros, zeros, np.array(values, np.int64), shape=(1, 1), known=None).sums


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), VALUES), max_size=60))
def test_every_cell_and_every_margin_is_the_sum_of_its_positions(positions: list[Position]) -> None:
    found = made(positions)
    for row in range(-1, 3):
        for column in range(-1, 4):
            here = [v for r, c, v in positions if row in (-1, r) and column in (-1, c)]
            stated = [value for value in here if value is not None]
            assert found.lines[row, column] == len(here)
            assert found.stated[row, column] == len(stated)
            assert found.sums[row, column] == sum(stated)


@given(st.lists(st.integers(-(2**63), EDGE), min_size=1, max_size=20))
def test_a_sum_is_exact_to_the_edge_of_64_bits_and_refused_beyond_it(values: list[int]) -> None:
    if abs(sum(values)) <= EDGE:
        assert added(values)[0, 0] == sum(values)
    else:
        with pytest.raises(SumTooLarge):
            added(values)


def test_the_largest_sum_stands_and_one_more_is_refused() -> None:
    assert added([EDGE - 1, 1])[-1, -1] == EDGE
    assert added([EDGE, EDGE, -EDGE])[-1, -1] == EDGE
    with pytest.raises(SumTooLarge):
        added([EDGE, 1])


def test_a_margin_too_large_is_refused_though_each_cell_would_fit() -> None:
    with pytest.raises(SumTooLarge):
        made([(0, 0, EDGE), (1, 1, EDGE)])


def test_no_position_at_all_gives_nothing_stated() -> None:
    found = made([], shape=(0, 0))
    assert (found.sums.tolist(), found.stated.tolist()) == ([[0]], [[0]])


def test_what_nobody_stated_is_counted_as_a_line_and_not_as_zero() -> None:
    found = made([(0, 0, None), (0, 1, 0)])
    assert (found.lines[0, 0], found.stated[0, 0]) == (1, 0)
    assert (found.lines[0, 1], found.stated[0, 1]) == (1, 1)


@pytest.mark.parametrize("place", [-1, 3])
def test_a_position_outside_of_its_axis_is_a_fault(place: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        made([(place, 0, 1)])


def test_the_value_of_a_position_that_is_not_known_is_never_added() -> None:
    zeros = np.zeros(2, np.int64)
    found = pivot(zeros, zeros, np.array([5, 7]), shape=(1, 1), known=np.array([True, False], np.bool_))
    assert found.sums[-1, -1] == 5


def test_keys_are_numbered_as_they_come() -> None:
    codes, names = coded(["osh", "talas", "osh"])
    assert (codes.tolist(), names) == ([0, 1, 0], ("osh", "talas"))


def test_codes_of_a_narrow_type_reach_more_cells_than_it_counts() -> None:
    last = np.array([99], np.int8)
    found = pivot(last, last, np.array([7]), shape=(100, 100), known=None)
    assert (found.sums[99, 99], found.sums[-1, -1]) == (7, 7)


def test_many_large_amounts_that_cannot_overflow_are_added_in_one_go() -> None:
    zeros = np.zeros(20_000, np.int8)
    amounts = np.full(20_000, 10**14, np.int64)
    amounts[0] = 10**15
    found = pivot(zeros, zeros, amounts, shape=(1, 1), known=None)
    assert found.sums[-1, -1] == 10**15 + 19_999 * 10**14
