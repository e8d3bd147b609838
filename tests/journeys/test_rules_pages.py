"""Terms under a rule that counts residents, from the reference data to the option, in the browser."""

import re
from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.terms import proposing
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import sitting_row
from tests.disputes.terms.test_rules_of_terms import KEMIN, TOKMOK, entered, held, prepared
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown

SOURCE = {"name_ky_1": "Резерв", "amount_1": "600,0", "year_1": "2020", "lsg_figure": "lead"}


@pytest.fixture
def preparing(sqlite_database: Database) -> Scene:
    """Two questions of two territories whose residents are known and whose revenue is not."""
    entered(sqlite_database, revenue=False)
    return prepared(sqlite_database, stage=Stage.PREPARING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_offered_with_what_it_does(visit: Visit, preparing: Scene, language: Language) -> None:
    page = shown(visit(preparing.secretary, language=language).get(f"/sittings/{preparing.sitting}/terms"))
    for rule in "ABCDE":
        assert said(f"sittings.rule.{rule}", language) in page
    assert 'value="M"' not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_rule_lacks_is_told_beside_it_and_can_be_entered(
    visit: Visit, preparing: Scene, language: Language
) -> None:
    secretary = visit(preparing.secretary, language=language)
    address = f"/sittings/{preparing.sitting}/terms"
    answer = secretary.fill(address, **SOURCE, rule="E")
    assert answer.status_code == 422
    assert '<a href="#rule' in answer.text
    assert said("transfers.indicator.own_revenue", language) in shown(answer)
    for code in (KEMIN, TOKMOK):
        known = {"own_revenue": "2 000,0", "on": "2019-12-31", "source": "Казына"}
        assert secretary.fill(f"/territories/{code}/indicators", **known).status_code == 303
    assert secretary.fill(address, **SOURCE, rule="E").status_code == 303
    for reader, place in (
        (preparing.unionist, f"/sittings/{preparing.sitting}"),
        (preparing.secretary, f"/sittings/{preparing.sitting}/terms"),
        (preparing.secretary, f"/sittings/{preparing.sitting}/terms/fix"),
    ):
        page = shown(visit(reader, language=language).get(place))
        told = page.partition(said("sittings.pinned", language))[2]
        assert "Казына" in told
        assert "census" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "what"), [("B", "gain"), ("C", "shortfall"), ("E", "level")])
def test_the_page_of_the_option_says_money_of_one_resident_and_no_common_share(
    visit: Visit, sqlite_database: Database, rule: str, what: str, language: Language
) -> None:
    scene = held(sqlite_database, rule)
    visitor = visit(scene.unionist, language=language)
    page = shown(visitor.get(f"/sittings/{scene.sitting}/option"))
    head = page.partition(said("disputes.option.per_line", language))[0]
    assert said(f"disputes.option.per_resident.{what}", language) in head
    assert said("disputes.option.rate", language) not in head
    assert "%" not in head
    assert said("balancing.reason.free", language) not in page
    assert (said("disputes.option.recipients", language) in page) == (rule == "E")


@pytest.mark.parametrize("rule", ["B", "C", "D", "E"])
def test_trials_stand_beside_the_rule_of_the_terms(
    visit: Visit, sqlite_database: Database, rule: str
) -> None:
    scene = held(sqlite_database, rule)
    page = shown(visit(scene.unionist, language="ru").get(f"/sittings/{scene.sitting}/option/alternatives"))
    assert said("disputes.trial.under_terms", "ru") in page
    assert re.search(r"на 1.000 жителей", page)


def test_a_sitting_made_from_this_one_begins_with_its_rule_and_pins_nothing(
    sqlite_database: Database,
) -> None:
    scene = held(sqlite_database, "B")
    with sqlite_database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        draft = proposing.terms_of_source(session, replace(row.sitting(), cloned_from=scene.sitting))
    assert draft is not None
    assert (draft.rule, draft.indicators) == ("B", ())
