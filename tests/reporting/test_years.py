"""The page over all sittings: shares per year, filters, files; nobody reads of a sitting he may not read."""

import csv
import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from budgetproto.i18n import LANGUAGES, Language, text
from budgetproto.reporting.domain import followed
from budgetproto.reporting.follow_up import report
from budgetproto.reporting.years import Chosen, Line, Sums, Years, chosen, every_line
from tests.factories import make_person
from tests.journeys.visitor import Visitor, said, shown
from tests.staged import Staged

HAS: dict[str, Callable[[Line], str]] = {
    "owner": lambda line: line.owner,
    "duty": lambda line: line.row.duty,
    "taken": lambda line: line.row.promise.taken,
    "year": lambda line: str(line.year),
}
READERS = ("secretary", "chair", "member_2", "ministry", "union", "cities", "analyst", "auditor")


@pytest.fixture(scope="module")
def lines(kept: Staged) -> tuple[Line, ...]:
    with kept.database.reading() as session:
        return every_line(session, kept.person("analyst"))[1]


def test_the_sums_of_a_year_are_those_of_the_sitting(kept: Staged, lines: tuple[Line, ...]) -> None:
    with kept.database.reading() as session:
        alone = report(session, kept.person("analyst").id, kept.finished)
    sums = Sums(2020, lines)
    assert sums.sittings == 1
    assert sums.share == alone.share == followed([row.promise for row in alone.rows])
    assert sums.differences == (alone.to_law, alone.to_treasury, alone.in_all)


def test_years_add_up_to_the_whole(kept: Staged, lines: tuple[Line, ...]) -> None:
    with kept.database.reading() as session:
        scope, _ = every_line(session, kept.person("analyst"))
    found = Years(scope, lines, lines)
    assert sum(len(each.lines) for each in found.years) == len(found.whole.lines) == len(lines)
    assert sum(each.share.known for each in found.years) == found.whole.share.known


@pytest.mark.parametrize("field", HAS)
def test_each_condition_leaves_exactly_the_questions_that_meet_it(
    lines: tuple[Line, ...], field: str
) -> None:
    has = HAS[field]
    values = {has(line) for line in lines} - {""}
    assert values
    parts = {value: chosen(lines, Chosen(**{field: value})) for value in values}
    for value, part in parts.items():
        assert part
        assert {has(line) for line in part} == {value}
    assert sum(map(len, parts.values())) == sum(bool(has(line)) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_share_owners_and_what_is_overdue(kept: Staged, language: Language) -> None:
    page = shown(kept.visitor("chair", language).get("/promises"))
    assert said("reporting.years.by_count", language) in page
    assert said("following.duty.overdue", language) in page
    assert said("following.until", language, on=date(2020, 7, 15)) in page


@pytest.mark.parametrize("login", READERS)
def test_no_page_names_the_sitting_that_still_collects(kept: Staged, login: str) -> None:
    visitor = kept.visitor(login)
    for form in ("promises", "promises.csv"):
        answer = visitor.get(f"/{form}")
        assert answer.status_code == 200
        assert kept.collecting not in answer.text
    assert kept.finished not in visitor.get("/promises.csv").text


def test_a_stranger_to_every_sitting_reads_of_none(staged: Staged) -> None:
    stranger = make_person(staged.database, name="Бөтөн Киши")
    page = shown(Visitor(staged.app, stranger, language="en").get("/promises"))
    assert said("reporting.years.none", "en") in page


def test_both_files_hold_the_questions_of_the_page(kept: Staged, lines: tuple[Line, ...]) -> None:
    visitor = kept.visitor("analyst")
    rows = list(csv.reader(io.StringIO(visitor.get("/promises.csv?duty=overdue").data.decode("utf-8-sig"))))
    overdue = [line for line in lines if line.row.duty == "overdue"]
    assert [row[2] for row in rows[1 : 1 + len(overdue)]] == [
        str(line.row.promise.number) for line in overdue
    ]
    assert "Ministry of Finance" in rows[1]
    book = openpyxl.load_workbook(io.BytesIO(visitor.get("/promises.xlsx").data), data_only=True)
    assert len(book.worksheets) == 2
    first = {str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row[:1]}
    assert "2020" in first


def test_an_address_that_means_nothing_is_refused(kept: Staged) -> None:
    visitor = kept.visitor("analyst")
    assert visitor.get("/promises?duty=never").status_code == 422
    assert visitor.get("/promises.csv?colour=red").status_code == 422
    assert text("analysis.filter.clear", "en") in shown(visitor.get("/promises?duty=overdue"))


def test_the_questions_are_found_by_how_it_stands_with_the_reading(
    kept: Staged, lines: tuple[Line, ...]
) -> None:
    visitor = kept.visitor("analyst")
    for state in ("overdue", "unnamed"):
        rows = list(csv.reader(io.StringIO(visitor.get(f"/promises.csv?reading={state}").text)))
        met = [line for line in lines if line.row.reading == state]
        assert met
        assert [row[2] for row in rows[1 : 1 + len(met)]] == [str(line.row.promise.number) for line in met]
        assert text(f"following.read.{state}", "en") in rows[1]
    assert visitor.get("/promises?reading=never").status_code == 422
    assert said("reporting.follow_up.read.rule", "en") in shown(visitor.get("/promises"))
