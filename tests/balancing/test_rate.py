"""The common rate as a fraction: the same from wherever its search starts."""

import random
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from budgetproto.balancing import Line
from budgetproto.balancing.claims import Claim, to_claim
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


def drawn_claims(chance: random.Random) -> list[Claim]:
    """Draw claims of very different sizes, some with a floor, some with priorities."""
    count, kappa = chance.choice([1, 2, 5, 40]), chance.choice([0, 1_000])
    lines = (
        Line(
            str(number),
            0,
            chance.randint(1, 10 ** chance.choice([1, 3, 9])),
            floor=chance.choice([None, None, 1]),
            priority_lsg=chance.choice([0, 0, 5_000]),
        )
        for number in range(count)
    )
    return [to_claim(line, kappa=kappa) for line in lines]


@pytest.mark.parametrize(("start", "most"), [(None, 890), (1e3, 1_620), (-1e3, 1_630)])
def test_three_hundred_rates_are_found_in_few_steps(
    monkeypatch: pytest.MonkeyPatch, start: float | None, most: int
) -> None:
    steps, real = list[Fraction](), rate._missing

    def counted(claims: list[Claim], total: int, at: Fraction) -> tuple[Fraction, int]:
        steps.append(at)
        return real(claims, total, at)

    monkeypatch.setattr(rate, "_missing", counted)
    if start is not None:
        monkeypatch.setattr(rate, "_float_root", lambda *_: start)
    for number in range(300):
        chance = random.Random(number)
        claims = drawn_claims(chance)
        total = chance.randint(sum(each.lower for each in claims), sum(each.upper for each in claims))
        exact_rate(claims, total)
    assert len(steps) <= most
