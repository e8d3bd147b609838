"""Behind a real nginx and a real Caddy with TLS, as deploy/ has them."""

import http.client
import re
import ssl
from collections.abc import Iterator
from html import unescape

import pytest

from budgetproto.disputes import storage
from budgetproto.i18n import text
from tests.disputes.positions.attachments import files
from tests.factories import PASSWORD
from tests.journeys.test_attachments import _BOUNDARY, multipart
from tests.operations.proxies import NAME, Proxy, caddy, make_certificate, nginx
from tests.operations.serving import serving
from tests.staged import Staged, kept, master  # noqa: F401 - fixtures


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(nginx, marks=pytest.mark.nginx, id="nginx"),
        pytest.param(caddy, marks=pytest.mark.caddy, id="Caddy"),
    ],
)
def proxy(request: pytest.FixtureRequest, kept: Staged) -> Iterator[Proxy]:  # noqa: F811
    """Serve the demonstration as in production, behind a proxy."""
    folder = kept.folder
    stated = {
        "BUDGETPROTO_PRODUCTION": "1",
        "BUDGETPROTO_DATABASE_URL": f"sqlite:///{folder}/budgetproto.sqlite3",
        "BUDGETPROTO_SEAL_KEY_FILE": str(folder / "seal.key"),
        "BUDGETPROTO_SECRET_KEY": "only for tests",
        "BUDGETPROTO_PROXIES": "1",
        "BUDGETPROTO_METRICS_NETWORKS": "10.9.9.9/32",
        "BUDGETPROTO_SECOND_FACTOR": "0",
    }
    make_certificate(folder)
    with serving(folder, **stated) as served, request.param(folder, served.port) as running:
        yield running


def test_everything_a_browser_needs_is_there_behind_the_proxy(proxy: Proxy) -> None:
    page = proxy.ask("GET", "/log-in")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sitting=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {each.strip() for each in cookie.split(";")}
    assert "Domain" not in cookie
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")

    # An address that a visitor claims to come from is not believed; no figures for 10.9.9.9 from here.
    assert proxy.ask("GET", "/%6Detrics", X_Forwarded_For="10.9.9.9").status == 404
    assert proxy.ask("GET", "/metrics").status == 404
    assert proxy.ask("GET", "/health/ready").status == 200

    # What says that it is too large is refused before it is sent.
    assert proxy.ask("POST", "/log-in", b"x", Content_Length=str(13 * 2**20 + 1)).status == 413
    plain = http.client.HTTPConnection("localhost", proxy.plain, timeout=30)
    plain.request("GET", "/", headers={"Host": NAME})
    assert plain.getresponse().headers["Location"] == f"https://{NAME}/"
    plain.close()


def test_what_is_a_little_too_large_is_refused_in_the_words_of_the_service(proxy: Proxy) -> None:
    large = b"words=" + b"a" * (12 * 2**20)
    answer = proxy.ask("POST", "/log-in", large, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 413
    told = unescape(answer.text)  # type: ignore[attr-defined]  # set by `Proxy.ask`
    assert text("errors.too_big", "ky", megabytes=12) in told


def test_somebody_logs_in_and_attaches_a_file_behind_the_proxy(proxy: Proxy, kept: Staged) -> None:  # noqa: F811
    with kept.database.reading() as session:
        line = storage.lines(session, kept.collecting)[0].id
    browser = Browser(proxy)
    browser.send("/log-in", {"login": "union", "password": PASSWORD})
    assert "/log-out" in browser.open("/").text  # type: ignore[attr-defined]
    attachments, name = f"/lines/{line}/attachments", f"тизме-{proxy.secure}.txt"
    content = files.TEXT + name.encode()
    answer = browser.send(attachments, {"visibility": "both_sides", "title_ky": "Тизме"}, name, content)
    assert answer.status == 303
    assert name in browser.open(attachments).text  # type: ignore[attr-defined]


def test_neither_log_tells_who_asked_for_what(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/log-in?words=secret", User_Agent="somebody").status == 200
    service, own = (proxy.folder / "log").read_text(), proxy.log.read_text()
    assert re.search(r"\bGET\b", own)
    for told in ("127.0.0.1", "words=secret", "somebody"):
        assert told not in service
        assert told not in own
    assert "/log-in" not in own


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_an_old_protocol_of_encryption_is_refused(proxy: Proxy) -> None:
    context = proxy.trusting()
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    connection = http.client.HTTPSConnection("localhost", proxy.secure, context=context, timeout=30)
    with pytest.raises(ssl.SSLError):
        connection.request("GET", "/")


class Browser:
    """Keeps the cookies of a log-in, and sends the forms of pages."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._cookies: dict[str, str] = {}

    def open(self, address: str) -> http.client.HTTPResponse:
        return self._ask("GET", address)

    def send(
        self, address: str, typed: dict[str, str], name: str = "", content: bytes = b""
    ) -> http.client.HTTPResponse:
        page = self.open(address).text  # type: ignore[attr-defined]
        main = page.partition("<main")[2]
        hidden = re.findall(r'<input [^>]*type="hidden"[^>]*>', main)
        given = {_attribute(each, "name"): _attribute(each, "value") for each in hidden}
        body = multipart(given | typed, name, content)
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self._ask("POST", address, body, Content_Type=kind, Referer=f"https://{NAME}{address}")

    def _ask(
        self, method: str, address: str, body: bytes | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        answer = self._proxy.ask(method, address, body, Cookie=cookies, **headers)
        given = (each.partition(";")[0].partition("=") for each in answer.headers.get_all("Set-Cookie", ()))
        self._cookies |= {name: value for name, _, value in given}
        return answer


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
