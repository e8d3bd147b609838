"""Every rule in exact whole units: against the sort of as many floats, and against general solvers.

Run as `python -m benchmarks.rules [--solvers-python PATH]`; PATH is a Python with the solvers. The aims: rule
A at most 1.1 times the sort of a million floats, five hundred regions with limits at most 2.5 times.
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from statistics import median

import numpy as np

from benchmarks.balance import SEED, Lines, drawn, seconds
from budgetproto.balancing import Line, balance, fill
from budgetproto.balancing.kernel.filling import pour
from budgetproto.balancing.kernel.groups import pour_groups
from budgetproto.balancing.kernel.ladder import IntArray, Ladder

MANY, FEWER, PACKAGED = 1_000_000, 100_000, 200
REGIONS = 500
AIMS = {"A": 1.1, "A under limits": 2.5}

Task = Callable[[], IntArray]


class Drawn:
    """Lines with residents, own revenue and recipients beside their claims."""

    def __init__(self, count: int, groups: int) -> None:
        draw = np.random.default_rng(SEED)
        self.lines: Lines = drawn(count)
        self.residents = np.maximum(draw.lognormal(8, 1, count), 1).astype(np.int64)
        self.groups = draw.integers(0, groups, count)
        self.of_group = np.maximum(draw.lognormal(10, 1, groups), 1).astype(np.int64)
        self.revenue = (self.of_group * draw.lognormal(0, 0.5, groups)).astype(np.int64)
        self.bounded = draw.random(groups)

    def sums(self, values: IntArray) -> IntArray:
        """Return the sum of each group."""
        return np.bincount(self.groups, weights=values, minlength=len(self.of_group)).astype(np.int64)


def rule_a(drawn_lines: Drawn) -> Task:
    """Close the same share of every claim."""
    return lambda: fill(*drawn_lines.lines)


def rule_b(drawn_lines: Drawn) -> Task:
    """Give every resident the same."""
    each = drawn_lines.lines
    return lambda: pour(Ladder(drawn_lines.residents, each.lower, each.upper), each.envelope, each.ties)


def rule_c(drawn_lines: Drawn) -> Task:
    """Take the same from every resident."""
    each = drawn_lines.lines
    return lambda: pour(
        Ladder(drawn_lines.residents, each.lower, each.upper, offset=each.claims), each.envelope, each.ties
    )


def rule_d(drawn_lines: Drawn) -> Task:
    """Do as rule B up to the half of every claim, as rule C from there on."""
    each, residents = drawn_lines.lines, drawn_lines.residents

    def halved() -> IntArray:
        half = np.clip(each.claims // 2, each.lower, each.upper)
        if each.envelope <= half.sum():
            return pour(Ladder(residents, each.lower, half), each.envelope, each.ties)
        return pour(Ladder(residents, half, each.upper, offset=each.claims), each.envelope, each.ties)

    return halved


def rule_e(drawn_lines: Drawn) -> Task:
    """Lift recipients to one level per resident; each shares what it got by rule A."""
    each, groups = drawn_lines.lines, drawn_lines.groups

    def poorest_first() -> IntArray:
        lower, upper = drawn_lines.sums(each.lower), drawn_lines.sums(each.upper)
        among = Ladder(drawn_lines.of_group, lower, upper, offset=-drawn_lines.revenue)
        got = pour(among, each.envelope, np.arange(len(lower)))
        inside = Ladder(each.claims, each.lower, each.upper, each.shift)
        return pour_groups(inside, groups, got, got, each.envelope, each.ties)

    return poorest_first


def limited(drawn_lines: Drawn) -> Task:
    """Give a sixth of the regions a tenth more than rule A does at least, a sixth nine tenths at most."""
    each, sums = drawn_lines.lines, drawn_lines.sums
    alone, lower, upper = sums(fill(*each)), sums(each.lower), sums(each.upper)
    least = np.where(drawn_lines.bounded < 1 / 6, np.minimum(alone * 11 // 10, upper), lower)
    most = np.where(drawn_lines.bounded > 5 / 6, np.maximum(alone * 9 // 10, lower), upper)
    ladder = Ladder(each.claims, each.lower, each.upper, each.shift)
    return lambda: pour_groups(ladder, drawn_lines.groups, least, most, each.envelope, each.ties)


RULES = {"A": rule_a, "B": rule_b, "C": rule_c, "D": rule_d, "E": rule_e, "A under limits": limited}


def compared(count: int, names: tuple[str, ...], rounds: int) -> None:
    """Time each rule in turn with the sort of as many floats, and print medians and ratios."""
    lines, floats = Drawn(count, REGIONS), np.random.default_rng(SEED).random(count)
    print(f"{count:,} lines, {rounds} rounds, medians")
    for name in names:
        task = RULES[name](lines)
        exact = int(task().sum()) == lines.lines.envelope
        times = [(seconds(lambda: np.sort(floats)), seconds(task)) for _ in range(rounds)]
        ratio, (sort, spent) = median(own / of for of, own in times), map(median, zip(*times, strict=True))
        aim = f"  aim: {AIMS[name]}" if name in AIMS and count == MANY else ""
        print(
            f"  rule {name:<15}{1e3 * spent:8.2f} ms  sort {1e3 * sort:6.2f} ms  ratio {ratio:5.2f}"
            f"  adds up: {exact}{aim}",
            flush=True,
        )


def whole_options(count: int) -> None:
    """Time the option of each rule with its reasons, proofs and fractions; rule F has no other form."""
    draw = np.random.default_rng(SEED)
    lines = [
        Line(
            f"{place}",
            0,
            int(claim),
            priority_lsg=int(draw.integers(0, 10_001)),
            priority_government=int(draw.integers(0, 10_001)),
            population=int(draw.integers(1, 100_000)),
            own_revenue=int(draw.integers(0, 100_000)),
        )
        for place, claim in enumerate(drawn(count).claims)
    ]
    envelope = sum(line.lsg or 0 for line in lines) // 3
    print(f"{count:,} lines as a whole option: every reason, rate and proof")
    for rule in "ABCDEF":
        option = partial(balance, lines, envelope, rule=rule)
        spent = median(seconds(option) for _ in range(3))
        print(f"  rule {rule:<15}{1e3 * spent:8.1f} ms", flush=True)


def main() -> None:
    """Print all comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--solvers-python", default=sys.executable, help="a Python that has the solvers")
    arguments = parser.parse_args()
    print(f"seed {SEED}, numpy {np.__version__}, {platform.machine()}, {REGIONS} regions")
    compared(MANY, ("A", "A under limits"), arguments.rounds)
    compared(FEWER, ("A", "B", "C", "D", "E", "A under limits"), arguments.rounds)
    whole_options(PACKAGED)
    sys.stdout.flush()
    subprocess.run([arguments.solvers_python, "-m", "benchmarks.solvers", str(FEWER)], check=True)


if __name__ == "__main__":
    main()
