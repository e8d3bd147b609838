"""Rule A against slow and general ways to say what it promises: the lowest share as high as can be."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

from budgetproto.balancing import Line
from budgetproto.balancing.claims import Claim, to_claim
from budgetproto.balancing.sharing.rate import exact_rate
from tests.balancing.linear_programs import greatest
from tests.balancing.oracles import Problem, problems
from tests.balancing.proofs import proof


def level(problem: Problem, row: int, money: Fraction | int) -> Fraction:
    """Return the share of its claim that a line has, less its shift: what rule A makes equal."""
    return Fraction(money, problem.claims[row]) - Fraction(problem.shift[row], 10_000)


def leximin(problem: Problem) -> list[Fraction]:
    """Lift the lowest level as far as a linear program can, hold those that cannot rise, and go on.

    Each program counts money from the lower bounds and levels from the lowest there, so zero is feasible.
    """
    rows = range(len(problem.claims))
    start = min(level(problem, row, problem.lower[row]) for row in rows)
    fixed: dict[int, Fraction] = {}
    while len(fixed) < len(rows):
        free = [row for row in rows if row not in fixed]
        left = problem.total - sum(problem.lower) - sum(fixed.values(), Fraction(0))
        lowest = start + _highest(problem, free, start, left)
        needs = {row: _need(problem, row, lowest) for row in free}
        spare = left - sum(needs.values(), Fraction(0))
        stuck = {row: need for row, need in needs.items() if not _can_rise(problem, row, needs, spare)}
        assert stuck
        fixed |= stuck
    return [problem.lower[row] + fixed[row] for row in rows]


def _highest(problem: Problem, free: list[int], start: Fraction, left: Fraction) -> Fraction:
    """Return how far above `start` the lowest level of the free lines can be; it is the last variable."""
    count = len(free)
    unit = [[Fraction(one == other) for other in range(count)] for one in range(count)]
    lifted = [[*(-value for value in unit[at]), Fraction(problem.claims[row])] for at, row in enumerate(free)]
    widths = [Fraction(problem.upper[row] - problem.lower[row]) for row in free]
    above = [problem.claims[row] * (level(problem, row, problem.lower[row]) - start) for row in free]
    return greatest(
        [*[Fraction(0)] * count, Fraction(1)],
        [*lifted, *([*row, Fraction(0)] for row in unit), [*[Fraction(1)] * count, Fraction(0)]],
        [*above, *widths, left],
    )[-1]


def _need(problem: Problem, row: int, lowest: Fraction) -> Fraction:
    """Return the money above its lower bound that a line needs for a level."""
    return max(problem.claims[row] * (lowest - level(problem, row, problem.lower[row])), Fraction(0))


def _can_rise(problem: Problem, row: int, needs: dict[int, Fraction], spare: Fraction) -> bool:
    """Say whether a line can have more while all others keep what they need."""
    return spare > 0 and problem.lower[row] + needs[row] < problem.upper[row]


def by_rule_a(problem: Problem) -> list[Fraction]:
    """Return what the engine gives each line before it rounds."""
    claims: list[Claim] = [
        replace(
            to_claim(Line(str(row), 0, size), kappa=0),
            lower=problem.lower[row],
            upper=problem.upper[row],
            shift=problem.shift[row],
        )
        for row, size in enumerate(problem.claims)
    ]
    rate = exact_rate(claims, problem.total)
    return [Fraction(claim.lower) if rate is None else claim.at(rate) for claim in claims]


def test_the_simplex_method_finds_a_corner_known_by_hand() -> None:
    """Dantzig's factory: three plants, two products, the most of 3 x + 5 y is 36 at (2, 6)."""
    rows = [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(2)], [Fraction(3), Fraction(2)]]
    assert greatest([Fraction(3), Fraction(5)], rows, [Fraction(4), Fraction(12), Fraction(18)]) == [2, 6]


@proof(150, problem=problems(lines=6))
def test_equal_gap_closing_is_what_successive_linear_programs_find(problem: Problem) -> None:
    assert by_rule_a(problem) == leximin(problem)


@proof(150, problem=problems(lines=4, largest=8))
def test_no_other_whole_sharing_is_better_for_its_worst_off(problem: Problem) -> None:
    """Brute force over whole sharings: sorted levels, the lowest first, are nowhere above those of rule A."""
    ours = sorted(level(problem, row, money) for row, money in enumerate(by_rule_a(problem)))
    every = product(*(range(low, up + 1) for low, up in zip(problem.lower, problem.upper, strict=True)))
    for money in every:
        if sum(money) == problem.total:
            assert sorted(level(problem, row, each) for row, each in enumerate(money)) <= ours
