"""What the importer takes and what it refuses: every fault at once, with its place."""

import pytest

from budgetproto.exchange import Column, read_csv, told
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.money import Som, Unit

COLUMNS = (
    Column("name", Named("аталышы", "название", "name"), required=True),
    Column("amount", Named("суммасы", "сумма", "amount"), "amount"),
    Column("day", Named("күнү", "дата", "day"), "date"),
)


def faults(content: str, unit: Unit = Unit.THOUSAND_SOMS) -> list[tuple[str, int | None, str | None]]:
    _, problems = read_csv(content.encode(), COLUMNS, unit=unit, file="ош.csv")
    return [(problem.key, problem.row, problem.column) for problem in problems]


def amount(typed: str) -> object:
    rows, problems = read_csv(f"name;amount\nОш;{typed}\n".encode(), COLUMNS, unit=Unit.THOUSAND_SOMS)
    return problems[0].key if problems else rows[0]["amount"]


@pytest.mark.parametrize("header", ["name;amount", "Аталышы;Суммасы, миң сом", "НАЗВАНИЕ;сумма"])
def test_a_header_names_columns_by_key_or_in_any_language(header: str) -> None:
    rows, problems = read_csv(f"{header}\nОш;450,4\n".encode(), COLUMNS, unit=Unit.THOUSAND_SOMS)
    assert (rows, problems) == (({"name": "Ош", "amount": Som(45_040_000)},), ())


def test_a_header_in_another_unit_is_refused() -> None:
    assert faults("name;amount, million soms\nОш;450,4\n") == [
        ("exchange.problem.other_unit", 1, "amount, million soms")
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows, _ = read_csv(f"name{delimiter}amount\nОш{delimiter}1.5\n".encode(), COLUMNS, unit=Unit.SOM)
    assert rows == ({"name": "Ош", "amount": Som(150)},)


def test_the_mark_that_a_spreadsheet_writes_is_no_part_of_the_header() -> None:
    rows, problems = read_csv("\ufeffname\nОш\n".encode(), COLUMNS)
    assert (rows, problems) == (({"name": "Ош"},), ())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", None),
        ("0", Som(0)),
        ("12 606,5", Som(1_260_650_000)),
        ("12.345", "money.ambiguous"),
        ("1,55", "money.too_fine"),
        ("көп", "money.not_a_number"),
    ],
)
def test_an_amount_is_read_exactly_or_refused(typed: str, found: object) -> None:
    assert amount(typed) == found


def test_all_faults_are_found_at_once_with_their_places() -> None:
    assert faults("name;amount;day\n;көп;31.02.2020\nОш;1.234;2020-05-14\n") == [
        ("exchange.problem.required", 2, "name"),
        ("money.not_a_number", 2, "amount"),
        ("exchange.problem.not_date", 2, "day"),
        ("money.ambiguous", 3, "amount"),
    ]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    assert faults('name;amount\n"Ош\nоблусу";1\n\nБаткен;көп\n') == [("money.not_a_number", 4, "amount")]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "exchange.problem.empty"),
        (b"\n \n", "exchange.problem.empty"),
        ("аталышы;суммасы\nОш;1".encode("cp1251"), "exchange.problem.not_utf8"),
        (b'name;amount\n"Osh;1\n', "exchange.problem.not_csv"),
        (b"what;ever\n1;2\n", "exchange.problem.no_header"),
        (b"name\n" + b"a\n" * 200_001, "exchange.problem.too_many_rows"),
        (b"name\n" + b"a" * 20_000_001, "exchange.problem.too_big"),
    ],
)
def test_an_unusable_file_gives_one_sentence(content: bytes, key: str) -> None:
    rows, problems = read_csv(content, COLUMNS)
    assert (rows, [problem.key for problem in problems]) == ((), [key])


def test_a_missing_and_an_unknown_column_are_both_told() -> None:
    assert faults("amount;price\n1;2\n") == [
        ("exchange.problem.unknown_column", 1, "price"),
        ("exchange.problem.missing_column", 1, "name"),
    ]


def test_a_cell_too_many_is_told() -> None:
    assert faults("name;amount\nОш;1;2\n") == [("exchange.problem.too_many_cells", 2, None)]


def test_the_guard_before_a_formula_is_taken_away_and_an_apostrophe_is_not() -> None:
    rows, _ = read_csv(b"name\n'=1+1\n'Osh'\n", COLUMNS)
    assert [row["name"] for row in rows] == ["=1+1", "'Osh'"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_has_a_sentence_in_each_language(language: Language) -> None:
    _, problems = read_csv("name;price;amount;day\n;1;көп;x;y\n".encode(), COLUMNS, file="ош.csv")
    assert len(problems) == 5
    assert all("ош.csv" in told(problem, language) for problem in problems)


def test_what_paper_cannot_print_is_refused_with_its_place() -> None:
    assert faults("name;amount\nОш 😀;1\n") == [("web.letters_missing", 2, "name")]
    _, problems = read_csv("name\nא\x07\n".encode(), COLUMNS)
    assert problems[0].details == {"letters": "א U+0007"}


def test_a_text_longer_than_any_form_takes_is_refused() -> None:
    assert faults(f"name;amount\n{'а' * 8_000};1\n") == []
    assert faults(f"name;amount\n{'а' * 8_001};1\n") == [("exchange.problem.too_long", 2, "name")]
