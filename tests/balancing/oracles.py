"""Slow and obvious ways to the same answers, in exact fractions, and random problems to try them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
from hypothesis import strategies as st

from budgetproto.balancing import fill


@dataclass(frozen=True)
class Problem:
    """Claims with bounds and shifts in basis points, a total, and ranks for equal keys."""

    claims: tuple[int, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    shift: tuple[int, ...]
    total: int
    ties: tuple[int, ...]

    def filled(self) -> list[int]:
        """Fill by the engine."""
        filled: list[int] = fill(
            np.array(self.claims, np.int64),
            np.array(self.lower, np.int64),
            np.array(self.upper, np.int64),
            np.array(self.shift, np.int64),
            self.total,
            np.array(self.ties, np.int64),
        ).tolist()
        return filled


def problems(*, lines: int = 8, largest: int = 60) -> st.SearchStrategy[Problem]:
    """Draw small problems in which equal claims, bounds and shifts are common."""
    return st.integers(1, lines).flatmap(lambda count: _of_size(count, largest))


def _of_size(count: int, largest: int) -> st.SearchStrategy[Problem]:
    return st.builds(
        _problem,
        st.lists(st.integers(1, largest), min_size=count, max_size=count),
        st.lists(st.fractions(0, 1), min_size=count, max_size=count),
        st.lists(st.fractions(0, 1), min_size=count, max_size=count),
        st.lists(st.sampled_from([0, 0, 0, 500, -500, 1000, 37]), min_size=count, max_size=count),
        st.lists(st.booleans(), min_size=count, max_size=count),
        st.fractions(0, 1),
        st.permutations(range(count)),
    )


def _problem(  # noqa: PLR0917  # one column each
    claims: list[int],
    lows: list[Fraction],
    widths: list[Fraction],
    shift: list[int],
    plain: list[bool],
    share: Fraction,
    ties: list[int],
) -> Problem:
    lower = [0 if free else int(claim * low) for claim, low, free in zip(claims, lows, plain, strict=True)]
    upper = [
        claim if free else low + int((claim - low) * width)
        for claim, low, width, free in zip(claims, lower, widths, plain, strict=True)
    ]
    total = sum(lower) + int((sum(upper) - sum(lower)) * share)
    return Problem(tuple(claims), tuple(lower), tuple(upper), tuple(shift), total, tuple(ties))


def key(claim: int, level: int, shift: int) -> Fraction:
    """Return the rate at which a line of this claim steps from `level` to the next."""
    return Fraction(2 * level + 1, 2 * claim) - Fraction(shift, 10_000)


def webster_by_events(problem: Problem) -> list[int]:
    """Sort every step of every line by (key, tie) and take the first ones."""
    events = sorted(
        (key(problem.claims[i], level, problem.shift[i]), problem.ties[i], i)
        for i in range(len(problem.claims))
        for level in range(problem.lower[i], problem.upper[i])
    )
    filled = list(problem.lower)
    for _, _, i in events[: problem.total - sum(problem.lower)]:
        filled[i] += 1
    return filled


def least_squares(problem: Problem) -> Fraction:
    """Enumerate every way to share the total and return the least sum of (y - c delta)^2 / c."""
    ranges = [range(low, up + 1) for low, up in zip(problem.lower, problem.upper, strict=True)]
    return min(cost(problem, ys) for ys in product(*ranges) if sum(ys) == problem.total)


def cost(problem: Problem, filled: Sequence[int]) -> Fraction:
    """Return the sum that the whole-unit answer minimises."""
    return sum(
        (
            (y - Fraction(claim * shift, 10_000)) ** 2 / claim
            for y, claim, shift in zip(filled, problem.claims, problem.shift, strict=True)
        ),
        Fraction(0),
    )


def water_level(problem: Problem) -> list[Fraction]:
    """Fill in exact fractions by walking from breakpoint to breakpoint; return the money per line."""
    points = sorted(
        Fraction(bound, claim) - Fraction(shift, 10_000)
        for bounds in (problem.lower, problem.upper)
        for bound, claim, shift in zip(bounds, problem.claims, problem.shift, strict=True)
    )
    level = points[0]
    for start, end in pairwise(points):
        level = end
        if sum(_at(problem, end)) >= problem.total:
            here, there = sum(_at(problem, start), Fraction(0)), sum(_at(problem, end), Fraction(0))
            part = (problem.total - here) / (there - here) if there > here else Fraction(0)
            level = start + (end - start) * part
            break
    return _at(problem, level)


def _at(problem: Problem, rate: Fraction) -> list[Fraction]:
    return [
        min(max(claim * (rate + Fraction(shift, 10_000)), Fraction(low)), Fraction(up))
        for claim, low, up, shift in zip(
            problem.claims, problem.lower, problem.upper, problem.shift, strict=True
        )
    ]
