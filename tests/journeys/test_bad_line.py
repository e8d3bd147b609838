"""Over a bad line: pages are light, a position is filed once, and it is always told whether it is sent."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from budgetproto.disputes.positions.own import own_position
from budgetproto.i18n import text
from tests.browser import opened
from tests.factories import Scene, file_all, make_scene, open_all
from tests.journeys import acts
from tests.journeys.hands import Hands
from tests.journeys.line import Weight, relayed

pytestmark = pytest.mark.browser

FIRST_PAGE = 150_000
LATER_PAGE = 40_000
_PATIENCE = 60_000
_RECEIPT = re.compile("/receipt")


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_first_page_takes_150_kilobytes_and_each_later_one_40(
    browser: Browser, address: str, scene: Scene, language: str
) -> None:
    later = make_scene(scene.database, key=scene.key)
    file_all(later)
    open_all(later)
    with opened(browser, "about:blank", language=None) as page:
        page.context.add_cookies([{"name": "language", "value": language, "url": address}])
        weight, hands = Weight(page), Hands(page, address)
        hands.go("/log-in")
        assert 0 < weight.taken() < FIRST_PAGE
        acts.log_in(hands, scene.unionist.login)
        weight.taken()
        heavy = {path: weighed(hands, weight, path) for path in later_pages(scene)}
        page.context.clear_cookies(name="sitting")
        acts.log_in(hands, later.unionist.login)
        weight.taken()
        heavy |= {path: weighed(hands, weight, path) for path in later_pages(later)}
        assert {path: taken for path, taken in heavy.items() if not 0 < taken < LATER_PAGE} == {}


def test_a_position_is_filed_once_although_the_answer_is_lost_twice(
    browser: Browser, address: str, scene: Scene
) -> None:
    with relayed(address, lost=0) as relay, opened(browser, "about:blank") as page:
        Weight(page).slow()
        hands = Hands(page, relay.address)
        acts.log_in(hands, scene.unionist.login)
        hands.go(f"/lines/{scene.lines[1]}/position")
        acts.state(hands, "600 000,0")
        relay.break_next = 2
        page.click('button[name="act"][value="file"]')
        expect(page.locator("#saving")).to_have_text(text("disputes.saving.unsent", "ky"), timeout=_PATIENCE)
        expect(page).to_have_url(_RECEIPT, timeout=2 * _PATIENCE)
        assert relay.broken >= 2
    assert versions(scene) == 1


def test_before_during_and_after_a_dead_line_the_page_says_whether_the_text_is_sent(
    browser: Browser, address: str, scene: Scene
) -> None:
    with opened(browser, "about:blank") as page:
        hands = Hands(page, address)
        acts.log_in(hands, scene.unionist.login)
        hands.go(f"/lines/{scene.lines[1]}/position")
        says_sent(page, sent=False)
        page.context.set_offline(True)
        acts.state(hands, "600 000,0")
        page.click('button[name="act"][value="file"]')
        expect(page.locator("#saving")).to_have_text(text("disputes.saving.unsent", "ky"), timeout=_PATIENCE)
        says_sent(page, sent=False)
        assert versions(scene) == 0
        page.context.set_offline(False)
        expect(page).to_have_url(_RECEIPT, timeout=_PATIENCE)
        hands.go(f"/lines/{scene.lines[1]}/position")
        says_sent(page, sent=True)
    assert versions(scene) == 1


def weighed(hands: Hands, weight: Weight, path: str) -> int:
    """Open a page and return what it took; a busy browser tells that a page has come a little later."""
    hands.go(path)
    for _ in range(100):
        if weight.bytes:
            break
        hands.page.wait_for_timeout(20)
    return weight.taken()


def later_pages(scene: Scene) -> list[str]:
    """Return what a delegate opens on a day of work."""
    sitting, line = f"/sittings/{scene.sitting}", f"/lines/{scene.lines[0]}"
    return [
        "/",
        "/desk",
        sitting,
        f"{sitting}/lines",
        f"{sitting}/journal",
        line,
        f"{line}/position",
        "/guides",
        "/account",
    ]


def says_sent(page: Page, *, sent: bool) -> None:
    """Assert what the tag beside the buttons says, in sight of the reader."""
    words = text("disputes.sent.yes" if sent else "disputes.sent.no", "ky")
    tag = page.locator("#sent strong")
    expect(tag).to_have_text(words)
    expect(tag).to_be_visible()


def versions(scene: Scene) -> int:
    """Return how often the union has filed on the second line."""
    with scene.database.reading() as session:
        own = own_position(session, scene.key, scene.unionist.id, scene.lines[1], scene.union.id)
    return own.version
