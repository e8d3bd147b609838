"""The page of discrepancies and its files: the same lines in every form, for whoever may read them."""

import io
import re

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from budgetproto.i18n import LANGUAGES, Language, every_language, text
from budgetproto.journal import ACCESS
from budgetproto.journal.storage import entries
from budgetproto.sittings.storage import SittingRow
from tests.factories import make_person
from tests.journeys.visitor import Visitor, shown
from tests.staged import Staged

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
        ("region=republic", [1, 2, 4]),
        ("region=41706000000000", [5]),
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
