"""The pages over several sittings: only what the reader may read, the same figures on page and in files."""

import csv

import pytest
from werkzeug.test import TestResponse

from budgetproto.analysis.charts.making import CHARTS
from budgetproto.i18n import text
from budgetproto.sittings.storage import SittingRow
from tests.analysis.test_routes import address, workbook
from tests.factories import make_person
from tests.journeys.visitor import Visitor, shown, token_of
from tests.staged import Staged


@pytest.fixture(scope="module")
def analyst(kept: Staged) -> Visitor:
    return kept.visitor("analyst")


def test_the_page_and_both_files_have_the_same_total(kept: Staged, analyst: Visitor) -> None:
    query = "rows=kind&columns=year&figure=difference"
    page = shown(analyst.get(f"/analysis/pivot?{query}"))
    assert "1,100,000.0" in page
    sheet, *_ = workbook(analyst.get(f"/analysis/pivot.xlsx?{query}"), values=True)
    totals = [
        row for row in sheet.iter_rows(values_only=True) if row[0] == text("analysis.total.short", "en")
    ]
    assert totals[0][-1] == 1_100_000
    lines = analyst.get(f"/analysis/pivot.csv?{query}").data.decode().splitlines()
    (total,) = [row for row in csv.reader(lines) if row[0] == text("analysis.total.short", "en")]
    assert "1100000.0" in total


def test_the_conditions_stand_in_the_files(analyst: Visitor) -> None:
    answer = analyst.get("/analysis/pivot.csv?outcome=agreed&dialect=excel")
    told = answer.data.decode("utf-8-sig")
    assert text("analysis.standing.agreed", "en") in told
    assert text("analysis.column.region", "en") in told


def test_a_sitting_that_is_still_sealed_is_neither_counted_nor_named(kept: Staged, analyst: Visitor) -> None:
    page = analyst.get("/analysis/pivot").text
    assert kept.finished in page
    assert kept.collecting not in page
    with kept.database.reading() as session:
        number = session.get_one(SittingRow, kept.collecting).number
    assert number not in page


@pytest.mark.parametrize("form", ["pivot", "pivot.csv", "pivot.xlsx", "charts", "charts/sides.svg"])
def test_naming_a_sealed_sitting_is_as_naming_one_that_is_not_there(
    kept: Staged, analyst: Visitor, form: str
) -> None:
    sealed, nowhere = (
        analyst.get(f"/analysis/{form}?sitting={each}") for each in (kept.collecting, "nowhere")
    )
    assert (sealed.status_code, nowhere.status_code) == (422, 422)
    assert untimed(sealed).replace(kept.collecting, "nowhere") == untimed(nowhere)


def untimed(page: TestResponse) -> str:
    """Return a page without the token of its forms, which tells the second it was made in."""
    return page.text.replace(token_of(page), "")


def test_two_equal_axes_are_refused_with_a_sentence(analyst: Visitor) -> None:
    answer = analyst.get("/analysis/pivot?rows=kind&columns=kind")
    assert answer.status_code == 422
    assert text("analysis.same_axis", "en") in shown(answer)


def test_whoever_may_read_no_sitting_is_told_so(kept: Staged) -> None:
    nobody = make_person(kept.database)
    answer = Visitor(kept.app, nobody, language="en").get("/analysis/pivot")
    assert answer.status_code == 200
    assert text("analysis.no_sittings", "en") in shown(answer)


def test_the_page_of_a_sitting_leads_to_its_pivot(kept: Staged, analyst: Visitor) -> None:
    assert f"/analysis/pivot?sitting={kept.finished}" in analyst.get(address(kept)).text


def test_every_chart_stands_with_a_sentence_its_table_and_both_pictures(analyst: Visitor) -> None:
    page = analyst.get("/analysis/charts?kind=stimulating_grant").text
    for kind in CHARTS:
        assert f'id="{kind}-table"' in page
        for picture in ("svg", "png"):
            address = f"/analysis/charts/{kind}.{picture}?kind=stimulating_grant"
            assert address in page
    answer = analyst.get("/analysis/charts/sides.svg?kind=stimulating_grant")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["sides.gif", "moon.svg"])
def test_a_chart_that_is_not_there_is_unknown(analyst: Visitor, name: str) -> None:
    assert analyst.get(f"/analysis/charts/{name}").status_code == 404


def test_a_picture_is_for_whoever_may_read_its_lines(kept: Staged) -> None:
    path = f"/analysis/charts/waterfall.svg?sitting={kept.finished}"
    nobody = Visitor(kept.app, make_person(kept.database), language="en")
    assert nobody.get(path).status_code == 422
    assert kept.app.test_client().get(path).status_code == 303


def test_the_lines_of_all_sittings_have_the_totals_of_the_protocol(kept: Staged, analyst: Visitor) -> None:
    page = shown(analyst.get("/analysis?group=sitting"))
    assert "+1,100,000.0" in page
    sheet, subtotals = workbook(analyst.get("/analysis/discrepancies.xlsx?group=sitting"), values=True)
    assert sheet.cell(1, 2).value == text("analysis.column.sitting", "en")
    assert 1_100_000 in [cell.value for cell in subtotals[subtotals.max_row - 2]]
    answer = analyst.get("/analysis/discrepancies.csv?outcome=agreed")
    assert answer.data.decode().count("2020-1") >= 2


def test_two_years_are_compared_line_by_line_and_nothing_is_compared_with_itself(
    kept: Staged, analyst: Visitor
) -> None:
    empty = analyst.get("/analysis/compare")
    assert empty.status_code == 200
    assert f'value="sitting-{kept.finished}"' in empty.text
    assert kept.collecting not in empty.text
    query = f"before=year-2020&after=sitting-{kept.finished}&figure=lsg"
    page = shown(analyst.get(f"/analysis/compare?{query}"))
    assert text("analysis.compare.counted", "en", changed=0, new=0, gone=0, same=6) in page
    sheet, *_ = workbook(analyst.get(f"/analysis/compare.xlsx?{query}"), values=True)
    assert sheet.cell(8, 4).value == sheet.cell(8, 5).value == 3_310_000
    assert analyst.get(f"/analysis/compare.csv?{query}").status_code == 200
    assert analyst.get("/analysis/compare?before=year-2020&after=year-2020").status_code == 422
    assert analyst.get("/analysis/compare.csv?before=year-2020").status_code == 422


def test_conditions_go_along_to_the_other_pages_but_no_side_of_a_comparison(
    kept: Staged, analyst: Visitor
) -> None:
    page = analyst.get(f"/analysis/pivot?sitting={kept.finished}&outcome=agreed&rows=year").text
    assert f"/analysis/charts?sitting={kept.finished}&amp;outcome=agreed" in page
    assert "/analysis/compare?outcome=agreed" in page
