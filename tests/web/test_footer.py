"""The foot of a page: what rooms add to it, the note on languages, the version."""

from flask import Flask
from flask.testing import FlaskClient

from budgetproto import __version__
from budgetproto.web import add_footer_link


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
