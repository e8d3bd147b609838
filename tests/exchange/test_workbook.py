"""What a workbook holds: numbers that are numbers, text that is never a formula, no trace of the clock."""

import io
import zipfile
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from budgetproto.exchange import Cell, Column, Sheet, TooLarge, Total, to_xlsx
from budgetproto.i18n import Named
from budgetproto.money import Som, Unit

AMOUNT = Column("amount", Named("сумма", "сумма", "amount"), "amount")
WORDS = Column("words", Named("текст", "текст", "text"))


def sheet(column: Column, *cells: Cell, title: str = "Differences") -> Sheet:
    return Sheet(Named(en=title), (column,), [(cell,) for cell in cells], notes=(Named(en="Filter: Osh"),))


def opened(*sheets: Sheet, unit: Unit = Unit.THOUSAND_SOMS) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets, "en", unit)))


def cell(column: Column, value: Cell, unit: Unit = Unit.THOUSAND_SOMS) -> Any:
    return opened(sheet(column, value), unit=unit).worksheets[0]["A2"]


def test_an_amount_is_a_number_in_the_unit_of_the_header() -> None:
    page = opened(sheet(AMOUNT, Som(1260677830000))).worksheets[0]
    assert page["A1"].value == "amount, thousand soms"
    assert (page["A2"].value, page["A2"].number_format) == (12606778.3, "#,##0.0")


@pytest.mark.parametrize(
    ("unit", "value", "pattern"),
    [
        (Unit.SOM, 12606778300, "#,##0.00"),
        (Unit.THOUSAND_SOMS, 12606778.3, "#,##0.0"),
        (Unit.MILLION_SOMS, 12606.7783, "#,##0.0000"),
    ],
)
def test_each_unit_shows_its_decimals(unit: Unit, value: float, pattern: str) -> None:
    found = cell(AMOUNT, Som(1260677830000), unit)
    assert (found.value, found.number_format) == (value, pattern)


def test_an_amount_finer_than_the_unit_is_shown_whole() -> None:
    assert cell(AMOUNT, Som(123456789), Unit.MILLION_SOMS).number_format == "#,##0.00000000"


@pytest.mark.parametrize(
    ("tyiyn", "written"), [(2**53 + 1, "90071992547409.93"), (-(2**70), "-11805916207174113034.24")]
)
def test_an_amount_beyond_what_a_number_keeps_is_written_out_as_text(tyiyn: int, written: str) -> None:
    found = cell(AMOUNT, Som(tyiyn), Unit.SOM)
    assert (found.data_type, found.value) == ("s", written)


def totalled(*totals: Total, values: bool) -> Any:
    """Return the worksheet of four amounts, two of them marked, with these rows of sums below."""
    columns = (AMOUNT, Column("counted", Named(en="counted"), "integer"))
    rows = [(Som(100_000 * each), each % 2) for each in (1, 2, 3, 4)]
    table = Sheet(Named(en="Differences"), columns, rows, totals=totals)
    content = to_xlsx([table], "en", Unit.THOUSAND_SOMS)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values).worksheets[0]


def test_a_sum_is_a_formula_over_the_rows_in_sight_that_carries_its_value() -> None:
    total = Total((Som(1_000_000), None))
    assert totalled(total, values=False)["A6"].value == "=SUBTOTAL(109,$A$2:$A$5)"
    assert totalled(total, values=True)["A6"].value == 10


def test_a_sum_over_marked_rows_adds_up_those_alone() -> None:
    total = Total((Som(400_000), None), ("counted", 1))
    formula = str(totalled(total, values=False)["A6"].value)
    assert "SUBTOTAL(109,OFFSET(" in formula
    assert "--($B$2:$B$5=1)" in formula
    assert totalled(total, values=True)["A6"].value == 4


def test_the_filter_leaves_the_sums_in_sight() -> None:
    assert totalled(Total((Som(1_000_000), None)), values=False).auto_filter.ref == "A1:B5"


def test_each_printed_page_repeats_the_head_and_is_as_wide_as_the_table() -> None:
    page = opened(sheet(AMOUNT, Som(1))).worksheets[0]
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)


def test_the_republican_budget_fits() -> None:
    assert cell(AMOUNT, Som(51_410_495_180_000), Unit.THOUSAND_SOMS).value == 514104951.8


def test_a_percentage_a_share_a_number_and_a_day_are_what_they_are() -> None:
    columns = (
        Column("p", Named(en="p"), "percentage"),
        Column("s", Named(en="s"), "share"),
        Column("i", Named(en="i"), "integer"),
        Column("d", Named(en="d"), "date"),
    )
    page = opened(Sheet(Named(en="t"), columns, [(3550, Fraction(1, 4), 247, date(2020, 5, 14))])).worksheets[
        0
    ]
    assert [found.value for found in page[2]][:3] == [0.355, 0.25, 247]
    assert page["D2"].value.date() == date(2020, 5, 14)


@pytest.mark.parametrize(
    "text", ["=1+1", "+7", "-7", "@SUM(A1)", " =1", "\t=1", "＝1", "https://example.org", "00012"]
)
def test_a_text_stays_a_text(text: str) -> None:
    found = cell(WORDS, text)
    assert (found.data_type, found.value, found.hyperlink) == ("s", text, None)


def test_not_stated_is_an_empty_cell_and_zero_is_a_figure() -> None:
    page = opened(sheet(AMOUNT, None, Som(0))).worksheets[0]
    assert (page["A2"].value, page["A3"].value) == (None, 0)


def test_equal_tables_give_equal_bytes() -> None:
    table = sheet(AMOUNT, Som(1), Som(2))
    first, second = (to_xlsx([table], "ky", Unit.SOM) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_header_stays_in_view_and_the_notes_stand_below() -> None:
    page = opened(sheet(AMOUNT, Som(1))).worksheets[0]
    assert page.freeze_panes == "A2"
    assert [page["A4"].value, page["A5"].value] == ["Number of rows: 1", "Filter: Osh"]


@pytest.mark.parametrize("title", ["2020/2021: [all] *?", "Бюджет аралык мамилелер боюнча макулдашуу", "'"])
def test_any_title_becomes_a_name_that_a_worksheet_may_bear(title: str) -> None:
    names = opened(sheet(WORDS, "a", title=title), sheet(WORDS, "b", title=title)).sheetnames
    assert len(set(names)) == 2
    assert all(0 < len(name) <= 31 for name in names)


def test_a_text_too_long_for_a_cell_is_refused_and_not_lost() -> None:
    with pytest.raises(TooLarge):
        to_xlsx([sheet(WORDS, "а" * 32_768)], "en", Unit.SOM)
