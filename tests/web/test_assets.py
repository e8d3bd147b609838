"""What we ship: our own files and vendored ones with their licences, nothing that is another's brand."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from budgetproto.web.assets import SHEET, read_all

STATIC = Path("budgetproto/static").resolve()
VENDORED = [*STATIC.glob("vendor/*"), *STATIC.glob("fonts/*"), *Path("tests/vendor").resolve().glob("*")]

GOVUK = "vendor/govuk-frontend-6.6.0/govuk-frontend.min"


def sheet() -> str:
    return read_all(STATIC)[SHEET].plain.decode()


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_a_vendored_folder_names_its_version_and_holds_its_licence(folder: Path) -> None:
    assert re.search(r"-\d+\.\d+\.\d+$", folder.name)
    assert (folder / "LICENSE").stat().st_size > 500


def test_the_fonts_and_the_crest_of_another_government_are_not_shipped() -> None:
    style = (STATIC / "vendor/govuk-frontend-6.6.0/govuk-frontend.min.css").read_text()
    assert not re.search(r"GDS Transport|crest|crown\.svg|url\(|@font-face|sourceMappingURL", style)


def test_every_address_in_our_style_sheet_is_a_file_of_ours() -> None:
    addresses = re.findall(r'url\("?([^")]+)"?\)', sheet())
    assert len(addresses) == 8
    assert all((STATIC / "css" / address).resolve().is_file() for address in addresses)


@pytest.mark.parametrize("letter", "ҢңӨөҮүЁё№«»—−")
def test_a_letter_of_our_languages_is_in_the_range_of_one_of_the_shipped_fonts(letter: str) -> None:
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", sheet())
    assert any(int(low, 16) <= ord(letter) <= int(high or low, 16) for low, high in ranges)


def test_the_address_of_a_file_changes_with_its_content(client: FlaskClient) -> None:
    page = client.get("/").text
    assert re.search(r'href="/static/css/all\.css\?v=[0-9a-f]{12}"', page)


def test_the_sheet_is_its_parts_and_nothing_is_left_out() -> None:
    parts = {path.read_text() for path in STATIC.glob("css/*.css")}
    assert len(parts) == 4
    assert all(part in sheet() for part in parts)


@pytest.mark.parametrize(
    "name", ["css/all.css", "js/start.js", "images/icon.svg", GOVUK + ".css", GOVUK + ".js"]
)
def test_a_file_comes_packed_to_who_unpacks_it(client: FlaskClient, name: str) -> None:
    packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(f"/static/{name}")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.content_length == len(packed.data) < len(plain.data)


@pytest.mark.parametrize("refused", ["gzip;q=0", "br", "identity", "*;q=0"])
def test_a_browser_that_does_not_unpack_gets_the_plain_file(client: FlaskClient, refused: str) -> None:
    answer = client.get("/static/css/all.css", headers={"Accept-Encoding": refused})
    assert "Content-Encoding" not in answer.headers
    assert answer.text == sheet()


def test_packing_gives_the_same_bytes_at_every_start() -> None:
    read_all.cache_clear()
    first = read_all(STATIC)
    read_all.cache_clear()
    assert read_all(STATIC) == first


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("css/all.css", "text/css; charset=utf-8"),
        ("js/start.js", "text/javascript; charset=utf-8"),
        ("images/icon.svg", "image/svg+xml"),
        ("fonts/noto-sans-5.3.0/noto-sans-kyrgyz-400-normal.woff2", "font/woff2"),
        ("fonts/noto-sans-5.3.0/LICENSE", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_says_what_it_is(client: FlaskClient, name: str, kind: str) -> None:
    assert client.get(f"/static/{name}").headers["Content-Type"] == kind


def test_each_form_of_a_file_has_a_tag_of_its_own_and_is_not_sent_twice(client: FlaskClient) -> None:
    plain = client.get("/static/css/all.css").headers["ETag"]
    packed = client.get("/static/css/all.css", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert plain != packed
    again = client.get("/static/css/all.css", headers={"Accept-Encoding": "gzip", "If-None-Match": packed})
    assert (again.status_code, again.data) == (304, b"")


def test_a_script_imports_our_other_scripts_with_their_stamps() -> None:
    files = read_all(STATIC)
    imports = re.findall(r'"\./(\w+\.js)(?:\?v=([0-9a-f]{12}))?"', files["js/start.js"].plain.decode())
    assert imports
    assert all(stamp == files[f"js/{name}"].stamp for name, stamp in imports)


@pytest.mark.parametrize("outside", ["../__init__.py", "css/../../__init__.py", "%2e%2e/app.py", "css", ""])
def test_nothing_but_the_static_files_is_served(client: FlaskClient, outside: str) -> None:
    assert client.get(f"/static/{outside}").status_code == 404


def test_the_first_page_and_everything_it_loads_fit_150_kilobytes(client: FlaskClient) -> None:
    files = read_all(STATIC)
    loaded = {name for name in files if _is_loaded(name)}
    assert {SHEET, "js/start.js", GOVUK + ".css", GOVUK + ".js"} <= loaded
    weight = sum(len(files[name].packed or files[name].plain) for name in loaded)
    assert weight + len(client.get("/").data) < 150_000


def _is_loaded(name: str) -> bool:
    """Tell whether a Kyrgyz page loads the file: not the parts of the sheet, not the rarest letters."""
    if "swagger-ui" in name or name == "js/api_docs.js":  # one page alone loads these
        return False
    return name == SHEET or (name.endswith((".min.css", ".js", ".svg", ".woff2")) and "-ext-" not in name)
