"""The worked cases of fixtures/balancing_cases.toml, to the unit; one test per case."""

import csv
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from budgetproto.balancing import Line, Option, balance, check

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES: list[dict[str, Any]] = tomllib.loads((FIXTURES / "balancing_cases.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_case_is_met_to_the_unit(case: dict[str, Any]) -> None:
    option = _computed(case)
    by_line = {award.line: award for award in option.lines}
    granted = {name: award.granted for name, award in by_line.items() if award.granted is not None}
    assert granted == case["granted"]
    assert option.effective_envelope == case.get("effective_envelope", option.effective_envelope)
    assert {name: by_line[name].amount for name in case.get("amounts", {})} == case.get("amounts", {})
    assert {name: by_line[name].reason for name in case.get("reasons", {})} == case.get("reasons", {})
    assert {name: list(by_line[name].flags) for name in case.get("flags", {})} == case.get("flags", {})
    if "rate" in case:
        assert option.rate == Fraction(case["rate"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_case_checks_out(case: dict[str, Any]) -> None:
    assert check(_computed(case)) == ()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_case_names_its_source(case: dict[str, Any]) -> None:
    assert case["source"]


def _computed(case: dict[str, Any]) -> Option:
    lines = list(_lines(case))
    return balance(lines, case.get("envelope"), rule=case.get("rule", "A"), kappa=case.get("kappa", 0))


def _lines(case: dict[str, Any]) -> Iterator[Line]:
    if "claims" in case:
        yield from (Line(str(place), 1_000, 1_000 + claim) for place, claim in enumerate(case["claims"], 1))
        return
    with (FIXTURES / "balancing" / case["file"]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            stated = {name: value for name, value in row.items() if value}
            numbers: dict[str, Any] = {"government": None, "lsg": None} | {
                name: int(value) for name, value in stated.items() if name not in {"line", "region"}
            }
            yield Line(row["line"], region=row["region"], **numbers)
