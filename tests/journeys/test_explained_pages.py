"""The explanation of the option in the browser: figures, charts, words, and nothing for strangers."""

import re

import pytest
from playwright.sync_api import Browser

from budgetproto.database import Database
from budgetproto.disputes.options import service as options
from budgetproto.i18n import LANGUAGES, Language
from tests.browser import PHONE, opened, resize, scan, sideways
from tests.disputes.terms.test_rules_of_terms import held
from tests.factories import Scene, open_all
from tests.journeys.conftest import Visit
from tests.journeys.test_browser import log_in
from tests.journeys.visitor import said, shown

CHARTS = {
    "regions": "option",
    "envelope": "option/analysis",
    "positions": "option/analysis",
    "rules": "option/analysis",
}


@pytest.fixture
def explained(sqlite_database: Database) -> Scene:
    return held(sqlite_database, "A")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_option_says_what_it_means_for_sides_territories_and_residents(
    visit: Visit, explained: Scene, language: Language
) -> None:
    page = shown(visit(explained.unionist, language=language).get(f"/sittings/{explained.sitting}/option"))
    for key in ("sides", "regions", "equity"):
        assert said(f"disputes.explained.{key}.title", language) in page
    half = said("balancing.findings.shares", language, lsg="50%", government="50%").partition("50%")[0]
    assert half in page
    assert said("disputes.explained.equity.what", language) in page
    assert said("disputes.explained.title", language) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_analysis_says_what_would_change_the_option(
    visit: Visit, explained: Scene, language: Language
) -> None:
    address = f"/sittings/{explained.sitting}/option/analysis"
    page = shown(visit(explained.unionist, language=language).get(address))
    for key in ("envelope", "positions", "rules", "claims", "priorities", "leaving"):
        assert said(f"disputes.explained.{key}.title", language) in page
    assert said("disputes.explained.rules.strong", language) in page
    assert said("balancing.sensitivity.absent_no_priorities", language) in page
    assert said("disputes.explained.chart.envelope.legend", language) in page


@pytest.mark.parametrize(("chart", "address"), CHARTS.items())
def test_each_chart_is_named_told_and_followed_by_its_table(
    visit: Visit, explained: Scene, chart: str, address: str
) -> None:
    page = visit(explained.unionist).get(f"/sittings/{explained.sitting}/{address}").text
    found = page.partition(f'aria-labelledby="chart-{chart}-title chart-{chart}-told"')[2]
    assert found.index("<desc") < found.index("</svg>") < found.index("<table")
    assert not re.search(r"<svg[^>]*style=", page)


def test_before_the_opening_the_analysis_is_as_closed_as_the_option(visit: Visit, scene: Scene) -> None:
    reader = visit(scene.unionist)
    answers = [reader.get(f"/sittings/{scene.sitting}/{name}") for name in ("option", "option/analysis")]
    assert answers[0].status_code == answers[1].status_code == 422
    assert shown(answers[0]) == shown(answers[1])


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_pages_pass_the_scan_and_fit_a_desk_and_a_phone(
    browser: Browser, address: str, scene: Scene, language: Language
) -> None:
    open_all(scene)
    options.publish_option(scene.database, scene.secretary.id, scene.sitting)
    with opened(browser, f"{address}/log-in", size=(1200, 900), language=language, scanning=True) as page:
        log_in(page, address, scene.unionist.login)
        page.context.add_cookies([{"name": "language", "value": language, "url": address}])
        for name in ("option", "option/analysis"):
            page.goto(f"{address}/sittings/{scene.sitting}/{name}")
            for size in ((1200, 900), PHONE):
                resize(page, size)
                assert (scan(page), sideways(page)) == ([], 0)
