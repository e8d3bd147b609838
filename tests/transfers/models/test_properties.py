"""What holds of the models whatever is put in: sums close, money follows parameters, order means nothing."""

import random
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetproto.errors import BadInput
from budgetproto.transfers.models import (
    LARGEST,
    WHOLE,
    Project,
    delegate,
    equalize,
    share,
    stimulate,
    total,
)
from budgetproto.transfers.models.arrays import shares, sums

amounts = st.integers(0, LARGEST)
columns = st.lists(st.tuples(amounts, amounts), min_size=1, max_size=12)
norms = st.integers(0, WHOLE)
quanta = st.sampled_from([1, 100, 10_000, 7])
few = settings(max_examples=60, deadline=None)


def _codes(count: int) -> list[str]:
    return [f"{number:014}" for number in range(count)]


@few
@given(columns, st.integers(0, 12 * LARGEST), quanta)
def test_an_equalization_pays_out_the_smaller_one_of_fund_and_gaps(
    rows: list[tuple[int, int]], fund: int, quantum: int
) -> None:
    need, own = zip(*rows, strict=True)
    found = equalize(_codes(len(rows)), need=need, potential=own, fund=fund, quantum=quantum)
    gaps = sum(max(0, wanted - has) for wanted, has in rows)
    assert total(found.transfers) == found.payable
    assert found.payable + found.rest == min(fund, gaps)
    assert 0 <= found.rest < quantum
    assert (found.transfers % quantum == 0).all()
    assert (found.transfers[found.gap == 0] == 0).all()


@few
@given(columns, st.integers(0, 12 * LARGEST), quanta)
def test_nobody_is_further_than_a_quantum_from_the_common_coefficient(
    rows: list[tuple[int, int]], fund: int, quantum: int
) -> None:
    need, own = zip(*rows, strict=True)
    found = equalize(_codes(len(rows)), need=need, potential=own, fund=fund, quantum=quantum)
    pairs = zip(found.gap.tolist(), found.transfers.tolist(), strict=True)
    assert all(abs(Fraction(gap) * found.coverage - paid) < 2 * quantum for gap, paid in pairs)


@few
@given(columns, st.integers(0, 12 * LARGEST), st.integers(0, LARGEST), quanta)
def test_a_larger_fund_never_pays_out_less(
    rows: list[tuple[int, int]], fund: int, more: int, quantum: int
) -> None:
    need, own = zip(*rows, strict=True)
    smaller, larger = (
        equalize(_codes(len(rows)), need=need, potential=own, fund=each, quantum=quantum)
        for each in (fund, fund + more)
    )
    assert smaller.payable <= larger.payable
    assert (larger.transfers - smaller.transfers >= -quantum).all()


@few
@given(columns, st.integers(0, 12 * LARGEST), st.randoms(use_true_random=False))
def test_the_order_of_the_territories_means_nothing(
    rows: list[tuple[int, int]], fund: int, dice: random.Random
) -> None:
    table = dict(zip(_codes(len(rows)), rows, strict=True))
    mixed = dict(dice.sample(list(table.items()), len(table)))
    found = [_equalized(each, fund) for each in (table, mixed)]
    assert found[0] == found[1]


@few
@given(columns, norms, norms)
def test_own_and_republican_share_add_up_to_what_was_collected(
    rows: list[tuple[int, int]], one: int, two: int
) -> None:
    first, second = (np.array(tax, dtype=np.int64) // 2 for tax in zip(*rows, strict=True))
    found = share({"a": first, "b": second}, {"a": one, "b": two})
    assert (found.own + found.republican == found.collected).all()
    assert (found.own >= 0).all()
    assert (found.republican >= 0).all()
    assert found.own.tolist() == [
        int(a) * one // WHOLE + int(b) * two // WHOLE for a, b in zip(first, second, strict=True)
    ]


@few
@given(columns, norms, norms)
def test_a_higher_norm_never_leaves_a_territory_less(rows: list[tuple[int, int]], one: int, two: int) -> None:
    collected = {"a": np.array([amount for amount, _ in rows], dtype=np.int64)}
    lower, higher = (share(collected, {"a": norm}).own for norm in sorted((one, two)))
    assert (lower <= higher).all()


@few
@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**12)), min_size=1, max_size=9), norms)
def test_need_less_funding_is_shortfall_less_surplus(rows: list[tuple[int, int]], cost: int) -> None:
    volume, given_money = (np.array(part, dtype=np.int64) for part in zip(*rows, strict=True))
    found = delegate({"p": volume}, {"p": cost}, {"p": given_money})
    assert (found.need - found.funding == found.shortfall - found.surplus).all()
    assert (np.minimum(found.shortfall, found.surplus) == 0).all()


@few
@given(
    st.lists(st.tuples(amounts, st.integers(0, 5)), min_size=1, max_size=9),
    st.integers(0, 3 * LARGEST),
    st.integers(0, LARGEST),
    norms,
)
def test_grants_never_pass_the_fund_and_a_larger_fund_never_spends_less(
    rows: list[tuple[int, int]], fund: int, more: int, own_part: int
) -> None:
    projects = [Project(str(place), "1", cost, points) for place, (cost, points) in enumerate(rows)]
    found = stimulate(projects, fund=fund, cofinancing=own_part)
    assert found.spent + found.rest == fund
    assert found.rest >= 0
    assert all(grant.local + grant.asked == grant.project.cost for grant in found.grants)
    assert all(grant.granted in {0, grant.asked} for grant in found.grants)
    assert stimulate(projects, fund=fund + more, cofinancing=own_part).spent >= found.spent
    assert stimulate(projects[::-1], fund=fund, cofinancing=own_part) == found


def test_thirty_six_thousand_territories_close_to_the_tyiyn() -> None:
    count = 36_000
    dice = np.random.default_rng(36)
    need, own = dice.integers(0, LARGEST, (2, count))
    fund = total(np.maximum(need - own, 0)) // 3
    found = equalize(_codes(count), need=need, potential=own, fund=fund)
    assert total(found.transfers) + found.rest == fund
    shared = share({"tax": need}, {"tax": 5_001})
    assert total(shared.own) + total(shared.republican) == total(need)


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=9))
def test_a_sum_is_exact_beyond_64_bits(values: list[int]) -> None:
    column = np.array(values, dtype=np.int64)
    assert total(column) == sum(values)
    assert sums(column, np.zeros(len(values), dtype=np.int64), 1) == (sum(values),)


@given(st.lists(amounts, max_size=9), st.integers(0, 10**20), st.integers(1, 10**20))
def test_a_share_is_exact_however_large_the_products(
    values: list[int], numerator: int, denominator: int
) -> None:
    lesser = min(numerator, denominator)
    column = np.array(values, dtype=np.int64)
    assert shares(column, lesser, denominator).tolist() == [value * lesser // denominator for value in values]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: share({"a": np.array([LARGEST + 1])}, {"a": 1}),
        lambda: share({"a": np.array([LARGEST]), "b": np.array([1])}, {"a": 1, "b": 1}),
        lambda: share({"a": np.array([1])}, {"a": WHOLE + 1}),
        lambda: share({"a": np.array([1])}, {}),
        lambda: delegate({"p": np.array([10**9])}, {"p": 10**7}, {}),
        lambda: delegate({"p": np.array([1])}, {}, {}),
        lambda: equalize(["A"], need=[-1], potential=[0], fund=1),
        lambda: equalize(["A"], need=[2**70], potential=[0], fund=1),
        lambda: equalize(["A"], need=[1], potential=[0], fund=-1),
        lambda: equalize(["A"], need=[LARGEST], potential=[0], fund=1, coefficients=[np.array([2 * WHOLE])]),
        lambda: stimulate([Project("A", "1", LARGEST + 1)], fund=1, cofinancing=0),
        lambda: stimulate([], fund=1, cofinancing=WHOLE + 1),
    ],
)
def test_what_is_beyond_every_budget_is_refused_and_not_wrapped_round(
    refused: Callable[[], object],
) -> None:
    with pytest.raises(BadInput):
        refused()


def test_a_figure_at_the_edge_is_taken() -> None:
    assert share({"a": np.array([LARGEST])}, {"a": WHOLE}).own.tolist() == [LARGEST]
    assert delegate({"p": np.array([10**9])}, {"p": 10**6}, {}).need.tolist() == [LARGEST]


def _equalized(table: dict[str, tuple[int, int]], fund: int) -> dict[str, int]:
    need, own = zip(*table.values(), strict=True)
    found = equalize(list(table), need=need, potential=own, fund=fund)
    return dict(zip(table, found.transfers.tolist(), strict=True))
