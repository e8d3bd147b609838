"""The fixtures are what their README says, and nothing in them claims a source it does not have."""

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgetproto.demonstration import keys, read_fixture, sitting_of
from budgetproto.demonstration.scale import KINDS, scale_fixture
from budgetproto.money import Som, Unit, parse_percentage

FIXTURES = Path(__file__).parent.parent / "fixtures"
SOURCES: dict[str, Any] = tomllib.loads((FIXTURES / "sources.toml").read_text(encoding="utf-8"))
SITTINGS = sorted((FIXTURES / "sittings").glob("*.toml"))
LANGUAGES = {"ky", "ru", "en"}


def rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sitting(file: Path) -> dict[str, Any]:
    """Return a sitting with the committee that it borrows."""
    return read_fixture(file).values


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
            "negotiated_budgets.csv",
        )
    }
    assert counted == {
        "territories.csv": 2438,
        "local_self_governments.csv": 484,
        "transfers_minfin.csv": 61,
        "glossary.csv": 263,
        "territory_changes.csv": 4,
        "negotiated_budgets.csv": 21,
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


NEGOTIATED = {row["line_id"]: row for row in rows("negotiated_budgets.csv")}
OF_OTHERS = [file for file in SITTINGS if file.stem.startswith(("us_", "eu_"))]
UNITS = {
    "USD thousand": Unit.THOUSAND_DOLLARS,
    "USD million": Unit.MILLION_DOLLARS,
    "EUR million": Unit.MILLION_EUROS,
}


def published(row: dict[str, str], column: str) -> Som:
    return Som.from_json(f"{Decimal(row[column]) * UNITS[row['unit']].tyiyn / 100:.2f}")


@pytest.mark.parametrize("file", OF_OTHERS, ids=lambda file: file.stem)
class TestBudgetOfAnotherParliament:
    def test_every_figure_is_the_published_one(self, file: Path) -> None:
        for each in sitting(file)["lines"]:
            row = NEGOTIATED[each["key"]]
            stated = {Som.from_json(position["figure"]) for position in each["positions"]}
            assert stated == {published(row, "side_a"), published(row, "side_b")}
            assert Som.from_json(each["bases"][0]["figure"]) == published(row, "proposal")
            assert [Som.from_json(it["figure"]) for it in each["outcome"]] == [published(row, "agreed")]

    def test_the_envelope_is_what_was_agreed_above_the_side_that_offers_less(self, file: Path) -> None:
        content = sitting(file)
        offered = [Som.from_json(each["positions"][0]["figure"]) for each in content["lines"]]
        asked = [Som.from_json(each["positions"][1]["figure"]) for each in content["lines"]]
        agreed = Som.total(published(NEGOTIATED[each["key"]], "agreed") for each in content["lines"])
        (source,) = content["terms"]["sources"]
        assert Som.from_json(source["amount"]) == agreed - Som.total(offered)
        assert Som.total(offered) <= Som.total(asked)

    def test_it_is_in_its_own_currency_and_says_whose_budget_it_is(self, file: Path) -> None:
        about = sitting(file)["sitting"]
        assert Unit[about["unit"].upper()].currency in {"USD", "EUR"}
        assert "another parliament" in about["note"]["en"]


def test_no_line_of_another_parliament_repeats_part_of_another() -> None:
    first, second = NEGOTIATED["ED2009-1aA"], NEGOTIATED["ED2009-1aV"]
    for column in ("side_a", "side_b", "agreed"):
        assert int(first[column]) + int(second[column]) == int(NEGOTIATED["ED2009-1a"][column])
        parts = ("ED2009-1a", "ED2009-1b", "ED2009-1c", "ED2009-1d")
        assert sum(int(NEGOTIATED[part][column]) for part in parts) == int(NEGOTIATED["ED2009-1"][column])
    staged = {each["key"] for file in OF_OTHERS for each in sitting(file)["lines"]}
    assert staged == NEGOTIATED.keys() - {"ED2006-1", "ED2009-1a", "ED2009-1", "ED2009-1V"}


def test_the_sitting_over_all_local_self_governments_has_six_lines_of_each() -> None:
    content = scale_fixture().values
    territories = {row["soate"] for row in rows("local_self_governments.csv")}
    pairs = {(each["territory"], each["kind"]) for each in content["lines"]}
    assert pairs == {(soate, kind) for soate in territories for kind in KINDS}
    assert len(content["lines"]) == 2_904


def test_everything_drawn_is_marked_illustrative_and_drawn_the_same_again() -> None:
    content = scale_fixture().values
    assert content == scale_fixture().values
    assert content != scale_fixture(seed=1).values
    assert content["sitting"]["illustrative"]
    figures = [table for each in content["lines"] for table in (*each["positions"], *each["bases"])]
    assert all(table["illustrative"] for table in figures)


def test_every_key_leads_to_its_sitting() -> None:
    assert len(set(keys())) == len(SITTINGS) + 1
    assert all(sitting_of(key).key == key for key in keys())


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
