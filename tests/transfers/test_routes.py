"""The pages of the reference data: figures with sources, no data instead of zero, an edit that is guarded."""

import re
from datetime import date

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from budgetproto import web
from budgetproto.accounts import routes as accounts
from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.transfers import routes
from budgetproto.transfers.domain import Indicator
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import add_indicators, load
from budgetproto.transfers.storage import find_kind
from budgetproto.web import data
from budgetproto.web.api.pages import blueprint as interface

REFERENCE = read_reference()
OSH = "41706000000000"
PAGES = (
    "/transfers",
    "/territories",
    "/territories?words=%D0%BE%D1%88",
    "/territories/self-governing",
    f"/territories/{OSH}",
    "/territories/41700000000021",
    "/territories/41703410000010",
    "/transfer-kinds",
)
SECRETARY = Person("s", "secretary", "Катчы", "ky", frozenset({Role.SECRETARY}))
ANALYST = Person("a", "analyst", "Талдоочу", "ky", frozenset({Role.ANALYST}))


def sample_app(database: Database, asking: Person | None = None) -> Flask:
    app = Flask("budgetproto")
    app.config.update(SECRET_KEY="only for tests", WTF_CSRF_ENABLED=False, TESTING=True)
    web.init_app(app)
    data.init_app(app, database)
    app.before_request(lambda: setattr(g, "person", asking))
    accounts.init_app(app)
    app.register_blueprint(interface)
    routes.init_app(app)
    return app


@pytest.fixture
def loaded(sqlite_database: Database) -> Database:
    load(sqlite_database, REFERENCE)
    return sqlite_database


@pytest.fixture
def client(loaded: Database) -> FlaskClient:
    return sample_app(loaded).test_client()


def page(client: FlaskClient, address: str, language: Language = "en") -> str:
    client.set_cookie("language", language)
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text.replace("\u00a0", " "))


def form(basis: str, version: int = 1) -> dict[str, str]:
    return {
        "version": str(version),
        "basis_ky": basis,
        "basis_ru": basis,
        "basis_en": basis,
        "sources": "BC-RU",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_in_each_language_with_one_heading(
    client: FlaskClient, address: str, language: Language
) -> None:
    found = page(client, address, language)
    assert f'<html lang="{language}"' in found
    assert found.count("<h1") == 1
    assert "style=" not in found


def test_the_data_problem_of_osh_is_shown_with_both_numbers(client: FlaskClient) -> None:
    assert (
        "Osh oblast, 2025-01 — 2025-08: total stated by the source 670,200.0, sum of the visible rows"
        " 641,900.0, difference 28,300.0 (thousand soms)." in page(client, "/transfers")
    )


def test_every_row_names_its_source(client: FlaskClient) -> None:
    found = page(client, "/transfers")
    assert all(f'href="{transfer.source}"' in found for transfer in REFERENCE.transfers)


def test_per_head_says_no_data_and_never_zero(client: FlaskClient) -> None:
    found = page(client, "/transfers")
    rows = found.split("<tbody")[1].split("</tbody>")[0].count("<tr")
    assert rows == 61
    assert found.count("no data") == 3 * rows  # planned, approved and per head
    assert re.findall(r'<td class="bp-figure"[^>]*>0<', found) == []


def test_a_population_turns_no_data_into_a_figure_in_soms(loaded: Database, client: FlaskClient) -> None:
    people = Indicator(OSH, "population", 1_000_000, date(2021, 4, 1), "an illustrative count")
    add_indicators(loaded, keeper=SECRETARY, indicators=[people])
    assert "670.20</td>" in page(client, "/transfers")


def test_a_missing_kyrgyz_name_is_russian_and_marked_so(client: FlaskClient) -> None:
    assert '<span lang="ru">Гульчинский айылный аймак</span>' in page(
        client, "/territories/41706207814000", "ky"
    )


def test_a_search_with_russian_letters_finds_the_kyrgyz_name(client: FlaskClient) -> None:
    found = page(client, "/territories?words=%D0%BE%D0%B7%D0%B3%D0%BE%D0%BD", "ky")
    assert "Өзгөн" in found


def test_a_search_for_nothing_that_exists_says_what_to_do(client: FlaskClient) -> None:
    assert "Try the beginning of the word only." in page(client, "/territories?words=zzz")


def test_what_was_searched_is_shown_again_as_text(client: FlaskClient) -> None:
    assert "<script>" not in page(client, "/territories?words=%22%3E%3Cscript%3E")


def test_all_484_are_listed_under_their_oblast(client: FlaskClient) -> None:
    found = page(client, "/territories/self-governing")
    assert found.count('scope="row"') == 484
    assert found.count("<table") == 9


def test_the_new_name_of_jalal_abad_stands_on_its_page_with_the_source(client: FlaskClient) -> None:
    found = page(client, "/territories/41703410000010")
    assert "Renamed, 27 September 2025: Manas city" in found
    assert "azattyk.org" in found


@pytest.mark.parametrize("address", ["/territories/41799000000000", "/territories/%00", "/transfer-kinds/x"])
def test_what_does_not_exist_is_not_found(loaded: Database, address: str) -> None:
    assert sample_app(loaded, SECRETARY).test_client().get(address).status_code == 404


def test_a_kind_without_a_source_shows_no_legal_basis(client: FlaskClient) -> None:
    row = page(client, "/transfer-kinds").split('id="mutual_settlements"')[1].split("</tr>")[0]
    assert row.count("no data") == 2
    assert "no source" in row


def test_strangers_and_analysts_see_the_kinds_and_no_way_to_edit(loaded: Database) -> None:
    for asking in (None, ANALYST):
        found = page(sample_app(loaded, asking).test_client(), "/transfer-kinds")
        assert "/transfer-kinds/equalization" not in found


def test_an_analyst_may_not_edit_even_by_the_address(loaded: Database) -> None:
    client = sample_app(loaded, ANALYST).test_client()
    assert client.get("/transfer-kinds/equalization").status_code == 403
    assert client.post("/transfer-kinds/equalization", data=form("x")).status_code == 403
    with loaded.reading() as session:
        kind = find_kind(session, "equalization")
    assert kind == REFERENCE.kinds[0]


def test_a_stranger_is_asked_to_log_in(client: FlaskClient) -> None:
    answer = client.get("/transfer-kinds/equalization")
    assert (answer.status_code, answer.location) == (303, "/log-in?next=/transfer-kinds/equalization")


def test_the_secretary_edits_a_legal_basis(loaded: Database) -> None:
    client = sample_app(loaded, SECRETARY).test_client()
    assert "No. 315" in page(client, "/transfer-kinds/equalization")
    answer = client.post("/transfer-kinds/equalization", data=form("жаңы негиз"), follow_redirects=True)
    assert "жаңы негиз" in answer.text
    assert "The legal basis was saved." in answer.text


def test_the_second_secretary_gets_both_texts_and_nothing_is_lost(loaded: Database) -> None:
    client = sample_app(loaded, SECRETARY).test_client()
    client.post("/transfer-kinds/equalization", data=form("биринчи текст"))
    answer = client.post("/transfer-kinds/equalization", data=form("экинчи текст"))
    assert answer.status_code == 409
    assert "биринчи текст" in answer.text
    assert "экинчи текст" in answer.text


def test_a_version_that_was_tampered_with_is_stale(loaded: Database) -> None:
    client = sample_app(loaded, SECRETARY).test_client()
    answer = client.post("/transfer-kinds/equalization", data={**form("x"), "version": "²"})
    assert answer.status_code == 409


def test_a_text_that_is_too_long_comes_back_with_the_fault(loaded: Database) -> None:
    client = sample_app(loaded, SECRETARY).test_client()
    answer = client.post("/transfer-kinds/equalization", data=form("ө" * 2_001))
    assert answer.status_code == 422
    assert "ө" * 2_001 in answer.text


DAY = {"on": "2024-01-01", "source": "Улутстатком"}


def test_a_keeper_enters_residents_and_revenue_of_a_territory(loaded: Database) -> None:
    visitor = sample_app(loaded, asking=SECRETARY).test_client()
    visitor.set_cookie("language", "en")
    address = f"/territories/{OSH}/indicators"
    assert address in page(visitor, f"/territories/{OSH}")
    typed = {
        "population": "1468000",
        "own_revenue": "3 100 000,50",
        "on": "2024-01-01",
        "source": "Улутстатком",
    }
    assert visitor.post(address, data=typed).status_code == 303
    shown = page(visitor, f"/territories/{OSH}")
    assert "1,468,000" in shown
    assert "3,100,000.5 thousand soms" in shown
    again = visitor.post(address, data=typed)
    assert again.status_code == 422
    assert "entered already: Population" in again.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "State at least one indicator."),
        ({"own_revenue": "-5"}, "Own revenue cannot be below zero."),
        ({"population": "0"}, "whole number"),
    ],
)
def test_indicators_that_say_nothing_are_refused(loaded: Database, typed: dict[str, str], told: str) -> None:
    visitor = sample_app(loaded, asking=SECRETARY).test_client()
    visitor.set_cookie("language", "en")
    address = f"/territories/{OSH}/indicators"
    answer = visitor.post(address, data=typed | DAY)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)


def test_nobody_else_is_led_to_the_form_of_indicators(client: FlaskClient) -> None:
    assert "/indicators" not in page(client, f"/territories/{OSH}")
