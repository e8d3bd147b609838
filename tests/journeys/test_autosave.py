"""A position written over a bad line in a real browser: nothing typed is lost, nothing is filed twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from budgetproto.accounts.domain import Person
from budgetproto.disputes.positions import filing
from budgetproto.disputes.positions.own import own_position
from budgetproto.disputes.positions.storage import PositionRow
from budgetproto.i18n import text
from tests.browser import DESKTOP, PHONE, opened, scan, sideways
from tests.factories import Scene
from tests.journeys.test_browser import log_in
from tests.stated import make_position
from tests.web.gallery import serving

pytestmark = pytest.mark.browser

WHY = "Айыл өкмөттөрү долбоорлорун жазып коюшкан."


@dataclass(frozen=True)
class Written:
    """The form of a position, open in a browser as the union's delegate."""

    page: Page
    scene: Scene
    address: str

    def says(self, key: str, **values: object) -> None:
        words = re.sub(r"\\\{\w+\\\}", ".*", re.escape(text(key, "ky", **values)))
        expect(self.page.locator("#saving")).to_have_text(re.compile(words), timeout=15_000)

    def draft(self, person: Person | None = None) -> str:
        """Return the reason in the draft that the service holds."""
        author = person or self.scene.unionist
        with self.scene.database.reading() as session:
            own = own_position(session, self.scene.key, author.id, self.scene.lines[1], self.scene.union.id)
        return own.draft.rationale.text.ky if own.draft and own.draft.rationale else ""

    def versions(self) -> int:
        """Return how many versions are filed."""
        with self.scene.database.reading() as session:
            keys = [(self.scene.lines[1], self.scene.union.id, number) for number in (1, 2, 3)]
            return sum(session.get(PositionRow, key) is not None for key in keys)

    def kept(self) -> str:
        """Return what this tab keeps."""
        return str(self.page.evaluate("JSON.stringify({...sessionStorage})"))


@pytest.fixture
def written(browser: Browser, app: Flask, scene: Scene) -> Iterator[Written]:
    """Open the form."""
    with serving(app) as address, opened(browser, f"{address}/log-in", scanning=False) as page:
        log_in(page, address, scene.unionist.login)
        page.goto(f"{address}/lines/{scene.lines[1]}/position")
        yield Written(page, scene, address)


def test_a_draft_saves_itself_and_says_so(written: Written) -> None:
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.unsaved")
    written.says("disputes.saving.saved", at="{at}")
    assert written.draft() == WHY
    assert WHY not in written.kept()


def test_a_dead_line_loses_nothing_and_the_draft_is_saved_once_it_is_back(written: Written) -> None:
    written.page.context.set_offline(True)
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.offline")
    assert written.draft() == ""
    assert WHY in written.kept()
    written.page.context.set_offline(False)
    written.says("disputes.saving.saved", at="{at}")
    assert written.draft() == WHY


def test_after_a_reload_the_unsent_text_is_back(written: Written) -> None:
    written.page.route("**/position", lambda route: _posts(route, route.abort))
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.offline")
    written.page.reload()
    expect(written.page.locator("#rationale_ky")).to_have_value(WHY)
    written.says("disputes.saving.restored")


def test_a_newer_text_of_the_server_is_offered_beside_the_unsent_one(written: Written) -> None:
    written.page.route("**/position", lambda route: _posts(route, route.abort))
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.offline")
    scene = written.scene
    filing.save_draft(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[1],
        party_id=scene.union.id,
        position=make_position(figure=None, rationale="Башка терезеден"),
        seen=0,
    )
    written.page.reload()
    panel = written.page.locator("#unsent")
    expect(panel).to_contain_text(WHY)
    expect(panel).to_contain_text("Башка терезеден")
    panel.locator("[data-take=mine]").click()
    expect(written.page.locator("#rationale_ky")).to_have_value(WHY)


def test_a_form_stale_by_another_window_is_not_saved_over_it(written: Written) -> None:
    scene = written.scene
    filing.save_draft(
        scene.database,
        scene.key,
        scene.unionist.id,
        scene.lines[1],
        party_id=scene.union.id,
        position=make_position(figure=None, rationale="Башка терезеден"),
        seen=0,
    )
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.moved")
    assert written.draft() == "Башка терезеден"
    written.page.click("button[value=draft]")
    expect(written.page.locator(".bp-versions")).to_contain_text([WHY])


def test_an_answer_cut_off_after_the_commit_ends_in_one_version(written: Written) -> None:
    """The line dies between the service's commit and its answer; the page sends again by itself."""
    lost: list[int] = []

    def cut(route: Route) -> None:
        if "act=file" in (route.request.post_data or "") and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    written.page.route("**/position", cut)
    _fill_in(written.page)
    written.page.click("button[value=file]")
    written.page.wait_for_url("**/receipt*", timeout=20_000)
    assert lost == [200]
    assert written.versions() == 1
    assert WHY not in written.kept()


def test_filing_without_a_line_is_said_and_done_once_it_is_back(written: Written) -> None:
    _fill_in(written.page)
    written.page.context.set_offline(True)
    written.page.click("button[value=file]")
    written.says("disputes.saving.unsent")
    assert written.versions() == 0
    written.page.context.set_offline(False)
    written.page.wait_for_url("**/receipt*", timeout=20_000)
    assert written.versions() == 1


def test_a_refusal_stands_beside_its_field_with_scripts_too(written: Written) -> None:
    _fill_in(written.page)
    written.page.fill("#figure", "12,606")
    written.page.click("button[value=file]")
    written.page.wait_for_selector("#figure-error")
    assert WHY in written.page.input_value("#rationale_ky")


def test_logging_out_forgets_what_was_not_saved(written: Written) -> None:
    written.page.route("**/position", lambda route: _posts(route, route.abort))
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.offline")
    written.page.click(".bp-person__log-out")
    written.page.wait_for_url("**/log-in*")
    assert WHY not in written.kept()


def test_another_person_at_the_same_tab_finds_nothing(written: Written) -> None:
    written.page.route("**/position", lambda route: _posts(route, route.abort))
    written.page.fill("#rationale_ky", WHY)
    written.says("disputes.saving.offline")
    written.page.context.clear_cookies()
    log_in(written.page, written.address, written.scene.assistant.login)
    written.page.wait_for_load_state()
    assert WHY not in written.kept()


def test_the_remaining_time_runs_by_the_servers_clock(written: Written) -> None:
    """A computer whose clock is years off shows the same remaining time."""
    place = written.page.locator("[data-countdown]")
    words = place.inner_text()
    written.page.clock.install(time=0)
    written.page.reload()
    written.page.clock.run_for(20_000)
    assert place.inner_text()[:25] == words[:25]
    written.page.clock.run_for(48 * 3_600_000)
    assert place.inner_text() == text("sittings.time_over", "ky")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_is_readable_while_two_texts_are_offered(
    browser: Browser, app: Flask, scene: Scene, size: tuple[int, int]
) -> None:
    with serving(app) as address, opened(browser, f"{address}/log-in", size=size, scanning=True) as page:
        log_in(page, address, scene.unionist.login)
        page.goto(f"{address}/lines/{scene.lines[1]}/position")
        page.evaluate(
            """([place, why]) => sessionStorage.setItem("unsent:" + place, JSON.stringify({
                owner: document.querySelector("[data-person]").dataset.person,
                text: JSON.stringify([["rationale_ky", why], ["recurring", "yes"]]), seen: "7"}))""",
            [f"{scene.lines[1]}:{scene.union.id}", WHY],
        )
        page.reload()
        expect(page.locator("#unsent")).to_contain_text(WHY)
        assert scan(page) == []
        assert sideways(page) == 0


def _fill_in(page: Page) -> None:
    page.fill("#figure", "600 000,0")
    page.fill("#rationale_ky", WHY)
    page.check("#vulnerable-1")


def _posts(route: Route, act: object) -> None:
    if route.request.method == "POST" and callable(act):
        act()
    else:
        route.continue_()
