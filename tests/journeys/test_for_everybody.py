"""Every page in a real browser, in both languages, at a desk and on a phone: accessible, never too wide."""

from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.i18n import Language
from tests.access.seats import House
from tests.browser import DESKTOP, SMALLEST, Violation, opened, resize, scan, sideways
from tests.journeys.walking import Stop, stops, walk
from tests.web.gallery import REFUSALS, sample_app, serving

pytestmark = pytest.mark.browser
_EACH: Final = ("ky", "ru")

#: Views that show no page of their own: files, and steps in the middle of an act (test_accounts.py).
_NO_PAGE: Final = {
    *("static", "bulk.sheet_template", "positions.receipt_file", "table.lines_json"),
    *("analysis.csv", "analysis.xlsx", "protocol.pdf", "second_factor.picture", "attachments.fetch"),
    *("operations.figures", "operations.live", "operations.ready"),
    *("accounts.code", "accounts.choose_password", "second_factor.set_up"),
    *("approvals.approval", "preparing.revoke"),
    *("comparisons.csv", "comparisons.xlsx", "scans.scan", "versions.pdf", "transmittal.paper"),
    *("public.pdf", "public.as_json", "public.csv"),
    # In the middle of an act, or with data that this house has not got.
    *("signing.absence", "signing.answer", "signing.withdrawal", "public.published"),
}


#: What is printed and laid before the committee.
_ON_PAPER: Final = {
    *("sittings.sitting", "table.lines", "lines.line", "positions.receipt", "journal.sitting"),
    *("analysis.discrepancies", "options.option", "protocol.protocol", "decisions.decisions"),
}
#: An A4 sheet without its margins at 96 dots an inch, upright and on its side.
_SHEET: Final = {False: 680, True: 1031}
#: A browser draws what is wider than the sheet smaller; by so much it can still be read.
_SMALLER: Final = 1.1


@dataclass(frozen=True)
class Look:
    """What was seen on one page."""

    stop: Stop
    landed: str
    violations: dict[str, list[Violation]]
    too_wide: int


@pytest.fixture(scope="module")
def path(house: House) -> list[Stop]:
    """Choose the pages once."""
    return stops(house)


@pytest.fixture(scope="session")
def seen() -> dict[Language, list[Look]]:
    """Keep what was seen, for all that is asked of it."""
    return {}


@pytest.fixture(params=_EACH)
def looks(
    request: pytest.FixtureRequest,
    seen: dict[Language, list[Look]],
    browser: Browser,
    house: House,
    path: list[Stop],
) -> list[Look]:
    """Look at every page, opened once: on a wide screen, then on the smallest."""
    if request.param not in seen:
        with serving(house.app) as address:
            walked = walk(browser, house, address, path, language=request.param)
            seen[request.param] = [_look(stop, page, address) for stop, page in walked]
    return seen[request.param]


def test_every_page_is_looked_at(house: House, path: list[Stop], looks: list[Look]) -> None:
    views = {str(rule.endpoint) for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert views - {stop.view for stop in path} == _NO_PAGE & views, "a page that nobody may open"
    assert [look for look in looks if look.landed != look.stop.path] == []


def test_the_accessibility_scan_finds_nothing(looks: list[Look]) -> None:
    found = [
        (look.stop.seat, str(look.stop.stage), look.stop.view, where, each.rule, each.targets)
        for look in looks
        for where, violations in look.violations.items()
        for each in violations
    ]
    assert found == []


def test_nobody_scrolls_a_page_sideways(looks: list[Look]) -> None:
    assert [(look.stop, look.too_wide) for look in looks if look.too_wide] == []


@pytest.mark.parametrize("language", _EACH)
def test_the_pages_of_refusal_are_for_everybody_too(browser: Browser, language: Language) -> None:
    found = []
    with (
        serving(sample_app()) as address,
        opened(browser, address, language=language, scanning=True) as page,
    ):
        for name in REFUSALS:
            page.goto(f"{address}/refused/{name}")
            found.append((name, *_seen(page)))
    assert found == [(name, {"desk": [], "phone": []}, 0) for name in REFUSALS]


def test_what_is_printed_fits_a_sheet(browser: Browser, house: House, path: list[Stop]) -> None:
    printed = [stop for stop in path if stop.view in _ON_PAPER]
    assert {stop.view for stop in printed} == _ON_PAPER
    with serving(house.app) as address:
        walked = walk(browser, house, address, printed, language="ky")
        assert [(stop, width) for stop, page in walked if (width := _on_sheet(page)) > _SMALLER] == []


def _on_sheet(page: Page) -> float:
    """Return how wide a page is on paper, measured in sheets."""
    page.emulate_media(media="print")
    sheet = _SHEET[page.locator("body.bp-wide").count() == 1]
    resize(page, (sheet, DESKTOP[1]))
    return 1 + sideways(page) / sheet


def _look(stop: Stop, page: Page, address: str) -> Look:
    landed = page.url.removeprefix(address)
    return Look(stop, landed, *_seen(page))


def _seen(page: Page) -> tuple[dict[str, list[Violation]], int]:
    """Scan a page on a wide screen and on the smallest, and measure there how much too wide it is."""
    found = {}
    for name, size in (("desk", DESKTOP), ("phone", SMALLEST)):
        resize(page, size)
        found[name] = scan(page)
    return found, sideways(page)
