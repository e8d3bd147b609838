"""An expertise in a real browser, by three people: from its task to the reply, and taken back."""

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.coordination.expertise import domain as d
from budgetproto.i18n import Language
from tests.browser import press
from tests.coordination.held import Register, make_register
from tests.counts import by_make_long
from tests.factories import Scene, make_person
from tests.journeys.test_coordination_in_browser import looked_at, seated
from tests.journeys.visitor import said

pytestmark = pytest.mark.browser

SEND = "#form > button.govuk-button >> nth=-1"


@pytest.fixture
def register(scene: Scene) -> Register:
    return make_register(scene)


def begin(page: Page, deed: str, language: Language) -> None:
    """Follow the link of a deed from the page of a draft or of its expertise, and look at the form."""
    press(page, f"main a:has-text('{said(f'expertise.do.{deed}', language)}')")
    looked_at(page)


def commissioned(union: Page, register: Register, expert: str) -> str:
    """Ask for an expertise in the name of the union; return its address."""
    begin(union, "commission", "ky")
    union.select_option("#party", register.scene.union.id)
    union.fill("#task", "Кирешеге таасири")
    union.fill("#experts", expert)
    press(union, SEND)
    looked_at(union)
    return union.url


def declared(expert: Page) -> None:
    begin(expert, "interests", "ru")
    expert.check("#form [name=none][value=none]")
    press(expert, SEND)


def written(expert: Page) -> None:
    """Write all parts, with one amount."""
    begin(expert, "write", "ru")
    for part in d.Part:
        expert.fill(f"[name=text_{part.value}]", "Вывод по разделу")
    expert.check("[name=touched_expenditure][value=yes]")
    expert.select_option("[name=kind_1]", "expenditure")
    for name, typed in (("year_1", "2027"), ("amount_1", "-1 234,5"), ("what_1", "Уголь")):
        expert.fill(f"[name={name}]", typed)
    expert.check("[name=verdict][value=conditions]")
    expert.fill("[name=conclusion]", "Поддержать с трансфертом")
    press(expert, SEND)
    looked_at(expert)


def handed_in(expert: Page) -> None:
    begin(expert, "hand_in", "ru")
    expert.check("#form [name=sure]")
    press(expert, SEND)
    assert said("expertise.state.handed_in", "ru") in expert.inner_text("main")


def replied(minister: Page) -> None:
    begin(minister, "reply", "ky")
    minister.check("#form [name=stance][value=partly]")
    minister.fill("#form [name=reply]", "Эсебиңизге макулбуз")
    press(minister, SEND)
    looked_at(minister)


def withdrawn(union: Page) -> None:
    begin(union, "withdraw", "ky")
    union.fill("#form [name=reason]", "Долбоор өзгөрдү")
    press(union, SEND)
    looked_at(union)


@by_make_long
def test_three_people_take_an_expertise_from_its_task_to_the_reply(
    browser: Browser, address: str, register: Register
) -> None:
    scene, draft = register.scene, f"{address}/acts/{register.act}"
    reviewer = make_person(scene.database, login="adis", name="Адис Экспертов", language="ru")
    with (
        seated(browser, address, scene.unionist, "ky") as union,
        seated(browser, address, reviewer, "ru") as expert,
        seated(browser, address, scene.minister, "ky") as minister,
    ):
        union.goto(draft)
        page = commissioned(union, register, "adis")
        minister.goto(draft)
        assert page.rpartition("/")[2] not in minister.content()
        expert.goto(f"{address}/expertise")
        looked_at(expert)
        press(expert, "main th a")
        declared(expert)
        written(expert)
        sealed = minister.goto(page)
        assert sealed is not None
        assert sealed.status == 404
        handed_in(expert)
        minister.goto(page)
        looked_at(minister)
        replied(minister)
        union.goto(draft)
        looked_at(union)
        union.goto(page)
        assert "Эсебиңизге макулбуз" in union.inner_text("main")
        withdrawn(union)
        for reader in (expert, minister):
            reader.goto(page)
            looked_at(reader)
        assert said("expertise.state.withdrawn", "ru") in expert.inner_text("main")
        assert said("expertise.state.withdrawn") in minister.inner_text("main")
