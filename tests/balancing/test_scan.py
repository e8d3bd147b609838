"""The rates at many envelopes are those of the exact search at each of them."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetproto.balancing.kernel.ladder import IntArray, ShiftArray
from budgetproto.balancing.kernel.scan import scan
from budgetproto.balancing.lines import Line
from budgetproto.balancing.sensitivity.curve import Contest

SHIFTED = st.tuples(
    st.integers(1, 1_000), st.integers(0, 1_000), st.integers(0, 1_000), st.sampled_from([0, 10_000])
)


def columns(contest: Contest) -> tuple[IntArray, IntArray, IntArray, ShiftArray]:
    rows = [(claim.slope, claim.lower, claim.upper, claim.shift) for claim in contest.claims]
    claims, lower, upper, shift = np.array(rows, dtype=np.int64).T
    return claims, lower, upper, shift


@given(st.lists(SHIFTED, min_size=1, max_size=8), st.lists(st.integers(0, 8_000), min_size=1, max_size=5))
def test_every_rate_takes_its_envelope(drawn: list[tuple[int, int, int, int]], totals: list[int]) -> None:
    lines = [
        Line(str(place), 0, claim, floor=min(one, other), cap=max(one, other), priority_lsg=priority)
        for place, (claim, one, other, priority) in enumerate(drawn)
    ]
    contest = Contest.of([*lines, Line("plain", 0, 50)], kappa=1_000)
    claims, lower, upper, shift = columns(contest)
    low, high = int(lower.sum()), int(upper.sum())
    inside = np.array([float(low + total % (high - low + 1)) for total in totals])
    assume(lower.sum() < upper.sum())
    for total, rate in zip(inside, scan(claims, lower, upper, shift, inside), strict=True):
        taken = np.clip(claims * (rate + shift / 10_000), lower, upper).sum()
        assert taken == pytest.approx(total, abs=1e-8)


def test_without_shifts_and_bounds_the_rate_is_the_share_of_the_claims() -> None:
    claims = np.array([30, 70])
    assert scan(claims, claims * 0, claims, None, np.array([0.0, 25.0, 100.0])).tolist() == [0, 0.25, 1]


def test_an_envelope_the_bounds_do_not_allow_has_no_rate() -> None:
    claims = np.array([30, 70])
    found = scan(claims, np.array([10, 0]), claims, None, np.array([9.0, 101.0]))
    assert np.isnan(found).all()


def test_lines_that_cannot_move_have_no_rate() -> None:
    claims = np.array([30])
    assert np.isnan(scan(claims, claims, claims, None, np.array([30.0]))).all()


def test_no_lines_at_all_have_no_rate() -> None:
    nothing = np.array([], np.int64)
    assert np.isnan(scan(nothing, nothing, nothing, nothing, np.array([0.0]))).all()
