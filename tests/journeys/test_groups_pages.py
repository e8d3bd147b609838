"""Limits of territories and kinds in the browser and on paper: entered without script, shown to all."""

from dataclasses import replace

import pytest

from budgetproto.database import Database
from budgetproto.disputes.domain import LineText
from budgetproto.disputes.terms import proposing
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.money import Som
from budgetproto.protocol.composition import compose, snapshot_document, stored_snapshot
from budgetproto.protocol.drawing import draw
from budgetproto.protocol.gathering import gather
from budgetproto.sittings.domain import Stage
from budgetproto.sittings.storage import sitting_row
from tests.disputes.terms.test_groups import LAW, NARYN, limit, limited, opened, published, texts
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown, started
from tests.protocol.reading import plain_text
from tests.stated import MILLION

SOURCE = {"name_ky_1": "Резерв", "amount_1": "300 000,0", "year_1": "2020", "lsg_figure": "lead"}
ROW = {"group_of_1": f"region:{NARYN}", "group_cap_1": "60 000,0", "group_basis_ky_1": LAW.ky}


@pytest.fixture
def preparing(sqlite_database: Database) -> Scene:
    return make_scene(sqlite_database, texts=texts(), terms=False, stage=Stage.PREPARING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_limit_is_added_as_a_row_and_shown_to_whoever_acknowledges_it(
    visit: Visit, preparing: Scene, language: Language
) -> None:
    secretary = visit(preparing.secretary, language=language)
    address = f"/sittings/{preparing.sitting}/terms"
    page = secretary.fill(address, **SOURCE, act="group_rows")
    assert started(page)["group_rows"] == "1"
    assert secretary.fill_stale(page, address, **SOURCE, **ROW).status_code == 303
    seen = shown(visit(preparing.unionist, language=language).get(f"/sittings/{preparing.sitting}"))
    assert said("sittings.groups", language) in seen
    assert LAW.ky in seen
    assert "60" in seen.partition(said("sittings.groups", language))[2].partition(LAW.ky)[0]
    fixing = shown(secretary.get(f"/sittings/{preparing.sitting}/terms/fix"))
    assert LAW.ky in fixing


def test_a_row_taken_out_leaves_the_sources_where_they_are(visit: Visit, preparing: Scene) -> None:
    secretary = visit(preparing.secretary, language="en")
    address = f"/sittings/{preparing.sitting}/terms"
    page = secretary.fill(address, **SOURCE, act="group_rows")
    page = secretary.fill_stale(page, address, **SOURCE, **ROW, act="group_rows")
    second = {name.replace("_1", "_2"): value for name, value in ROW.items()} | {"group_cap_2": "70,0"}
    page = secretary.fill_stale(page, address, **second, act="drop-group_1")
    left = started(page)
    assert (left["group_rows"], left["group_cap_1"], left["amount_1"]) == ("1", "70,0", "300 000,0")
    page = secretary.fill_stale(page, address, act="drop-1")
    assert (started(page)["group_cap_1"], started(page)["amount_1"]) == ("70,0", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_stand_is_told_beside_its_row(visit: Visit, preparing: Scene, language: Language) -> None:
    secretary = visit(preparing.secretary, language=language)
    address = f"/sittings/{preparing.sitting}/terms"
    page = secretary.fill(address, **SOURCE, act="group_rows")
    answer = secretary.fill_stale(page, address, **SOURCE, **{**ROW, "group_floor_1": "61 000,0"})
    assert answer.status_code == 422
    assert '<a href="#group_floor_1">' in answer.text
    key = said("disputes.group.floor_above_cap", language, floor="FLOOR", cap="CAP")
    assert key.partition("FLOOR")[0] in shown(answer)
    assert started(answer)["group_basis_ky_1"] == LAW.ky
    answer = secretary.fill_stale(page, address, **SOURCE, **{**ROW, "group_basis_ky_1": ""})
    assert '<a href="#group_basis_ky_1">' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_line_of_a_limited_territory_is_not_withdrawn_unnoticed(
    visit: Visit, preparing: Scene, language: Language
) -> None:
    terms = limited(limit(cap=2))
    proposing.propose_terms(preparing.database, preparing.secretary.id, preparing.sitting, terms)
    secretary = visit(preparing.secretary, language=language)
    answer = secretary.fill(f"/lines/{preparing.lines[0]}/withdraw", reason="Макулдашылды")
    assert answer.status_code == 422
    assert said("disputes.group.no_line", language, group=NARYN) in shown(answer)
    assert secretary.get(f"/lines/{preparing.lines[0]}/edit").status_code == 200


def test_the_next_years_draft_takes_no_limit_over(sqlite_database: Database) -> None:
    scene = make_scene(sqlite_database, texts=texts(), terms=False, stage=Stage.PREPARING)
    proposing.propose_terms(sqlite_database, scene.secretary.id, scene.sitting, limited(limit(cap=2)))
    with sqlite_database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        draft = proposing.terms_of_source(session, replace(row.sitting(), cloned_from=scene.sitting))
    assert draft is not None
    assert draft.groups == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_paper_say_what_became_of_each_limit(
    visit: Visit, sqlite_database: Database, language: Language
) -> None:
    first, second = texts()
    lines: tuple[LineText, ...] = (first, replace(second, floor=Som(90 * MILLION)))
    groups = (limit(cap=60), limit(lines[1].territory or "", cap=80))
    scene = opened(sqlite_database, limited(*groups), (300, 300), *lines)
    page = shown(visit(scene.secretary, language=language).get(f"/sittings/{scene.sitting}/option"))
    with sqlite_database.reading() as session:
        row = sitting_row(session, scene.sitting)
        assert row is not None
        snapshot = gather(session, row.sitting())
    assert stored_snapshot(snapshot_document(snapshot)) == snapshot
    printed = plain_text(draw(compose(snapshot), language))
    assert [each.state for each in published(scene).groups] == ["held.cap", "missed.cap"]
    for text in (page, printed):
        assert said("disputes.option.group.held.cap", language) in text
        assert said("disputes.option.group.missed.cap", language) in text
    assert LAW.ky in printed or LAW.ru in printed
