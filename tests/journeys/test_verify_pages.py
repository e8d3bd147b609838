"""Anybody checks the file of a protocol on a page of its own, with nothing but a file."""

from pathlib import Path

from playwright.sync_api import Browser

from docs.pictures.take import staged
from tests.browser import SMALLEST, opened, press, scan, sideways
from tests.journeys import acts
from tests.journeys.hands import Hands
from tests.journeys.visitor import said


def test_an_issued_file_is_known_and_another_one_is_refused_with_a_sentence(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "protocol.pdf"
    with staged() as (address, places):
        with opened(browser, f"{address}/log-in", language="ru") as page:
            hands = Hands(page, address)
            acts.log_in(hands, "union")
            hands.go(f"/sittings/{places['finished']}/protocol")
            with page.expect_download() as waiting:
                page.click('main a[href$="/protocol/ru.pdf"]', modifiers=["Alt"])
            waiting.value.save_as(file)
        with opened(browser, f"{address}/verify", size=SMALLEST, language="ky", scanning=True) as page:
            page.set_input_files("input[type=file]", str(file))
            press(page, "#form button")
            assert said("protocol.verified.genuine_as", "ky", number="2020-1") in page.inner_text("main")
            assert (scan(page), sideways(page)) == ([], 0)
            (tmp_path / "letter.pdf").write_bytes(b"no pdf")
            page.set_input_files("input[type=file]", str(tmp_path / "letter.pdf"))
            press(page, "#form button")
            assert said("protocol.no_pdf", "ky") in page.inner_text("main")
            assert scan(page) == []
