"""A spreadsheet of lines is read whole or not at all, and every fault is named with row and column."""

import io

from openpyxl import Workbook

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.disputes.lines.sheet import Known, read_lines, template
from budgetproto.exchange import PLAIN, from_xlsx, to_csv, to_xlsx
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.money import Som, Unit

MINISTRY = Party(
    "m", "ministry-of-finance", "government", Named("Каржы министрлиги", "Министерство финансов")
)
UNION = Party("u", "union", "lsg", Named("ЖӨБ союзу", "Союз МСУ"))
KNOWN = Known(frozenset({"equalization"}), frozenset({"41706000000000"}), (MINISTRY, UNION), 2026)
UNIT = Unit.THOUSAND_SOMS


def read(words: str, measure: Measure = Measure.AMOUNT) -> tuple[list[LineText], list[tuple[object, ...]]]:
    lines, problems = read_lines(words.encode(), measure, KNOWN, unit=UNIT)
    return list(lines), [(each.row, each.column, each.key) for each in problems]


def test_a_row_becomes_a_line_with_its_sourced_figures() -> None:
    lines, problems = read_lines(
        (
            "title_ky;title_ru;kind;territory;base_lsg;base_lsg_source;cap;protected;lead_lsg\r\n"
            "Грант;Грант;equalization;41706000000000;600 000,0;2025-ж. бюджет;700 000,0;ооба;Союз МСУ\r\n"
        ).encode(),
        Measure.AMOUNT,
        KNOWN,
        unit=UNIT,
    )
    assert problems == ()
    (line,) = lines
    assert (line.title, line.year, line.territory) == (Named("Грант", "Грант"), 2026, "41706000000000")
    assert (line.base_lsg.figure, line.base_lsg.source) == (Som(60_000_000_000), "2025-ж. бюджет")
    assert (line.cap, line.protected, line.lead_lsg) == (Som(70_000_000_000), True, "u")
    assert line.base_government.figure is None


def test_every_fault_is_named_with_its_row_and_column() -> None:
    _, problems = read(
        "title_ky;kind;territory;year;base_lsg;base_lsg_source;floor;cap;protected;lead_government\n"
        "Биринчи;grants;1;1200;1,234;x;;;;\n"
        "\n"
        ";equalization;;;5,0;;9,0;8,0;балким;union\n"
    )
    assert problems == [
        (2, "base_lsg", "money.ambiguous"),
        (2, "kind", "transfers.unknown_code"),
        (2, "territory", "transfers.unknown_code"),
        (2, "year", "web.year_out_of_range"),
        (4, "title_ky", "exchange.problem.required"),
        (4, "protected", "disputes.sheet.not_yes_no"),
        (4, "lead_government", "disputes.sheet.no_such_party"),
        (4, "base_lsg_source", "disputes.sheet.source_missing"),
        (4, "floor", "disputes.floor_above_cap"),
    ]


def test_percentages_are_read_in_points_with_their_money_base() -> None:
    (line,), problems = read(
        "title_ky;kind;base_lsg;base_lsg_source;money_base\nКиреше салыгы;equalization;35,5;Кодекс;1 000,0\n",
        Measure.PERCENTAGE,
    )
    assert problems == []
    assert line.base_lsg.figure == 3550
    assert line.money_base == Som(100_000_000)


def test_the_template_is_read_back_in_every_language_and_form() -> None:
    for measure in Measure:
        for language in LANGUAGES:
            sheet = template(measure)
            plain = to_csv(sheet, language, UNIT, PLAIN)
            headers = len(plain.decode().strip().split(","))
            assert headers >= 14
            assert read_lines(plain, measure, KNOWN, unit=UNIT) == ((), ())
            first_row = from_xlsx(to_xlsx([sheet], language, UNIT)).split(b"\r\n")
            assert any(row.count(b",") > 10 for row in first_row)


def test_a_workbook_is_read_with_all_its_digits() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["title_ky", "kind", "base_lsg", "base_lsg_source"])
    sheet.append(["Грант", "equalization", 12606778.3, "2025"])
    saved = io.BytesIO()
    book.save(saved)
    lines, problems = read_lines(from_xlsx(saved.getvalue()), Measure.AMOUNT, KNOWN, unit=UNIT)
    assert problems == ()
    assert lines[0].base_lsg.figure == Som(1_260_677_830_000)
