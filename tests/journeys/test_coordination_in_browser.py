"""Coordination in a real browser, by three people: entered, screened, served, opined, answered, appealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.accounts.domain import Person
from budgetproto.coordination.domain import Related
from budgetproto.i18n import Language, Named
from tests.browser import DESKTOP, SMALLEST, opened, overrun, press, resize, scan, sideways
from tests.coordination.held import DRAFT, Register, make_register
from tests.counts import LONG
from tests.factories import Scene
from tests.journeys.test_browser import log_in
from tests.journeys.visitor import said

pytestmark = pytest.mark.browser


@pytest.fixture
def register(scene: Scene) -> Register:
    return make_register(scene)


@contextmanager
def seated(browser: Browser, address: str, person: Person, language: Language) -> Iterator[Page]:
    with opened(browser, f"{address}/log-in", language=language, scanning=True) as page:
        log_in(page, address, person.login)
        yield page


def looked_at(page: Page) -> None:
    """Scan a page at a desk and on a small phone."""
    for size in (SMALLEST, DESKTOP):
        resize(page, size)
        assert scan(page) == [], (page.url, size)
        assert sideways(page) == 0, page.url
        if size == SMALLEST:
            assert overrun(page) == [], page.url


def record(page: Page, words: str, **typed: str) -> None:
    """Follow the link of a step from the page of a draft, look at its form, fill it in and send it."""
    page.click(f"main a:has-text('{words}') >> nth=0")
    page.wait_for_selector("#form")
    looked_at(page)
    for name, value in typed.items():
        found = page.locator(f"#form [name={name}]")
        if found.first.get_attribute("type") == "radio":
            page.check(f"#form [name={name}][value={value}]")
        else:
            found.fill(value)
    press(page, "#form > button.govuk-button >> nth=-1")
    assert said("coordination.told.recorded") in page.inner_text("main") or typed.get("answer_finance")


def test_three_people_coordinate_a_draft(browser: Browser, address: str, register: Register) -> None:
    scene = register.scene
    with (
        seated(browser, address, scene.secretary, "ky") as keeper,
        seated(browser, address, scene.unionist, "ky") as union,
        seated(browser, address, scene.minister, "ky") as minister,
    ):
        keeper.goto(f"{address}/acts/new")
        looked_at(keeper)
        keeper.fill("#title_ky", "Бюджет кодексине өзгөртүүлөр")
        keeper.select_option("#level", "ministry")
        keeper.select_option("#answers_for", scene.ministry.id)
        keeper.fill("#initiator_ky", "Финансы министрлиги")
        press(keeper, "#form > button.govuk-button >> nth=-1")
        act = keeper.url
        looked_at(keeper)
        answers = {f"answer_{touch}": "no" for touch in ("carried_out", "organisation")}
        reasons = {f"reason_{touch}": "Себеби" for touch in ("carried_out", "finance", "organisation")}
        record(keeper, said("coordination.do.screened"), answer_finance="yes", **answers, **reasons)
        for _ in (scene.union, scene.cities):
            record(keeper, said("coordination.do.served"), proof="№ 12-3/45")
        union.goto(act)
        remark = {"place_1": "3-пункт", "text_1": "Коэффициент сакталсын"}
        record(union, said("coordination.do.opined"), stance="with_remarks", **remark)
        minister.goto(f"{address}/desk")
        looked_at(minister)
        press(minister, f"main a[href='/acts/{act.rpartition('/')[2]}']")
        record(minister, said("coordination.do.answered"), verdict="rejected", reason="Каражат жок")
        union.goto(act)
        record(union, said("coordination.do.appealed"), to="Премьер-министр", against="Жооп")
        looked_at(union)
        for place in ("/acts", "/acts/duties", "/acts/duties?of=everybody"):
            union.goto(address + place)
            looked_at(union)
        told = union.goto(act)
        assert told is not None
        for words in ("Коэффициент сакталсын", "Каражат жок", "Премьер-министр"):
            assert words in union.inner_text("main")


@pytest.mark.parametrize("language", ["ky", "ru"] if LONG else ["ky"])
def test_the_keeper_completes_and_corrects_an_entry(
    browser: Browser, address: str, scene: Scene, language: Language
) -> None:
    bundle = replace(DRAFT, related=(Related(Named("Жобо", "Положение")),), published=date(2020, 3, 2))
    register = make_register(scene, bundle).served()
    with seated(browser, address, scene.secretary, language) as keeper:
        keeper.goto(f"{address}/acts/{register.act}")
        for step, typed in {
            "arrived": {"title_ky": "Жаңы жобо"},
            "corrected": {"title_ky": "Үлүштөрдүн тартиби", "reason": "Катасы бар"},
            "published": {"on": "2021-03-02", "reason": "Газетадагы күн"},
            "amending": {"amends": "15.07.2011 № 101"},
        }.items():
            keeper.click(f"main a[href*='/record/{step}'] >> nth=0")
            keeper.wait_for_selector("#form")
            looked_at(keeper)
            for name, value in typed.items():
                keeper.fill(f"#form [name={name}]", value)
            press(keeper, "#form > button.govuk-button >> nth=-1")
            assert said("coordination.told.recorded", language) in keeper.inner_text("main")
        looked_at(keeper)
        told = keeper.inner_text("main")
    assert said("coordination.awaits_screening", language) in told
    for words in ("Жаңы жобо", "Теңдөө тартиби", "Газетадагы күн", "№ 101"):
        assert words in told
