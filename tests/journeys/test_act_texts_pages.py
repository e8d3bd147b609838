"""The pages on which texts of a draft are attached, read and saved, by its sides and by everybody."""

import hashlib
import io
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Person
from budgetproto.coordination.texts.domain import texts
from budgetproto.database import now
from budgetproto.i18n.formatting import bishkek_day
from tests.browser import SMALLEST, opened
from tests.coordination.held import Register, make_register, opinion
from tests.coordination.test_texts import BUNDLE, PAPER, SECOND
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.test_browser import log_in
from tests.journeys.test_delivery_pages import looked_at
from tests.journeys.visitor import said, shown
from tests.web.gallery import serving

HASH: Final = hashlib.sha256(PAPER).hexdigest()


@pytest.fixture
def register(scene: Scene) -> Register:
    made = make_register(scene, BUNDLE).served()
    made.record(scene.unionist, opinion(scene.union))
    return made


def sent(
    visit: Visit, register: Register, person: Person, content: bytes = PAPER, /, **typed: object
) -> TestResponse:
    """Fill the form of a text, the initiator's draft in Kyrgyz unless something else is typed."""
    asked = {"target": "initiator", "kind": "draft", "language": "ky", "name": "Долбоор.txt", **typed}
    file = (io.BytesIO(content), asked.pop("name"))
    return visit(person).fill(f"/acts/{register.act}/record/attached", file=file, **asked)


def test_a_text_is_attached_on_a_form_shown_with_its_hash_and_saved(visit: Visit, register: Register) -> None:
    scene = register.scene
    form = shown(visit(scene.minister).get(f"/acts/{register.act}/record/attached"))
    assert said("draft_texts.file.hint") in form
    assert said("draft_texts.kind.adopted") not in form, "it has not been adopted"
    assert sent(visit, register, scene.minister).status_code == 303
    page = visit(scene.unionist).get(f"/acts/{register.act}")
    assert HASH in page.text
    assert said("draft_texts.after_notice") in shown(page)
    saved = visit(scene.unionist).get(f"/acts/{register.act}/texts/1")
    assert (saved.data, saved.headers["Cache-Control"]) == (PAPER, "no-store")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert visit(scene.outsider).get(f"/acts/{register.act}/texts/1").status_code == 404


def test_a_companion_and_what_it_replaces_are_chosen_where_there_are_any(
    visit: Visit, register: Register
) -> None:
    scene = register.scene
    page = visit(scene.minister).get(f"/acts/{register.act}/record/attached").text
    assert 'name="companion"' in page
    assert 'name="replaces"' not in page
    typed = {"kind": "companion", "companion": "1"}
    assert sent(visit, register, scene.minister, **typed).status_code == 303
    again = typed | {"replaces": "1"}
    assert sent(visit, register, scene.minister, SECOND, **again).status_code == 303
    told = shown(visit(scene.mayor).get(f"/acts/{register.act}"))
    assert said("draft_texts.replaced_by", number=2) in told
    assert said("draft_texts.lacking", round=1) in told
    assert [each.replaced_by for each in texts(register.told().course)] == [2, 0]


def test_a_refused_text_comes_back_with_its_sentence_and_what_was_typed(
    visit: Visit, register: Register
) -> None:
    scene = register.scene
    typed = {"target": scene.union.id, "kind": "letter", "title": "Кат № 5"}
    page = sent(visit, register, scene.unionist, name="Кат.pdf", **typed)
    assert page.status_code == 422
    assert said("disputes.attachment.not_its_kind") in shown(page)
    assert 'value="Кат № 5"' in page.text
    before = str(register.seen() - 1)
    late = sent(visit, register, scene.unionist, seen=before, **typed)
    assert late.status_code == 409
    assert 'value="Кат № 5"' in late.text


def test_somebody_else_s_side_cannot_be_chosen_in_the_form(visit: Visit, register: Register) -> None:
    scene = register.scene
    assert sent(visit, register, scene.unionist).status_code == 422
    assert visit(scene.chair).get(f"/acts/{register.act}/record/attached").status_code == 403
    assert texts(register.told().course) == ()


def test_the_public_page_hands_the_file_out_where_files_are_open(
    app: Flask, visit: Visit, register: Register
) -> None:
    scene = register.scene
    assert sent(visit, register, scene.minister).status_code == 303
    stranger, file = app.test_client(), "/published-acts/1/texts/1"
    with scene.database.reading() as session:
        since = bishkek_day(now(session)).isoformat()
    for scope, status in (("all", 404), ("files", 200), ("course", 404)):
        typed = {"scope": scope, "since": since, "reason": "Чечим"}
        assert visit(scene.secretary).send(f"/acts/{register.act}/publication", **typed).status_code == 303
        assert stranger.get(file).status_code == status
        page = stranger.get("/published-acts/1").text
        assert HASH in page
        assert (file in page) == (status == 200)
        assert ("Долбоор.txt" in page) == (scope != "course")


@pytest.mark.browser
def test_a_text_is_attached_in_a_browser_and_nothing_is_in_anybodys_way(
    app: Flask, browser: Browser, visit: Visit, register: Register, tmp_path: Path
) -> None:
    scene, act = register.scene, f"/acts/{register.act}"
    paper = tmp_path / "Долбоор.txt"
    paper.write_bytes(PAPER)
    with (
        serving(app) as address,
        opened(browser, f"{address}/log-in", language="ru", scanning=True) as desk,
        opened(browser, f"{address}/log-in", size=SMALLEST, language="ky", scanning=True) as phone,
    ):
        for window in (desk, phone):
            log_in(window, address, scene.minister.login)
        desk.goto(f"{address}{act}/record/attached")
        desk.set_input_files("input[name=file]", paper)
        desk.select_option("select[name=kind]", "draft")
        desk.select_option("select[name=language]", "ky")
        desk.click("#form button")
        assert desk.url == f"{address}{act}"
        assert HASH in desk.inner_text("#texts-table")
        with desk.expect_download() as saved:
            desk.click("#text-1 a")
        assert Path(saved.value.path()).read_bytes() == PAPER
        assert looked_at((desk, phone), address, [act, f"{act}/record/attached"]) == []
