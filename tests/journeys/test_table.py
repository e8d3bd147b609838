"""The table of lines as a page and for programs: shared by its address, readable without a script."""

import json
import re

import pytest

from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.table.choice import SHORT
from budgetproto.money import Som
from budgetproto.settings import Settings
from budgetproto.sittings.domain import Stage
from tests import sessions
from tests.factories import Scene, file, file_all, make_scene, open_all
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown
from tests.stated import GRANTS
from tests.statements import counted


@pytest.fixture
def opened(sqlite_database: Database, seal_key: SealKey) -> Scene:
    """Open the sitting: both lines differ."""
    return sessions.opened(sqlite_database, key=seal_key)


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"lines/[a-z0-9]{26}\">№ (\d+)\.", page)]


def test_the_address_keeps_filter_and_order(visit: Visit, opened: Scene) -> None:
    page = visit(opened.minister).get(f"/sittings/{opened.sitting}/lines?status=differing&sort=-number")
    assert numbers(page.text) == [2, 1]
    assert '<option value="differing" selected>' in page.text
    assert 'aria-sort="descending"' in page.text
    assert said("disputes.table.count_all", found=2, all=2) in shown(page)


def test_an_unknown_parameter_is_told_in_one_sentence(visit: Visit, opened: Scene) -> None:
    page = visit(opened.minister).get(f"/sittings/{opened.sitting}/lines?colour=red&kind=none&page=7")
    assert page.status_code == 200
    assert said("disputes.table.ignored", names="colour, kind, page") in shown(page)


def test_nothing_found_is_told_with_a_way_out(visit: Visit, opened: Scene) -> None:
    page = visit(opened.minister).get(f"/sittings/{opened.sitting}/lines?words=мындай+жок")
    assert said("disputes.table.nothing") in shown(page)
    assert f'href="/sittings/{opened.sitting}/lines">' in page.text


def test_what_was_searched_comes_back_escaped(visit: Visit, opened: Scene) -> None:
    page = visit(opened.minister).get(f"/sittings/{opened.sitting}/lines?words=<script>&<b>=1")
    assert "<script>&" not in page.text
    assert "<b>" not in page.text


def test_programs_get_the_same_lines_exactly(visit: Visit, opened: Scene) -> None:
    answer = visit(opened.minister).get(f"/sittings/{opened.sitting}/lines.json?sort=-difference")
    told = json.loads(answer.text)
    assert answer.mimetype == "application/json"
    assert [line["number"] for line in told["lines"]] == [2, 1]
    second = told["lines"][0]
    assert second["government"] == "0.00"
    assert second["lsg"] == second["difference"] == "600000100.00"
    assert second["share"] is None
    assert second["status"] == "differing"


def test_a_share_is_a_fraction_and_nothing_sealed_is_named(visit: Visit, scene: Scene) -> None:
    file(scene, scene.ministry, figure=GRANTS)
    file(scene, scene.union, figure=Som(GRANTS.tyiyn * 4 // 3))
    address = f"/sittings/{scene.sitting}/lines.json"
    before = json.loads(visit(scene.minister).get(address).text)["lines"][0]
    assert before["filed"] == [1]
    assert {"government", "lsg", "difference", "open"}.isdisjoint(before)
    open_all(scene)
    assert json.loads(visit(scene.minister).get(address).text)["lines"][0]["share"] == "1/3"


def test_strangers_get_neither_page_nor_lines(visit: Visit, scene: Scene) -> None:
    for address in (f"/sittings/{scene.sitting}/lines", f"/sittings/{scene.sitting}/lines.json"):
        assert visit(scene.outsider).get(address).status_code == 404


@pytest.mark.parametrize("who", ["minister", "chair"])
def test_no_table_moves_when_the_other_side_files(visit: Visit, scene: Scene, who: str) -> None:
    visitor = visit(getattr(scene, who))
    addresses = [
        f"/sittings/{scene.sitting}/lines{rest}" for rest in (".json", "", "?words=грант&sort=title")
    ]
    before = [_still(visitor.get(address).text) for address in addresses]
    file(scene, scene.union)
    assert [_still(visitor.get(address).text) for address in addresses] == before


def test_the_page_of_a_sitting_keeps_to_a_short_list(
    visit: Visit, sqlite_database: Database, settings: Settings
) -> None:
    key = sealing.load_key(settings.seal_key_file)
    scene = make_scene(sqlite_database, key=key, lines=17, stage=Stage.PREPARING, terms=False)
    page = visit(scene.secretary).get(f"/sittings/{scene.sitting}")
    assert numbers(page.text) == list(range(1, SHORT + 1))
    assert said("disputes.table.all_lines", lines=17) in shown(page)


@pytest.mark.parametrize("address", ["", "/lines?size=500", "/lines?sort=title&size=500", "/lines.json"])
def test_a_page_asks_the_database_as_often_for_many_lines_as_for_few(
    visit: Visit, sqlite_database: Database, settings: Settings, address: str
) -> None:
    asked = []
    for lines in (3, 12):
        key = sealing.load_key(settings.seal_key_file)
        scene = make_scene(sqlite_database, key=key, lines=lines)
        file_all(scene)
        open_all(scene)
        visitor = visit(scene.minister)
        with counted() as statements:
            assert visitor.get(f"/sittings/{scene.sitting}{address}").status_code == 200
        asked.append(statements)
    assert len(asked[0]) == len(asked[1]) < 64


def test_a_page_that_has_not_changed_takes_three_statements(visit: Visit, opened: Scene) -> None:
    address, visitor = f"/sittings/{opened.sitting}/lines", visit(opened.minister)
    mark = visitor.get(address).headers["ETag"]
    with counted() as statements:
        assert visitor.client.get(address, headers={"If-None-Match": mark}).status_code == 304
    assert len([each for each in statements if each.startswith("SELECT")]) == 3


@pytest.mark.parametrize("address", ["/option", "/discrepancies", "/protocol"])
def test_pages_of_the_whole_sitting_ask_as_often_for_many_lines_as_for_few(
    visit: Visit, sqlite_database: Database, settings: Settings, address: str
) -> None:
    asked = []
    for lines in (3, 12):
        key = sealing.load_key(settings.seal_key_file)
        scene = make_scene(sqlite_database, key=key, lines=lines)
        file_all(scene)
        open_all(scene)
        options.publish_option(sqlite_database, scene.secretary.id, scene.sitting)
        visitor = visit(scene.minister)
        with counted() as statements:
            assert visitor.get(f"/sittings/{scene.sitting}{address}").status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1] < 60


def test_filing_asks_as_often_in_a_sitting_of_many_lines_as_in_one_of_few(database: Database) -> None:
    asked = []
    for lines in (2, 20):
        scene = make_scene(database, lines=lines)
        for place in range(lines - 1):
            file(scene, scene.ministry, line=place)
        with counted() as statements:
            file(scene, scene.ministry, line=lines - 1, seen=0)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def _still(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)
