"""Every rule with bounds, steps, quanta, priorities and limits at once: the option holds, or is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from budgetproto.balancing import Limit, Line, Unbalanceable, balance, check, from_document, to_document
from budgetproto.balancing.errors import LimitsTooNarrow
from tests.balancing.proofs import proof


def line(draw: Callable[[Any], Any], place: int) -> Line:
    """Draw a line that claims something, or now and then gives something up, of one of four recipients."""
    bound = st.one_of(st.none(), st.none(), st.integers(0, 40))
    territory = draw(st.sampled_from([None, None, "Алай", "Бакай-Ата"]))
    return Line(
        f"{place}",
        draw(st.integers(0, 20)),
        draw(st.integers(0, 40)),
        floor=draw(bound),
        cap=draw(bound),
        protected=draw(st.sampled_from([False, False, False, True])),
        cost_sign=draw(st.sampled_from([1, 1, 1, -1])),
        step=draw(st.sampled_from([None, None, None, 3, 5])),
        priority_lsg=draw(st.sampled_from([0, 1, 5_000])),
        priority_government=draw(st.sampled_from([1, 1, 3_000])),
        region=draw(st.sampled_from("ab")),
        kind=draw(st.sampled_from("xy")),
        territory=territory,
        population=2,
        own_revenue=4,
    )


def everything(draw: Callable[[Any], Any]) -> tuple[list[Line], list[Limit], dict[str, Any]]:
    """Draw lines, limits of regions, kinds and both, and the settings of an option."""
    lines = [line(draw, place) for place in range(draw(st.integers(1, 5)))]
    limits = []
    for region, kind in (("a", None), ("b", None), (None, "x"), (None, "y"), ("a", "x")):
        covered = Limit("", region=region, kind=kind)
        if draw(st.booleans()) and any(covered.covers(each) for each in lines):
            least, width = draw(st.integers(-5, 15)), draw(st.integers(0, 9))
            ends = draw(st.sampled_from([(None, least + width), (least, None), (least, least + width)]))
            limits.append(Limit(f"{region}{kind}", region=region, kind=kind, least=ends[0], most=ends[1]))
    settings = {
        "rule": draw(st.sampled_from("AABCDEF")),
        "quantum": draw(st.sampled_from([1, 1, 2, 4, 10])),
        "kappa": draw(st.sampled_from([0, 1_000])),
    }
    return lines, limits if settings["rule"] != "F" else [], settings


@proof(600, problem=st.composite(everything)(), envelope=st.integers(-20, 60))
def test_whatever_comes_together_the_option_holds_or_is_refused(
    problem: tuple[list[Line], list[Limit], dict[str, Any]], envelope: int
) -> None:
    lines, limits, settings = problem
    try:
        option = balance(lines, envelope, limits=limits, on_conflict="hold_at_floor", **settings)
    except Unbalanceable:
        return
    assert check(option) == ()
    assert from_document(to_document(option)) == option


def test_recipients_that_are_alike_are_served_in_the_rank_of_their_first_lines() -> None:
    lines = [Line(name, 0, 10, population=1, own_revenue=0) for name in ("b", "a")]
    option = balance(lines, 1, rule="E")
    assert [(each.line, each.tie, each.granted) for each in option.recipients] == [("a", 0, 1), ("b", 1, 0)]
    assert check(option) == ()


def test_under_half_and_half_a_cap_beside_the_grid_is_reached_and_not_passed() -> None:
    lines = [Line("capped", 15, 37, cap=22, population=2), Line("wide", 2, 36, population=1)]
    option = balance(lines, 33, quantum=4, rule="D")
    assert [award.amount for award in option.lines] == [22, 28]
    assert check(option) == ()


@pytest.mark.parametrize("rule", "ABCD")
def test_a_limit_that_no_whole_quanta_keep_is_refused_and_not_broken(rule: str) -> None:
    lines = [Line("road", 8, 25, region="Ош", population=1), Line("school", 0, 30, population=1)]
    with pytest.raises(LimitsTooNarrow):
        balance(lines, 20, quantum=10, rule=rule, limits=[Limit("Ош", region="Ош", least=13, most=16)])


def test_limits_that_in_whole_quanta_ask_for_more_than_there_is_are_refused() -> None:
    """Such limits once found no end."""
    lines = [Line("road", 0, 11, region="Ош"), Line("school", 0, 1, region="Нарын")]
    with pytest.raises(LimitsTooNarrow):
        balance(lines, 3, quantum=2, limits=[Limit("Ош", region="Ош", least=3)])


def test_steps_that_leave_a_crossing_limit_unkept_are_refused() -> None:
    lines = [
        Line("road", 0, 8, region="b", kind="x"),
        Line("share", 0, 11, step=4, region="a", kind="y"),
    ]
    limits = [Limit("b", region="b", most=10), Limit("y", kind="y", least=6, most=7)]
    with pytest.raises(LimitsTooNarrow):
        balance(lines, 12, limits=limits)
