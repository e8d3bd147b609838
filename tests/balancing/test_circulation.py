"""Whole amounts on a small network: found within bounds, stretched to their ends, made cheaper by rounds."""

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from budgetproto.balancing.sharing.circulation import Move, Network, cheaper
from tests.balancing.proofs import proof

#: From a to two middles, from there to z, and back: the table of two cells with its total.
NETWORK = Network((("z", "a"), ("a", "b"), ("a", "c"), ("b", "z"), ("c", "z"), ("b", "c")))

spans = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda ends: (min(ends), max(ends))),
    min_size=6,
    max_size=6,
)


def circulations(bounds: list[tuple[int, int]]) -> list[tuple[int, ...]]:
    """List every circulation within the bounds, by trying all."""
    return [
        flow
        for flow in product(*(range(least, most + 1) for least, most in bounds))
        if flow[0] == flow[1] + flow[2]
        and flow[1] == flow[3] + flow[5]
        and flow[2] + flow[5] == flow[4]
        and flow[3] + flow[4] == flow[0]
    ]


@proof(200, bounds=spans)
def test_a_circulation_is_found_exactly_where_there_is_one(bounds: list[tuple[int, int]]) -> None:
    every = circulations(bounds)
    found = NETWORK.mended([0] * 6, bounds)
    assert tuple(found) in every if found is not None else every == []


@proof(100, bounds=spans)
def test_the_reach_of_an_arc_is_what_all_circulations_show(bounds: list[tuple[int, int]]) -> None:
    every, found = circulations(bounds), NETWORK.mended([4] * 6, bounds)
    if found is not None:
        for arc in range(6):
            carried = [flow[arc] for flow in every]
            assert NETWORK.reach(found, bounds, arc) == (min(carried), max(carried))


def test_a_round_that_costs_less_than_nothing_is_found_and_one_that_costs_nothing_is_not() -> None:
    there, back = Move("a", "b", 0, 1), Move("b", "a", 1, -1)
    prices = {there: (Fraction(1), 0), back: (Fraction(-1), 0)}
    assert cheaper([there, back], lambda move: prices[move]) is None
    prices[back] = (Fraction(-1), -1)
    assert set(cheaper([there, back], lambda move: prices[move]) or ()) == {there, back}
