"""Where whole quanta cannot keep limits, and what limits ask whatever the figures are."""

from fractions import Fraction
from typing import Any

import pytest

from budgetproto.balancing import (
    Findings,
    Limit,
    Line,
    Sensitivity,
    Unbalanceable,
    balance,
    findings,
    sensitivity,
)
from budgetproto.balancing.document import plain
from budgetproto.balancing.errors import LimitCutsRecipient, LimitsTooNarrow
from budgetproto.balancing.plainly import from_plain
from budgetproto.balancing.sensitivity.leaving import dropped
from budgetproto.balancing.sharing.feasible import require_feasible

PEOPLE: dict[str, Any] = {"population": 31, "own_revenue": 400}


def test_crossing_limits_between_two_quanta_are_refused() -> None:
    lines = [Line(f"{region}{kind}", 0, 1_000, region=region, kind=kind) for region in "XY" for kind in "ab"]
    limits = [Limit("X", region="X", least=30, most=70), Limit("a", kind="a", least=30, most=70)]
    with pytest.raises(LimitsTooNarrow):
        balance(lines, 200, quantum=100, limits=limits)
    assert balance(lines, 200, quantum=10, limits=limits).totals.granted == 200


def test_a_recipient_whose_lines_take_no_whole_quanta_cannot_keep_its_floor() -> None:
    lines = [
        Line("roads", 1_387, 4_212, region="X", **PEOPLE),
        Line("schools", 2_031, 4_453, cap=3_929, region="X", **PEOPLE),
    ]
    alone = balance(lines, 1_547, rule="E", quantum=1_000)
    assert [award.granted for award in alone.lines] == [0, 0]
    with pytest.raises(LimitsTooNarrow):
        balance(lines, 1_547, rule="E", quantum=1_000, limits=[Limit("X", region="X", least=500)])


def test_under_equalization_a_limit_is_about_whole_recipients() -> None:
    lines = [
        Line("roads", 0, 10, region="X", kind="a"),
        Line("schools", 0, 10, region="X", kind="b"),
        Line("water", 0, 10, region="Y", kind="b"),
    ]
    require_feasible(lines, [Limit("X", region="X", most=5), Limit("Y", region="Y", most=5)], rule="E")
    with pytest.raises(LimitCutsRecipient):
        require_feasible(lines, [Limit("a", kind="a", most=5)], rule="E")


@pytest.mark.parametrize("envelope", [40, None, -10])
def test_what_an_option_means_is_read_back_as_it_was_written(envelope: int | None) -> None:
    lines = [
        Line("roads", 100, 160, region="X", **PEOPLE),
        Line("schools", 200, 220, region="Y", population=12, own_revenue=90),
    ]
    told, changing = findings(balance(lines, envelope), lines), sensitivity(lines, envelope)
    assert from_plain(Findings, plain(told)) == told
    assert from_plain(Sensitivity, plain(changing)) == changing


@pytest.mark.parametrize("document", [{}, {"shares": 1}, [], None])
def test_what_is_no_such_document_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match="Findings"):
        from_plain(Findings, document)


def test_a_refusal_of_limits_is_a_kind_of_unbalanceable() -> None:
    assert issubclass(LimitsTooNarrow, Unbalanceable)


def test_crossing_limits_that_yield_give_way_where_lines_reach_no_whole_quanta() -> None:
    lines = [
        Line("Xa", 191, 328, floor=192, cap=309, region="X", kind="a"),
        Line("Xb", 41, 213, region="X", kind="b"),
        Line("Ya", 20, 215, floor=135, region="Y", kind="a"),
        Line("Yb", 216, 297, floor=222, cap=280, region="Y", kind="b"),
    ]
    limits = [Limit("X", region="X", most=16), Limit("a", kind="a", least=98)]
    option = balance(lines, 382, quantum=100, limits=limits, on_conflict="hold_at_floor")
    assert [award.granted for award in option.lines] == [9, 59, 115, 64]
    assert [each.missed for each in option.envelopes] == ["most", None]


def test_a_line_that_leaves_saves_nothing_where_the_others_cannot_be_paid() -> None:
    lines = [Line("roads", 0, 100, floor=50), Line("schools", 0, 100)]
    assert dropped(lines, 10) == {"roads": Fraction(1, 10), "schools": None}
