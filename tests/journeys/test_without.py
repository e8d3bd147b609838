"""The main way without a mouse, and without scripts: log in, draft, file, open, decide, issue."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from budgetproto.accounts.domain import Person
from budgetproto.disputes.positions import filing
from budgetproto.money import Som
from tests.browser import opened
from tests.factories import Scene, file
from tests.journeys import acts
from tests.journeys.hands import Hands, Keys
from tests.journeys.visitor import said
from tests.sessions import seat_members

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("kind", "scripts"), [(Keys, True), (Hands, False)], ids=["without a mouse", "without scripts"]
)
def test_the_main_way_can_be_gone(
    browser: Browser, address: str, scene: Scene, kind: type[Hands], *, scripts: bool
) -> None:
    with ExitStack() as stack:

        def sit(person: Person) -> Hands:
            window = opened(browser, f"{address}/log-in", language="ky", scripts=scripts)
            hands = kind(stack.enter_context(window), address)
            acts.log_in(hands, person.login)
            return hands

        sealed(sit(scene.unionist), scene)
        opened_and_issued(sit(scene.secretary), scene)


def sealed(union: Hands, scene: Scene) -> None:
    """Keep a draft, file it with its receipt, file the other line, declare both final; the others do too."""
    acts.keep_draft(union, scene.lines[0], "600 000,0")
    assert said("disputes.told.drafted") in union.reads()
    acts.file_position(union, scene.lines[0], "600 000,0")
    assert said("disputes.receipt.commitment") in union.reads()
    acts.file_position(union, scene.lines[1], "300 000,0")
    acts.declare_final(union, scene.sitting)
    for place in (0, 1):
        file(scene, scene.ministry, line=place, figure=Som(0))
    for party in (scene.ministry, scene.health, scene.cities):
        filing.declare_final(scene.database, scene.speaker(party).id, scene.sitting, party_id=party.id)


def opened_and_issued(secretary: Hands, scene: Scene) -> None:
    """Open, compute, begin, decide, close, issue."""
    acts.act_on(secretary, scene.sitting, "open")
    assert "+600 000,0" in secretary.reads()
    acts.publish_option(secretary, scene.sitting)
    acts.act_on(secretary, scene.sitting, "session")
    seat_members(scene)
    for line in scene.lines:
        acts.decide(secretary, line)
    acts.act_on(secretary, scene.sitting, "close")
    acts.issue(secretary, scene.sitting)
    assert said("protocol.page.issued") in secretary.reads()


def test_tab_leads_through_every_main_page_and_out_of_it_and_is_always_seen(
    browser: Browser, address: str, scene: Scene
) -> None:
    with opened(browser, f"{address}/log-in") as page:
        keys = Keys(page, address)
        assert keys.walk() == []
        acts.log_in(keys, scene.unionist.login)
        for path in ("/", f"/sittings/{scene.sitting}", f"/lines/{scene.lines[0]}/position", "/account"):
            keys.go(path)
            assert (path, keys.walk()) == (path, [])


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, address: str, scene: Scene) -> None:
    with opened(browser, f"{address}/log-in") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
        page.keyboard.press("Enter")
        page.wait_for_function("location.hash")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
