"""The pages in a real browser: readable for everybody, on a phone too, by keyboard, without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from budgetproto.disputes import options
from budgetproto.money import Som
from tests.browser import DESKTOP, PHONE, opened, scan, sideways
from tests.factories import PASSWORD, Scene, file, make_scene, open_all, start_session
from tests.journeys.visitor import said
from tests.web.gallery import serving

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Served:
    """The application at an address, with a sitting that collects and one in session."""

    address: str
    collecting: Scene
    session: Scene

    def pages(self) -> list[tuple[str, str]]:
        """Return each kind of page with the log-in name of a reader of it."""
        collecting, session = self.collecting, self.session
        delegate, secretary = collecting.unionist.login, session.secretary.login
        sitting, line = f"/sittings/{session.sitting}", f"/lines/{session.lines[0]}"
        return [
            (delegate, "/"),
            (delegate, f"/sittings/{collecting.sitting}"),
            (delegate, f"/lines/{collecting.lines[0]}"),
            (delegate, f"/lines/{collecting.lines[1]}/position"),
            (delegate, f"/lines/{collecting.lines[0]}/receipt"),
            (collecting.secretary.login, f"/sittings/{collecting.sitting}"),
            (secretary, "/sittings/new"),
            (secretary, sitting),
            (secretary, f"{sitting}/option"),
            (secretary, f"{sitting}/agenda"),
            (secretary, f"{sitting}/attendance"),
            (secretary, f"{sitting}/opinions"),
            (secretary, f"{sitting}/journal?verify=yes"),
            (secretary, line),
            (secretary, f"{line}/decision"),
            (session.chair.login, f"{line}/proposal"),
            (secretary, "/journal/access"),
            (delegate, "/account"),
            (delegate, "/account/password"),
            (delegate, "/account/second-factor"),
            (secretary, "/people"),
            (secretary, "/people/invite"),
            (collecting.secretary.login, f"/people/{collecting.unionist.id}"),
            (collecting.secretary.login, f"/people/{collecting.unionist.id}/ask?deed=new_link"),
        ]


@pytest.fixture
def served(app: Flask, scene: Scene) -> Iterator[Served]:
    """Serve the application with both sittings."""
    file(scene, scene.union, rationale="Долбоорлор даяр.")
    session = make_scene(scene.database, key=scene.key)
    for place in range(len(session.lines)):
        file(session, session.ministry, line=place, figure=Som(0), rationale="Каражат жок.")
        file(session, session.union, line=place, rationale="Долбоорлор даяр.")
    open_all(session)
    options.publish_option(session.database, session.secretary.id, session.sitting)
    start_session(session)
    with serving(app) as address:
        yield Served(address, scene, session)


def log_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/log-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_accessibility_scan_finds_nothing_on_any_page(
    browser: Browser, served: Served, size: tuple[int, int]
) -> None:
    with opened(browser, f"{served.address}/log-in", size=size, scanning=True) as page:
        assert scan(page) == []
        last = ""
        for login, path in served.pages():
            if login != last:
                page.context.clear_cookies()
                log_in(page, served.address, login)
                last = login
            page.goto(served.address + path)
            assert (path, scan(page)) == (path, [])


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_nobody_scrolls_a_page_sideways_on_a_phone(browser: Browser, served: Served, language: str) -> None:
    with opened(browser, f"{served.address}/log-in", size=PHONE) as page:
        last = ""
        for login, path in served.pages():
            if login != last:
                page.context.clear_cookies()
                choice = {"name": "language", "value": language, "url": served.address}
                page.context.add_cookies([choice])  # type: ignore[list-item]
                log_in(page, served.address, login)
                last = login
            page.goto(served.address + path)
            assert (path, sideways(page)) == (path, 0)


def test_a_position_is_filed_by_keyboard_alone_and_without_scripts(browser: Browser, served: Served) -> None:
    scene = served.collecting
    with opened(browser, f"{served.address}/log-in", scripts=False) as page:
        page.focus("#login")
        page.keyboard.type(scene.unionist.login)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{served.address}/")
        page.goto(f"{served.address}/lines/{scene.lines[1]}/position")
        page.focus("#figure")
        page.keyboard.type("600 000,0")
        page.focus("#rationale_ky")
        page.keyboard.type("Айыл өкмөттөрү долбоорлорун жазып коюшкан.")
        page.focus("#vulnerable-0")
        page.keyboard.press("Space")
        page.focus("button[value=file]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/receipt*")
        assert "/receipt" in page.url
        assert said("disputes.told.filed", version=1) in page.locator("main").inner_text()


def test_the_enter_key_keeps_a_draft_and_files_nothing(browser: Browser, served: Served) -> None:
    scene = served.collecting
    with opened(browser, f"{served.address}/log-in") as page:
        log_in(page, served.address, scene.unionist.login)
        page.goto(f"{served.address}/lines/{scene.lines[1]}/position")
        page.fill("#figure", "600 000,0")
        page.press("#figure", "Enter")
        page.wait_for_selector(".govuk-notification-banner")
        assert said("disputes.told.drafted") in page.locator("main").inner_text()


def test_a_refused_form_leads_to_its_faults(browser: Browser, served: Served) -> None:
    scene = served.collecting
    with opened(browser, f"{served.address}/log-in", scanning=True) as page:
        log_in(page, served.address, scene.unionist.login)
        page.goto(f"{served.address}/lines/{scene.lines[1]}/position")
        page.fill("#figure", "12,606")
        page.click("button[value=file]")
        page.wait_for_selector(".govuk-error-summary:focus")
        assert scan(page) == []
        page.click(".govuk-error-summary a[href='#figure']")
        page.wait_for_selector("#figure:focus")
