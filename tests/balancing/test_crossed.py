"""Limits of regions and of kinds at once: each kept to the unit, at the least cost that whole units allow."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from budgetproto.balancing import (
    Limit,
    Line,
    Option,
    Reason,
    Status,
    balance,
    check,
    from_document,
    sentences,
    summary,
    to_document,
)
from budgetproto.balancing.claims import to_claim
from budgetproto.balancing.errors import LimitContradictory, LimitsCross, LimitsTooNarrow, LimitUnfillable
from budgetproto.balancing.sharing.limits import crosses
from tests.balancing.proofs import proof

REGIONS, KINDS = ("Нарын", "Ош"), ("grant", "subvention")
#: Two regions and two kinds, one line each, as a table of claims: rows are regions, columns kinds.
TABLE = ((400, 800), (200, 600))
LINES = [
    Line(f"{region}, {kind}", 0, claim, region=region, kind=kind)
    for region, row in zip(REGIONS, TABLE, strict=True)
    for kind, claim in zip(KINDS, row, strict=True)
]


def granted(option: Option) -> list[int]:
    """Return what each line gets."""
    return [award.granted or 0 for award in option.lines]


def region(name: str, *, least: int | None = None, most: int | None = None) -> Limit:
    return Limit(name, region=name, least=least, most=most)


def kind(name: str, *, least: int | None = None, most: int | None = None) -> Limit:
    return Limit(name, kind=name, least=least, most=most)


def test_a_region_and_a_kind_are_held_at_once() -> None:
    """By hand: with x for the grants of Ош all lines are 150 - x, 550 + x, x, 200 - x.

    The sum of squares over claims falls until 25 x = 50: its slope, times 2,400, is
    -6 (150 - x) + 3 (550 + x) + 12 x - 4 (200 - x).
    """
    option = balance(LINES, 900, limits=[region("Ош", most=200), kind("grant", most=150)])
    assert granted(option) == [148, 552, 2, 198]
    assert check(option) == ()
    assert option.rate == Fraction(552, 800)
    assert [(each.name, each.held, each.granted) for each in option.envelopes] == [
        ("Ош", "most", 200),
        ("grant", "most", 150),
    ]


def test_the_price_of_each_crossing_limit_is_told_by_the_lines_it_alone_holds() -> None:
    option = balance(LINES, 900, limits=[region("Ош", most=200), kind("grant", most=150)])
    assert [each.rate for each in option.envelopes] == [Fraction(198, 600), Fraction(148, 400)]
    assert [award.reason for award in option.lines] == [
        Reason.ENVELOPE,
        Reason.FREE,
        Reason.ENVELOPE,
        Reason.ENVELOPE,
    ]
    told = [each.key.rsplit(".", 1)[-1] for each in summary(option)]
    assert told.count("limit_most") == 2


def test_whole_margins_leave_one_degree_of_freedom_and_rounding_keeps_all_four() -> None:
    """Where both regions and both kinds are fixed, units only move round the table; all ways are tried."""
    limits = [
        region("Нарын", least=601, most=601),
        region("Ош", least=400, most=400),
        kind("grant", least=300, most=300),
        kind("subvention", least=701, most=701),
    ]
    option = balance(LINES, 1_001, limits=limits)
    got = granted(option)
    assert (got[0] + got[1], got[2] + got[3], got[0] + got[2], got[1] + got[3]) == (601, 400, 300, 701)
    costs = {first: cost(LINES, (first, 601 - first, 300 - first, 100 + first)) for first in range(101, 301)}
    assert got[0] == min(costs, key=lambda first: costs[first])


def test_a_limit_on_a_cell_stands_inside_limits_that_cross() -> None:
    limits = [
        region("Ош", most=300),
        kind("grant", most=250),
        Limit("Ош, grant", region="Ош", kind="grant", least=150),
    ]
    option = balance(LINES, 1_000, limits=limits)
    assert granted(option) == [100, 600, 150, 150]
    assert check(option) == ()


def test_two_crossing_limits_that_leave_no_room_are_refused_with_the_two_numbers() -> None:
    limits = [
        region("Ош", most=100),
        kind("grant", least=600),
    ]
    with pytest.raises(LimitUnfillable) as refused:
        balance(LINES, 900, limits=limits)
    assert refused.value.details == {"limit": "Ош", "lowest": 200, "highest": 800}


def test_what_crossing_limits_refuse_is_left_undistributed_and_every_line_told_so() -> None:
    limits = [region("Ош", most=100), region("Нарын", most=300), kind("grant", most=50)]
    option = balance(LINES, 1_000, limits=limits)
    assert (option.status, option.undistributed, sum(granted(option))) == (Status.UNDISTRIBUTED, 600, 400)
    assert {award.reason for award in option.lines} == {Reason.ENVELOPE}
    assert check(option) == ()


def test_crossing_limits_that_ask_for_more_than_there_is_are_infeasible() -> None:
    option = balance(LINES, 500, limits=[region("Ош", least=600), kind("grant", least=200)])
    assert (option.status, option.shortfall) == (Status.INFEASIBLE, 100)


@pytest.mark.parametrize("rule", ["D", "E", "F"])
def test_rules_of_several_rates_refuse_limits_that_cross(rule: str) -> None:
    lines = [
        Line(line.line, 0, line.lsg, region=line.region, kind=line.kind, territory=line.line, population=1,
             own_revenue=0)
        for line in LINES
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"limits_cross|no_limits_under_rule") as refused:
        balance(lines, 900, rule=rule, limits=[region("Ош", most=200), kind("grant", most=150)])
    assert isinstance(refused.value, LimitsCross) or rule == "F"


def test_a_crossing_limit_whose_lines_claim_nothing_holds_nobody() -> None:
    agreed = Line("agreed", 50, 50, region="Талас", kind="loan")
    limits = [region("Ош", most=300), kind("grant", most=250), region("Талас", least=0, most=0)]
    option = balance([*LINES, agreed], 1_000, limits=limits)
    assert granted(option) == [*granted(balance(LINES, 1_000, limits=limits[:2])), 0]
    assert [each.held for each in option.envelopes] == ["most", "most", None]


def test_limits_finer_than_the_quantum_are_refused_not_broken() -> None:
    limits = [region("Ош", least=205, most=209), kind("grant", most=150)]
    with pytest.raises(LimitsTooNarrow):
        balance(LINES, 900, quantum=10, limits=limits)


def test_a_percentage_takes_its_step_and_the_money_lines_keep_the_limits() -> None:
    lines = [*LINES, Line("share", 0, 100, money_per_unit=3, step=10, region="Ош", kind="grant")]
    option = balance(lines, 900, limits=[region("Ош", most=200), kind("grant", most=150)])
    assert check(option) == ()
    assert sum(granted(option)) == 900
    assert option.lines[-1].amount is not None
    assert option.lines[-1].amount % 10 == 0


def attempt(lines: list[Line], envelope: int, limits: list[Limit]) -> Option | dict[str, object]:
    """Return the option, or what the refusal says."""
    try:
        return balance(lines, envelope, limits=limits)
    except LimitUnfillable as refusal:
        return refusal.details


def drawn(draw: Callable[[Any], Any]) -> tuple[list[Line], list[Limit], int]:
    """Draw lines in a few regions and kinds, with limits on regions, on kinds, and on cells of both."""
    count = draw(st.integers(2, 6))
    lines = [
        Line(
            f"{place}",
            0,
            draw(st.integers(1, 9)),
            region=draw(st.sampled_from("ab")),
            kind=draw(st.sampled_from("xyz")),
            priority_lsg=draw(st.sampled_from([0, 0, 10_000])),
            population=draw(st.integers(1, 3)),
        )
        for place in range(count)
    ]
    scopes = [("a", None), ("b", None), (None, "x"), (None, "y"), ("a", "x"), ("b", "y"), (None, None)]
    limits = []
    for place, kind_of in scopes:
        limit = Limit(f"{place}{kind_of}", region=place, kind=kind_of)
        covered = [line.lsg or 0 for line in lines if limit.covers(line)]
        if covered and draw(st.booleans()):
            low, high = sorted(draw(st.tuples(st.integers(0, sum(covered)), st.integers(0, sum(covered)))))
            least, most = draw(st.sampled_from([(low, None), (None, high), (low, high), (None, high)]))
            limits.append(Limit(limit.name, region=place, kind=kind_of, least=least, most=most))
    return lines, limits, draw(st.integers(0, sum(line.lsg or 0 for line in lines)))


problems = st.composite(drawn)()


def keeps(lines: list[Line], limits: list[Limit], money: tuple[int, ...]) -> bool:
    """Say whether money per line keeps every limit."""
    for limit in limits:
        spent = sum(got for line, got in zip(lines, money, strict=True) if limit.covers(line))
        if not (limit.least or 0) <= spent <= (spent if limit.most is None else limit.most):
            return False
    return True


def cost(lines: list[Line], money: tuple[int, ...], *, kappa: int = 0, rule: str = "A") -> Fraction:
    """Return the sum of squares that the rule makes least: over claims (A) or residents (B, C)."""
    total = Fraction(0)
    for line, got in zip(lines, money, strict=True):
        claim, residents = line.lsg or 1, line.population or 1
        if rule == "A":
            shift = Fraction(kappa * line.priority_lsg, 10_000 * 10_000)
            total += (got - claim * shift) ** 2 / claim
        else:
            total += Fraction((got - (claim if rule == "C" else 0)) ** 2, residents)
    return total


@proof(400, problem=problems, rule=st.sampled_from("AAABC"), kappa=st.sampled_from([0, 1_000]))
def test_no_other_whole_shares_within_crossing_limits_cost_less(
    problem: tuple[list[Line], list[Limit], int], rule: str, kappa: int
) -> None:
    """Brute force: every way to share in whole units that keeps bounds and limits."""
    lines, limits, envelope = problem
    assume(len(lines) <= 4)
    every = [
        ys for ys in product(*(range((line.lsg or 0) + 1) for line in lines)) if keeps(lines, limits, ys)
    ]
    kept = [ys for ys in every if sum(ys) == envelope]
    try:
        option = balance(lines, envelope, limits=limits, rule=rule, kappa=kappa)
    except LimitUnfillable:
        assert every == []
        return
    assert check(option) == ()
    assert from_document(to_document(option)) == option
    assert len(sentences(option)) == len(lines)
    ours = tuple(granted(option))
    if option.status is Status.COMPLETE:
        assert ours in kept
        costs = [cost(lines, ys, kappa=kappa, rule=rule) for ys in kept]
        assert cost(lines, ours, kappa=kappa, rule=rule) == min(costs)
    else:
        assert kept == []
    if option.status is Status.UNDISTRIBUTED:
        assert ours in every
        assert sum(ours) == max(map(sum, every))


@proof(150, problem=problems, envelope=st.integers(0, 30))
def test_a_limit_told_as_holding_is_at_its_bound(
    problem: tuple[list[Line], list[Limit], int], envelope: int
) -> None:
    lines, limits, _ = problem
    try:
        option = balance(lines, envelope, limits=limits)
    except LimitUnfillable:
        return
    for each in option.envelopes:
        if each.held:
            assert each.granted == (each.least if each.held == "least" else each.most)
    if option.status is Status.COMPLETE and not any(each.held for each in option.envelopes):
        assert granted(option) == granted(balance(lines, envelope))


@proof(150, problem=problems, data=st.data())
def test_neither_the_order_of_lines_nor_that_of_limits_changes_anything(
    problem: tuple[list[Line], list[Limit], int], data: st.DataObject
) -> None:
    lines, limits, envelope = problem
    other_lines, other_limits = data.draw(st.permutations(lines)), data.draw(st.permutations(limits))
    first, other = attempt(lines, envelope, limits), attempt(other_lines, envelope, other_limits)
    if not isinstance(first, Option) or not isinstance(other, Option):
        assert first == other
        return
    assert sorted(zip(map(str, (line.line for line in lines)), granted(first), strict=True)) == sorted(
        zip(map(str, (line.line for line in other_lines)), granted(other), strict=True)
    )
    assert first.rate == other.rate
    assert {(each.name, each.held, each.rate) for each in first.envelopes} == {
        (each.name, each.held, each.rate) for each in other.envelopes
    }


@proof(150, problem=problems, quantum=st.sampled_from([1, 1, 4]))
def test_crossing_limits_that_hold_nobody_change_nothing(
    problem: tuple[list[Line], list[Limit], int], quantum: int
) -> None:
    lines, _, envelope = problem
    loose = [
        Limit(name, region=place, kind=kind_of, least=0, most=1_000)
        for name, place, kind_of in (("a", "a", None), ("b", "b", None), ("x", None, "x"), ("y", None, "y"))
        if any(Limit("", region=place, kind=kind_of).covers(line) for line in lines)
    ]
    assume(crosses([to_claim(line, kappa=0) for line in lines], loose))
    alone = balance(lines, envelope, quantum=quantum)
    under = balance(lines, envelope, quantum=quantum, limits=loose)
    assert granted(under) == granted(alone)
    assert (under.rate, [each.held for each in under.envelopes]) == (alone.rate, [None] * len(loose))


@proof(150, problem=problems)
def test_a_bound_that_others_imply_adds_nothing(problem: tuple[list[Line], list[Limit], int]) -> None:
    lines, limits, envelope = problem
    assume(not any(limit.region is None and limit.kind is None for limit in limits))
    try:
        option = balance(lines, envelope, limits=limits)
    except LimitUnfillable:
        return
    assume(option.status is Status.COMPLETE)
    implied = Limit("zz", least=0, most=sum(line.lsg or 0 for line in lines))
    under = balance(lines, envelope, limits=[*limits, implied])
    assert granted(under) == granted(option)
    assert [each.held for each in under.envelopes] == [*(each.held for each in option.envelopes), None]


@proof(100, problem=problems)
def test_nested_limits_give_the_same_when_they_are_treated_as_crossing(
    problem: tuple[list[Line], list[Limit], int],
) -> None:
    """Two ways to one answer: the search along the tree, and the rounds over the cells."""
    lines, limits, envelope = problem
    nested = [limit for limit in limits if limit.region is not None]
    crossing = Limit("zx", kind="x", least=0, most=1_000)
    assume(any(line.kind == "x" for line in lines))
    try:
        expected = balance(lines, envelope, limits=nested)
    except (LimitUnfillable, LimitContradictory):
        return
    found = balance(lines, envelope, limits=[*nested, crossing])
    assert granted(found) == granted(expected)


@proof(60, problem=problems, quantum=st.sampled_from([2, 4, 10]))
def test_every_option_in_quanta_keeps_the_limits_or_is_refused(
    problem: tuple[list[Line], list[Limit], int], quantum: int
) -> None:
    lines, limits, envelope = problem
    large = [
        Line(line.line, 3, 3 + 10 * (line.lsg or 0), floor=place, region=line.region, kind=line.kind)
        for place, line in enumerate(lines)
    ]
    wide = [
        Limit(
            limit.name,
            region=limit.region,
            kind=limit.kind,
            least=limit.least,
            most=None if limit.most is None else 10 * limit.most,
        )
        for limit in limits
    ]
    try:
        option = balance(large, 10 * envelope, limits=wide, quantum=quantum)
    except (LimitUnfillable, LimitsTooNarrow):
        return
    assert check(option) == ()


def test_many_cells_with_large_figures_are_shared_exactly() -> None:
    """Nine regions, six kinds, two thousand lines of up to a billion: all margins to the unit."""
    lines = [
        Line(f"{n}", 0, 1_000 + (n * 7_919_317) % 999_999_937, region=f"r{n % 9}", kind=f"k{n * n % 7 % 6}")
        for n in range(2_000)
    ]
    flat = balance(lines, 300_000_000_000)
    spent = {
        scope: sum(
            award.granted or 0
            for award, line in zip(flat.lines, lines, strict=True)
            if scope in {line.region, line.kind}
        )
        for scope in {line.region for line in lines} | {line.kind for line in lines}
    }
    limits = [region(f"r{n}", most=spent[f"r{n}"] * (85 + n) // 100) for n in range(4)]
    limits += [kind(f"k{n}", least=spent[f"k{n}"] * 104 // 100) for n in (1, 2) if f"k{n}" in spent]
    option = balance(lines, 300_000_000_000, limits=limits)
    assert check(option) == ()
    assert {each.held for each in option.envelopes} == {"most", "least"}


def test_pools_of_an_option_under_crossing_limits_have_one_proof_each() -> None:
    option = balance(LINES, 900, limits=[region("Ош", most=200), kind("grant", most=150)])
    pools = [each.pool for each in option.certificates]
    assert len(pools) == len(set(pools)) == 4
    assert all(first != second for first, second in pairwise(pools))
