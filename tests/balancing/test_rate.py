"""The common rate as a fraction: the same from wherever its search starts."""

import pytest
from hypothesis import strategies as st

from budgetproto.balancing.sharing import rate
from budgetproto.balancing.sharing.rate import exact_rate
from tests.balancing.oracles import Problem, problems
from tests.balancing.proofs import proof
from tests.balancing.test_neutrality import claims_of


@proof(200, problem=problems(), start=st.floats(-3, 3))
def test_the_float_that_the_search_starts_from_does_not_matter(problem: Problem, start: float) -> None:
    claims = claims_of(problem)
    expected = exact_rate(claims, problem.total)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rate, "_float_root", lambda *_: start)
        assert exact_rate(claims, problem.total) == expected


@pytest.mark.parametrize(("total", "nearest"), [(9, 10), (61, 60)])
def test_a_total_that_no_rate_gives_has_the_rate_of_the_nearest_that_one_does(
    total: int, nearest: int
) -> None:
    claims = claims_of(Problem((60, 20), (10, 0), (50, 10), (0, 0), 0, (0, 1)))
    assert exact_rate(claims, total) == exact_rate(claims, nearest)
