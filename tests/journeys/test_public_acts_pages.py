"""The public pages of draft acts: the keeper opens and closes them, everybody reads the same."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from playwright.sync_api import Browser

from budgetproto.coordination import happenings as h
from budgetproto.coordination.domain import Level
from budgetproto.coordination.happenings import Verdict
from budgetproto.coordination.procedure_values import WORDED
from budgetproto.database import now
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.i18n.formatting import bishkek_day
from tests.browser import SMALLEST, opened
from tests.coordination.held import Register, make_register, opinion
from tests.coordination.test_procedure_values import WHOLE
from tests.factories import Scene
from tests.journeys.conftest import Visit
from tests.journeys.test_browser import log_in
from tests.journeys.test_delivery_pages import looked_at
from tests.journeys.visitor import said, shown
from tests.web.gallery import serving

PAGE = "/published-acts/1"


@pytest.fixture
def register(scene: Scene) -> Register:
    made = make_register(scene).served()
    made.record(scene.unionist, opinion(scene.union))
    made.record(scene.secretary, h.Answered(1, Verdict.REJECTED, "Акча жок"))
    return made


def decide(visit: Visit, register: Register, scope: str, *, days: int = 0) -> int:
    with register.scene.database.reading() as session:
        since = bishkek_day(now(session)) + timedelta(days)
    address = f"/acts/{register.act}/publication"
    typed = {"scope": scope, "since": since.isoformat(), "reason": "Чечим"}
    return visit(register.scene.secretary).send(address, **typed).status_code


def test_what_is_not_public_is_told_as_what_is_not_there(
    app: Flask, visit: Visit, register: Register
) -> None:
    stranger = app.test_client()
    assert decide(visit, register, "all", days=1) == 303
    hidden, missing = stranger.get(PAGE), stranger.get("/published-acts/999")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert shown(hidden) == shown(missing)
    assert said("coordination.public.none") in shown(stranger.get("/published-acts"))
    assert "Теңдөө" not in stranger.get("/published-acts.csv").text


def test_everybody_reads_what_the_keeper_opened_and_no_longer_what_he_closed(
    app: Flask, visit: Visit, register: Register
) -> None:
    stranger = app.test_client()
    assert decide(visit, register, "course") == 303
    page = shown(stranger.get(PAGE))
    assert said("coordination.stance.with_remarks") in page
    assert "Акча жок" not in page
    assert decide(visit, register, "all") == 303
    for language in LANGUAGES:
        stranger.set_cookie("language", language)
        page = shown(stranger.get(PAGE))
        assert "Акча жок" in page
        assert said("coordination.verdict.rejected", language) in page
    assert shown(visit(register.scene.chair, language="en").get(PAGE)) == page
    assert "Порядок выравнивания" in stranger.get("/published-acts.csv").text
    assert decide(visit, register, "nothing") == 303
    assert stranger.get(PAGE).status_code == 404


def test_a_refused_decision_comes_back_filled_in(visit: Visit, register: Register) -> None:
    secretary = visit(register.scene.secretary, language="en")
    address = f"/acts/{register.act}/publication"
    refused = secretary.send(address, scope="all", since="2020-01-01", reason="Чечим")
    assert refused.status_code == 422
    assert said("delivery.in_the_past", "en") in shown(refused)
    assert "Чечим" in refused.text
    assert address in secretary.get(f"/acts/{register.act}").text


CORRECTED = h.Corrected(
    Named("Үлүштөрдүн тартиби", "Порядок долей"), "6-1/78", "Басма катасы", Named("Экономика министрлиги")
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_what_was_corrected_with_what_stood_before_and_why(
    app: Flask, visit: Visit, register: Register, language: Language
) -> None:
    stranger = app.test_client()
    stranger.set_cookie("language", language)
    register.record(register.scene.secretary, CORRECTED)
    assert decide(visit, register, "course") == 303
    page, was = stranger.get(PAGE), said("coordination.fact.was", language)
    assert row_of(page.text, "corrected", language) == [
        *(said("coordination.title_in.ky", language), "Үлүштөрдүн тартиби", was, "Теңдөө тартиби"),
        *(said("coordination.title_in.ru", language), "Порядок долей", was, "Порядок выравнивания"),
        *(said("coordination.initiator_in.ky", language), "Экономика министрлиги"),
        *(was, "Финансы министрлиги"),
    ]
    for hidden in ("6-1/78", "Басма катасы"):
        assert hidden not in page.text
    assert decide(visit, register, "all") == 303
    page = stranger.get(PAGE)
    why = [said("coordination.fact.reason", language), "Басма катасы"]
    assert row_of(page.text, "corrected", language)[-2:] == why
    assert "6-1/78" not in page.text


def test_everybody_reads_another_level_and_another_body_that_answers(
    app: Flask, scene: Scene, visit: Visit
) -> None:
    register = make_register(scene)
    answers = h.AnswersFor("", scene.health.id)
    moved = replace(CORRECTED, level=Level.CABINET, answers=answers)
    register.record(scene.secretary, moved)
    assert decide(visit, register, "course") == 303
    told = row_of(app.test_client().get(PAGE).text, "corrected", "ky")
    levels = [said(f"coordination.level.{each}") for each in ("cabinet", "ministry")]
    bodies = [scene.health.name.ky, scene.ministry.name.ky]
    for label, (right, wrong) in (("column.level", levels), ("form.party", bodies)):
        at = told.index(said(f"coordination.{label}"))
        assert told[at + 1 : at + 4] == [right, said("coordination.fact.was"), wrong]


def row_of(page: str, step: str, language: Language) -> list[str]:
    """Return the words of the cell that tells a step in the table of what completed the entry."""
    table = page.partition('id="completions"')[2].partition("</table>")[0]
    row = table.partition(said(f"coordination.step.{step}", language))[2].partition("</tr>")[0]
    words = (" ".join(each.split()) for each in re.split(r"<[^>]+>", "<td" + row.rpartition("<td")[2]))
    return [unescape(each).removesuffix(":") for each in words if each]


@pytest.mark.browser
def test_nothing_on_the_public_pages_of_drafts_is_in_anybodys_way(
    app: Flask, browser: Browser, visit: Visit, register: Register
) -> None:
    assert decide(visit, register, "all") == 303
    with (
        serving(app) as address,
        opened(browser, f"{address}/log-in", language="ru", scanning=True) as desk,
        opened(browser, f"{address}/log-in", size=SMALLEST, language="ky", scanning=True) as phone,
    ):
        for window in (desk, phone):
            log_in(window, address, register.scene.secretary.login)
        paths = ["/published-acts", PAGE, f"/acts/{register.act}/publication"]
        assert looked_at((desk, phone), address, paths) == []


def test_everybody_reads_what_coordination_is_and_what_a_published_draft_goes_by(
    app: Flask, visit: Visit, register: Register
) -> None:
    stranger = app.test_client()
    stranger.set_cookie("language", "ru")
    assert decide(visit, register, "course") == 303
    listed, page = shown(stranger.get("/published-acts")), shown(stranger.get(PAGE))
    rules = {key: said(f"coordination.rule.{key}", "ru").capitalize() for key in WORDED}
    assert [key for key in WORDED if rules[key] in listed] == ["definition", "consequences"]
    assert [key for key in WORDED if rules[key] in page] == list(WORDED)
    assert said("procedures.resting", "ru") in page
    assert f"{said('coordination.rule.notice_days', 'ru')}: {WHOLE.rules['notice_days'].number}" in page
    assert WHOLE.rules["notice_days"].source.ru in page
