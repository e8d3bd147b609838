"""The foot of a page: what rooms add to it, the note on languages, the version."""

import re
from pathlib import Path
from typing import Final

from flask import Flask
from flask.testing import FlaskClient

from budgetproto import __version__
from budgetproto.web import add_footer_link

CHANGES: Final = Path(__file__).parents[2] / "CHANGELOG.md"


def test_a_room_adds_a_link_to_every_page(app: Flask) -> None:
    add_footer_link(app, "web.notice", "gallery.form")
    for address in ("/", "/form", "/no-such-page"):
        foot = app.test_client().get(address).text.partition("<footer")[2]
        assert 'href="/form">Билдирүү</a>' in foot


def test_without_links_there_is_no_empty_list(app: Flask) -> None:
    app.extensions["budgetproto.footer"].clear()
    assert "bp-footer__links" not in app.test_client().get("/").text


def test_the_foot_names_the_version_and_the_rule_of_the_two_languages(client: FlaskClient) -> None:
    foot = client.get("/").text.partition("<footer")[2]
    assert f"Кызматтын версиясы: {__version__}" in foot
    assert "Кыргызча жана орусча барактар бирдей." in foot


def test_the_version_is_the_one_that_heads_the_changes() -> None:
    heads = re.findall(r"^## (\d+\.\d+\.\d+)", CHANGES.read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == __version__
    assert heads == sorted(heads, reverse=True)
