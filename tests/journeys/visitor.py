"""Somebody at a browser, without the browser: logs in, opens pages, sends forms with their token."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from budgetproto.accounts.domain import Person
from budgetproto.i18n import Language, text
from tests.factories import PASSWORD

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """A logged-in person; forms are sent as the page has them, with what was typed over it."""

    def __init__(self, app: Flask, person: Person, *, language: Language | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        if language:
            self.client.set_cookie("language", language)
        page = self.client.get("/log-in")
        typed = {"login": person.login, "password": PASSWORD, "csrf_token": token_of(page)}
        assert self.client.post("/log-in", data=typed).status_code == 303

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self.client.get(address)

    def send(self, address: str, **typed: object) -> TestResponse:
        """Send a form with a fresh token, following no redirect."""
        token = token_of(self.client.get("/"))
        return self.client.post(address, data={"csrf_token": token, **typed})

    def fill(self, address: str, **typed: object) -> TestResponse:
        """Open the form at `address`, keep what it starts with, type over it, and send it."""
        page = self.get(address)
        assert page.status_code == 200, page.status
        return self.client.post(address, data={**started(page), **typed})

    def fill_stale(self, page: TestResponse, address: str, **typed: object) -> TestResponse:
        """Send the form of a page that was opened before, typed over."""
        return self.client.post(address, data={**started(page), **typed})


def token_of(page: TestResponse) -> str:
    """Return the token of the forms on a page."""
    found = _TOKEN.search(page.text)
    assert found, f"no form on {page.request.path}"
    return found[1]


def started(page: TestResponse) -> dict[str, str]:
    """Return what the form in the main part of a page starts with, as a browser would send it."""
    main = page.text.partition("<main")[2]
    return _inputs(main) | _textareas(main) | _selected(main)


def said(key: str, language: Language = "ky", /, **values: object) -> str:
    """Return a sentence as `shown` gives it."""
    return " ".join(text(key, language, **values).replace("\u00a0", " ").split())


def shown(page: TestResponse) -> str:
    """Return what a reader sees of the main part: no tags, one space for any white space."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", main)
    return " ".join(unescape(words).replace("\u00a0", " ").split())


def _inputs(main: str) -> dict[str, str]:
    values = {}
    for tag in re.findall(r"<input[^>]*>", main):
        kind, name = _attribute(tag, "type") or "text", _attribute(tag, "name")
        if name and (kind not in {"radio", "checkbox"} or " checked" in tag):
            values[name] = _attribute(tag, "value") or ""
    return values


def _textareas(main: str) -> dict[str, str]:
    found = re.findall(r"<textarea([^>]*)>\n?(.*?)</textarea>", main, re.DOTALL)
    return {_attribute(tag, "name") or "": unescape(typed) for tag, typed in found}


def _selected(main: str) -> dict[str, str]:
    values = {}
    for tag, options in re.findall(r"<select([^>]*)>(.*?)</select>", main, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        picked = chosen or first
        values[_attribute(tag, "name") or ""] = unescape(picked[1]) if picked else ""
    return values


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None
