"""The worked cases of fixtures/transfer_models.toml come out to the tyiyn; one test per case."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from budgetproto.i18n import Named
from budgetproto.money import Som, Unit, parse_percentage
from budgetproto.transfers.models import Data, ParameterSet, Project, Result, measure_of, simulate

FIXTURES = Path(__file__).parents[3] / "fixtures"
CASES: list[dict[str, Any]] = tomllib.loads((FIXTURES / "transfer_models.toml").read_text("utf-8"))["case"]
SOURCES: dict[str, Any] = tomllib.loads((FIXTURES / "sources.toml").read_text("utf-8"))
each_case = pytest.mark.parametrize("case", CASES, ids=[case["key"] for case in CASES])


@each_case
def test_every_figure_of_the_case_comes_out(case: dict[str, Any]) -> None:
    result = simulate(_data(case), _parameters(case))
    figures = dict(zip(result.territories, result.money.tolist(), strict=True))
    assert figures == {_code(row): _tyiyn(case, row["expected"]) for row in _rows(case)}
    assert {name: _found(case, result, name) for name in case["expected"]} == case["expected"]
    lacking = dict(
        zip(result.territories, result.beside.get("shortfall", result.money).tolist(), strict=True)
    )
    short = {_code(row): _tyiyn(case, row["shortfall"]) for row in _rows(case) if "shortfall" in row}
    assert {code: lacking[code] for code in short} == short


@each_case
def test_the_case_names_its_sources_and_says_what_is_made_up(case: dict[str, Any]) -> None:
    assert set(case["sources"]) <= SOURCES.keys()
    assert all(case["title"][language] for language in ("ky", "ru", "en"))
    assert ("PROJECT" not in case["sources"]) or case["illustrative"]
    assert "PROJECT" in case["sources"] or not case.get("illustrative") or case["note"]["ky"]


def test_each_model_has_a_case_that_a_real_document_stands_behind() -> None:
    real = {case["model"] for case in CASES if case["sources"] != ["PROJECT"]}
    assert real == {"equalization", "sharing", "delegated", "stimulating"}


def _rows(case: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = case.get("territories") or case["projects"]
    return rows


def _code(row: dict[str, Any]) -> str:
    return str(row.get("code") if "territory" not in row else row["territory"])


def _tyiyn(case: dict[str, Any], written: str) -> int:
    return Som.parse(written, Unit[case["unit"].upper()]).tyiyn


def _found(case: dict[str, Any], result: Result, name: str) -> object:
    """Return a figure in common, written as the case writes it."""
    expected = case["expected"][name]
    found = (
        result.total
        if name == "total"
        else int(result.beside[name].sum())
        if name in result.beside
        else result.facts[name]
    )
    if name == "coverage":
        return expected if found == Fraction(expected) else found
    if isinstance(expected, str):
        return expected if found == _tyiyn(case, expected) else found
    return found


def _parameters(case: dict[str, Any]) -> ParameterSet:
    model = case["model"]
    values = {
        name: parse_percentage(written) if measure_of(model, name) == "share" else _tyiyn(case, written)
        for name, written in case["parameters"].items()
    }
    name = Named(**case["title"])
    return ParameterSet(model, case["key"], name, "illustrative", date(2026, 1, 1), values, "PROJECT")


def _data(case: dict[str, Any]) -> Data:
    rows = _rows(case)
    inputs = [dict(_inputs(case, row)) for row in rows]
    items = sorted({item for each in inputs for item in each})
    return Data(
        year=2026,
        territories=tuple(_code(row) for row in rows),
        items={item: np.array([each.get(item, 0) for each in inputs], dtype=np.int64) for item in items},
        known={item: np.array([item in each for each in inputs]) for item in items},
        projects=tuple(_project(case, row) for row in rows if "cost" in row),
    )


def _inputs(case: dict[str, Any], row: dict[str, Any]) -> list[tuple[str, int]]:
    """Return what is known of a territory by item."""
    apart = {"code", "territory", "expected", "shortfall", "volume", "funding", "traits", "cost", "points"}
    plain = [(name, written) for name, written in row.items() if name not in apart]
    kind = "tax." if case["model"] == "sharing" else ""
    return [
        *((f"{kind}{name}", _tyiyn(case, written)) for name, written in plain),
        *((f"volume.{power}", count) for power, count in row.get("volume", {}).items()),
        *((f"funding.{power}", _tyiyn(case, given)) for power, given in row.get("funding", {}).items()),
        *((f"trait.{trait}", 1) for trait in row.get("traits", [])),
    ]


def _project(case: dict[str, Any], row: dict[str, Any]) -> Project:
    return Project(row["territory"], row["code"], _tyiyn(case, row["cost"]), row["points"])
