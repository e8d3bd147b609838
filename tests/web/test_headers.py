"""Every answer carries the same strict headers, and nothing read stays on the disk."""

import re

import pytest
from flask.testing import FlaskClient

PAGES = ["/", "/form", "/refused/unknown", "/no-such-page", "/static/css/all.css"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_every_answer_carries(client: FlaskClient, page: str, header: str, value: str) -> None:
    assert client.get(page, buffered=True).headers[header] == value


@pytest.mark.parametrize("page", PAGES[:-1])
def test_no_page_is_kept_by_a_browser(client: FlaskClient, page: str) -> None:
    assert client.get(page, buffered=True).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "file",
    [
        "css/all.css?v=1",
        "vendor/govuk-frontend-6.6.0/govuk-frontend.min.js",
        "fonts/noto-sans-5.3.0/LICENSE",
    ],
)
def test_a_file_whose_address_names_its_version_is_kept_for_a_year(client: FlaskClient, file: str) -> None:
    assert (
        client.get(f"/static/{file}", buffered=True).headers["Cache-Control"]
        == "public, max-age=31536000, immutable"
    )


@pytest.mark.parametrize("file", ["css/all.css", "js/none.js?v=1"])
def test_another_file_is_asked_for_again(client: FlaskClient, file: str) -> None:
    assert "max-age=31536000" not in client.get(f"/static/{file}", buffered=True).headers["Cache-Control"]


def test_a_secure_site_stays_secure(client: FlaskClient) -> None:
    answer = client.get("/", base_url="https://localhost", buffered=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_an_insecure_address_promises_nothing(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/", buffered=True).headers


@pytest.mark.parametrize("page", PAGES[:3])
def test_a_page_has_no_script_or_style_inside(client: FlaskClient, page: str) -> None:
    text = client.get(page, buffered=True).text
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", text)


@pytest.mark.parametrize("page", PAGES[:3])
def test_a_page_loads_nothing_from_another_host(client: FlaskClient, page: str) -> None:
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', client.get(page, buffered=True).text)
    assert addresses
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in addresses)
