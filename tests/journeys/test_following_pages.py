"""The pages after a sitting, at a desk in Russian and on a small phone in Kyrgyz: nothing is in the way."""

import pytest
from playwright.sync_api import Browser

from budgetproto.disputes import storage
from budgetproto.protocol import service
from budgetproto.protocol.delivery.recording import record
from budgetproto.protocol.delivery.steps import Publication
from tests.browser import SMALLEST, opened
from tests.journeys.test_browser import log_in
from tests.journeys.test_delivery_pages import looked_at
from tests.protocol.test_publication import today
from tests.staged import Staged
from tests.web.gallery import serving

pytestmark = pytest.mark.browser


BISHKEK = "41711000000000"


def first_line(staged: Staged) -> str:
    with staged.database.reading() as session:
        return storage.lines(session, staged.finished)[0].id


@pytest.mark.parametrize(
    ("login", "pages"),
    [
        ("secretary", ("/lines/{line}/assignment", "/lines/{line}/follow-up", "/lines/{line}")),
        ("ministry", ("/desk", "/promises", "/sittings/{sitting}/promises")),
        ("analyst", ("/places", "/places?within=41702000000000", f"/places/{BISHKEK}")),
    ],
)
def test_nothing_on_the_pages_after_a_sitting_is_in_anybodys_way(
    browser: Browser, staged: Staged, login: str, pages: tuple[str, ...]
) -> None:
    service.issue(staged.database, staged.person("secretary").id, staged.finished)
    published = Publication("all", today(staged))
    record(staged.database, staged.person("secretary").id, staged.finished, published, reason="Токтом")
    paths = [page.format(line=first_line(staged), sitting=staged.finished) for page in pages]
    with (
        serving(staged.app) as address,
        opened(browser, f"{address}/log-in", language="ru", scanning=True) as desk,
        opened(browser, f"{address}/log-in", size=SMALLEST, language="ky", scanning=True) as phone,
    ):
        for window in (desk, phone):
            log_in(window, address, login)
        assert looked_at((desk, phone), address, paths) == []
