"""What people see: readable by everybody, at every width, with and without a script."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.browser import DESKTOP, PHONE, opened, scan, sideways

PAGES = ["/", "/form", "/refused/stale", "/refused/bad-input"]
COMPONENTS = Path("budgetproto/templates/components").resolve()

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_accessibility_scan_finds_nothing(
    browser: Browser, address: str, page: str, size: tuple[int, int]
) -> None:
    with opened(browser, address + page, size=size, scanning=True) as shown:
        assert scan(shown) == []


def test_a_form_with_faults_passes_the_scan_and_leads_to_the_faults(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form", scanning=True) as shown:
        shown.click("main button")
        assert scan(shown) == []
        assert "govuk-error-summary" in str(shown.evaluate("document.activeElement.className"))


def test_the_scan_finds_a_fault_when_there_is_one(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form", scanning=True) as shown:
        shown.evaluate("document.querySelector('label[for=figure]').remove()")
        assert "label" in {violation.rule for violation in scan(shown)}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_nobody_scrolls_a_page_sideways_on_a_phone(
    browser: Browser, address: str, page: str, language: str
) -> None:
    with opened(browser, address + page, size=PHONE, language=language) as shown:
        assert sideways(shown) == 0


def test_a_wide_table_scrolls_inside_its_own_frame(browser: Browser, address: str) -> None:
    with opened(browser, address, size=PHONE) as shown:
        frame = shown.locator(".bp-table-frame")
        assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        assert frame.get_attribute("tabindex") == "0"


def test_the_head_of_a_table_stays_in_sight(browser: Browser, address: str) -> None:
    with opened(browser, address, size=PHONE) as shown:
        frame = shown.locator(".bp-table-frame")
        frame.evaluate("frame => { frame.scrollTop = 250 }")
        top = frame.evaluate(
            "frame => frame.querySelector('thead th').getBoundingClientRect().top"
            " - frame.getBoundingClientRect().top"
        )
        assert 0 <= top < 5


@pytest.mark.parametrize("page", PAGES)
def test_the_strict_policy_stops_nothing_of_ours(browser: Browser, address: str, page: str) -> None:
    with opened(browser, address) as shown:
        complaints: list[str] = []
        shown.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.goto(address + page)
        assert [complaint for complaint in complaints if "status of" not in complaint] == []


def test_kyrgyz_letters_come_from_the_font_we_ship(browser: Browser, address: str) -> None:
    with opened(browser, address) as shown:
        shown.evaluate("document.fonts.ready")
        assert shown.evaluate("document.fonts.check('16px \"Noto Sans\"', 'ҢңӨөҮү')")
        loaded = shown.evaluate(
            "[...document.fonts].filter(one => one.status === 'loaded').map(one => one.unicodeRange)"
        )
        assert any(reach.startswith("U+460-52F") for reach in loaded)


def test_figures_stand_under_each_other(browser: Browser, address: str) -> None:
    with opened(browser, address) as shown:
        edges = shown.eval_on_selector_all(
            "#lines tbody tr td:nth-child(3)",
            "cells => cells.map(cell => { const range = document.createRange();"
            " range.selectNodeContents(cell); return Math.round(range.getBoundingClientRect().right) })",
        )
        assert len(edges) == 10
        assert len(set(edges)) == 1


def test_the_language_changes_without_a_script_and_the_page_stays(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form?line=3", scripts=False) as shown:
        shown.click("button[value=ru]")
        assert shown.url == f"{address}/form?line=3"
        assert shown.locator("html").get_attribute("lang") == "ru"


def test_a_form_works_without_a_script(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form", scripts=False) as shown:
        shown.fill("#figure", "600 000,0")
        shown.fill("#reason", "Долбоорлор даяр.")
        shown.check("#answer-0")
        shown.click("main button")
        assert shown.url == f"{address}/"
        assert shown.locator(".govuk-notification-banner--success").count() == 1


def test_the_first_key_leads_past_the_head_of_the_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as shown:
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.getAttribute('href')") == "#content"


def test_the_two_sides_differ_without_their_colours(browser: Browser, address: str) -> None:
    with opened(browser, address) as shown:
        marks = [shown.locator(f".bp-side--{side} .bp-side__mark").first for side in ("government", "lsg")]
        letters = {mark.inner_text() for mark in marks}
        borders = {mark.evaluate("mark => getComputedStyle(mark).borderTopStyle") for mark in marks}
        assert (letters, borders) == ({"МК", "ЖӨБ"}, {"solid", "dashed"})


def test_on_paper_the_page_has_no_buttons_and_the_whole_table(browser: Browser, address: str) -> None:
    with opened(browser, address) as shown:
        shown.emulate_media(media="print")
        assert not shown.locator(".bp-languages").is_visible()
        assert not shown.locator("main button").first.is_visible()
        assert (
            shown.locator(".bp-table-frame").evaluate("frame => getComputedStyle(frame).overflowY")
            == "visible"
        )


def test_every_component_is_in_the_gallery(client: FlaskClient) -> None:
    shown = client.get("/").text + client.get("/form").text
    styles = set(
        re.findall(r'class="(bp-[a-z_-]+)', "".join(file.read_text() for file in COMPONENTS.glob("*.html")))
    )
    assert styles
    assert {style for style in styles if style not in shown} == set()
