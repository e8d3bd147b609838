"""The page of promises and its files, over the demonstration's sitting of 2020."""

import csv
import io

import openpyxl
import pytest

from budgetproto.analysis.table import table_of
from budgetproto.disputes.domain import is_points
from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.money import Som
from budgetproto.reporting.follow_up import Report, report
from tests.journeys.visitor import shown
from tests.staged import Staged

READERS = ("secretary", "chair", "member_2", "ministry", "union", "cities", "analyst", "auditor")
FORMS = ("promises", "promises.xlsx", "promises.csv")


def address(kept: Staged, form: str = "promises", *, sealed: bool = False) -> str:
    return f"/sittings/{kept.collecting if sealed else kept.finished}/{form}"


@pytest.fixture(scope="module")
def found(kept: Staged) -> Report:
    with kept.database.reading() as session:
        return report(session, kept.person("analyst").id, kept.finished)


def test_what_was_entered_as_adopted_and_executed_stands_beside_the_promise(
    kept: Staged, found: Report
) -> None:
    with kept.database.reading() as session:
        entries = {
            each.line.number: each
            for each in table_of(session, kept.person("chair").id, kept.finished).entries
        }
    assert found.rows
    for row in found.rows:
        entry = entries[row.promise.number]
        assert row.promise.adopted.figure == entry.adopted.stand.figure
        assert row.promise.executed.figure == entry.executed.stand.figure


def test_the_financed_grants_of_2020_are_executed(found: Report) -> None:
    assert Som(34_753_850_000) in {row.promise.executed.money for row in found.rows}


def test_a_settled_question_promises_its_decision_and_any_other_the_option(found: Report) -> None:
    for row in found.rows:
        settled = row.entry.made.standing in {"agreed", "partly_agreed"}
        assert (row.promise.basis == "decision") == settled
        made = row.entry.made.decided if settled else row.entry.made.computed
        assert row.promise.promised.figure == made.figure


@pytest.mark.parametrize("login", READERS)
def test_whoever_reads_the_protocol_reads_the_promises_and_nobody_before_the_opening(
    kept: Staged, login: str
) -> None:
    visitor = kept.visitor(login)
    assert [visitor.get(address(kept, form)).status_code for form in FORMS] == [200] * 3
    assert [visitor.get(address(kept, form, sealed=True)).status_code for form in FORMS] == [422] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_promise_and_how_far_the_law_followed_it(
    kept: Staged, found: Report, language: Language
) -> None:
    page = shown(kept.visitor("analyst", language).get(address(kept)))
    for row in found.rows:
        assert f"№ {row.promise.number}" in page
        assert text(f"reporting.follow_up.taken.{row.promise.taken}", language) in page
        assert row.entry.adopted.source in page


def test_both_files_have_the_differences_of_the_page(kept: Staged, found: Report) -> None:
    visitor = kept.visitor("analyst")
    plain = visitor.get(address(kept, "promises.csv")).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(plain)))[1 : 1 + len(found.rows)]
    book = openpyxl.load_workbook(
        io.BytesIO(visitor.get(address(kept, "promises.xlsx")).data), data_only=True
    )
    numbers = {str(cell.value) for line in book.worksheets[0].iter_rows() for cell in line[:1]}
    for row, cells in zip(found.rows, rows, strict=True):
        assert cells[0] == str(row.promise.number)
        assert cells[0] in numbers
        assert (cells[13] == "") == (row.promise.in_all is None)
        assert (cells[8] == "") == (not is_points(row.promise.promised.figure))


def test_the_sitting_leads_to_the_page(kept: Staged) -> None:
    sitting = kept.visitor("union").get(f"/sittings/{kept.finished}")
    assert address(kept) in sitting.get_data(as_text=True)
