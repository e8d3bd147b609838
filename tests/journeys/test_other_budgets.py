"""The budget of another parliament as a sitting: its own currency everywhere, what was agreed beside."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from budgetproto.database import Database
from budgetproto.demonstration import sitting_of, stage_sitting
from budgetproto.disputes.positions import sealing
from budgetproto.disputes.storage import lines
from budgetproto.i18n import LANGUAGES, Language
from tests.factories import PASSWORD
from tests.journeys.visitor import shown
from tests.protocol.reading import layout_text
from tests.staged import Staged, fresh_database

_SOMS = re.compile(r"\bсом(?:ов|а|дор)?\b|\bsoms?\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def european(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, cheap_hasher: None
) -> Iterator[Staged]:
    """Stage the budget of the European Union for 2017."""
    folder = tmp_path_factory.mktemp("europe")
    database: Database = fresh_database(sqlite_template, folder)
    key = sealing.load_key(folder / "seal.key")
    sitting, _ = stage_sitting(database, key, sitting_of("eu-2017"), password=PASSWORD)
    yield Staged(folder, database, sitting, sitting)
    database.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_it_speaks_of_soms(european: Staged, language: Language) -> None:
    visitor = european.visitor("secretary", language)
    with european.database.reading() as session:
        line = lines(session, european.finished)[0].id
    sitting = f"/sittings/{european.finished}"
    pages = [
        sitting,
        *(
            f"{sitting}/{name}"
            for name in ("option", "option/analysis", "protocol", "discrepancies", "journal")
        ),
    ]
    for address in (*pages, f"/lines/{line}"):
        page = visitor.get(address)
        assert page.status_code == 200, address
        assert _SOMS.findall(shown(page)) == [], address


@pytest.mark.poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_in_euros(european: Staged, language: Language) -> None:
    paper = layout_text(
        european.visitor("secretary").get(f"/sittings/{european.finished}/protocol/{language}.pdf").data
    )
    assert _SOMS.findall(paper) == []
    assert re.search("евро|euro", paper)


def test_the_agreed_figures_stand_beside_the_option_with_the_distance_of_both(european: Staged) -> None:
    analyst = european.visitor("analyst")
    page = analyst.get(f"/sittings/{european.finished}/discrepancies")
    comparison = re.search(r'href="([^"]*column=draft[^"]*)"', page.text)
    assert comparison
    words = shown(analyst.get(comparison[1].replace("&amp;", "&")))
    for figure in (
        "157,660.0",
        "156,380.0",
        "162,420.0",
        "157,659.6",
        "159,400.0",
        "157,857.8",
        "198.2",
        "1,542.2",
    ):
        assert figure in words, figure


def test_the_workbook_is_in_euros(european: Staged) -> None:
    answer = european.visitor("analyst").get(f"/sittings/{european.finished}/discrepancies.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    said = [
        str(cell.value)
        for page in book.worksheets[:-1]
        for row in page.iter_rows()
        for cell in row
        if cell.value
    ]
    assert not any(_SOMS.search(words) for words in said)
    assert any("million euros" in words for words in said)
    assert "EUR" in said


def test_staging_it_again_changes_nothing(european: Staged) -> None:
    key = sealing.load_key(european.folder / "seal.key")
    again = stage_sitting(european.database, key, sitting_of("eu-2017"), password=PASSWORD)
    assert again == (european.finished, ())
