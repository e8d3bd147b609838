"""What must not matter to rule A: how lines are cut, in which unit they stand, who is numbered how."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from budgetproto.balancing import Line, balance
from budgetproto.balancing.claims import Claim, to_claim
from budgetproto.balancing.sharing.rate import exact_rate
from tests.balancing.oracles import Problem, cost, key, problems
from tests.balancing.proofs import proof
from tests.balancing.test_invariants import _lines
from tests.balancing.test_rules import known


def claims_of(problem: Problem, *, times: int = 1) -> list[Claim]:
    """Return the claims of a problem, each so many times as large."""
    columns = zip(problem.claims, problem.lower, problem.upper, problem.shift, strict=True)
    return [
        replace(
            to_claim(Line(str(row), 0, times * size), kappa=0),
            lower=times * low,
            upper=times * up,
            shift=shift,
        )
        for row, (size, low, up, shift) in enumerate(columns)
    ]


def money_of(claims: list[Claim], total: int) -> list[Fraction]:
    """Return what each claim takes of a total before it is rounded."""
    rate = exact_rate(claims, total)
    return [Fraction(claim.lower) if rate is None else claim.at(rate) for claim in claims]


@proof(150, problem=problems(), parts=st.lists(st.integers(1, 9), min_size=2, max_size=4))
def test_in_fractions_a_line_cut_into_parts_gets_what_it_got_whole(
    problem: Problem, parts: list[int]
) -> None:
    """Parts keep the shift and the bounds relative to the claim; joining is the same read backwards."""
    whole, *others = claims_of(problem, times=sum(parts))
    cut = [replace(claims_of(problem, times=part)[0], shift=whole.shift) for part in parts]
    total = sum(parts) * problem.total
    got, rest = money_of([whole, *others], total), money_of([*cut, *others], total)
    assert sum(rest[: len(parts)]) == got[0]
    assert rest[len(parts) :] == got[1:]


@proof(150, problem=problems())
def test_in_fractions_a_thousandfold_unit_changes_nothing_but_the_unit(problem: Problem) -> None:
    claims, scaled = claims_of(problem), claims_of(problem, times=1_000)
    assert exact_rate(scaled, 1_000 * problem.total) == exact_rate(claims, problem.total)
    assert money_of(scaled, 1_000 * problem.total) == [
        1_000 * money for money in money_of(claims, problem.total)
    ]


@proof(150, problem=problems(), gaps=st.lists(st.integers(1, 1_000), min_size=8, max_size=8))
def test_only_the_order_of_the_ranks_counts(problem: Problem, gaps: list[int]) -> None:
    spread = replace(problem, ties=tuple(sum(gaps[: tie + 1]) for tie in problem.ties))
    assert spread.filled() == problem.filled()


@proof(150, problem=problems(), same=st.integers(0, 3))
def test_ranks_that_occur_twice_move_money_only_between_steps_at_one_rate(
    problem: Problem, same: int
) -> None:
    doubled = replace(problem, ties=tuple(min(tie, same) for tie in problem.ties))
    ours, theirs = problem.filled(), doubled.filled()
    assert sum(theirs) == problem.total
    assert cost(problem, theirs) == cost(problem, ours)
    moved = {
        key(claim, min(here, there), shift)
        for claim, shift, here, there in zip(problem.claims, problem.shift, ours, theirs, strict=True)
        if here != there
    }
    assert len(moved) <= 1


@proof(
    200,
    lines=_lines().map(known),
    envelope=st.integers(0, 200),
    rule=st.sampled_from("ABCDE"),
    held=st.integers(1, 30),
)
def test_a_line_of_no_width_takes_its_money_and_changes_no_other(
    lines: list[Line], envelope: int, rule: str, held: int
) -> None:
    added = [*lines, Line("held", 7, 7 + held, protected=True, region="z", population=1, own_revenue=0)]
    one = balance(lines, envelope, rule=rule, on_conflict="hold_at_floor")
    two = balance(added, envelope + held, rule=rule, on_conflict="hold_at_floor")
    assert [award.granted for award in two.lines[:-1]] == [award.granted for award in one.lines]
    assert (two.rate, two.undistributed) == (one.rate, one.undistributed)


@proof(
    100,
    claim=st.integers(1, 200),
    bounds=st.tuples(st.fractions(0, 1), st.fractions(0, 1)),
    part=st.fractions(0, 1),
    people=st.integers(1, 50),
)
def test_all_rules_agree_on_a_single_line(
    claim: int, bounds: tuple[Fraction, Fraction], part: Fraction, people: int
) -> None:
    low, high = (int(claim * end) for end in sorted(bounds))
    line = Line("one", 0, claim, floor=low, cap=high, population=people, own_revenue=3)
    envelope = low + int((high - low) * part)
    found = [balance([line], envelope, rule=rule).lines[0].granted for rule in "ABCDE"]
    assert found == [envelope] * 5
