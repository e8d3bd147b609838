"""A large file is read by column: every fault with row and column, and what it is, not what its name says."""

import io
import zipfile

import openpyxl
import pytest

from budgetproto.exchange import Column
from budgetproto.exchange.large import LargeTable, read_large
from budgetproto.exchange.large.faults import MOST_TOLD
from budgetproto.exchange.problems import told
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.money import Unit

COLUMNS = (
    Column("name", Named("аталышы", "название", "name"), required=True),
    Column("amount", Named("суммасы", "сумма", "amount"), "amount"),
)
THOUSAND = Unit.THOUSAND_SOMS


def read(content: bytes | str, name: str | None = None) -> LargeTable:
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    table, faults = read_large(file, COLUMNS, unit=THOUSAND, name=name)
    assert not faults.count, faults.told
    return table


def faults(content: bytes | str, name: str | None = None) -> list[tuple[str, int | None, str | None]]:
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    _, found = read_large(file, COLUMNS, unit=THOUSAND, name=name)
    for problem in found.told:
        assert all(told(problem, language) for language in LANGUAGES)
    return [
        (problem.key.removeprefix("exchange.problem."), problem.row, problem.column) for problem in found.told
    ]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "name;amount\nОш;450,4\n\nТалас;\n",
        "\ufeffсумма,название\r\n450.4,Ош\r\n,\r\n,Талас",
        "name\tamount\rОш\t450,4\r\rТалас\t",
    ],
)
def test_a_csv_of_any_making_is_read(content: str) -> None:
    table = read(content)
    assert [table.row(place) for place in range(len(table))] == [2, 4]
    assert table.coded["name"].values == ("Ош", "Талас")
    assert table.amounts["amount"].tyiyn.tolist() == [45_040_000, 0]
    assert table.amounts["amount"].stated.tolist() == [True, False]


def test_a_workbook_is_read_the_same() -> None:
    table = read(workbook(("name", "amount"), ("Ош", 450.4), (None, None), ("Талас", None)), "a.xlsx")
    assert [table.row(place) for place in range(len(table))] == [2, 4]
    assert table.amounts["amount"].tyiyn.tolist() == [45_040_000, 0]


def test_the_same_value_with_blanks_around_it_is_one() -> None:
    table = read("name;amount\n Ош ;1\nОш;2\n")
    assert (table.coded["name"].values, table.coded["name"].codes.tolist()) == (("Ош",), [0, 0])


def test_every_fault_has_its_row_and_column() -> None:
    assert faults(
        "name;amount;spare\nОш;450,44\n;12\nТалас;12,5 млн сом;\nНарын;=A1+B1;\n=1+1;1;\nОш;1;;x\n"
    ) == [
        ("unknown_column", 1, "spare"),
        ("too_many_cells", 7, None),
        ("money.too_fine", 2, "amount"),
        ("unit_in_cell", 4, "amount"),
        ("formula", 5, "amount"),
        ("formula", 6, "name"),
        ("required", 3, "name"),
    ]


def test_a_heading_in_another_unit_is_told_apart_from_an_unknown_one() -> None:
    assert faults("name;amount, million soms\nОш;1\n") == [("other_unit", 1, "amount, million soms")]


def test_a_formula_in_a_workbook_is_refused_though_it_has_a_value() -> None:
    assert faults(workbook(("name", "amount"), ("Ош", "=1+1")), "a.xlsx") == [("formula", 2, "amount")]


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"%PDF-1.7 ...", "figures.csv", ("other_kind", None, None)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "figures.xls", ("other_kind", None, None)),
        (b"name;amount\n", "figures.xlsx", ("not_its_name", None, None)),
        (workbook(("name", "amount")), "figures.csv", ("not_its_name", None, None)),
        (b"PK\x03\x04 not a zip", "figures.xlsx", ("not_xlsx", None, None)),
        ("name;amount\nОш;1\nТалас;2\n".encode("cp1251"), "figures.csv", ("looks_cp1251", 2, None)),
        (b"name;amount\nOsh;1\nOsh oblast \x98;2\n", "figures.csv", ("not_utf8", 3, None)),
        (b'name;amount\n"Osh;1\n', "figures.csv", ("not_csv", 2, None)),
        (b"", "figures.csv", ("empty", None, None)),
        (b"\n\n;;\n", "figures.csv", ("empty", None, None)),
        (b"one;two\n1;2\n", "figures.csv", ("no_header", 1, None)),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    content: bytes, name: str, fault: tuple[str, int | None, str | None]
) -> None:
    assert faults(content, name) == [fault]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO(workbook(("name", "amount"), ("Ош", 1)))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet2.xml", b"\0" * 30_000_000)
    assert faults(packed.getvalue(), "a.xlsx") == [("packed_too_tightly", None, None)]


def test_of_very_many_faults_the_first_are_told_and_the_others_counted() -> None:
    content = "name;amount\n" + "".join(f"{row};x{row}\n" for row in range(30_000))
    _, found = read_large(io.BytesIO(content.encode()), COLUMNS, unit=THOUSAND)
    assert (found.count, len(found.told), found.untold) == (30_000, MOST_TOLD, 30_000 - MOST_TOLD)


def test_progress_is_told_block_by_block() -> None:
    told_rows: list[int] = []
    content = "name;amount\n" + "Ош;1\n" * 45_000
    read_large(io.BytesIO(content.encode()), COLUMNS, unit=THOUSAND, progress=told_rows.append)
    assert told_rows == [19_999, 39_999, 45_000]
