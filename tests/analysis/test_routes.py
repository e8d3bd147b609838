"""The page of discrepancies and its files: the same lines in every form, for whoever may read them."""

import csv
import io
import re

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from budgetproto.analysis import COLUMNS
from budgetproto.disputes import filing, opening, sealing
from budgetproto.disputes.storage import LineRow, lines
from budgetproto.i18n import LANGUAGES, Language, every_language, text
from budgetproto.journal import ACCESS
from budgetproto.journal.storage import entries
from budgetproto.sittings.storage import SittingRow
from tests.factories import make_person, make_position, set_deadline
from tests.journeys.visitor import Visitor, shown
from tests.staged import Staged

KEYS = [column.key for column in COLUMNS]
READERS = ("secretary", "chair", "member_2", "ministry", "union", "cities", "analyst", "auditor")
AGREED = {
    "kind": every_language("analysis.filter.all"),
    "outcome": every_language("analysis.standing.agreed"),
}
FORMS = ("discrepancies", "discrepancies.xlsx", "discrepancies.csv", "protocol", "protocol/ky.pdf")


def address(staged: Staged, form: str = "discrepancies", *, sealed: bool = False) -> str:
    return f"/sittings/{staged.collecting if sealed else staged.finished}/{form}"


@pytest.fixture(scope="module")
def analyst(kept: Staged) -> Visitor:
    return kept.visitor("analyst")


def said(key: str, **values: object) -> str:
    """Return a sentence as `shown` gives it back."""
    return " ".join(text(key, "en", **values).split())


def workbook(answer: TestResponse) -> list[Worksheet]:
    assert answer.status_code == 200
    return list(openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets)


def cells(page: Worksheet, row: int) -> dict[str, object]:
    """Return one row of the table by the columns' keys; the header is row 1."""
    return dict(zip(KEYS, (cell.value for cell in page[row]), strict=True))


def records(answer: TestResponse, delimiter: str = ",") -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [dict(zip(KEYS, row, strict=True)) for row in table[1:] if len(row) == len(KEYS)]


@pytest.mark.parametrize("login", READERS)
def test_either_side_the_analyst_the_chair_and_members_read_after_the_opening(
    kept: Staged, login: str
) -> None:
    visitor = kept.visitor(login)
    assert [visitor.get(address(kept, form)).status_code for form in FORMS] == [200] * len(FORMS)


@pytest.mark.parametrize("login", READERS)
def test_nobody_reads_before_the_opening_and_the_deadline_is_told(kept: Staged, login: str) -> None:
    visitor = kept.visitor(login)
    with kept.database.reading() as session:
        deadline = session.get_one(SittingRow, kept.collecting).deadline
    for form in FORMS:
        answer = visitor.get(address(kept, form, sealed=True))
        assert answer.status_code == 422, form
        assert said("disputes.not_yet_time", deadline=deadline) in shown(answer)


def test_what_is_refused_before_the_opening_names_no_line_and_no_figure(
    kept: Staged, analyst: Visitor
) -> None:
    page = shown(analyst.get(address(kept, sealed=True)))
    assert "Stimulating" not in page
    assert re.findall(r"\d+\.\d", page) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sealed", [False, True], ids=["open", "sealed"])
def test_an_outsider_gets_404_as_for_what_does_not_exist(staged: Staged, form: str, *, sealed: bool) -> None:
    outsider = Visitor(staged.app, make_person(staged.database), language="en")
    found = outsider.get(address(staged, form, sealed=sealed))
    nothing = outsider.get(f"/sittings/nothing/{form}")
    assert (found.status_code, nothing.status_code) == (404, 404)
    assert shown(found) == shown(nothing)
    with staged.database.reading() as session:
        assert any("sittings.sitting" in entry.payload for entry in entries(session, ACCESS))


def test_a_stranger_is_asked_to_log_in(kept: Staged) -> None:
    answer = kept.app.test_client().get(address(kept))
    assert answer.status_code == 303
    assert answer.location.startswith("/log-in?next=")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_in_each_language_with_one_heading(kept: Staged, language: Language) -> None:
    page = kept.visitor("analyst", language).get(address(kept)).text
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert "style=" not in page


def test_the_page_shows_figures_differences_shares_and_votes(kept: Staged, analyst: Visitor) -> None:
    page = shown(analyst.get(address(kept)))
    assert "+600,000.0" in page
    assert "+25.0%" in page
    assert said("analysis.votes", in_favour=6, against=1, abstained=0) in page
    assert "+1,100,000.0" in page


def test_the_share_of_a_zero_is_a_dash_and_never_a_number(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept)).text.replace("\u00a0", " ")
    row = page.split("№ 1. ")[1].split("</tr>")[0]
    assert "— %" in row


def test_the_filter_is_in_the_address_and_told_with_the_count(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept, "discrepancies?outcome=agreed"))
    words = shown(page)
    assert said("analysis.note.lines", lines=2, all=6) in words
    assert said("analysis.note.filter", **AGREED) in words
    assert "discrepancies.xlsx?outcome=agreed" in page.text
    assert '<option value="agreed" selected>' in page.text


def test_a_filter_nothing_meets_says_so(kept: Staged, analyst: Visitor) -> None:
    words = shown(analyst.get(address(kept, "discrepancies?kind=nothing")))
    assert said("analysis.note.lines", lines=0, all=6) in words
    assert said("analysis.none") in words


def test_what_was_asked_for_is_shown_as_text(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept, "discrepancies?kind=%3Cscript%3E")).text
    assert "<script>" not in page.partition("<main")[2]


@pytest.mark.parametrize("query", ["", "?kind=stimulating_grant", "?outcome=agreed", "?kind=x"])
def test_the_files_hold_the_lines_of_the_page_and_no_others(
    kept: Staged, analyst: Visitor, query: str
) -> None:
    page = analyst.get(address(kept, f"discrepancies{query}")).text
    numbers = [int(found) for found in re.findall(r"№ (\d)\. ", page)]
    in_csv = records(analyst.get(address(kept, f"discrepancies.csv{query}")))
    sheet, *_ = workbook(analyst.get(address(kept, f"discrepancies.xlsx{query}")))
    found = [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)]
    assert [int(record["number"]) for record in in_csv if record["number"]] == numbers
    assert [value for value in found if isinstance(value, int)] == numbers


def test_the_filter_stands_in_the_notes_of_the_files(kept: Staged, analyst: Visitor) -> None:
    sheet, *_ = workbook(analyst.get(address(kept, "discrepancies.xlsx?outcome=agreed")))
    told = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    text = analyst.get(address(kept, "discrepancies.csv?outcome=agreed&dialect=excel")).data.decode(
        "utf-8-sig"
    )
    for note in (said("analysis.note.filter", **AGREED), said("analysis.note.lines", lines=2, all=6)):
        assert note in told
        assert note in text


def test_the_workbook_has_the_subtotals_the_page_shows(kept: Staged, analyst: Visitor) -> None:
    _, kinds, places = workbook(analyst.get(address(kept, "discrepancies.xlsx")))
    assert [kinds.cell(row, 2).value for row in range(2, 8)] == [1, 2, 1, 1, 1, 6]
    assert kinds.cell(7, 6).value == 1_100_000
    assert [places.cell(row, 1).value for row in range(2, 5)] == [
        "the whole republic",
        "Bishkek city",
        "Total",
    ]


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("discrepancies.xlsx", "discrepancies_2020-1.xlsx", "application/vnd.openxmlformats"),
        ("discrepancies.csv", "discrepancies_2020-1.csv", "text/csv"),
        ("protocol/ru.pdf", "protocol_2020-1_ru.pdf", "application/pdf"),
    ],
)
def test_a_file_has_its_name_and_stays_in_no_cache(
    kept: Staged, analyst: Visitor, form: str, name: str, kind: str
) -> None:
    answer = analyst.get(address(kept, form))
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert "Last-Modified" not in answer.headers
    assert answer.content_type.startswith(kind)


def test_an_unknown_dialect_is_not_found(kept: Staged, analyst: Visitor) -> None:
    assert analyst.get(address(kept, "discrepancies.csv?dialect=lotus")).status_code == 404


def test_excel_gets_semicolons_and_a_decimal_comma(kept: Staged, analyst: Visitor) -> None:
    answer = analyst.get(address(kept, "discrepancies.csv?dialect=excel"))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert records(answer, ";")[0]["lsg"] == "600000,0"


def test_blank_is_not_zero_in_either_file(kept: Staged, analyst: Visitor) -> None:
    in_csv = records(analyst.get(address(kept, "discrepancies.csv")))
    sheet, *_ = workbook(analyst.get(address(kept, "discrepancies.xlsx")))
    assert (in_csv[0]["government"], in_csv[1]["government"]) == ("0.0", "")
    assert (cells(sheet, 2)["government"], cells(sheet, 3)["government"]) == (0, None)


def test_an_undefined_share_is_blank_in_either_file(kept: Staged, analyst: Visitor) -> None:
    in_csv = records(analyst.get(address(kept, "discrepancies.csv")))
    sheet, *_ = workbook(analyst.get(address(kept, "discrepancies.xlsx")))
    assert (in_csv[0]["difference_share"], in_csv[4]["difference_share"]) == ("", "1/4")
    assert (cells(sheet, 2)["difference_share"], cells(sheet, 6)["difference_share"]) == (None, 0.25)


@pytest.fixture
def renamed(staged: Staged) -> Staged:
    """Let a contested question be called like a formula."""
    with staged.database.writing() as session:
        row = session.get_one(LineRow, lines(session, staged.finished)[0].id)
        row.title_en = row.title_ru = row.title_ky = '=HYPERLINK("http://evil.example";"x")'
        session.add(row)
    return staged


def test_text_that_looks_like_a_formula_stays_text(renamed: Staged) -> None:
    analyst = renamed.visitor("analyst")
    sheet, *_ = workbook(analyst.get(address(renamed, "discrepancies.xlsx")))
    cell = sheet.cell(2, 2)
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert str(cell.value).startswith("=HYPERLINK")
    assert records(analyst.get(address(renamed, "discrepancies.csv")))[0]["title"].startswith("'=HYPERLINK")


def test_a_line_that_is_still_closed_is_named_and_shows_no_figure(staged: Staged) -> None:
    """One side files on one line only: after the opening that line waits for its second term."""
    union = staged.person("union")
    with staged.database.reading() as session:
        line = lines(session, staged.collecting)[0]
    key = sealing.load_key(staged.folder / "seal.key")
    filing.file_position(
        staged.database,
        key,
        union.id,
        line.id,
        party_id=line.text.lead_lsg or "",
        position=make_position(),
        seen=0,
        confirmed=True,
    )
    set_deadline(staged.database, staged.collecting, seconds=0)
    opening.open_positions(staged.database, key, staged.person("secretary").id, staged.collecting)
    analyst = staged.visitor("analyst")
    page = analyst.get(address(staged, sealed=True))
    assert said("analysis.note.closed", lines="1") in shown(page)
    assert "600,000.0" not in shown(page)
    assert records(analyst.get(address(staged, "discrepancies.csv", sealed=True)))[0]["lsg"] == ""
