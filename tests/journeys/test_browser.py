"""A form in a real browser: Enter files nothing, and a refusal leads to its faults."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import opened, press, scan
from tests.factories import PASSWORD, Scene
from tests.journeys.visitor import said

pytestmark = pytest.mark.browser


def log_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/log-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    press(page, "main button")


def test_the_enter_key_keeps_a_draft_and_files_nothing(browser: Browser, address: str, scene: Scene) -> None:
    with opened(browser, f"{address}/log-in") as page:
        log_in(page, address, scene.unionist.login)
        page.goto(f"{address}/lines/{scene.lines[1]}/position")
        page.fill("#figure", "600 000,0")
        page.press("#figure", "Enter")
        page.wait_for_selector(".govuk-notification-banner")
        assert said("disputes.told.drafted") in page.locator("main").inner_text()


def test_a_refused_form_leads_to_its_faults(browser: Browser, address: str, scene: Scene) -> None:
    with opened(browser, f"{address}/log-in", scanning=True) as page:
        log_in(page, address, scene.unionist.login)
        page.goto(f"{address}/lines/{scene.lines[1]}/position")
        page.fill("#figure", "12,606")
        press(page, "button[value=file]")
        page.wait_for_selector(".govuk-error-summary:focus")
        assert scan(page) == []
        page.click(".govuk-error-summary a[href='#figure']")
        page.wait_for_selector("#figure:focus")
