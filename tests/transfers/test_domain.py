"""The rules of transfers: totals that do not close, figures per head."""

from datetime import date

import pytest

from budgetproto.i18n import Named
from budgetproto.money import Som, Unit
from budgetproto.transfers.domain import (
    Indicator,
    Period,
    Transfer,
    data_problems,
    has_odd_code,
    per_head,
)

OSH = "41706000000000"
EIGHT_MONTHS = Period("2025-01", "2025-08")


def transfer(
    kind: str | None, million: str | None, *, counted: bool = True, words: str = "", source: str = "paper"
) -> Transfer:
    executed = None if million is None else Som.parse(million, Unit.MILLION_SOMS)
    return Transfer(OSH, kind, Named(ky=words), EIGHT_MONTHS, source, executed=executed, counted=counted)


def test_a_total_that_closes_is_no_problem() -> None:
    assert data_problems([transfer(None, "3.5"), transfer("a", "3.0"), transfer("b", "0.5")]) == ()


def test_a_total_that_does_not_close_is_shown_with_both_numbers() -> None:
    (problem,) = data_problems([transfer(None, "670.2"), transfer("equalization", "641.9")])
    assert (problem.stated, problem.visible) == (Som(67_020_000_000), Som(64_190_000_000))
    assert problem.missing == Som(2_830_000_000)


def test_a_figure_beside_the_total_is_not_added_to_it() -> None:
    beside = transfer("lsg_electricity", "148.7", counted=False)
    assert data_problems([transfer(None, "3.5"), transfer("a", "3.5"), beside]) == ()


def test_a_total_without_components_is_no_problem() -> None:
    assert data_problems([transfer(None, "11300")]) == ()


def test_components_of_another_source_do_not_count() -> None:
    assert data_problems([transfer(None, "3.5"), transfer("a", "1.0", source="another")]) == ()


def test_a_component_that_states_no_figure_leaves_the_gap_visible() -> None:
    (problem,) = data_problems([transfer(None, "3.5"), transfer("a", "3.0"), transfer("b", None)])
    assert problem.missing == Som(50_000_000)


def test_without_a_population_there_is_no_figure_per_head() -> None:
    assert per_head(Som(100), None) is None


def test_without_an_amount_there_is_no_figure_per_head() -> None:
    assert per_head(None, Indicator(OSH, "population", 3, date(2021, 4, 1), "census")) is None


def test_a_population_of_nobody_gives_no_figure_per_head() -> None:
    assert per_head(Som(100), Indicator(OSH, "population", 0, date(2021, 4, 1), "census")) is None


@pytest.mark.parametrize(
    ("tyiyn", "people", "expected"), [(100, 3, 33), (200, 3, 67), (50, 100, 1), (0, 3, 0)]
)
def test_the_figure_per_head_is_the_nearest_tyiyn(tyiyn: int, people: int, expected: int) -> None:
    population = Indicator(OSH, "population", people, date(2021, 4, 1), "census")
    assert per_head(Som(tyiyn), population) == Som(expected)


def test_people_are_not_money() -> None:
    with pytest.raises(TypeError, match="people are counted"):
        Indicator(OSH, "population", Som(3), date(2021, 4, 1), "census")


def test_the_code_of_the_city_of_osh_is_odd_and_that_of_a_district_is_not() -> None:
    assert has_odd_code("41700000000021", "41721000000000")
    assert not has_odd_code("41706207000000", OSH)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it began"):
        Period("2025-08", "2025-01")


def test_a_figure_is_the_same_figure_when_only_its_amount_is_corrected() -> None:
    assert transfer("a", "1.0").key == transfer("a", "2.0").key
    assert transfer("a", "1.0").key != transfer("a", "1.0", words="башка").key
