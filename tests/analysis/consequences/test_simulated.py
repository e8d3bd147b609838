"""A simulation through the views of consequences: the figures of the simulation, marked as a trial."""

import csv
import io

import pytest

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.transfers.modelling.service import load_models
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import load
from tests.analysis.test_routes import said, workbook
from tests.journeys.visitor import shown
from tests.staged import Staged

QUERY = "?year=2026&base=equalization-example.1&other=equalization-without-coefficients.1"
ADDRESS = "/transfers/models/equalization/consequences"


@pytest.fixture
def loaded(staged: Staged) -> Staged:
    load(staged.database, read_reference())
    load_models(staged.database)
    return staged


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_files_are_marked_as_a_trial_and_as_indicative(loaded: Staged, language: Language) -> None:
    reader = loaded.visitor("analyst", language)
    page = shown(reader.get(ADDRESS + QUERY))
    file = reader.get(f"{ADDRESS}.csv{QUERY}&dialect=excel").data.decode("utf-8-sig")
    tables = workbook(reader.get(f"{ADDRESS}.xlsx{QUERY}"))
    cells = [" ".join(str(cell.value) for row in each.iter_rows() for cell in row) for each in tables]
    for key in ("analysis.consequences.trial.mark", "transfers.models.indicative"):
        for found in (page, file, *cells):
            assert text(key, language) in found


def test_it_has_the_figures_of_the_simulation(loaded: Staged) -> None:
    reader = loaded.visitor("analyst")
    simulated = reader.get(f"/transfers/models/equalization.csv{QUERY}").data.decode("utf-8-sig")
    found = reader.get(f"{ADDRESS}.csv{QUERY}&dialect=plain").data.decode("utf-8-sig")
    code, change = (text(f"analysis.consequences.column.{key}", "en") for key in ("code", "change"))
    rows = {
        row[code]: next(value for head, value in row.items() if head.startswith(change))
        for row in csv.DictReader(io.StringIO(found))
        if row[code]
    }
    first = text("transfers.models.column.code", "en")
    head = text("transfers.models.column.difference", "en")
    expected = {
        row[first]: next(value for name, value in row.items() if name.startswith(head))
        for row in csv.DictReader(io.StringIO(simulated))
        if row[first]
    }
    assert rows == expected
    assert len(rows) == 484


def test_one_link_leads_there_and_back_with_the_question_kept(loaded: Staged) -> None:
    reader = loaded.visitor("analyst")
    page = reader.get(f"/transfers/models/equalization{QUERY}").get_data(as_text=True)
    assert f'href="{ADDRESS}?' in page
    there = reader.get(ADDRESS + QUERY).get_data(as_text=True)
    assert 'href="/transfers/models/equalization?' in there
    assert 'name="base" value="equalization-example.1"' in there
    assert said("analysis.filter.clear") not in shown(reader.get(ADDRESS + QUERY))
    assert said("analysis.filter.clear") in shown(reader.get(f"{ADDRESS}{QUERY}&threshold=50"))
    assert "page=2" in there
    assert reader.get(f"{ADDRESS}{QUERY}&page=2").get_data(as_text=True) != there


def test_a_region_is_chosen_and_nonsense_is_told(loaded: Staged) -> None:
    reader = loaded.visitor("analyst")
    batken = reader.get(f"{ADDRESS}.csv{QUERY}&region=41705000000000&dialect=plain").data.decode("utf-8-sig")
    assert 10 < batken.count("\n") < 100
    for wrong, fault in (
        ("&colour=red", said("analysis.unknown_parameter", name="colour")),
        ("&threshold=-5", said("analysis.below_zero")),
        ("&region=12", said("analysis.no_choice", typed="12")),
    ):
        for form in ("", ".csv"):
            answer = reader.get(f"{ADDRESS}{form}{QUERY}{wrong}")
            assert answer.status_code == 422
            assert fault in shown(answer)
    assert reader.get(f"{ADDRESS}?year=1990").status_code == 422
    assert loaded.app.test_client().get(ADDRESS + QUERY).status_code != 200
