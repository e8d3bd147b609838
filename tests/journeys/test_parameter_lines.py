"""A question about a parameter of a model, from the secretary's form to what it means for each territory."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.domain import Measure
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.money import Som
from budgetproto.sittings.domain import Stage
from tests.factories import Scene, file, make_scene, open_all, settle_terms
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.parameters import COST, NORM, put_parameters, put_priced
from tests.stated import line_text, new_terms

ABOUT_NORM = replace(line_text(measure=Measure.PERCENTAGE), parameter=NORM)


@pytest.fixture
def preparing(sqlite_database: Database, seal_key: SealKey) -> Scene:
    put_parameters(sqlite_database)
    return make_scene(sqlite_database, key=seal_key, texts=(ABOUT_NORM,), stage=Stage.PREPARING, terms=False)


def test_the_secretary_chooses_a_parameter_and_the_model_says_what_it_costs(
    visit: Visit, preparing: Scene
) -> None:
    secretary = visit(preparing.secretary)
    address = f"/sittings/{preparing.sitting}/lines/new?measure=percentage"
    chosen = {
        "title_ky": "Үлүш", "kind": "stimulating_grant", "year": "2022", "recurring": "no",
        "parameter": "norms.1 norm.all", "parameter_year": "2022",
    }  # fmt: skip
    refused = secretary.fill(address, **chosen, money_base="5,0")
    assert refused.status_code == 422
    base = f"16 420 000,0 {said('money.unit.thousand_soms')}"
    assert said("disputes.parameter_base", base=base) in shown(refused)
    entered = secretary.fill(address, **chosen)
    assert entered.status_code == 303
    card = shown(secretary.get(entered.headers["Location"]))
    assert "16 420 000,0" in card
    assert "norms.1, 2022" in card
    # without a year there is no data, and what was typed stays
    assert secretary.fill(address, **(chosen | {"parameter_year": ""})).status_code == 422


def test_what_the_values_mean_is_shown_when_they_are_open_and_not_before(
    visit: Visit, sqlite_database: Database, seal_key: SealKey
) -> None:
    put_parameters(sqlite_database)
    scene = make_scene(sqlite_database, key=seal_key, texts=(ABOUT_NORM,), terms=False)
    settle_terms(scene, terms=new_terms())
    file(scene, scene.ministry, figure=1_200)
    file(scene, scene.union, figure=2_500)
    address = f"/lines/{scene.lines[0]}"
    for person in (scene.minister, scene.unionist, scene.chair, scene.secretary):
        reader = visit(person)
        assert said("disputes.effects") not in shown(reader.get(address))
        assert reader.get(f"{address}/territories").status_code == 422
        assert reader.get(f"{address}/territories.csv").status_code == 422
    open_all(scene)
    options.publish_option(sqlite_database, scene.secretary.id, scene.sitting)
    reader = visit(scene.minister)
    page = shown(reader.get(f"{address}/territories"))
    for found in (shown(reader.get(address)), page):
        assert said("transfers.models.computed") in found
        assert "+2 134 600,0" in found
    assert reader.get(f"{address}/territories.csv").get_data(as_text=True).count("\n") == 5
    assert visit(scene.outsider).get(f"{address}/territories").status_code == 404


def test_a_unit_cost_is_entered_and_its_option_names_value_money_and_rest(
    visit: Visit, sqlite_database: Database, seal_key: SealKey
) -> None:
    put_priced(sqlite_database)
    about_cost = replace(line_text(measure=Measure.PERCENTAGE), parameter=COST, cap=20_000)
    scene = make_scene(sqlite_database, key=seal_key, texts=(about_cost,), stage=Stage.PREPARING, terms=False)
    secretary = visit(scene.secretary)
    address = f"/sittings/{scene.sitting}/lines/new?measure=percentage"
    chosen = {
        "title_ky": "Баа", "kind": "stimulating_grant", "year": "2024", "recurring": "no",
        "parameter": "costs.1 unit_cost.civil_registration", "parameter_year": "2024",
    }  # fmt: skip
    tight = chosen | {"parameter": "tight.1 cofinancing"}
    refused = secretary.fill(address, **tight)
    assert refused.status_code == 422
    points = {"before": "20,00 %", "after": "21,00 %", "low": "", "high": ""}
    assert said("disputes.parameter_not_monotone", **points).split(":")[0] in shown(refused)
    assert secretary.fill(address, **chosen, step="0,001").status_code == 422
    entered = secretary.fill(address, **chosen, cap="200", step="5")
    assert entered.status_code == 303
    card = shown(secretary.get(entered.headers["Location"]))
    assert said("disputes.prices") in card
    assert "0,32" in card


def test_a_figure_off_the_list_comes_back_with_a_sentence_and_the_option_tells_the_rest(
    visit: Visit, sqlite_database: Database, seal_key: SealKey
) -> None:
    put_priced(sqlite_database)
    about_cost = replace(line_text(measure=Measure.PERCENTAGE), parameter=COST, cap=20_000)
    scene = make_scene(sqlite_database, key=seal_key, texts=(about_cost,), terms=False)
    settle_terms(scene, terms=new_terms(envelope=Som(50_000_000)))
    file(scene, scene.ministry, figure=10_000)
    file(scene, scene.union, figure=15_000)
    open_all(scene)
    options.publish_option(sqlite_database, scene.secretary.id, scene.sitting)
    page = shown(visit(scene.minister).get(f"/sittings/{scene.sitting}/option"))
    assert said("disputes.given_back_amount", figure="", value="", granted="", money="", rest="")[:20] in page
    card = shown(visit(scene.minister).get(f"/lines/{scene.lines[0]}"))
    assert said("disputes.effects.beside") in card
    chair = visit(scene.chair)
    assert chair.get(f"/lines/{scene.lines[0]}/territories").status_code == 200
