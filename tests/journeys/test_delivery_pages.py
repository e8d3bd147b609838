"""What becomes of a protocol, page by page, at a desk in Russian and on a small phone in Kyrgyz."""

from collections.abc import Iterable
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from budgetproto.protocol import service
from budgetproto.protocol.correcting import begin_correction
from budgetproto.protocol.delivery.recording import record
from budgetproto.protocol.delivery.steps import Publication
from budgetproto.protocol.signing import service as signing
from tests.browser import SMALLEST, opened, scan, sideways
from tests.journeys.test_browser import log_in
from tests.protocol.test_publication import today
from tests.staged import Staged
from tests.web.gallery import serving

pytestmark = pytest.mark.browser


def looked_at(windows: Iterable[Page], address: str, paths: Iterable[str]) -> list[object]:
    """Return what the scan finds on the pages, and which of them are too wide."""
    found: list[object] = []
    for path, page in product(paths, windows):
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == 200, path
        found += [(path, each) for each in scan(page)]
        found += [(path, "too wide")] if sideways(page) else []
    return found


def test_nothing_on_the_pages_of_a_protocol_is_in_anybodys_way(browser: Browser, staged: Staged) -> None:
    secretary, sitting = staged.person("secretary").id, staged.finished
    page = f"/sittings/{sitting}/protocol"
    with (
        serving(staged.app) as address,
        opened(browser, f"{address}/log-in", language="ru", scanning=True) as desk,
        opened(browser, f"{address}/log-in", size=SMALLEST, language="ky", scanning=True) as phone,
    ):
        windows = (desk, phone)
        for window in windows:
            log_in(window, address, "secretary")
        signing.lay_out(staged.database, secretary, sitting)
        acts = [f"{page}/signing/{act}" for act in ("absence/1", "withdrawal")]
        assert looked_at(windows, address, acts) == []
        service.issue(staged.database, secretary, sitting, reason="Кагазга кол коюлат")
        begin_correction(staged.database, secretary, sitting, reason="Ката кеткен")
        assert looked_at([phone], address, [f"{page}/correction/drop"]) == []
        service.issue(staged.database, secretary, sitting)
        record(staged.database, secretary, sitting, Publication("all", today(staged)), reason="Токтом")
        issued = (page, f"{page}/versions/1", "/published", "/published/2020-1-1")
        assert looked_at(windows, address, issued) == []
