"""Limits that yield: kept as far as lines, other limits and money allow, and said so where they are not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.balancing import Limit, Line, Option, balance, check, sentences, summary
from budgetproto.balancing.errors import (
    LimitCutsRecipient,
    LimitsCross,
    LimitsTooNarrow,
    LimitUnfillable,
    LimitUnknown,
    NoLimitsUnderRule,
)
from budgetproto.balancing.option import Reason, Status
from budgetproto.balancing.sharing.feasible import require_feasible

OSH = Line("osh", 0, 1_000, region="Ош", kind="grant", population=10)
NARYN = Line("naryn", 0, 1_000, region="Нарын", kind="grant", population=20)


def held(lines: list[Line], envelope: int, limits: list[Limit], **more: Any) -> Option:
    option = balance(lines, envelope, limits=limits, on_conflict="hold_at_floor", **more)
    assert check(option) == ()
    return option


def granted(option: Option) -> list[int | None]:
    return [award.granted for award in option.lines]


def test_a_floor_of_a_line_goes_before_the_cap_of_its_group() -> None:
    lines = [replace(OSH, floor=300), NARYN]
    option = held(lines, 500, [Limit("Ош", region="Ош", most=200)])
    assert (granted(option), option.envelopes[0].missed) == ([300, 200], "most")
    assert [said.key for said in summary(option)].count("balancing.sentence.limit_most_missed") == 1


def test_a_line_that_a_cap_presses_down_to_its_floor_is_held_by_the_floor() -> None:
    option = held([replace(OSH, floor=300), NARYN], 900, [Limit("Ош", region="Ош", most=200)])
    assert (granted(option), option.envelopes[0].held) == ([300, 600], "most")
    assert option.lines[0].reason is Reason.FLOOR
    assert sentences(option)[0][-1].key == "balancing.sentence.floor_stated"


def test_a_floor_that_its_claims_cannot_fill_is_filled_as_far_as_they_go() -> None:
    lines = [replace(OSH, lsg=100), NARYN]
    option = held(lines, 500, [Limit("Ош", region="Ош", least=200)])
    assert (granted(option), option.envelopes[0].missed) == ([100, 400], "least")


def test_floors_beyond_the_money_shrink_in_one_proportion() -> None:
    limits = [Limit("Ош", region="Ош", least=400), Limit("Нарын", region="Нарын", least=200)]
    option = held([OSH, NARYN], 300, limits)
    assert granted(option) == [200, 100]
    assert [each.missed for each in option.envelopes] == ["least", "least"]


def test_a_floor_inside_a_cap_goes_before_it() -> None:
    limits = [Limit("Ош", region="Ош", least=150), Limit("гранттар", kind="grant", most=100)]
    option = held([OSH, NARYN, replace(NARYN, line="x", kind="subvention")], 500, limits)
    assert granted(option) == [150, 0, 350]
    assert [each.missed for each in option.envelopes] == [None, "most"]


def test_the_command_line_refuses_the_same() -> None:
    with pytest.raises(LimitUnfillable):
        balance([replace(OSH, floor=300), NARYN], 500, limits=[Limit("Ош", region="Ош", most=200)])


def test_a_floor_of_which_the_money_has_no_whole_step_is_refused_or_given_up() -> None:
    limits = [Limit("Ош", region="Ош", least=50)]
    with pytest.raises(LimitsTooNarrow):
        balance([OSH, NARYN], 50, quantum=100, limits=limits)
    option = held([OSH, NARYN], 50, limits, quantum=100)
    assert (granted(option), option.undistributed, option.envelopes[0].missed) == ([0, 0], 50, "least")


def test_what_is_saved_is_told_with_the_signs_turned_back() -> None:
    lines = [replace(OSH, government=500, lsg=600), replace(NARYN, government=500, lsg=600)]
    option = held(lines, -200, [Limit("Ош", region="Ош", least=-50)])
    [told] = [said for said in summary(option) if "limit" in said.values]
    assert told.key == "balancing.sentence.limit_least_money"
    assert told.shown_as(money=int, raw=int) == {"limit": "Ош", "granted": -50}


@pytest.mark.parametrize(
    ("rule", "limits", "refusal"),
    [
        ("F", [Limit("Ош", region="Ош")], NoLimitsUnderRule),
        ("A", [Limit("Талас", region="Талас")], LimitUnknown),
        ("D", [Limit("Ош", region="Ош"), Limit("гранттар", kind="grant")], LimitsCross),
        ("E", [Limit("субвенция", kind="subvention")], LimitCutsRecipient),
    ],
)
def test_what_a_rule_can_never_keep_is_known_without_figures(
    rule: str, limits: list[Limit], refusal: type[Exception]
) -> None:
    lines = [Line("1", None, None, region="Ош", kind="grant")]
    lines += [Line("2", None, None, region="Ош", kind="subvention"), replace(NARYN, lsg=None)]
    with pytest.raises(refusal):
        require_feasible(lines, limits, rule=rule)


def test_limits_that_cross_are_feasible_under_a_rule_of_one_rate() -> None:
    lines = [OSH, replace(OSH, line="x", kind="subvention"), NARYN]
    require_feasible(lines, [Limit("Ош", region="Ош"), Limit("гранттар", kind="grant")], rule="B")


@st.composite
def contradicted(draw: Any) -> tuple[list[Line], list[Limit], int]:
    """Draw lines with bounds of their own, steps and releases, under limits that heed none of them."""
    lines = [
        Line(
            f"line-{number}",
            government := draw(st.integers(0, 300)),
            government + draw(st.integers(-60, 300)),
            floor=draw(st.none() | st.integers(0, 700)),
            cap=draw(st.none() | st.integers(0, 700)),
            region=draw(st.sampled_from(("Ош", "Нарын"))),
            kind=draw(st.sampled_from(("grant", "subvention"))),
            population=10,
            **draw(st.sampled_from(({}, {"money_per_unit": 7, "step": 5}))),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    limits = []
    for scope in ("region", "kind"):
        for name in sorted({getattr(line, scope) for line in lines}):
            least = draw(st.none() | st.integers(0, 400))
            most = draw(st.none() | st.integers(least or 0, 600))
            limits.append(Limit(name, **{scope: name}, least=least, most=most))
    return lines, limits, draw(st.integers(-100, 1_500))


@given(contradicted(), st.sampled_from("ABC"), st.sampled_from((1, 10, 100)))
def test_whatever_is_filed_limits_never_block_an_option(
    problem: tuple[list[Line], list[Limit], int], rule: str, quantum: int
) -> None:
    lines, limits, envelope = problem
    alone = balance(lines, envelope, rule=rule, quantum=quantum, on_conflict="hold_at_floor")
    option = held(lines, envelope, limits, rule=rule, quantum=quantum)
    assert (option.status is Status.INFEASIBLE) == (alone.status is Status.INFEASIBLE)
    for each in option.envelopes:
        kept = (each.least is None or each.granted >= each.least) and (
            each.most is None or each.granted <= each.most
        )
        assert kept == (each.missed is None)
