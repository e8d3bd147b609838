"""Rule A beside Clarabel, a general solver by interior points, asked for all the precision it has.

Only `make prove` brings the solver along: it needs scipy, which nothing else of the project does.
"""

from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import Limit
from budgetproto.balancing.claims import Claim
from budgetproto.balancing.kernel.ladder import BASIS
from budgetproto.balancing.sharing.crossed import Limited
from budgetproto.balancing.sharing.pots import Pot
from tests.balancing.oracles import Problem, problems
from tests.balancing.proofs import proof
from tests.balancing.test_neutrality import claims_of

#: What the solver is asked for, and how near two costs in floats can be told apart, by the largest claim.
PRECISE, NEAR = 1e-12, 1e-9

Group = tuple[list[int], int, int]


def solved(claims: list[Claim], total: int, groups: list[Group]) -> Any:
    """Return the money of the least sum of (money - claim * shift)^2 / claim, sums of groups within bounds.

    The variables are money over the root of the claim, so that all weigh alike; a claim that cannot move, and
    a bound on both sides at once, are told as equations, since the solver looks for an inside.
    """
    root = np.sqrt(np.array([float(claim.slope) for claim in claims]))
    unit = float(root.max())
    inside = [np.isin(np.arange(len(claims)), rows) for rows, _, _ in groups]
    eye, sums = np.diag(root), [root, *(each * root for each in inside)]
    bounds = [(claim.lower, claim.upper) for claim in claims]
    bounds += [(total, total), *((least, most) for _, least, most in groups)]
    table = [*zip([*eye, *sums], bounds, strict=True)]
    rows = [(row, most) for row, (least, most) in table if least == most]
    equal = len(rows)
    rows += [(row, most) for row, (least, most) in table if least < most]
    rows += [(-row, -least) for row, (least, most) in table if least < most]
    return _answer(root, unit, claims, rows, equal)


def _answer(root: Any, unit: float, claims: list[Claim], rows: list[tuple[Any, int]], equal: int) -> Any:
    clarabel, sparse = import_module("clarabel"), import_module("scipy.sparse")
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_iter = False, 500
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = PRECISE
    shift = np.array([claim.shift / BASIS for claim in claims])
    found = clarabel.DefaultSolver(
        sparse.identity(len(claims), format="csc"),
        -root * shift / unit,
        sparse.csc_matrix(np.array([row / unit for row, _ in rows])),
        np.array([right / unit**2 for _, right in rows]),
        [clarabel.ZeroConeT(equal), clarabel.NonnegativeConeT(len(rows) - equal)],
        settings,
    ).solve()
    assume(str(found.status) == "Solved")
    return np.array(found.x) * root * unit


@st.composite
def bounded(draw: st.DrawFn) -> tuple[list[Claim], list[Limit], list[Group], int]:
    """Draw claims in three regions, limits on each with room between them, and a total inside all of them."""
    problem = draw(problems(lines=9, largest=1_000))
    regions = draw(st.lists(st.sampled_from("abc"), min_size=9, max_size=9))
    claims = [
        replace(claim, line=replace(claim.line, region=region))
        for claim, region in zip(claims_of(problem), regions, strict=False)
    ]
    limits, groups, total = [], [], 0
    for region in sorted({claim.line.region or "" for claim in claims}):
        rows = [row for row, claim in enumerate(claims) if claim.line.region == region]
        low, high = sum(claims[row].lower for row in rows), sum(claims[row].upper for row in rows)
        middle = draw(st.integers(low, high))
        total += middle
        if low < middle < high:
            least, most = draw(st.integers(low, middle - 1)), draw(st.integers(middle + 1, high))
            limits.append(Limit(region, region=region, least=least, most=most))
            groups.append((rows, least, most))
    assume(groups)
    return claims, limits, groups, total


def ours(claims: list[Claim], total: int) -> list[float]:
    """Return what the engine gives each claim before it rounds."""
    rates = Limited(()).rates(Pot(claims, total, 1, range(len(claims)))).each
    return [
        float(claim.lower if rate is None else claim.at(rate))
        for claim, rate in zip(claims, rates, strict=True)
    ]


def is_no_worse(mine: list[float], found: Any, claims: list[Claim]) -> bool:
    """Say whether a sharing costs no more than the solver's.

    What is least costs is one sharing alone, so one that keeps the bounds and costs no more is that one. The
    solver itself is now and then a few units off, always at a higher cost.
    """
    return cost(mine, claims) <= cost(found, claims) + NEAR * max(claim.slope for claim in claims)


def cost(money: Any, claims: list[Claim]) -> float:
    """Return the sum of (money - claim * shift)^2 / claim."""
    pairs = zip(money, claims, strict=True)
    return float(sum((got - each.slope * each.shift / BASIS) ** 2 / each.slope for got, each in pairs))


@proof(20, problem=problems(lines=9, largest=1_000))
def test_equal_gap_closing_is_what_the_solver_finds(problem: Problem) -> None:
    assume(sum(problem.lower) < problem.total < sum(problem.upper))
    claims = claims_of(problem)
    mine = ours(claims, problem.total)
    assert np.isclose(sum(mine), problem.total, rtol=0, atol=NEAR * problem.total)
    assert is_no_worse(mine, solved(claims, problem.total, []), claims)


@proof(20, problem=bounded())
def test_under_limits_of_regions_whole_figures_stand_within_a_unit_of_what_the_solver_finds(
    problem: tuple[list[Claim], list[Limit], list[Group], int],
) -> None:
    claims, limits, groups, total = problem
    rows = Limited(limits).share(Pot(claims, total, 1, range(len(claims)))).rows
    found = solved(claims, total, groups)
    assert max(abs(row.money - each) for row, each in zip(rows, found, strict=True)) < 1 + NEAR * total
