"""Published claims problems: what the rules give, to the fraction, as others printed or computed it."""

import csv
from fractions import Fraction
from math import lcm
from pathlib import Path

import pytest

from budgetproto.balancing import Line, balance, check

PUBLISHED = Path(__file__).parents[2] / "fixtures" / "claims_published.csv"
with PUBLISHED.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def fractions(row: dict[str, str], *columns: str) -> list[Fraction]:
    return [Fraction(each) for column in columns for each in row[column].split()]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['case']}, {row['estate']}, {row['rule']}" for row in ROWS])
def test_the_rule_gives_what_was_published(row: dict[str, str]) -> None:
    """In a unit so small that every published fraction is whole, with one resident to each claim."""
    unit = lcm(*(each.denominator for each in fractions(row, "estate", "claims", "awards")))
    claims, estate = fractions(row, "claims"), int(unit * Fraction(row["estate"]))
    lines = [Line(f"{place}", 0, int(unit * claim), population=1) for place, claim in enumerate(claims)]
    option = balance(lines, estate, rule=row["rule"])
    assert [Fraction(award.granted or 0, unit) for award in option.lines] == fractions(row, "awards")
    assert check(option) == ()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['case']}, {row['estate']}, {row['rule']}" for row in ROWS])
def test_what_was_published_adds_up_and_says_where_it_stands(row: dict[str, str]) -> None:
    assert sum(fractions(row, "awards")) == Fraction(row["estate"])
    assert row["source"]


def test_every_rule_of_claims_is_held_to_published_figures() -> None:
    assert {row["rule"] for row in ROWS} == set("ABCD")
