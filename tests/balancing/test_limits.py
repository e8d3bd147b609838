"""Limits by region and kind: the money of each within its bounds, the others sharing on by the same rule."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
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
from budgetproto.balancing.errors import (
    DuplicateLimit,
    LimitContradictory,
    LimitCutsRecipient,
    LimitsCross,
    LimitsTooNarrow,
    LimitUnfillable,
    LimitUnknown,
)
from tests.balancing.proofs import proof
from tests.balancing.test_invariants import _lines
from tests.balancing.test_rules import known

OSH = [Line("osh-1", 0, 600, region="Ош"), Line("osh-2", 0, 200, region="Ош", kind="grant")]
NARYN = [Line("naryn-1", 0, 800, region="Нарын"), Line("naryn-2", 0, 400, region="Нарын", kind="grant")]
LINES = [*OSH, *NARYN]


def granted(option: Option) -> list[int]:
    """Return what each line gets."""
    return [award.granted or 0 for award in option.lines]


def test_a_most_holds_its_lines_and_the_others_share_the_rest() -> None:
    option = balance(LINES, 1_000, limits=[Limit("Ош", region="Ош", most=200)])
    assert granted(option) == [150, 50, 533, 267]
    assert check(option) == ()
    assert [award.reason for award in option.lines] == [Reason.ENVELOPE] * 2 + [Reason.FREE] * 2


def test_a_least_lifts_its_lines_at_the_cost_of_the_others() -> None:
    option = balance(LINES, 1_000, limits=[Limit("Ош", region="Ош", least=600)])
    assert granted(option) == [450, 150, 267, 133]
    assert check(option) == ()


def test_the_price_of_a_limit_is_told_as_two_rates() -> None:
    option = balance(LINES, 1_000, limits=[Limit("Ош", region="Ош", most=200)])
    (envelope,) = option.envelopes
    assert (envelope.held, envelope.granted, envelope.rate, option.rate) == (
        "most",
        200,
        Fraction(1, 4),
        Fraction(2, 3),
    )
    told = next(each for each in summary(option) if each.key.endswith("limit_most"))
    assert told.values == {"limit": "Ош", "rate": Fraction(1, 4), "common": Fraction(2, 3)}


def test_a_limit_that_changes_nothing_is_not_told_as_one() -> None:
    option = balance(LINES, 1_000, limits=[Limit("Ош", region="Ош", most=700)])
    assert granted(option) == granted(balance(LINES, 1_000))
    assert option.envelopes[0].held is None


def test_a_limit_inside_a_limit() -> None:
    limits = [Limit("Ош", region="Ош", most=400), Limit("Ош, гранттар", region="Ош", kind="grant", most=20)]
    option = balance(LINES, 1_600, limits=limits)
    assert granted(option) == [380, 20, 800, 400]
    assert check(option) == ()


def test_two_limits_that_overlap_in_part_are_refused_by_name_under_a_rule_of_several_rates() -> None:
    limits = [Limit("Ош", region="Ош", most=400), Limit("гранттар", kind="grant", most=20)]
    with pytest.raises(LimitsCross) as refused:
        balance([replace(line, population=10) for line in LINES], 1_000, rule="D", limits=limits)
    assert set(refused.value.details.values()) == {"Ош", "гранттар"}


@pytest.mark.parametrize(
    ("limit", "refusal"),
    [
        (Limit("x", region="Талас", most=5), LimitUnknown),
        (Limit("x", region="Ош", least=6, most=5), LimitContradictory),
        (Limit("x", region="Ош", least=801), LimitUnfillable),
        (Limit("x", region="Ош", most=-1), LimitUnfillable),
    ],
)
def test_a_limit_that_cannot_be_kept_is_refused_by_name(limit: Limit, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        balance(LINES, 1_000, limits=[limit])


def test_two_limits_of_one_name_are_refused() -> None:
    with pytest.raises(DuplicateLimit):
        balance(LINES, 1_000, limits=[Limit("x", region="Ош", most=5), Limit("x", region="Нарын", most=5)])


def test_limits_whose_parts_cannot_add_up_are_refused() -> None:
    parts = [Limit("Ош, гранттар", region="Ош", kind="grant", least=150), Limit("Ош", region="Ош", most=100)]
    with pytest.raises(LimitUnfillable) as refused:
        balance(LINES, 1_000, limits=parts)
    assert refused.value.details == {"limit": "Ош", "lowest": 150, "highest": 800}


def test_what_the_limits_refuse_is_left_undistributed() -> None:
    limits = [Limit("Ош", region="Ош", most=100), Limit("Нарын", region="Нарын", most=300)]
    option = balance(LINES, 1_000, limits=limits)
    assert (option.status, option.undistributed, sum(granted(option))) == (Status.UNDISTRIBUTED, 600, 400)
    assert {award.reason for award in option.lines} == {Reason.ENVELOPE}
    assert check(option) == ()


def test_limits_that_ask_for_more_than_there_is_are_infeasible() -> None:
    option = balance(LINES, 500, limits=[Limit("Ош", region="Ош", least=600)])
    assert (option.status, option.shortfall) == (Status.INFEASIBLE, 100)


def test_releases_count_towards_a_limit() -> None:
    lines = [*LINES, Line("osh-3", 300, 250, region="Ош")]
    option = balance(lines, 1_000, limits=[Limit("Ош", region="Ош", most=150)])
    assert granted(option)[:2] == [150, 50]
    assert granted(option)[-1] == -50


def test_equalization_keeps_the_limits_of_regions() -> None:
    lines = [
        Line("a", 0, 100, region="Ош", territory="Алай", population=10, own_revenue=0),
        Line("b", 0, 100, region="Ош", territory="Өзгөн", population=10, own_revenue=20),
        Line("c", 0, 100, region="Нарын", territory="Ат-Башы", population=10, own_revenue=90),
    ]
    assert granted(balance(lines, 60, rule="E")) == [40, 20, 0]
    option = balance(lines, 60, rule="E", limits=[Limit("Ош", region="Ош", most=30)])
    assert granted(option) == [25, 5, 30]
    assert check(option) == ()


def test_equalization_refuses_a_limit_on_some_lines_of_a_recipient() -> None:
    lines = [replace(line, population=10, own_revenue=0) for line in LINES]
    with pytest.raises(LimitCutsRecipient) as refused:
        balance(lines, 60, rule="E", limits=[Limit("гранттар", kind="grant", most=30)])
    assert refused.value.details == {"limit": "гранттар", "recipient": "Нарын"}


def nested(draw: Callable[[Any], Any]) -> tuple[list[Line], list[Limit], int]:
    """Draw lines in two regions and two kinds, with limits on a region, and on a kind within it."""
    count = draw(st.integers(1, 6))
    lines = [
        Line(
            f"{place}",
            0,
            draw(st.integers(1, 12)),
            region=draw(st.sampled_from("ab")),
            kind=draw(st.sampled_from("xy")),
            population=draw(st.integers(1, 3)),
            own_revenue=0,
        )
        for place in range(count)
    ]
    limits = []
    for region, kind in (("a", None), ("a", "x"), ("b", None), ("b", "y")):
        covered = [line for line in lines if line.region == region and kind in {None, line.kind}]
        if covered and draw(st.booleans()):
            most = sum(line.lsg or 0 for line in covered)
            ends = sorted(draw(st.tuples(st.integers(0, most), st.integers(0, most))))
            limits.append(
                Limit(
                    f"{region}{kind or ''}",
                    region=region,
                    kind=kind,
                    least=draw(st.sampled_from([None, ends[0]])),
                    most=draw(st.sampled_from([None, ends[1]])),
                )
            )
    return lines, limits, draw(st.integers(0, sum(line.lsg or 0 for line in lines)))


problems = st.composite(nested)()


def keeps(lines: list[Line], limits: list[Limit], money: tuple[int, ...]) -> bool:
    """Say whether money per line keeps every limit."""
    for limit in limits:
        spent = sum(got for line, got in zip(lines, money, strict=True) if limit.covers(line))
        if not (limit.least or 0) <= spent <= (spent if limit.most is None else limit.most):
            return False
    return True


def cost(lines: list[Line], money: tuple[int, ...]) -> Fraction:
    """Return the sum of squares over claims that rule A makes least."""
    return sum(
        (Fraction(got * got, line.lsg or 1) for line, got in zip(lines, money, strict=True)), Fraction(0)
    )


@proof(150, problem=problems)
def test_no_other_whole_shares_within_the_limits_are_nearer_to_equal_rates(
    problem: tuple[list[Line], list[Limit], int],
) -> None:
    """Brute force: every way to share in whole units that keeps bounds and limits."""
    lines, limits, envelope = problem
    every = [range((line.lsg or 0) + 1) for line in lines]
    assume(len(lines) <= 4)
    kept = [ys for ys in product(*every) if sum(ys) == envelope and keeps(lines, limits, ys)]
    try:
        option = balance(lines, envelope, limits=limits)
    except (LimitUnfillable, LimitContradictory):
        assert not [ys for ys in product(*every) if keeps(lines, limits, ys)]
        return
    assert check(option) == ()
    if option.status is Status.COMPLETE:
        ours = tuple(award.granted or 0 for award in option.lines)
        assert keeps(lines, limits, ours)
        assert cost(lines, ours) == min(cost(lines, ys) for ys in kept)
    else:
        assert kept == []


@proof(300, problem=problems, rule=st.sampled_from("ABCD"))
def test_one_unit_more_raises_exactly_one_line_under_limits_too(
    problem: tuple[list[Line], list[Limit], int], rule: str
) -> None:
    lines, limits, envelope = problem
    try:
        less = balance(lines, envelope, limits=limits, rule=rule)
        more = balance(lines, envelope + 1, limits=limits, rule=rule)
    except (LimitUnfillable, LimitContradictory):
        return
    assume(less.status is Status.COMPLETE and more.status is Status.COMPLETE)
    moved = [after - before for before, after in zip(granted(less), granted(more), strict=True)]
    assert sorted(moved) == [0] * (len(lines) - 1) + [1]


@proof(
    300,
    lines=_lines().map(known),
    envelope=st.integers(0, 200),
    quantum=st.sampled_from([1, 1, 4, 10]),
    rule=st.sampled_from("ABCDE"),
    bounds=st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(-40, 120), st.integers(0, 60)),
        max_size=3,
        unique_by=lambda each: each[0],
    ),
)
def test_every_option_under_limits_checks_out(
    lines: list[Line], envelope: int, quantum: int, rule: str, bounds: list[tuple[str, int, int]]
) -> None:
    limits = [
        Limit(region, region=region, least=least, most=least + width) for region, least, width in bounds
    ]
    try:
        option = balance(
            lines, envelope, rule=rule, quantum=quantum, limits=limits, on_conflict="hold_at_floor"
        )
    except (LimitUnfillable, LimitUnknown, LimitsTooNarrow):
        return
    assert check(option) == ()
    assert from_document(to_document(option)) == option
    assert len(sentences(option)) == len(lines)


@proof(200, lines=_lines().map(known), envelope=st.integers(0, 200), rule=st.sampled_from("ABCDE"))
def test_limits_that_hold_nobody_change_nothing(lines: list[Line], envelope: int, rule: str) -> None:
    loose = [
        Limit(region, region=region, least=-10_000, most=10_000)
        for region in {str(line.region) for line in lines}
    ]
    alone = balance(lines, envelope, rule=rule, on_conflict="hold_at_floor")
    under = balance(lines, envelope, rule=rule, limits=loose, on_conflict="hold_at_floor")
    assert granted(under) == granted(alone)
    assert under.rate == alone.rate
