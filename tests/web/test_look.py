"""What people see: readable by everybody, at every width, with and without a script."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.browser import DESKTOP, SMALLEST, opened, press, scan, sideways

PAGES = ["/", "/form", "/refused/stale", "/refused/bad-input"]
#: Wider than a phone, narrower than the table of the gallery.
NARROW = (700, 800)
COMPONENTS = Path("budgetproto/templates/components").resolve()

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [DESKTOP, SMALLEST], ids=["desktop", "phone"])
def test_the_accessibility_scan_finds_nothing(
    browser: Browser, address: str, page: str, size: tuple[int, int]
) -> None:
    with opened(browser, address + page, size=size, scanning=True) as shown:
        assert scan(shown) == []


def test_a_form_with_faults_passes_the_scan_and_leads_to_the_faults(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form", scanning=True) as shown:
        press(shown, "main button")
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
    with opened(browser, address + page, size=SMALLEST, language=language) as shown:
        assert sideways(shown) == 0


def test_a_wide_table_scrolls_inside_its_own_frame_and_says_so(browser: Browser, address: str) -> None:
    with opened(browser, address, size=NARROW) as shown:
        frame = shown.locator(".bp-table-frame")
        assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        assert frame.get_attribute("tabindex") == "0"
        assert shown.locator(".bp-table-hint").is_visible()
        assert sideways(shown) == 0


def test_a_table_that_fits_says_nothing_about_its_width(browser: Browser, address: str) -> None:
    with opened(browser, address, size=DESKTOP) as shown:
        assert not shown.locator(".bp-table-hint").is_visible()


def test_on_a_phone_each_row_is_a_card_that_names_its_columns(browser: Browser, address: str) -> None:
    with opened(browser, address, size=SMALLEST) as shown:
        cell = shown.locator("#lines tbody td").first
        named = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
        assert named == '"Министрлер Кабинети"'
        frame = shown.locator(".bp-table-frame")
        assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")


def test_the_head_of_a_table_stays_in_sight(browser: Browser, address: str) -> None:
    with opened(browser, address, size=(1280, 400)) as shown:
        frame = shown.locator(".bp-table-frame")
        frame.evaluate("frame => { frame.scrollTop = 250 }")
        top = frame.evaluate(
            "frame => frame.querySelector('thead th').getBoundingClientRect().top"
            " - frame.getBoundingClientRect().top"
        )
        assert 0 <= top < 5


def test_the_name_of_a_row_stays_in_sight_while_its_figures_scroll(browser: Browser, address: str) -> None:
    with opened(browser, address, size=NARROW) as shown:
        frame = shown.locator(".bp-table-frame")
        frame.evaluate("frame => { frame.scrollLeft = 200 }")
        left = frame.evaluate(
            "frame => frame.querySelector('tbody th').getBoundingClientRect().left"
            " - frame.getBoundingClientRect().left"
        )
        assert 0 <= left < 5


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
        assert "U+4A2-4A3, U+4AE-4AF, U+4E8-4E9" in loaded
        assert not any(reach.startswith("U+460") for reach in loaded)


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
    with opened(browser, f"{address}/?line=3", scripts=False) as shown:
        press(shown, "button[value=ru]")
        assert shown.url == f"{address}/?line=3"
        assert shown.locator("html").get_attribute("lang") == "ru"


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without"])
def test_the_language_changes_and_what_was_typed_stays(browser: Browser, address: str, scripts: bool) -> None:
    with opened(browser, f"{address}/form?line=3", scripts=scripts) as shown:
        shown.fill("#reason", "Айыл өкмөттөрү")
        press(shown, "header a[lang=ru]")
        if not scripts:
            assert shown.locator("#reason").input_value() == "Айыл өкмөттөрү"
            press(shown, "#form-language-ru")
        shown.wait_for_selector("html[lang=ru]")
        assert shown.locator("#reason").input_value() == "Айыл өкмөттөрү"
        assert shown.url == f"{address}/form?line=3"


def test_the_enter_key_sends_the_form_and_changes_no_language(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form") as shown:
        shown.fill("#figure", "600 000,0")
        shown.press("#figure", "Enter")
        shown.wait_for_selector(".govuk-error-summary")


def test_the_service_fits_a_page_enlarged_twice(browser: Browser, address: str) -> None:
    with opened(browser, address, size=(640, 450)) as shown:
        assert sideways(shown) == 0


def test_whoever_wants_no_motion_gets_none(browser: Browser, address: str) -> None:
    with opened(browser, address) as shown:
        shown.emulate_media(reduced_motion="reduce")
        moving = shown.evaluate(
            "[...document.querySelectorAll('*')]"
            ".filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"
        )
        assert moving == 0


def test_in_high_contrast_the_sides_and_the_current_language_are_still_told(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as shown:
        shown.emulate_media(forced_colors="active")
        widths = shown.eval_on_selector_all(
            ".bp-languages__button", "them => them.map(one => getComputedStyle(one).borderTopWidth)"
        )
        assert sorted(widths) == ["0px", "0px", "3px"]
        mark = shown.locator(".bp-side--lsg .bp-side__mark").first
        assert mark.evaluate("mark => getComputedStyle(mark).borderTopStyle") == "dashed"


def test_wherever_the_keyboard_leads_it_is_seen_and_it_leads_everywhere(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}/form") as shown:
        reachable = shown.evaluate(
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]"
            ".filter(one => one.checkVisibility())"
            ".filter(one => one.type !== 'radio' || one.id.endsWith('-0')).length"
        )
        seen, plain = 0, []
        for _ in range(reachable):
            shown.keyboard.press("Tab")
            seen += 1
            style = shown.evaluate(
                "(() => { const one = document.activeElement; if (one === document.body) return null;"
                " const label = one.nextElementSibling; const now = getComputedStyle(one);"
                " const before = label ? getComputedStyle(label, '::before') : now;"
                " return [now.outlineStyle, now.boxShadow, before.boxShadow].join() })()"
            )
            if style is None:
                break
            if style.startswith("none,none,none"):
                plain.append(shown.evaluate("document.activeElement.outerHTML"))
        assert (seen, plain) == (reachable, [])


def test_a_form_works_without_a_script(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/form", scripts=False) as shown:
        shown.fill("#figure", "600 000,0")
        shown.fill("#reason", "Долбоорлор даяр.")
        shown.check("#answer-0")
        press(shown, "main button")
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
    # The countdown needs the clock of a sitting: it is looked at where sittings are.
    assert {style for style in styles if style not in shown} == {"bp-remaining"}
