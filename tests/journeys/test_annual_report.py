"""The annual report in a browser: two people of the union write, approve and file it; the secretary reads.

Every page is scanned for accessibility, wide and narrow.
"""

import re

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.database import now
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.reporting.annual import service
from budgetproto.reporting.annual.starter import recorded_set
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.storage import put_territories
from tests.browser import DESKTOP, SMALLEST, opened, resize, scan, sideways
from tests.coordination.held import make_register
from tests.factories import PASSWORD, Scene
from tests.journeys.hands import Hands
from tests.journeys.visitor import said
from tests.reporting.annual.writing import PLACE, begun, written

pytestmark = pytest.mark.browser


def log_in(page: Page, address: str, login: str) -> Hands:
    hands = Hands(page, address)
    hands.go("/log-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    hands.press("main button")
    return hands


def sound(hands: Hands) -> None:
    """Assert that the scan finds nothing and that nobody scrolls sideways."""
    for size in (DESKTOP, SMALLEST):
        resize(hands.page, size)
        assert scan(hands.page) == [], (hands.here(), size)
        assert sideways(hands.page) == 0, (hands.here(), size)
    resize(hands.page, DESKTOP)


@pytest.fixture
def places(scene: Scene) -> None:
    units = [each for each in read_reference().territories if each.soate.startswith("41702")]
    with scene.database.writing() as session:
        put_territories(session, [each for each in units if each.level < 4])


def test_a_report_is_written_approved_and_filed(
    browser: Browser, address: str, scene: Scene, places: None
) -> None:
    desk = written(scene, begun(scene))
    root = f"/annual-reports/{desk.report}"
    with opened(browser, f"{address}/log-in", scanning=True) as page:
        author = log_in(page, address, scene.unionist.login)
        for path in (
            *("/annual-reports", root, f"{root}/indicators", f"{root}/indicators/new", f"{root}/values"),
            f"{root}/indicators/record",
            *(f"{root}/sections/summary", f"{root}/failing/1", f"{root}/sums/1", f"{root}/people"),
            *(f"{root}/yardsticks/council.sessions", f"{root}/by-indicator/council.sessions"),
        ):
            author.go(path)
            sound(author)
        author.go(f"{root}/values/{PLACE}/2020")
        author.write("value_0", "6")
        author.write("source", "Протоколдор")
        author.send()
        author.go(root)
        author.do("/close")
        assert said("annual.closed") in author.reads()
        sound(author)
    with opened(browser, f"{address}/log-in", scanning=True) as page:
        second = log_in(page, address, scene.assistant.login)
        second.go(root)
        second.do("/approve")
        second.do("/file")
        assert said("annual.filed") in second.reads()
    with opened(browser, f"{address}/log-in", scanning=True) as page:
        secretary = log_in(page, address, scene.secretary.login)
        secretary.go("/annual-reports")
        secretary.press(f'main a[href="{root}"]')
        assert re.search(r"[0-9a-f]{64}", secretary.reads())
        sound(secretary)
        secretary.go(f"{root}/steps")
        sound(secretary)


def test_the_rows_behind_what_is_computed_fit_every_screen(
    browser: Browser, address: str, scene: Scene, places: None
) -> None:
    make_register(scene).served()
    with scene.database.reading() as session:
        year = bishkek_day(now(session)).year
    of = scene.database, scene.unionist.id
    report = service.open_report(*of, party_id=scene.union.id, year=year)
    service.add_indicators(*of, report, recorded_set(), seen=1)
    with opened(browser, f"{address}/log-in", scanning=True) as page:
        author = log_in(page, address, scene.unionist.login)
        author.go(f"/annual-reports/{report}")
        assert said("annual.record.drafts.how") in author.reads()
        sound(author)
