"""The page of consequences and its files: one set of figures for all readers, nothing before opening."""

import csv
import io
from datetime import date

import pytest

from budgetproto.i18n import LANGUAGES, Language, Named, text
from budgetproto.money import Som
from budgetproto.protocol.by_territory import VARIANTS
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import Change, Indicator, IndicatorKind, Period, Territory, Transfer
from budgetproto.transfers.storage import (
    add_indicator,
    put_territories,
    put_transfers,
    replace_changes,
    replace_constituencies,
)
from tests.analysis.test_routes import said, workbook
from tests.journeys.visitor import Visitor, shown
from tests.staged import Staged

BISHKEK, NARYN, OSH = "41711000000000", "41704000000000", "41706000000000"
NAME = Named("Бишкек шаары", "г. Бишкек", "Bishkek")


def address(kept: Staged, rest: str = "") -> str:
    return f"/sittings/{kept.finished}/consequences{rest}"


@pytest.fixture
def analyst(kept: Staged) -> Visitor:
    return kept.visitor("analyst")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_in_each_language_with_one_heading(kept: Staged, language: Language) -> None:
    page = kept.visitor("analyst", language).get(address(kept)).text
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert "style=" not in page


def test_a_member_is_led_here_from_the_page_of_the_sitting(kept: Staged) -> None:
    member = kept.visitor("secretary")
    assert f'href="{address(kept)}"' in member.get(f"/sittings/{kept.finished}").text
    assert f'href="{address(kept)}"' not in member.get(f"/sittings/{kept.collecting}").text


def test_questions_of_no_one_territory_stand_apart_and_make_up_the_whole(
    kept: Staged, analyst: Visitor
) -> None:
    words = shown(analyst.get(address(kept)))
    assert said("analysis.consequences.undivided") in words
    assert said("analysis.consequences.note.undivided", lines="1, 4") in words
    overall = kept.protocol().overall
    assert overall.extra_computed == Som(50_000_000_000)
    assert "+500,000.0" in words


def test_the_territories_of_the_demonstration_that_have_both_figures_are_compared(
    kept: Staged, analyst: Visitor
) -> None:
    query, codes = "?variant=balanced&against=government", (BISHKEK, NARYN, OSH)
    changes = [row["change"] for code in codes for row in rows(analyst, kept, query, code)]
    assert changes == ["", "30298.5", "30000.0"]
    assert "Territories compared: 2 of 3." in shown(analyst.get(address(kept)))


def test_without_indicators_the_page_says_no_data_and_never_zero(kept: Staged, analyst: Visitor) -> None:
    words = shown(analyst.get(address(kept)))
    assert said("analysis.consequences.no_indicators") in words
    assert said("analysis.consequences.no_bar") in words
    assert said("analysis.consequences.no_groups") in words


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("variant=colour", said("analysis.no_choice", typed="colour")),
        ("variant=lsg&against=lsg", said("analysis.consequences.same")),
        ("threshold=-5", said("analysis.below_zero")),
        ("colour=red", said("analysis.unknown_parameter", name="colour")),
    ],
)
@pytest.mark.parametrize("form", ["", ".csv"])
def test_what_makes_no_sense_is_told_and_never_ignored(
    analyst: Visitor, kept: Staged, form: str, query: str, fault: str
) -> None:
    answer = analyst.get(address(kept, f"{form}?{query}"))
    assert answer.status_code == 422
    assert fault in shown(answer)


@pytest.mark.parametrize("rest", ["", ".csv", ".xlsx"])
def test_before_the_opening_nobody_learns_anything_not_even_the_secretary(kept: Staged, rest: str) -> None:
    path = f"/sittings/{kept.collecting}/consequences{rest}"
    table = f"/sittings/{kept.collecting}/discrepancies{rest}"
    for seat in ("secretary", "chair", "analyst", "union", "ministry"):
        visitor = kept.visitor(seat)
        answer, as_elsewhere = visitor.get(path), visitor.get(table)
        assert answer.status_code == as_elsewhere.status_code != 200
        assert shown(answer) == shown(as_elsewhere).replace("discrepancies", "consequences")


def test_page_workbook_and_csv_have_the_same_figures(staged: Staged) -> None:
    put(staged)
    analyst = staged.visitor("analyst")
    query = "?variant=decided&against=government"
    (row,) = rows(analyst, staged, query, BISHKEK)
    assert row["change"] == ""
    assert row["decided"] == "744000.0"
    assert text("transfers.no_data", "en") in shown(analyst.get(address(staged, query)))
    first, by_region, *_ = workbook(analyst.get(address(staged, f".xlsx{query}")))
    heads = [cell.value for cell in first[1]]
    place = heads.index(f"{text('analysis.consequences.variant.decided', 'en')}, thousand soms")
    assert 744_000 in [row[place].value for row in first.iter_rows()]
    assert "Bishkek" in [row[0].value for row in by_region.iter_rows()]


def test_every_indicator_names_its_day_and_source(staged: Staged) -> None:
    put(staged)
    words = shown(staged.visitor("analyst").get(address(staged)))
    assert "Population: as of 1 January 2025, territories: 1. Source: an illustrative count." in words


def test_a_member_asks_for_the_gain_of_his_own_district(staged: Staged) -> None:
    put(staged)
    analyst = staged.visitor("analyst")
    words = shown(analyst.get(address(staged, "?constituency=7&variant=decided&against=government")))
    assert said("analysis.consequences.by_constituency") in words
    assert "№ 7" in words
    # what is of no territory belongs to no constituency either
    assert said("analysis.consequences.undivided") not in words
    assert analyst.get(address(staged, "?constituency=8")).status_code == 422


def put(staged: Staged) -> None:
    """Put in what is known of Bishkek, made up."""
    values: dict[IndicatorKind, int | Som] = {
        "population": 1_000_000,
        "own_revenue": Som(10**12),
        "children": 300_000,
    }
    with staged.database.writing() as session:
        put_territories(session, [Territory(BISHKEK, 1, "republican_city", NAME, None, "2021-04")])
        seat = Constituency("7", Named("№ 7", "№ 7", "№ 7"), BISHKEK, date(2020, 1, 1), "made up")
        replace_constituencies(session, [seat])
        for kind, value in values.items():
            add_indicator(session, Indicator(BISHKEK, kind, value, date(2025, 1, 1), "an illustrative count"))


def rows(visitor: Visitor, staged: Staged, query: str, code: str) -> list[dict[str, str]]:
    """Return the rows of a territory in the plain file."""
    answer = visitor.get(address(staged, f".csv{query}&dialect=plain"))
    assert answer.status_code == 200
    found = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    keys = {text(f"analysis.consequences.column.{key}", "en"): key for key in ("code", "change")}
    keys |= {text(f"analysis.consequences.variant.{each}", "en"): each for each in VARIANTS}
    named = [{keys.get(head.partition(",")[0], head): value for head, value in row.items()} for row in found]
    return [row for row in named if row.get("code") == code]


def test_page_and_files_say_what_is_counted_and_what_was_recast(staged: Staged) -> None:
    put(staged)
    analyst = staged.visitor("analyst")
    alone = said("analysis.consequences.note.counted.revenue")
    assert alone in shown(analyst.get(address(staged)))
    assert analyst.get(address(staged, "?counted=budget")).status_code == 422
    was = "41711000000001"
    with staged.database.writing() as session:
        year = Period("2025-01", "2025-12")
        given = Transfer(BISHKEK, "electricity_50pct", NAME, year, "a report", executed=Som(10**11))
        put_territories(session, [Territory(was, 1, "republican_city", NAME, None, "2021-04")])
        put_transfers(session, [given])
        replace_changes(session, [Change(was, "merged", "law", date(2024, 5, 1), successor=BISHKEK)])
        add_indicator(session, Indicator(was, "disabled", 70, date(2024, 1, 1), "an older count"))
    budget = said("analysis.consequences.note.counted.budget", year="2025", sources="a report")
    page = analyst.get(address(staged))
    assert budget in shown(page)
    assert said("analysis.consequences.column.of_budget") in shown(page)
    assert said("analysis.consequences.recast") in shown(page)
    assert alone in shown(analyst.get(address(staged, "?counted=revenue")))
    file = analyst.get(address(staged, ".csv?dialect=excel")).data.decode("utf-8-sig")
    assert budget in file
    assert was in file
