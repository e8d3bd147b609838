"""What a CSV file holds: exact figures, no formula, the dialect that opens by a double click."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetproto.exchange import EXCEL, PLAIN, Cell, Column, Dialect, Sheet, read_csv, to_csv
from budgetproto.i18n import Named
from budgetproto.money import Som, Unit

COLUMNS = (
    Column("line", Named("маселе", "вопрос", "question")),
    Column("difference", Named("айырма", "разница", "difference"), "amount"),
    Column("number", Named("саны", "число", "number"), "integer"),
    Column("norm", Named("норматив", "норматив", "norm"), "percentage"),
    Column("rate", Named("үлүшү", "доля", "share"), "share"),
    Column("exact", Named("так үлүшү", "точная доля", "exact share"), "fraction"),
    Column("day", Named("күнү", "дата", "date"), "date"),
)
ROW: tuple[Cell, ...] = (
    "Дем берүүчү грант",
    Som(-1260677830000),
    247,
    3550,
    Fraction(1, 3),
    Fraction(1, 3),
    date(2020, 5, 14),
)


def sheet(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = COLUMNS) -> Sheet:
    return Sheet(Named(en="Differences"), columns, rows, notes=(Named(ky="Чыпка: 2020", en="Filter: 2020"),))


def words(*cells: str) -> Sheet:
    return sheet(*((cell,) for cell in cells), columns=COLUMNS[:1])


def test_the_plain_dialect_has_commas_points_and_crlf_and_nothing_else() -> None:
    assert to_csv(sheet(ROW), "en", Unit.THOUSAND_SOMS, PLAIN).decode().split("\r\n") == [
        'question,"difference, thousand soms",number,norm,share,exact share,date',
        "Дем берүүчү грант,-12606778.3,247,35.50,0.333333,1/3,2020-05-14",
        "",
    ]


def test_the_spreadsheet_dialect_has_semicolons_commas_a_mark_and_the_notes() -> None:
    written = to_csv(sheet(ROW), "ky", Unit.THOUSAND_SOMS, EXCEL)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").split("\r\n") == [
        "маселе;айырма, миң сом;саны;норматив;үлүшү;так үлүшү;күнү",
        "Дем берүүчү грант;-12606778,3;247;35,50;0,333333;1⁄3;2020-05-14",
        "",
        "Саптардын саны: 1",
        "Чыпка: 2020",
        "",
    ]


def test_an_amount_finer_than_the_unit_is_written_to_the_last_tyiyn() -> None:
    written = to_csv(sheet((Som(123456789),), columns=COLUMNS[1:2]), "en", Unit.MILLION_SOMS)
    assert written.decode().split("\r\n")[1] == "1.23456789"


def test_not_stated_is_empty_and_zero_is_written() -> None:
    written = to_csv(sheet((None, 1), (Som(0), 2), columns=COLUMNS[1:3]), "en", Unit.SOM)
    assert written.decode().split("\r\n")[1:3] == [",1", "0.00,2"]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\u00a0＠", "\ufeff="]
)
@pytest.mark.parametrize("dialect", [EXCEL, PLAIN])
def test_a_text_that_begins_like_a_formula_stays_a_text(sign: str, dialect: object) -> None:
    written = to_csv(words(f"{sign}cmd|' /C calc'!A0"), "en", Unit.SOM, EXCEL if dialect is EXCEL else PLAIN)
    cell = written.decode("utf-8-sig").split("\r\n")[1]
    assert cell.lstrip('"').startswith(f"'{sign}")


def test_a_formula_behind_a_space_is_guarded_as_well() -> None:
    assert to_csv(words(" =1+1"), "en", Unit.SOM).decode().split("\r\n")[1] == "' =1+1"


def test_a_negative_amount_is_a_number_and_not_guarded() -> None:
    assert b"'-" not in to_csv(sheet(ROW), "en", Unit.SOM)


@pytest.mark.parametrize("dialect", [EXCEL, PLAIN])
@given(text=st.text(st.sampled_from("=+-@'\t\r\n \u00a0\ufeffаA1;,\"")).map(str.strip).filter(bool))
@example(text="'=1+1")
@example(text="''=1+1")
def test_every_text_reads_back_as_it_was(dialect: Dialect, text: str) -> None:
    columns = (COLUMNS[0], COLUMNS[2])
    written = to_csv(sheet((text, 1), columns=columns), "ky", Unit.SOM, dialect)
    body = written.split(b"\r\n\r\n\xd0\xa1")[0] if dialect is EXCEL else written
    rows, problems = read_csv(body, columns, unit=Unit.SOM)
    assert problems == ()
    assert [row["line"] for row in rows] == [text]


@given(share=st.fractions(-(10**9), 10**9, max_denominator=10**6))
def test_a_share_is_rounded_to_six_digits_and_stands_exactly_beside(share: Fraction) -> None:
    table = sheet((share, share), columns=COLUMNS[4:6])
    (row,), problems = read_csv(to_csv(table, "en", Unit.SOM), COLUMNS[4:6], unit=Unit.SOM)
    assert problems == ()
    assert row["exact"] == share
    assert isinstance(row["rate"], Fraction)
    assert abs(row["rate"] - share) <= Fraction(1, 2 * 10**6)


def test_a_plain_file_repeats_what_it_is_about_in_every_row() -> None:
    about = ((Column("snapshot", Named(en="Check code")), "ab12"),)
    table = Sheet(Named(), COLUMNS[:1], [("a",), ("b",)], about=about)
    assert to_csv(table, "en", Unit.SOM).decode().split() == ["question,Check", "code", "a,ab12", "b,ab12"]
    assert b"ab12" not in to_csv(table, "en", Unit.SOM, EXCEL)


@pytest.mark.parametrize("dialect", [EXCEL, PLAIN])
def test_what_was_written_reads_back_the_same(dialect: object) -> None:
    columns = COLUMNS[:4]
    row = ("=1+1", Som(-1260677830000), 247, 3550)
    plain = Sheet(Named(), columns, (row, ("Ош; Баткен", None, 0, 0)))
    written = to_csv(plain, "ky", Unit.THOUSAND_SOMS, EXCEL if dialect is EXCEL else PLAIN)
    body = written.split(b"\r\n\r\n")[0]
    rows, problems = read_csv(body, columns, unit=Unit.THOUSAND_SOMS)
    assert problems == ()
    assert [tuple(found.values()) for found in rows] == [row, ("Ош; Баткен", None, 0, 0)]


def test_a_row_of_the_wrong_length_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        Sheet(Named(), COLUMNS, (("alone",),))
