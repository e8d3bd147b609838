"""What we ship: our own files and vendored ones with their licences, nothing that is another's brand."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

STATIC = Path("budgetproto/static").resolve()
VENDORED = [*STATIC.glob("vendor/*"), *STATIC.glob("fonts/*"), *Path("tests/vendor").resolve().glob("*")]


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_a_vendored_folder_names_its_version_and_holds_its_licence(folder: Path) -> None:
    assert re.search(r"-\d+\.\d+\.\d+$", folder.name)
    assert (folder / "LICENSE").stat().st_size > 500


def test_the_fonts_and_the_crest_of_another_government_are_not_shipped() -> None:
    style = (STATIC / "vendor/govuk-frontend-6.6.0/govuk-frontend.min.css").read_text()
    assert not re.search(r"GDS Transport|crest|crown\.svg|url\(|@font-face|sourceMappingURL", style)


def test_every_address_in_our_style_sheet_is_a_file_of_ours() -> None:
    sheet = STATIC / "css/budgetproto.css"
    addresses = re.findall(r'url\("?([^")]+)"?\)', sheet.read_text())
    assert len(addresses) == 6
    assert all((sheet.parent / address).resolve().is_file() for address in addresses)


@pytest.mark.parametrize("letter", "ҢңӨөҮүЁё№«»—−")
def test_a_letter_of_our_languages_is_in_the_range_of_one_of_the_shipped_fonts(letter: str) -> None:
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", (STATIC / "css/budgetproto.css").read_text())
    assert any(int(low, 16) <= ord(letter) <= int(high or low, 16) for low, high in ranges)


def test_the_address_of_a_file_changes_with_its_content(client: FlaskClient) -> None:
    page = client.get("/").text
    assert re.search(r'href="/static/css/budgetproto\.css\?v=[0-9a-f]{12}"', page)
