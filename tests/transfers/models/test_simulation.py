"""Sets of parameters and two runs side by side."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from budgetproto.errors import BadInput
from budgetproto.i18n import Named
from budgetproto.money import Som
from budgetproto.transfers.models import (
    MODEL_CODES,
    Comparison,
    Data,
    ParameterSet,
    compare,
    differences,
    equalize,
    in_force,
    label_of,
    simulate,
    value_for,
)


def _set(values: dict[str, int], *, model: str = "sharing", **changes: object) -> ParameterSet:
    made = ParameterSet(model, "set", Named("а"), "law", date(2014, 1, 1), values, "DPI713")  # type: ignore[arg-type]
    return replace(made, **changes)  # type: ignore[arg-type]


def _data(**items: list[int]) -> Data:
    columns = {name.replace("__", "."): np.array(values, dtype=np.int64) for name, values in items.items()}
    codes = ("41702000000001", "41702000000002", "41711000000000")
    return Data(2026, codes, columns, {name: values >= 0 for name, values in columns.items()})


TAXES = _data(tax__income=[1_000, 2_000, 50_000], tax__sales=[100, 0, 900])
BASE = _set({"norm.income": 5_000, "norm.sales": 5_000})


def test_what_the_other_set_does_not_name_stays_as_it_is() -> None:
    found = compare(TAXES, BASE, _set({"norm.income": 6_000}))
    assert [row.difference for row in found.rows()] == [100, 200, 5_000]
    assert (found.whole.before, found.whole.after) == (27_000, 32_300)
    assert (found.gaining, found.losing) == (3, 0)


def test_the_sums_of_the_oblasts_close_to_the_whole() -> None:
    found = compare(TAXES, BASE, _set({"norm.income": 3_333, "norm.sales": 10_000}))
    groups = found.by_group([code[:5] for code in TAXES.territories])
    assert [row.code for row in groups] == ["41702", "41711"]
    assert sum(row.before for row in groups) == found.whole.before
    assert sum(row.after for row in groups) == found.whole.after


def test_a_norm_that_the_base_does_not_know_is_refused() -> None:
    with pytest.raises(BadInput):
        compare(TAXES, _set({"norm.income": 5_000}), BASE)


def test_a_year_without_data_is_refused_and_not_taken_for_zero() -> None:
    with pytest.raises(BadInput):
        simulate(_data(need=[1, 2, 3]), BASE)


def test_a_territory_without_data_has_no_figure() -> None:
    data = _data(need=[50, 30, 70], potential=[10, 10, 10])
    data = replace(data, known={**data.known, "need": np.array([True, False, True])})
    found = compare(data, *(_set({"fund": fund, "quantum": 1}, model="equalization") for fund in (50, 100)))
    assert [row.code for row in found.rows()] == [data.territories[0], data.territories[2]]
    assert found.missing() == (data.territories[1],)
    assert found.whole.after == 100


def test_an_equalization_carries_its_label_in_every_value() -> None:
    indicative = "transfers.models.indicative"
    data = _data(need=[50, 30, 70], potential=[10, 10, 10])
    base = _set({"fund": 100}, model="equalization")
    assert equalize(["A"], need=[1], potential=[0], fund=1).label == indicative
    assert simulate(data, base).label == compare(data, base, base).label == indicative
    assert label_of("equalization") == indicative
    assert all(label_of(model) != indicative for model in MODEL_CODES if model != "equalization")


def test_two_runs_of_different_models_are_not_laid_side_by_side() -> None:
    data = _data(need=[50, 30, 70], potential=[10, 10, 10], tax__income=[1, 1, 1])
    runs = [simulate(data, _set({"fund": 1}, model="equalization")), simulate(data, _set({"norm.income": 1}))]
    with pytest.raises(ValueError, match="one model"):
        Comparison(*runs)
    with pytest.raises(BadInput):
        compare(data, _set({"fund": 1}, model="equalization"), BASE)


def test_two_sets_say_what_they_differ_in() -> None:
    second = _set({"norm.income": 6_000, "norm.patent": 10_000})
    found = {each.parameter: each for each in differences(BASE, second)}
    assert (found["norm.income"].change, found["norm.sales"].change) == (1_000, None)
    assert found["norm.patent"].differs
    grants = [_set({"fund": fund, "cofinancing": 0}, model="stimulating") for fund in (500, 700)]
    assert differences(*grants)[0].change == Som(200)
    with pytest.raises(BadInput):
        differences(BASE, grants[0])


@pytest.mark.parametrize(
    ("model", "values"),
    [
        ("sharing", {"norm.income": 10_001}),
        ("sharing", {"norm": 5_000}),
        ("sharing", {"fund": 5_000}),
        ("sharing", {}),
        ("equalization", {"fund": 1, "quantum": 0}),
        ("delegated", {"unit_cost.p": -1}),
    ],
)
def test_a_set_with_a_value_that_its_model_cannot_have_is_refused(model: str, values: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        _set(values, model=model)


@pytest.mark.parametrize(
    ("model", "values"), [("equalization", {"quantum": 10_000}), ("stimulating", {"fund": 1})]
)
def test_a_model_does_not_run_without_what_it_needs(model: str, values: dict[str, int]) -> None:
    lacking = _set(values, model=model)
    assert lacking.missing
    with pytest.raises(BadInput):
        simulate(_data(need=[1, 1, 1], potential=[0, 0, 0]), lacking)


def test_the_law_in_force_is_the_newest_version_that_holds_on_the_day() -> None:
    old, new = _set({"norm.income": 1}), _set({"norm.income": 2}, version=2, valid_from=date(2019, 1, 1))
    proposal = _set({"norm.income": 3}, code="other", status="proposal")
    assert in_force([new, old, proposal], date(2020, 1, 1)) == (new,)
    ended = replace(new, valid_to=date(2019, 12, 31))
    assert in_force([old, ended, proposal], date(2020, 1, 1)) == ()
    with pytest.raises(BadInput):
        replace(new, valid_to=date(2018, 1, 1))


@pytest.mark.parametrize("money", [0, 1, 99, 500, 5_300, 26_500, 10**9])
def test_from_money_back_to_the_largest_norm_that_it_pays_for(money: int) -> None:
    found = value_for(TAXES, BASE, "norm.income", money)
    cost = [simulate(TAXES, BASE.with_value("norm.income", norm)).total for norm in range(5_000, 10_001)]
    best = max(norm for norm, total in enumerate(cost, start=5_000) if total - cost[0] <= money)
    assert found == best


@pytest.mark.parametrize("money", [0, 20, 35, 10**6])
def test_a_coefficient_is_found_exactly_although_its_money_is_no_straight_line(money: int) -> None:
    data = _data(need=[50_000, 30, 70_000], potential=[49_000, 10, 80_000], trait__high=[1, 0, 1])
    values = {"fund": 3_000, "quantum": 1, "coefficient.high": 10_000}
    base = _set(values, model="equalization")
    found = value_for(data, base, "coefficient.high", money)
    tried = [each for each in (10_000, found, found + 1) if each <= 100_000]
    first, *rest = (simulate(data, base.with_value("coefficient.high", each)).total for each in tried)
    assert [total - first <= money for total in rest] == [True, False][: len(rest)]


def test_a_parameter_that_pays_now_more_and_now_less_is_refused() -> None:
    grants = _set({"fund": 100, "cofinancing": 0}, model="stimulating")
    for parameter, money in (("cofinancing", 5), ("norm.none", 5), ("fund", -1)):
        with pytest.raises(BadInput):
            value_for(TAXES, grants, parameter, money)
