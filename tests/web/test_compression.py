"""A page is packed only where its length tells nothing, and only for a reader who came from our own pages."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from budgetproto.web.compression import is_marked, nothing_sealed

LONG = "<p>Талас, Кара-Буура, Бакай-Ата, Манас</p>" * 200
HERE = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def paged(app: Flask) -> FlaskClient:
    """Add a marked page, one that is not, and a short one."""
    app.add_url_rule("/marked", "marked", nothing_sealed(lambda: LONG))
    app.add_url_rule("/sealed", "sealed", lambda: LONG)
    app.add_url_rule("/short", "short", nothing_sealed(lambda: "<p>Талас</p>"))
    return app.test_client()


def ask(client: FlaskClient, address: str = "/marked", **headers: str) -> TestResponse:
    return client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def is_packed(answer: TestResponse) -> bool:
    return answer.headers.get("Content-Encoding") == "gzip"


def test_a_marked_page_comes_packed_and_is_the_same_page(paged: FlaskClient) -> None:
    answer = paged.get("/marked", headers=HERE)
    assert is_packed(answer)
    assert gzip.decompress(answer.data).decode() == LONG
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content_length == len(answer.data) < 1_000


def test_a_page_that_nobody_marked_is_never_packed(paged: FlaskClient) -> None:
    answer = paged.get("/sealed", headers=HERE)
    assert not is_packed(answer)
    assert "Vary" not in answer.headers


def test_a_short_page_is_not_worth_packing(paged: FlaskClient) -> None:
    assert not is_packed(paged.get("/short", headers=HERE))


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
def test_who_is_sent_here_by_another_site_gets_the_plain_page(paged: FlaskClient, site: str) -> None:
    """The other site could put its guesses into the address and watch the length."""
    referrer = "http://localhost/marked"
    assert not is_packed(ask(paged, Accept_Encoding="gzip", Sec_Fetch_Site=site, Referer=referrer))


@pytest.mark.parametrize(
    ("referrer", "packed"),
    [
        ("http://localhost/other", True),
        ("https://evil.example/", False),
        ("http://localhost.evil.example/", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_an_older_browser_is_known_by_the_page_it_comes_from(
    paged: FlaskClient, referrer: str, packed: bool
) -> None:
    assert is_packed(ask(paged, Accept_Encoding="gzip", Referer=referrer)) is packed


def test_an_address_typed_by_hand_is_answered_packed(paged: FlaskClient) -> None:
    assert is_packed(ask(paged, Accept_Encoding="gzip", Sec_Fetch_Site="none"))


def test_a_browser_that_does_not_unpack_gets_the_plain_page(paged: FlaskClient) -> None:
    answer = ask(paged, Sec_Fetch_Site="same-origin")
    assert not is_packed(answer)
    assert answer.text == LONG


def test_the_mark_is_found_on_a_view(app: Flask, paged: FlaskClient) -> None:
    assert [is_marked(app, name) for name in ("marked", "sealed", "no_such_view")] == [True, False, False]
