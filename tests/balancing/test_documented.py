"""The page about the balanced option is true: its examples run, and it names every field there is."""

import doctest
from dataclasses import fields
from pathlib import Path

import pytest

from budgetproto.balancing import balance
from budgetproto.balancing.option import Award, Certificate, EmergencyRow, Envelope, Option, Reason, Totals
from budgetproto.commands.limits_file import COLUMNS as LIMITS
from budgetproto.commands.lines_file import COLUMNS as LINES
from budgetproto.commands.lines_file import read_lines

PAGE = Path(__file__).parents[2] / "docs" / "balancing.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_its_examples_run() -> None:
    found = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert found.attempted > 10
    assert not found.failed


@pytest.mark.parametrize("column", [*LINES, *LIMITS])
def test_it_names_every_column(column: str) -> None:
    assert f"`{column}`" in TEXT


@pytest.mark.parametrize("value", [Option, Award, Totals, Envelope, EmergencyRow, Certificate])
def test_it_names_every_field_of_the_json(value: type) -> None:
    assert not [field.name for field in fields(value) if f"`{field.name}`" not in TEXT]


def test_it_names_every_reason() -> None:
    assert not [reason for reason in Reason if f"`{reason}`" not in TEXT]


def test_its_worked_figures_are_those_of_the_engine() -> None:
    option = balance(read_lines(PAGE.parents[1] / "fixtures" / "balancing" / "we1.csv"), 70_000)
    granted = {award.line: award.granted or 0 for award in option.lines}
    shared = {line: granted[line] for line in ("L1", "L2", "L4", "L7", "L9")}
    assert sum(shared.values()) == 52_500
    assert all(f"{line} {money:,}" in TEXT for line, money in shared.items())
