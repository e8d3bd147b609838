"""Two open figures that look like a slip of the hand are doubted aloud; others are not."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import pytest

from budgetproto.disputes.domain import Figure, Line, Opened
from budgetproto.disputes.figures.doubts import doubts
from budgetproto.disputes.figures.stands import LineView, Stand, difference
from budgetproto.money import Som
from tests.stated import line_text, make_position

NOW = datetime(2020, 5, 14, tzinfo=UTC)


def view(government: Figure, lsg: Figure, *, reason: str = "", cost_sign: Literal[1, -1] = 1) -> LineView:
    text = replace(line_text(), cost_sign=cost_sign)
    line = Line("line", "sitting", 1, text, NOW, None, 1)
    stated = {"ministry": (government, ""), "union": (lsg, reason)}
    positions = {
        party: Opened("line", party, 1, make_position(figure=figure, rationale=why), NOW, late_round=False)
        for party, (figure, why) in stated.items()
    }
    return LineView(line, positions, Stand(government, lsg, lsg_divided=False), difference(government, lsg))


def keys(view: LineView) -> list[str]:
    return [told.key for told in doubts(view)]


def test_asking_for_less_than_is_offered_without_a_reason_is_doubted() -> None:
    assert keys(view(Som(600), Som(500))) == ["disputes.doubt.asks_less"]


def test_asking_for_less_with_a_reason_is_not() -> None:
    assert keys(view(Som(600), Som(500), reason="Долбоор кыскарды")) == []


def test_a_higher_part_of_the_cost_asks_for_less_where_a_higher_figure_saves_the_state_money() -> None:
    assert keys(view(Som(600), Som(700), cost_sign=-1)) == ["disputes.doubt.asks_less"]
    assert keys(view(Som(600), Som(500), cost_sign=-1)) == []


@pytest.mark.parametrize("lsg", [Som(6_000), Som(600_000)])
def test_figures_ten_times_apart_or_more_are_doubted(lsg: Som) -> None:
    assert keys(view(Som(600), lsg)) == ["disputes.doubt.tenfold"]


@pytest.mark.parametrize(
    ("government", "lsg"), [(Som(600), Som(5_999)), (Som(0), Som(600)), (None, Som(1)), (True, False)]
)
def test_others_are_not(government: Figure, lsg: Figure) -> None:
    assert keys(view(government, lsg)) == []
