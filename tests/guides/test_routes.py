"""Every seat has a guide in three languages, open to strangers and reachable from every page."""

import re

import pytest
from flask import Flask

from budgetproto.guides.domain import GUIDES, TROUBLE, Guide
from budgetproto.i18n import LANGUAGES, Language
from budgetproto.i18n.catalogue import _catalogue, domains, keys, text
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_guide_quotes_stands_so_on_a_page(language: Language) -> None:
    plain = {
        text(key, language)
        for domain in domains()
        for key in keys(domain, language)
        if domain != "guides" and "{" not in raw(key, language)
    }
    told = " ".join(raw(key, language) for key in keys("guides", language))
    quoted = set(re.findall("«([^»]+)»|“([^”]+)”", told))
    assert quoted
    assert {one or other for one, other in quoted} - plain == set()


def test_a_seat_that_does_not_exist_is_unknown(app: Flask) -> None:
    assert app.test_client().get("/guides/speaker").status_code == 404


def test_the_guides_are_reachable_from_the_log_in_page(app: Flask) -> None:
    assert 'href="/guides"' in app.test_client().get("/log-in").text


def raw(key: str, language: Language) -> str:
    """Return a sentence with its places unfilled."""
    return _catalogue(key.partition(".")[0], language)[key]
