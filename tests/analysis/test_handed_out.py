"""The files of the table: the same lines and figures as the page, blank never zero, no formula run."""

import csv
import io

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from budgetproto.disputes.positions import filing, opening, sealing
from budgetproto.disputes.storage import LineRow, lines
from budgetproto.i18n import text
from tests.analysis.keys import KEYS
from tests.analysis.test_routes import AGREED, address, said, shown_numbers, workbook
from tests.factories import set_deadline
from tests.journeys.visitor import Visitor, shown
from tests.staged import Staged
from tests.stated import make_position


@pytest.fixture(scope="module")
def analyst(kept: Staged) -> Visitor:
    return kept.visitor("analyst")


def cells(page: Worksheet, row: int) -> dict[str, object]:
    """Return one row of the table by the columns' keys; the header is row 1."""
    return dict(zip(KEYS, (cell.value for cell in page[row]), strict=True))


def records(answer: TestResponse, delimiter: str = ",") -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [dict(zip(KEYS, row, strict=False)) for row in table[1:] if len(row) >= len(KEYS)]


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
    assert [places.cell(row, 1).value for row in range(2, 7)] == [
        "Bishkek city",
        "Naryn oblast",
        "Osh oblast",
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
    for name in ("figure", "status", "outcome", "measure", "side", "response"):
        place = head.index(name) + 1
        codes = {flat.cell(row, place).value for row in range(2, flat.max_row + 1)} - {None}
        assert {(name, code) for code in codes} <= told
    assert all(cell.value for row in dictionary.iter_rows(min_row=2, max_row=20, min_col=4) for cell in row)


def test_the_answers_to_the_option_stand_behind_it_party_by_party(kept: Staged, analyst: Visitor) -> None:
    sheet, *_ = workbook(analyst.get(address(kept, "discrepancies.xlsx")))
    head = [cell.value for cell in sheet[1]]
    facts = kept.protocol().facts
    names = [party.name.en for party in facts.parties]
    place = head.index(text("protocol.answers.title", "en", version=1))
    assert place == KEYS.index("answered")
    assert head[place + 1 : place + 4] == [text("protocol.answers.of", "en", party=name) for name in names]
    narrow, *_ = workbook(analyst.get(address(kept, "discrepancies.xlsx?column=lsg")))
    assert not any("nswer" in str(cell.value) for cell in narrow[1])


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
