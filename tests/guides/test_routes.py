"""Every seat has a guide in three languages, open to strangers and reachable from every page."""

import pytest
from flask import Flask

from budgetproto.guides.domain import GUIDES, TROUBLE, Guide
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.catalogue import keys
from tests.journeys.visitor import said, shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES, ids=lambda each: each.seat)
def test_a_stranger_reads_every_step_of_a_guide(app: Flask, guide: Guide, language: Language) -> None:
    client = app.test_client()
    client.set_cookie("language", language)
    page = client.get(f"/guides/{guide.seat}")
    assert page.status_code == 200
    for heading, words in guide.keys:
        assert said(heading, language) in shown(page)
        assert said(words, language) in shown(page)


def test_no_step_is_written_that_no_guide_shows() -> None:
    shown = {key for each in (*GUIDES, TROUBLE) for pair in each.keys for key in pair}
    written = {key for key in keys("guides", "ky") if key.split(".")[2:3] and key.split(".")[2].isdigit()}
    assert written == shown


def test_a_seat_that_does_not_exist_is_unknown(app: Flask) -> None:
    assert app.test_client().get("/guides/speaker").status_code == 404


def test_the_guides_are_reachable_from_the_log_in_page(app: Flask) -> None:
    assert 'href="/guides"' in app.test_client().get("/log-in").text
