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
    "conditions": every_language(
        "analysis.condition",
        name=every_language("analysis.column.outcome"),
        value=every_language("analysis.standing.agreed"),
    ),
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


def workbook(answer: TestResponse, *, values: bool = False) -> list[Worksheet]:
    """Return the worksheets; `values` gives what the formulas carry instead of the formulas."""
    assert answer.status_code == 200
    return list(openpyxl.load_workbook(io.BytesIO(answer.data), data_only=values).worksheets)


def cells(page: Worksheet, row: int) -> dict[str, object]:
    """Return one row of the table by the columns' keys; the header is row 1."""
    return dict(zip(KEYS, (cell.value for cell in page[row]), strict=True))


def records(answer: TestResponse, delimiter: str = ",") -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [dict(zip(KEYS, row, strict=False)) for row in table[1:] if len(row) >= len(KEYS)]


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


def test_a_filter_nothing_meets_says_so_and_shows_the_way_out(kept: Staged, analyst: Visitor) -> None:
    answer = analyst.get(address(kept, "discrepancies?words=нооруз"))
    words = shown(answer)
    assert said("analysis.note.lines", lines=0, all=6) in words
    assert said("analysis.none") in words
    assert f'href="{address(kept)}"' in answer.text


@pytest.mark.parametrize("form", ["discrepancies", "discrepancies.xlsx", "discrepancies.csv"])
@pytest.mark.parametrize(
    ("query", "key", "values"),
    [
        ("kind=nothing", "analysis.no_choice", {"typed": "nothing"}),
        ("sort=colour", "analysis.no_choice", {"typed": "colour"}),
        ("column=colour", "analysis.no_choice", {"typed": "colour"}),
        ("colour=red", "analysis.unknown_parameter", {"name": "colour"}),
        ("kind=stimulating_grant&kind=unspecified", "analysis.said_twice", {}),
        ("least=10&most=9", "analysis.least_above_most", {}),
        ("least=-1", "analysis.below_zero", {}),
        ("most=many", "money.not_a_number", {"typed": "many"}),
        ("least=1,234", "money.ambiguous", {"typed": "1,234"}),
    ],
)
def test_what_makes_no_sense_in_the_address_is_told_and_never_ignored(
    kept: Staged, form: str, query: str, key: str, values: dict[str, str]
) -> None:
    analyst = kept.visitor("analyst")
    answer = analyst.get(address(kept, f"{form}?{query}"))
    assert answer.status_code == 422
    assert said(key, **values) in shown(answer)


def test_a_refused_choice_comes_back_as_it_was_typed(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept, "discrepancies?outcome=agreed&least=abc&words=Бишкек")).text
    assert '<option value="agreed" selected>' in page
    assert 'value="abc"' in page
    assert 'value="Бишкек"' in page
    assert 'id="discrepancies"' not in page


def test_what_was_asked_for_is_shown_as_text(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept, "discrepancies?kind=%3Cscript%3E")).text
    assert "<script>" not in page.partition("<main")[2]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("sort=difference&order=desc", [1, 4, 6, 5, 2, 3]),
        ("sort=difference", [5, 6, 4, 1, 2, 3]),
        ("region=41711000000000", [3]),
        ("region=republic", [1, 2, 4, 5, 6]),
        ("status=neither", [2, 3]),
        ("status=both&measure=percentage", [4]),
        ("party=cities", []),
        ("least=70000&most=400 000,0", [4, 6]),
        ("words=мугалим", [3]),
        ("group=outcome&sort=number&order=desc", [5, 3, 4, 1, 6, 2]),
    ],
)
def test_the_page_shows_what_the_address_asks_for_in_its_order(
    kept: Staged, analyst: Visitor, query: str, numbers: list[int]
) -> None:
    assert shown_numbers(analyst.get(address(kept, f"discrepancies?{query}")).text) == numbers


def test_a_head_sorts_by_its_column_and_keeps_the_filter(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept, "discrepancies?outcome=agreed&sort=difference&order=desc")).text
    assert 'aria-sort="descending"' in page
    assert "discrepancies?outcome=agreed&amp;sort=difference&amp;order=asc" in page
    assert "discrepancies?outcome=agreed&amp;sort=lsg&amp;order=desc" in page


def test_only_the_chosen_columns_are_shown_and_handed_out(kept: Staged, analyst: Visitor) -> None:
    query = "column=government&column=lsg"
    page = analyst.get(address(kept, f"discrepancies?{query}")).text
    head = page.partition('id="discrepancies"')[2].partition("</thead>")[0]
    assert head.count("<th ") == 3
    sheet, *_ = workbook(analyst.get(address(kept, f"discrepancies.xlsx?{query}")))
    names = [cell.value for cell in sheet[1]]
    assert f"{text('analysis.column.lsg', 'en')}, thousand soms" in names
    assert f"{text('analysis.column.decided', 'en')}, thousand soms" not in names


def shown_numbers(page: str) -> list[int]:
    """Return the numbers of the lines on a page, in their order."""
    table = page.partition('id="discrepancies"')[2].partition("</table>")[0]
    return [int(found) for found in re.findall(r"№ (\d)\. ", table)]


@pytest.mark.parametrize(
    "query", ["", "?kind=stimulating_grant", "?outcome=agreed", "?words=жок", "?sort=lsg&order=desc"]
)
def test_the_files_hold_the_lines_of_the_page_and_no_others(
    kept: Staged, analyst: Visitor, query: str
) -> None:
    page = analyst.get(address(kept, f"discrepancies{query}")).text
    numbers = shown_numbers(page)
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
    _, kinds, places, *_ = workbook(analyst.get(address(kept, "discrepancies.xlsx")), values=True)
    assert sorted(str(kinds.cell(row, 2).value) for row in range(2, 7)) == ["1", "1", "1", "1", "2"]
    head = [cell.value for cell in kinds[1]]
    signed = head.index(f"{text('analysis.column.difference', 'en')}, thousand soms") + 1
    assert (kinds.cell(7, 2).value, kinds.cell(7, signed).value) == (6, 1_100_000)
    assert [places.cell(row, 1).value for row in range(2, 5)] == [
        "Bishkek city",
        "the whole republic",
        "Total",
    ]


def test_the_flat_sheet_has_a_row_for_every_figure_with_its_exact_value(
    kept: Staged, analyst: Visitor
) -> None:
    *_, flat, _ = workbook(analyst.get(address(kept, "discrepancies.xlsx")))
    head, *rows = [[cell.value for cell in row] for row in flat.iter_rows()]
    facts = [dict(zip(head, row, strict=True)) for row in rows]
    first = {(fact["figure"], fact["party"]): fact for fact in facts if fact["line"] == 1}
    asked, computed = first["position", "lsg_union"], first["computed", None]
    assert (asked["value"], asked["exact"], asked["tyiyn"], asked["side"]) == (
        600_000,
        "600000.0",
        6 * 10**10,
        "lsg",
    )
    assert (computed["exact"], computed["illustrative"]) == ("259701.5", 1)
    assert first["executed", None]["exact"] == "347538.5"
    assert "https://" in str(first["executed", None]["source"])
    assert {fact["currency"] for fact in facts} == {"KGS"}


def test_every_column_and_code_of_the_flat_sheet_stands_in_the_dictionary(
    kept: Staged, analyst: Visitor
) -> None:
    *_, flat, dictionary = workbook(analyst.get(address(kept, "discrepancies.xlsx")))
    told = {(row[0].value, row[1].value or "") for row in dictionary.iter_rows(min_row=2)}
    head = [cell.value for cell in flat[1]]
    assert {(key, "") for key in head} <= told
    for name in ("figure", "status", "outcome", "measure", "side"):
        place = head.index(name) + 1
        codes = {flat.cell(row, place).value for row in range(2, flat.max_row + 1)} - {None}
        assert {(name, code) for code in codes} <= told
    assert all(cell.value for row in dictionary.iter_rows(min_row=2, max_row=20, min_col=4) for cell in row)


def test_what_became_of_the_real_disputes_is_shown_with_its_source(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get(address(kept)).text
    rows = {number: page.split(f"№ {number}. ")[1].split("</tr>")[0] for number in (1, 2, 3)}
    assert "347,538.5" in rows[1]
    assert "1,000,000.0" in rows[2]
    assert "744,000.0" in rows[3]
    assert all('href="https://' in row for row in rows.values())


def test_equal_views_give_equal_bytes(kept: Staged, analyst: Visitor) -> None:
    for form in (
        "discrepancies.xlsx?sort=lsg&group=kind",
        "discrepancies.csv?dialect=plain",
        "discrepancies.csv?dialect=excel",
    ):
        assert analyst.get(address(kept, form)).data == kept.visitor("union").get(address(kept, form)).data


def test_a_plain_file_says_what_it_is_in_every_row(kept: Staged, analyst: Visitor) -> None:
    answer = analyst.get(address(kept, "discrepancies.csv?dialect=plain&outcome=agreed"))
    head, *rows = csv.reader(io.StringIO(answer.data.decode(), newline=""))
    about = {tuple(row[len(KEYS) :]) for row in rows}
    assert head[len(KEYS) :] == [
        text(f"analysis.about.{k}", "en")
        for k in ("sitting", "snapshot", "snapshot_at", "shown", "conditions")
    ]
    ((sitting, digest, at, count, conditions),) = about
    assert (sitting, len(digest), count) == ("2020-1", 64, "2")
    assert at.endswith("+00:00")
    assert conditions == text("analysis.note.filter", "en", **AGREED)


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("discrepancies.xlsx", "discrepancies_2020-1.xlsx", "application/vnd.openxmlformats"),
        ("discrepancies.csv", "discrepancies_2020-1_plain.csv", "text/csv"),
        ("discrepancies.csv?dialect=excel", "discrepancies_2020-1_excel.csv", "text/csv"),
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


def test_an_unknown_dialect_is_told(kept: Staged, analyst: Visitor) -> None:
    answer = analyst.get(address(kept, "discrepancies.csv?dialect=lotus"))
    assert answer.status_code == 422
    assert said("analysis.no_dialect", typed="lotus", known="excel, plain") in shown(answer)


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
    assert (in_csv[0]["difference_share"], in_csv[4]["difference_share"]) == ("", "0.250000")
    assert (in_csv[0]["difference_share_exact"], in_csv[4]["difference_share_exact"]) == ("", "1/4")
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
