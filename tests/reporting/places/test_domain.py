"""Sums over the questions about a place: what is not stated in money is left out and not counted."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetproto.i18n.languages import Named
from budgetproto.money import Som
from budgetproto.reporting.domain import UNSTATED, Stated
from budgetproto.reporting.places.domain import STEPS, Question, Year, added, years_of

NAME: Final = Named("Маселе")
BISHKEK: Final = "41711000000000"


def stated(tyiyn: int | None, *, illustrative: bool = False) -> Stated:
    money = None if tyiyn is None else Som(tyiyn)
    return Stated(money, money, illustrative)


def question(number: int, year: int, *figures: int | None, protocol: str = "2020-1") -> Question:
    told = tuple(map(stated, figures)) + (UNSTATED,) * (len(STEPS) - len(figures))
    return Question(protocol, number, year, NAME, NAME, BISHKEK, told)


def test_zero_counts_and_nothing_does_not() -> None:
    total = added([stated(0), stated(None), stated(500, illustrative=True)])
    assert (total.lines, total.sum, total.illustrative) == (2, Som(500), True)
    assert (added([]).lines, added([]).sum) == (0, Som(0))


def test_a_percentage_without_money_enters_no_sum() -> None:
    assert added([Stated(5000, None)]).lines == 0


def test_the_newest_year_stands_first_and_protocols_keep_their_order() -> None:
    asked = [question(2, 2020), question(1, 2021, protocol="2021-1"), question(1, 2020)]
    years = years_of(asked)
    assert [(year.year, [each.number for each in year.questions]) for year in years] == [
        (2021, [1]),
        (2020, [1, 2]),
    ]


@given(st.lists(st.tuples(st.integers(2018, 2024), st.one_of(st.none(), st.integers(0, 10**15)))))
def test_the_years_add_up_to_the_whole(asked: list[tuple[int, int | None]]) -> None:
    every = [question(number, year, figure) for number, (year, figure) in enumerate(asked)]
    years, whole = years_of(every), Year(None, tuple(every)).total("asked")
    assert sum(year.total("asked").lines for year in years) == whole.lines
    assert Som.total(year.total("asked").sum for year in years) == whole.sum


def test_a_question_has_one_figure_for_each_step() -> None:
    with pytest.raises(ValueError, match="each step"):
        Question("2020-1", 1, 2020, NAME, NAME, BISHKEK, (UNSTATED,))
