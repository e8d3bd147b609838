"""The fixtures are what their README says, and nothing in them claims a source it does not have."""

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from budgetproto.money import Som, parse_percentage

FIXTURES = Path(__file__).parent.parent / "fixtures"
SOURCES: dict[str, Any] = tomllib.loads((FIXTURES / "sources.toml").read_text(encoding="utf-8"))
SITTINGS = sorted((FIXTURES / "sittings").glob("*.toml"))
LANGUAGES = {"ky", "ru", "en"}


def rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sitting(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def tables(value: object) -> Iterator[dict[str, Any]]:
    """Walk through every table of a TOML document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def files() -> list[str]:
    found = (path for path in FIXTURES.rglob("*") if path.is_file() and path.name != "README.md")
    return sorted(path.relative_to(FIXTURES).as_posix() for path in found)


@pytest.mark.parametrize("name", files())
def test_the_readme_states_the_hash_of_each_file(name: str) -> None:
    digest = hashlib.sha256((FIXTURES / name).read_bytes()).hexdigest()
    assert f"{digest}  {name}\n" in (FIXTURES / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_no_file_that_is_gone() -> None:
    stated = re.findall(r"^[0-9a-f]{64}  (.+)$", (FIXTURES / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(stated) == files()


def test_the_numbers_of_rows_are_those_of_the_readme() -> None:
    counted = {
        name: len(rows(name))
        for name in (
            "territories.csv",
            "local_self_governments.csv",
            "transfers_minfin.csv",
            "glossary.csv",
            "territory_changes.csv",
        )
    }
    assert counted == {
        "territories.csv": 2438,
        "local_self_governments.csv": 484,
        "transfers_minfin.csv": 61,
        "glossary.csv": 245,
        "territory_changes.csv": 4,
    }


def test_each_territory_has_a_parent_that_exists() -> None:
    territories = {row["soate"]: row for row in rows("territories.csv")}
    assert all(row["parent_soate"] in territories for row in territories.values() if row["level"] != "1")


def test_the_one_code_that_does_not_begin_with_its_parent_carries_a_note() -> None:
    odd = [
        row
        for row in rows("territories.csv")
        if row["parent_soate"] and not row["soate"].startswith(row["parent_soate"][:5])
    ]
    assert [row["soate"] for row in odd] == ["41700000000021"]
    assert "Odd code" in odd[0]["note_en"]


def test_each_local_self_government_is_a_territory() -> None:
    territories = {row["soate"] for row in rows("territories.csv")}
    assert {row["soate"] for row in rows("local_self_governments.csv")} <= territories


def test_each_transfer_names_its_source() -> None:
    assert all(row["source_url"].startswith(("http://", "https://")) for row in rows("transfers_minfin.csv"))


def test_each_kind_of_transfer_names_known_sources() -> None:
    kinds = tomllib.loads((FIXTURES / "transfer_kinds.toml").read_text(encoding="utf-8"))["kinds"]
    assert {source for kind in kinds for source in kind["sources"]} <= SOURCES.keys()
    assert all(kind["sources"] or kind["status"] == "recalled" for kind in kinds)


@pytest.mark.parametrize("file", SITTINGS, ids=lambda file: file.stem)
class TestSitting:
    def test_each_source_is_known(self, file: Path) -> None:
        named = {table["source"] for table in tables(sitting(file)) if isinstance(table.get("source"), str)}
        assert named <= SOURCES.keys()

    def test_each_text_stands_in_three_languages(self, file: Path) -> None:
        texts = [table for table in tables(sitting(file)) if LANGUAGES & table.keys()]
        assert texts
        assert all(table.keys() == LANGUAGES and all(table.values()) for table in texts)

    def test_a_figure_has_a_source_or_is_marked_illustrative(self, file: Path) -> None:
        stating = [table for table in tables(sitting(file)) if "figure" in table]
        assert all("source" in table or table.get("illustrative") for table in stating)

    def test_what_has_no_document_behind_it_is_marked_illustrative(self, file: Path) -> None:
        assert all(
            table["illustrative"] for table in tables(sitting(file)) if table.get("source") == "PROJECT"
        )

    def test_the_envelope_and_the_people_are_marked_illustrative(self, file: Path) -> None:
        content = sitting(file)
        marked = [*content["terms"]["sources"], *content["people"]]
        assert all(entry["illustrative"] for entry in marked)

    def test_each_figure_is_readable(self, file: Path) -> None:
        for line in sitting(file)["lines"]:
            read = parse_percentage if line["measure"] == "percentage" else Som.from_json
            stated = [position["figure"] for position in line["positions"] if "figure" in position]
            assert all(read(figure) is not None for figure in stated)

    def test_names_of_bodies_parties_and_people_join(self, file: Path) -> None:
        content = sitting(file)
        bodies, people, parties = (
            {entry["key"] for entry in content[table]} for table in ("bodies", "people", "parties")
        )
        assert {person["body"] for person in content["people"]} <= bodies
        assert {party["body"] for party in content["parties"]} <= bodies
        assert {mandate["person"] for party in content["parties"] for mandate in party["mandates"]} <= people
        assert {position["party"] for line in content["lines"] for position in line["positions"]} <= parties


def line(key: str) -> dict[str, Any]:
    content = sitting(FIXTURES / "sittings" / "2020_amended_budget.toml")
    return next(found for found in content["lines"] if found["key"] == key)


def test_the_600_million_are_the_words_of_a_deputy_and_not_of_the_union() -> None:
    position = line("D1")["positions"][1]
    assert position["figure"] == "600000000.00"
    assert (position["attribution"], position["speaker"]["name"]) == ("speaker", "Мирлан Бакиров")


@pytest.mark.parametrize("key", ["D2", "D3"])
def test_a_figure_that_no_source_gives_stays_blank(key: str) -> None:
    assert all("figure" not in position for position in line(key)["positions"])


@pytest.mark.parametrize(
    ("key", "figure"), [("D1", "347538500.00"), ("D2", "1000000000.00"), ("D3", "744000000.00")]
)
def test_what_really_happened_is_kept_apart_from_the_positions(key: str, figure: str) -> None:
    assert [outcome["figure"] for outcome in line(key)["outcome"]] == [figure]


def test_the_teachers_pay_was_settled_by_another_instrument() -> None:
    assert line("D3")["outcome"][0]["instrument"] == "budget_loan"
