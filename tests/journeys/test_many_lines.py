"""Many questions are entered in the browser by one act, after a look at what would be entered."""

import io
from pathlib import Path

import pytest

from budgetproto.database import Database
from budgetproto.disputes import storage
from budgetproto.journal import sitting_chain
from budgetproto.journal.storage import entries
from budgetproto.sittings.domain import Stage
from budgetproto.transfers.domain import Territory
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_territories
from tests.factories import Scene, make_scene
from tests.journeys.conftest import Visit
from tests.journeys.visitor import said, shown, started


@pytest.fixture(scope="session")
def territories() -> tuple[Territory, ...]:
    return read_reference().territories


@pytest.fixture
def mine(scene: Scene, sqlite_database: Database, territories: tuple[Territory, ...]) -> Scene:
    with sqlite_database.writing() as session:
        put_territories(session, territories)
    return make_scene(scene.database, key=scene.key, stage=Stage.PREPARING, terms=False)


def lines(scene: Scene) -> list[tuple[int, str | None, str]]:
    with scene.database.reading() as session:
        found = storage.lines(session, scene.sitting)
    return [(line.number, line.text.territory, line.text.title.ru) for line in found]


BULK = {
    "title_ky": "Теңдештирүү трансферти",
    "title_ru": "Выравнивающий трансферт",
    "kind": "equalization",
    "year": "2020",
}


def test_one_question_for_each_oblast_is_looked_over_then_entered(visit: Visit, mine: Scene) -> None:
    visitor = visit(mine.secretary, language="ru")
    address = f"/sittings/{mine.sitting}/lines/territories"
    page = visitor.fill(address, **BULK, groups="oblasts", act="preview")
    assert "Будет внесено вопросов: 7" in shown(page)
    assert len(lines(mine)) == 2
    entered = visitor.fill(address, **BULK, groups="oblasts", act="enter")
    assert entered.status_code == 303
    assert [number for number, _, _ in lines(mine)] == list(range(1, 10))
    assert lines(mine)[2][:2] == (3, "41702000000000")
    assert lines(mine)[2][2].startswith("Выравнивающий трансферт: ")
    with mine.database.reading() as session:
        told = entries(session, sitting_chain(mine.sitting))[-1]
    assert (told.kind, told.values()["lines"]) == ("disputes.lines_imported", 7)
    again = visitor.fill(address, **BULK, groups="oblasts", act="enter")
    assert again.status_code == 422
    assert "№ 3" in shown(again)


def test_a_second_press_enters_nothing_twice_and_leads_to_the_same_page(visit: Visit, mine: Scene) -> None:
    visitor = visit(mine.secretary, language="ru")
    address = f"/sittings/{mine.sitting}/lines/territories"
    looked_over = visitor.fill(address, **BULK, groups="oblasts", act="preview")
    sent = [visitor.fill_stale(looked_over, address, **BULK, groups="oblasts", act="enter") for _ in range(2)]
    assert [each.status_code for each in sent] == [303, 303]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert len(lines(mine)) == 9
    sheet = f"/sittings/{mine.sitting}/lines/spreadsheet"
    pasted = "title_ky\tkind\nГрант\tequalization\n"
    form = visitor.fill(sheet, pasted=pasted, act="preview")
    assert [visitor.fill_stale(form, sheet, act="enter").status_code for _ in range(2)] == [303, 303]
    assert len(lines(mine)) == 10
    anew = visitor.fill(sheet, pasted=pasted, act="enter")
    assert anew.status_code == 422
    assert said("disputes.sheet.already", "ru", title="Грант", number=10) in shown(anew)


def test_all_aiyl_aimaks_of_an_oblast_are_entered_and_an_unknown_code_enters_none(
    visit: Visit, mine: Scene
) -> None:
    visitor = visit(mine.secretary)
    address = f"/sittings/{mine.sitting}/lines/territories"
    bad = visitor.fill(address, **BULK, groups="aiyl-41706000000000", codes="123", act="enter")
    assert bad.status_code == 422
    assert len(lines(mine)) == 2
    assert visitor.fill(address, **BULK, groups="aiyl-41706000000000", act="enter").status_code == 303
    made = lines(mine)[2:]
    assert len(made) > 50
    assert {str(code)[:5] for _, code, _ in made} == {"41706"}


def test_a_pasted_sheet_is_refused_with_every_fault_then_entered_whole(visit: Visit, mine: Scene) -> None:
    visitor = visit(mine.secretary, language="ru")
    address = f"/sittings/{mine.sitting}/lines/spreadsheet"
    head = "title_ky\ttitle_ru\tkind\tbase_lsg\tbase_lsg_source\n"
    faulty = head + "Грант\tГрант\tno_such_kind\t5,0\t\n"
    page = visitor.fill(address, pasted=faulty, act="enter")
    assert page.status_code == 422
    assert "строка 2" in shown(page)
    assert started(page)["pasted"].strip() == faulty.replace("\n", "\n").strip()
    assert len(lines(mine)) == 2
    right = head + "Грант\tГрант\tequalization\t5,0\tСоюз МСУ\n"
    assert "Будет внесено вопросов: 1" in shown(visitor.fill(address, pasted=right, act="preview"))
    assert visitor.fill(address, pasted=right, act="enter").status_code == 303
    assert lines(mine)[2:] == [(3, None, "Грант")]


def test_a_file_is_looked_over_and_stays_on_the_form(visit: Visit, mine: Scene, tmp_path: Path) -> None:
    visitor = visit(mine.secretary, language="ru")
    address = f"/sittings/{mine.sitting}/lines/spreadsheet"
    start = started(visitor.get(address))
    start.pop("file", None)
    content = "title_ky;kind\nГрант;equalization\n".encode()
    sent = {**start, "act": "preview", "file": (io.BytesIO(content), "маселелер.csv")}
    page = visitor.client.post(address, data=sent, content_type="multipart/form-data")
    assert page.status_code == 200
    assert visitor.fill_stale(page, address, act="enter").status_code == 303
    broken = {**start, "act": "preview", "file": (io.BytesIO(b"PK\x03\x04nothing"), "x.xlsx")}
    assert visitor.client.post(address, data=broken, content_type="multipart/form-data").status_code == 422


def test_the_template_is_for_the_secretary(visit: Visit, mine: Scene) -> None:
    address = f"/sittings/{mine.sitting}/lines/template"
    for ending in ("xlsx", "csv"):
        assert visit(mine.secretary).get(f"{address}.{ending}?measure=percentage").status_code == 200
    assert visit(mine.secretary).get(f"{address}.ods").status_code == 404
    assert visit(mine.unionist).get(f"{address}.csv").status_code == 403
    assert visit(mine.outsider).get(f"{address}.csv").status_code == 404
