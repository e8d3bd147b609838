"""The pages of the models: what a figure is stands on every page and in every file; sums agree everywhere."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.transfers.modelling.cases import read_cases
from budgetproto.transfers.modelling.service import load_models
from budgetproto.transfers.models import MODEL_CODES, ModelCode, label_of
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import load
from tests.transfers.test_routes import ANALYST, SECRETARY, page, sample_app

SHARING = "/transfers/models/sharing?" + urlencode(
    {"year": "2026", "base": "norms-2014.1", "other": "draft-2019-points.1"}
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Database]:
    """Load reference data and models once for all looks of this module."""
    file = tmp_path_factory.mktemp("models") / "budgetproto.sqlite3"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    load(database, read_reference())
    load_models(database)
    yield database
    database.close()


def visiting(database: Database, person: Person | None = ANALYST) -> FlaskClient:
    client = sample_app(database, person).test_client()
    client.set_cookie("language", "en")
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", MODEL_CODES)
def test_every_simulation_says_what_its_figures_are(
    installed: Database, model: str, language: Language
) -> None:
    shown = page(visiting(installed), f"/transfers/models/{model}", language)
    label = "indicative" if model == "equalization" else "computed"
    assert text(f"transfers.models.{label}", language) in shown
    assert text("transfers.models.made_up", language) in shown
    assert text("transfers.models.by_territory", language) in shown


@pytest.mark.parametrize("model", MODEL_CODES)
def test_every_file_says_what_its_figures_are(installed: Database, model: ModelCode) -> None:
    client = visiting(installed)
    label = text(label_of(model), "en")
    plain = client.get(f"/transfers/models/{model}.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(plain)))
    assert {row["What the figures are"] for row in rows} == {label}
    assert {row["Illustrative (1 is yes)"] for row in rows} == {"1"}
    book = load_workbook(io.BytesIO(client.get(f"/transfers/models/{model}.xlsx").data))
    for sheet in book:
        assert label in [cell.value for column in sheet.iter_cols(max_col=1) for cell in column]


@pytest.mark.parametrize("model", MODEL_CODES)
def test_what_is_chosen_at_first_moves_the_money_of_territories(
    installed: Database, model: ModelCode
) -> None:
    shown = visiting(installed).get(f"/transfers/models/{model}.csv").get_data(as_text=True)
    *territories, _ = csv.reader(io.StringIO(shown))
    assert {row[3] == row[4] for row in territories[1:]} >= {False}


def test_a_table_of_amounts_has_one_number_of_decimals(installed: Database) -> None:
    shown = page(visiting(installed), SHARING)
    figures = re.findall(r'<td class="bp-figure"[^>]*>[+−]?([\d,]+\.\d+)</td>', shown)
    assert len(figures) > 100
    assert {len(figure.partition(".")[2]) for figure in figures} == {2}


def test_page_csv_and_workbook_have_the_same_sums(installed: Database) -> None:
    client = visiting(installed)
    rows = list(csv.reader(io.StringIO(client.get(SHARING.replace("?", ".csv?")).get_data(as_text=True))))
    *territories, total = ([float(figure) for figure in row[3:6]] for row in rows[1:])
    assert [round(sum(column), 5) for column in zip(*territories, strict=True)] == total
    assert total[2] == pytest.approx(total[1] - total[0])
    book = load_workbook(io.BytesIO(client.get(SHARING.replace("?", ".xlsx?")).data), data_only=True)
    oblasts = [row for row in book.worksheets[1].values if str(row[0]).startswith("417")]
    assert round(sum(float(str(row[4])) for row in oblasts), 5) == total[2]
    shown = page(client, SHARING)
    assert f"{total[2]:+,.5f}".rstrip("0").rstrip(".") in shown


def test_a_value_changed_in_the_form_takes_the_place_of_that_of_the_second_set(installed: Database) -> None:
    client = visiting(installed)
    base = {"year": "2022", "base": "bishkek-2022.1", "other": "bishkek-2022.1"}
    address = "/transfers/models/sharing?" + urlencode(
        {**base, "parameter": "norm.all_revenue", "value": "25"}
    )
    assert "+2,004,600.0" in page(client, address)
    assert "+2,004,600.0" in page(client, address.replace("bishkek-2022.1&param", "bishkek-25.1&param"))


def test_a_value_is_found_for_the_money_there_is(installed: Database) -> None:
    client = visiting(installed)
    asked = {"year": "2022", "base": "bishkek-2022.1", "other": "bishkek-2022.1", "money": "600 000,0"}
    shown = page(client, "/transfers/models/sharing?" + urlencode({**asked, "parameter": "norm.all_revenue"}))
    # 389 hundredths of a point at 1,542 thousand soms each are 599,838 thousand soms
    assert "15.89%" in shown
    assert "+599,838.0" in shown
    assert "money=600" in shown
    alone = client.get("/transfers/models/sharing?" + urlencode(asked))
    assert alone.status_code == 422
    limit = client.get("/transfers/models/stimulating?parameter=limit&money=10")
    assert (limit.status_code, "Most for one project" in limit.get_data(as_text=True)) == (422, True)
    assert "No value of Most for one project" in limit.get_data(as_text=True)


def test_who_loses_most_stands_first_when_that_is_asked_for(installed: Database) -> None:
    client = visiting(installed)
    turned = "/transfers/models/sharing.csv?" + urlencode(
        {"year": "2026", "base": "norms-2014.1", "parameter": "norm.sales_tax", "value": "0", "sort": "loss"}
        | {"other": "norms-2014.1"}
    )
    rows = list(csv.reader(io.StringIO(client.get(turned).get_data(as_text=True))))[1:-1]
    differences = [float(row[5]) for row in rows]
    assert differences == sorted(differences)
    assert differences[0] < 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("year=1999", "web.not_a_choice"),
        ("base=nothing.1", "web.not_a_choice"),
        ("value=5", "transfers.models.value_alone"),
        ("parameter=norm.sales_tax", "transfers.models.value_alone"),
        ("other=bishkek-25.1&base=norms-2014.1&year=2026", "transfers.models.base_says_nothing"),
    ],
)
def test_an_address_that_makes_no_sense_is_told_and_gives_no_file(
    installed: Database, asked: str, said: str
) -> None:
    client = visiting(installed)
    answer = client.get(f"/transfers/models/sharing?{asked}")
    assert answer.status_code == 422
    assert text(said, "en", items="Deduction").split(":")[0] in answer.get_data(as_text=True)
    assert client.get(f"/transfers/models/sharing.csv?{asked}").status_code == 422


@pytest.mark.parametrize("value", ["1.234", "x", "101", "-1", "9" * 30])
def test_a_value_that_cannot_be_is_refused(installed: Database, value: str) -> None:
    asked = urlencode({"parameter": "norm.sales_tax", "value": value})
    answer = visiting(installed).get(f"/transfers/models/sharing?{asked}")
    assert answer.status_code == 422


def test_a_model_or_set_that_does_not_exist_is_not_found(installed: Database) -> None:
    client = visiting(installed)
    for address in (
        "magic",
        "sets/nothing",
        "sets/norms-2014.9",
        "compare?first=norms-2014&second=x",
    ):
        assert client.get(f"/transfers/models/{address}").status_code == 404


def test_a_keeper_hands_in_figures_and_an_analyst_does_not(installed: Database) -> None:
    head, osh = "code,year,kind,item,amount,quantity,source,illustrative", "41721000000000"
    table = f"{head}\n{osh},2023,tax,income,5,,Казына,0\n"
    for visitor, status in ((visiting(installed, SECRETARY), 303), (visiting(installed), 403)):
        sent = {"file": (io.BytesIO(table.encode()), "figures.csv")}
        answer = visitor.post("/transfers/models/data", data=sent, content_type="multipart/form-data")
        assert answer.status_code == status
        assert visitor.get("/transfers/models/data.csv").status_code == (200 if status == 303 else 403)
    keeper = visiting(installed, SECRETARY)
    assert "from a document" in page(keeper, "/transfers/models/data")
    assert f"{osh},2023,tax,income,5" in keeper.get("/transfers/models/data.csv?year=2023").text
    wrong = {"file": (io.BytesIO(table.replace("tax", "levy").encode()), "figures.csv")}
    refused = keeper.post("/transfers/models/data", data=wrong, content_type="multipart/form-data")
    assert (refused.status_code, "levy.income" in refused.text) == (422, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_the_worked_cases(installed: Database, language: Language) -> None:
    shown = page(visiting(installed, None), "/transfers/models/cases", language)
    assert all(case.title.text(language) in shown.replace("&#34;", '"') for case in read_cases())
    assert text("transfers.models.indicative", language) in shown
    assert "6,033.6" in shown or "6 033,6" in shown


def test_two_sets_are_laid_side_by_side_and_what_differs_is_said(installed: Database) -> None:
    shown = page(
        visiting(installed, None), "/transfers/models/compare?first=norms-2014&second=draft-2019-points"
    )
    assert "+20 points" in shown
    assert "Parameters that differ: 5 of 5." in shown
    two = visiting(installed).get("/transfers/models/compare?first=norms-2014&second=grants-example")
    assert two.status_code == 422


def test_a_set_shows_its_source_and_only_a_keeper_is_offered_a_new_version(installed: Database) -> None:
    address = "/transfers/models/sets/norms-2014"
    shown = page(visiting(installed), address)
    assert "Development Policy Institute" in shown
    assert "/norms-2014.1/new" not in shown
    assert "/norms-2014.1/new" in page(visiting(installed, SECRETARY), address)


def test_a_keeper_adds_a_version_and_the_first_one_stays(installed: Database) -> None:
    keeper = visiting(installed, Person("s", "secretary", "Катчы", "ky", frozenset({Role.SECRETARY})))
    sent = {
        "version": "1", "name_ky": "Сунуш", "status": "proposal", "valid_from": "2024-01-01",
        "source": "Кат", "value_norm__all_revenue": "30",
    }  # fmt: skip
    answer = keeper.post("/transfers/models/sets/bishkek-25.1/new", data=sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert answer.location.endswith("/sets/bishkek-25.2")
    assert "30%" in page(keeper, "/transfers/models/sets/bishkek-25")
    assert "25%" in page(keeper, "/transfers/models/sets/bishkek-25.1")
    stale = keeper.post("/transfers/models/sets/bishkek-25.1/new", data=sent)
    assert stale.status_code == 409
    again = keeper.post("/transfers/models/sets/bishkek-25.2/new", data=sent | {"version": "2"})
    assert again.status_code == 422
    other = keeper.post("/transfers/models/sets/bishkek-25.2/new", data=sent | {"code": "bishkek-30"})
    assert other.location.endswith("/sets/bishkek-30.1")
    refused = keeper.post(
        "/transfers/models/sets/bishkek-25.2/new", data=sent | {"value_norm__all_revenue": "130"}
    )
    assert refused.status_code == 422
    assert "130" in refused.get_data(as_text=True)
