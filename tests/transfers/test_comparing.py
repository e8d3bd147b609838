"""A figure of two years in the units of one of them, on both databases and on its page."""

import dataclasses
from datetime import date

import pytest
from flask.testing import FlaskClient

from budgetproto.database import Database
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.money import Som
from budgetproto.transfers.comparing import Asked, comparison, figures_known, years_known
from budgetproto.transfers.domain import Change, Indicator
from budgetproto.transfers.service import add_indicators, load
from tests.transfers.test_routes import REFERENCE, SECRETARY, page, sample_app

#: Three aiyl aimaks of Ak-Suu: the first two are merged under the code of the first.
AK_BULUN, BORU_BASH, KARA_JAL = "41702205805000", "41702205807000", "41702205812000"
LAW = "https://example.org/law"
MERGED = [Change(code, "merged", LAW, date(2023, 7, 1), successor=AK_BULUN) for code in (AK_BULUN, BORU_BASH)]
JALAL_ABAD = "transfer.equalization"


def people(soate: str, count: int, year: int) -> Indicator:
    return Indicator(soate, "population", count, date(year, 1, 1), "an illustrative count")


def filled(database: Database, *indicators: Indicator) -> Database:
    load(database, dataclasses.replace(REFERENCE, changes=(*REFERENCE.changes, *MERGED)))
    add_indicators(database, keeper=SECRETARY, indicators=indicators)
    return database


COUNTS = (
    people(AK_BULUN, 1_000, 2021),
    people(BORU_BASH, 2_000, 2021),
    people(KARA_JAL, 500, 2021),
    people(AK_BULUN, 3_300, 2025),
)


def test_two_years_are_compared_in_the_units_of_the_later(database: Database) -> None:
    with filled(database, *COUNTS).reading() as session:
        found = comparison(session, Asked("population", 2021, 2025, 2025))
    (section,) = found.sections
    assert [(row.territory.soate, row.first.value, row.second.value) for row in section.rows] == [
        (AK_BULUN, 3_000, 3_300),
        (KARA_JAL, 500, None),
    ]
    assert section.total == (3_000, 3_300, 300)
    assert found.sources == ("an illustrative count",)


def test_or_in_those_of_the_earlier_by_the_residents_of_then(database: Database) -> None:
    with filled(database, *COUNTS).reading() as session:
        found = comparison(session, Asked("population", 2021, 2025, 2021))
    assert dict(found.recasts[1].figures) == {AK_BULUN: 1_100, BORU_BASH: 2_200}


def test_money_of_one_kind_is_taken_from_the_longest_period_a_source_reports(
    sqlite_database: Database,
) -> None:
    with filled(sqlite_database).reading() as session:
        found = comparison(session, Asked("transfer.equalization", 2023, 2025, 2025))
        known, years = figures_known(session), years_known(session)
    row = next(row for row in found.sections[0].rows if row.territory.soate == "41706000000000")
    assert (row.first.value, row.first.of) == (Som(84_530_000_000), "2023-01 — 2023-11")
    assert row.difference == Som(-39_490_000_000)
    assert {"transfer.equalization", "transfer.delegated_powers"} <= known.keys()
    assert years == (2023, 2024, 2025)


def test_a_part_without_data_leaves_the_sum_uncompared(sqlite_database: Database) -> None:
    with filled(sqlite_database, COUNTS[1], COUNTS[3]).reading() as session:
        found = comparison(session, Asked("population", 2021, 2025, 2025))
    (section,) = found.sections
    assert section.rows[0].first.lacking == (AK_BULUN,)
    assert section.total is None


@pytest.fixture
def client(sqlite_database: Database) -> FlaskClient:
    return sample_app(filled(sqlite_database, *COUNTS)).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_was_recast_and_why(client: FlaskClient, language: Language) -> None:
    address = "/territories/compare?figure=population&first=2021&second=2025&units=2025"
    found = page(client, address, language)
    assert found.count("<h1") == 1
    assert f"({BORU_BASH}) →" in found
    assert f'href="{LAW}"' in found


def test_the_page_writes_no_data_and_the_difference_with_its_sign(client: FlaskClient) -> None:
    found = page(client, "/territories/compare?figure=population&first=2021&second=2025&units=2025")
    assert "+300" in found
    assert "no data" in found
    assert "Merged, 1 July 2023" in found


def test_a_reported_merger_without_code_stands_apart_with_the_reason(client: FlaskClient) -> None:
    lost = "41703204808000"
    add_indicators(
        client.application.extensions["budgetproto.database"],
        keeper=SECRETARY,
        indicators=[people(lost, 7, 2021)],
    )
    found = page(client, "/territories/compare?figure=population&first=2021&second=2025&units=2025")
    assert "Cannot be recast: the day of the change is not known." in found
    assert lost in found


@pytest.mark.parametrize("query", ["figure=colour", "figure=population&first=1900&second=2025&units=2025"])
def test_what_cannot_be_chosen_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/territories/compare?{query}").status_code == 422


def test_without_any_data_there_is_a_page_that_can_be_read(sqlite_database: Database) -> None:
    assert page(sample_app(sqlite_database).test_client(), "/territories/compare").count("<h1") == 1


def test_a_card_tells_the_history_before_and_after(client: FlaskClient) -> None:
    assert f'href="/territories/{BORU_BASH}"' in page(client, f"/territories/{AK_BULUN}")
    assert f'href="/territories/{AK_BULUN}"' in page(client, f"/territories/{BORU_BASH}")
