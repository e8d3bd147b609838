"""The exact order of steps, where floats and 64 bits no longer tell them apart."""

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from budgetproto.balancing.kernel import ranking
from budgetproto.balancing.kernel.ladder import Ladder, exact_key
from tests.balancing.proofs import proof

_sizes = st.one_of(st.integers(1, 9), st.integers(1, 10**6), st.integers(10**14, 4 * 10**15))
_steps = st.tuples(
    _sizes, st.fractions(0, 1), st.sampled_from([0, 0, 37, -1_000]), st.sampled_from([0, 0, 12, -(10**6)])
)


def steps_of(drawn: list[tuple[int, Fraction, int, int]], quantum: int) -> tuple[Ladder, list[int]]:
    """Return lines of these slopes, shifts and offsets, each with the level of a step."""
    slopes, parts, shifts, offsets = zip(*drawn, strict=True)
    slope, zeros = np.array(slopes, np.int64), np.zeros(len(slopes), np.int64)
    ladder = Ladder(slope, zeros, slope, np.array(shifts, np.int16), np.array(offsets, np.int64), quantum)
    return ladder, [int(size * part) for size, part in zip(slopes, parts, strict=True)]


@proof(200, drawn=st.lists(_steps, min_size=1, max_size=8), quantum=st.sampled_from([1, 1, 10]))
def test_ranks_are_those_of_the_exact_fractions(
    drawn: list[tuple[int, Fraction, int, int]], quantum: int
) -> None:
    ladder, levels = steps_of([*drawn, drawn[0]], quantum)
    keys = [
        exact_key(level, slope=slope, shift=shift, offset=offset, quantum=quantum)
        for level, (slope, _, shift, offset) in zip(levels, [*drawn, drawn[0]], strict=True)
    ]
    order = {key: place for place, key in enumerate(sorted(set(keys)))}
    assert ranking._exact_ranks(ladder, np.array(levels, np.int64)).tolist() == [order[key] for key in keys]


@proof(100, size=st.integers(10**12, 10**14), part=st.fractions(Fraction(1, 4), Fraction(3, 4)))
def test_neighbours_that_no_float_tells_apart_are_told_apart(size: int, part: Fraction) -> None:
    slopes = [size + place for place in range(6)]
    ladder, levels = steps_of([(slope, Fraction(0), 0, 0) for slope in slopes], 1)
    levels = [int(size * part)] * 6
    assert ranking._exact_ranks(ladder, np.array(levels, np.int64)).tolist() == [5, 4, 3, 2, 1, 0]


@proof(
    100,
    drawn=st.lists(_steps, min_size=1, max_size=5),
    counts=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    part=st.fractions(0, 1),
)
def test_the_first_steps_are_those_that_come_first(
    drawn: list[tuple[int, Fraction, int, int]], counts: list[int], part: Fraction
) -> None:
    ladder, levels = steps_of(drawn, 1)
    rises = counts[: len(drawn)]
    every = sorted(
        (exact_key(levels[row] + more, slope=slope, shift=shift, offset=offset, quantum=1), -row)
        for row, (slope, _, shift, offset) in enumerate(drawn)
        for more in range(rises[row])
    )
    count = int(len(every) * part)
    taken = ranking.first_events(
        ladder, np.array(levels, np.int64), np.array(rises, np.int64), count=count, ties=lambda rows: -rows
    )
    assert sorted(taken.rows.tolist()) == sorted(-row for _, row in every[:count])
    ends = [float(key) for key, _ in every]
    assert np.isclose(taken.last_taken, ends[count - 1] if count else -np.inf)
    assert np.isclose(taken.first_left, ends[count] if count < len(ends) else np.inf)
