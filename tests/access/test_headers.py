"""Every answer of every view, to strangers and to people logged in, carries what protects it."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from budgetproto.sittings.domain import Stage
from budgetproto.web.headers import CONTENT_SECURITY_POLICY
from tests.access.expecting import attempts
from tests.access.seats import House, nothing_kept
from tests.counts import LONG

pytestmark = pytest.mark.usefixtures("blank_pages")

#: An ordinary run asks while positions are sealed and when a protocol is issued.
STAGES = (
    [Stage.PREPARING, Stage.COLLECTING, Stage.IN_SESSION, Stage.ISSUED]
    if LONG
    else [Stage.COLLECTING, Stage.ISSUED]
)
#: What every answer carries. A download may be held even shorter, never looser.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("seat", ["stranger", "unionist", "secretary"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_answer_is_protected(house: House, seat: str, stage: Stage) -> None:
    caller = house.caller(seat, stage)
    with nothing_kept(house.database):
        for attempt in attempts(house.app):
            answer = caller.call(attempt)
            check(answer, attempt.view, sealed=stage in {Stage.PREPARING, Stage.COLLECTING})


def check(answer: TestResponse, view: str, *, sealed: bool) -> None:
    for header, value in HEADERS.items():
        assert answer.headers[header] == value, (view, header)
    policy = answer.headers["Content-Security-Policy"]
    assert policy == CONTENT_SECURITY_POLICY or "sandbox" in policy, view
    if view != "static":
        # these hold nothing of a sitting that is sealed
        public = view in {"public.everything", "api.description"}
        public |= view.startswith(("api_transfers.", "api_acts.", "api_reports.", "places."))
        assert not_kept(answer, sealed=sealed and not public), (
            view,
            answer.headers.get("Cache-Control"),
        )
    for cookie in answer.headers.getlist("Set-Cookie"):
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax"} <= flags, (view, cookie)


def not_kept(answer: TestResponse, *, sealed: bool) -> bool:
    """Tell whether nothing may be kept unasked; what is sealed may not be kept at all."""
    kept = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    return kept == {"no-store"} or (not sealed and {"private", "no-cache"} <= kept)


def test_in_production_the_cookie_belongs_to_this_host_alone(production: Flask) -> None:
    answer = production.test_client().get("/log-in", base_url="https://localhost")
    cookies = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Host-")]
    assert cookies
    for cookie in cookies:
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
