"""Every page in a real browser, in Kyrgyz, at a desk and on a phone; what is printed; pages of refusal."""

from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.i18n import Language
from tests.access.seats import House
from tests.browser import DESKTOP, opened, resize, sideways
from tests.counts import LONG, by_make_long
from tests.journeys.looking import (
    looks,
    path,
    seen_on,
    test_every_page_is_looked_at,
    test_nobody_scrolls_a_page_sideways,
    test_the_accessibility_scan_finds_nothing,
)
from tests.journeys.walking import Stop, walk
from tests.web.gallery import REFUSALS, sample_app, serving

pytestmark = pytest.mark.browser

__all__ = [
    "looks",
    "path",
    "test_every_page_is_looked_at",
    "test_nobody_scrolls_a_page_sideways",
    "test_the_accessibility_scan_finds_nothing",
]


@pytest.fixture(scope="module")
def language() -> Language:
    """Read Kyrgyz."""
    return "ky"


#: What is printed and laid before the committee.
_ON_PAPER: Final = {
    *("sittings.sitting", "table.lines", "lines.line", "positions.receipt", "journal.sitting"),
    *("analysis.discrepancies", "options.option", "protocol.protocol", "decisions.decisions"),
}
#: An A4 sheet without its margins at 96 dots an inch, upright and on its side.
_SHEET: Final = {False: 680, True: 1031}
#: A browser draws what is wider than the sheet smaller; by so much it can still be read.
_SMALLER: Final = 1.1


@pytest.mark.parametrize("read", ["ky", "ru"] if LONG else ["ky"])
def test_the_pages_of_refusal_are_for_everybody_too(browser: Browser, read: Language) -> None:
    found = []
    with (
        serving(sample_app()) as address,
        opened(browser, address, language=read, scanning=True) as page,
    ):
        for name in REFUSALS:
            page.goto(f"{address}/refused/{name}")
            found.append((name, *seen_on(page)))
    assert found == [(name, {"desk": [], "phone": []}, 0) for name in REFUSALS]


@by_make_long
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
