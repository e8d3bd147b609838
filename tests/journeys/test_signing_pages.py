"""A signatory finds his turn, reads, and signs with a remark; nothing on the pages is in anybody's way."""

import pytest
from playwright.sync_api import Browser

from budgetproto.protocol.signing import service
from tests.browser import SMALLEST, opened, press, resize, scan, sideways
from tests.journeys.test_browser import log_in
from tests.staged import Staged
from tests.web.gallery import serving


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_a_signatory_signs_with_a_remark(browser: Browser, staged: Staged, language: str) -> None:
    service.lay_out(staged.database, staged.person("secretary").id, staged.finished)
    with (
        serving(staged.app) as address,
        opened(browser, f"{address}/log-in", language=language, scanning=True) as page,
    ):
        log_in(page, address, "chair")
        page.goto(f"{address}/sittings/{staged.finished}/protocol/signing")
        assert scan(page) == []
        press(page, "a[href$='/answer/1']")
        assert scan(page) == []
        page.check("input[value=signed_with_remarks]")
        page.fill("#words", "Эскертүү: № 2 маселе")
        press(page, "main form button")
        assert "Эскертүү: № 2 маселе" in page.inner_text("main")
        assert scan(page) == []
        resize(page, SMALLEST)
        assert sideways(page) == 0
