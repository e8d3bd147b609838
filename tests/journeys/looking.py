"""Looks at every page in a real browser, in one language: accessible, never too wide.

Each language is a file of its own, so that two workers share them; it says which by a fixture `language`.
`make long` looks, as every run for a change does: at all that may stand on a page, at a desk and on a phone.
"""

from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.i18n import Language
from budgetproto.web.programs import PREFIX
from tests.access.seats import House
from tests.browser import DESKTOP, SMALLEST, Violation, resize, scan, sideways
from tests.counts import by_make_long
from tests.journeys.walking import Stop, stops, walk
from tests.web.gallery import serving

#: Views that show no page of their own: files, and steps in the middle of an act (test_accounts.py).
_NO_PAGE: Final = {
    *("static", "bulk.sheet_template", "positions.receipt_file", "table.lines_json"),
    *("across.lines_csv", "across.lines_xlsx", "compare.csv", "compare.xlsx"),
    *("across.pivot_csv", "across.pivot_xlsx", "charts.drawing", "long.table", "long.columns", "long.every"),
    *("analysis.csv", "analysis.xlsx", "protocol.pdf", "boxes.box", "consequences.csv", "consequences.xlsx"),
    *("promises.csv", "promises.xlsx", "promised.csv", "promised.xlsx", "places.pdf", "places.csv"),
    *(f"public_acts.{view}" for view in ("csv", "one", "text")),
    *("act_texts.fetch", "statistics.csv", "statistics.xlsx"),
    *(f"expertise.{view}" for view in ("one", "pdf", "expert", "interests", "hand_in", "reply")),
    *("expertise.withdraw", "expertise.write"),
    *(f"act_sheet.{view}" for view in ("pdf", "facts", "handed_in", "handed_in_facts")),
    *("models.csv", "models.xlsx", "models.data_csv", "parameters.csv", "lists.list_template"),
    *("simulated.csv", "simulated.xlsx"),
    *("second_factor.picture", "attachments.fetch"),
    *("operations.figures", "operations.live", "operations.ready"),
    *("accounts.code", "accounts.choose_password", "second_factor.set_up"),
    *("approvals.approval", "preparing.revoke", "bodies.let_go"),
    *("comparisons.csv", "comparisons.xlsx", "scans.scan", "versions.pdf", "transmittal.paper"),
    *("public.pdf", "public.as_json", "public.csv"),
    # In the middle of an act, or with data that this house has not got.
    *(f"annual.{view}" for view in ("report", "values", "people", "journal", "steps")),
    *(f"annual.{view}" for view in ("pdf", "as_json", "drawing")),
    *(f"public_reports.{view}" for view in ("report", "values", "pdf", "as_json", "drawing", "publication")),
    *(f"annual_writing.{view}" for view in ("section", "indicators", "new_indicator", "indicator")),
    *(f"annual_writing.{view}" for view in ("recorded", "yardstick", "failing", "sums")),
    *(f"annual_values.{view}" for view in ("index", "one", "values_template")),
    *("signing.absence", "signing.answer", "signing.withdrawal", "versions.drop"),
    *("public.published", "importing.waiting", "importing.template"),
}


SCREENS: Final = {"desk": DESKTOP, "phone": SMALLEST}


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


@pytest.fixture(scope="module")
def looks(browser: Browser, house: House, path: list[Stop], language: Language) -> list[Look]:
    """Look at every page, opened once."""
    with serving(house.app) as address:
        walked = walk(browser, house, address, path, language=language)
        return [_look(stop, page, address) for stop, page in walked]


@by_make_long
def test_every_page_is_looked_at(house: House, path: list[Stop], looks: list[Look]) -> None:
    pages = (rule for rule in house.app.url_map.iter_rules() if not rule.rule.startswith(PREFIX))
    views = {str(rule.endpoint) for rule in pages if "GET" in (rule.methods or ())}
    missed = (views - {stop.view for stop in path}) ^ (_NO_PAGE & views)
    assert missed == set(), f"a page that nobody may open: {missed}"
    assert [look for look in looks if look.landed != look.stop.path] == []


@by_make_long
def test_the_accessibility_scan_finds_nothing(looks: list[Look]) -> None:
    found = [
        (look.stop.seat, str(look.stop.stage), look.stop.view, where, each.rule, each.targets)
        for look in looks
        for where, violations in look.violations.items()
        for each in violations
    ]
    assert found == []


@by_make_long
def test_nobody_scrolls_a_page_sideways(looks: list[Look]) -> None:
    found = [(look.stop.seat, look.stop.view, look.too_wide) for look in looks if look.too_wide]
    assert found == [], found


def _look(stop: Stop, page: Page, address: str) -> Look:
    landed = page.url.removeprefix(address)
    return Look(stop, landed, *seen_on(page))


def seen_on(page: Page) -> tuple[dict[str, list[Violation]], int]:
    """Scan a page on each screen, and measure how much too wide it is for the last, the smallest."""
    found = {}
    for name, size in SCREENS.items():
        resize(page, size)
        found[name] = scan(page)
    return found, sideways(page)
