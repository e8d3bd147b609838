"""The discrepancy table: every figure and total is the composed protocol's, blank is never zero."""

from dataclasses import replace
from fractions import Fraction

import pytest

from budgetproto.analysis import COLUMNS, discrepancy_sheet, table_text
from budgetproto.analysis.entries import entries_of, made_up
from budgetproto.analysis.sums import whole
from budgetproto.exchange import Cell, Sheet
from budgetproto.i18n import LANGUAGES, NO_NAME, Language, Named, every_language, text
from budgetproto.money import Som
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose
from budgetproto.protocol.snapshot import Decision, Line
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.samples import make_line, make_snapshot, million, words

KEYS = [column.key for column in COLUMNS]


def rows_of(protocol: Protocol, numbers: frozenset[int] | None = None) -> list[dict[str, Cell]]:
    sheet = sheet_of(protocol, numbers)
    rows = (*sheet.rows, *(total.cells for total in sheet.totals))
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def sheet_of(protocol: Protocol, numbers: frozenset[int] | None = None) -> Sheet:
    entries = [each for each in entries_of(protocol) if numbers is None or each.line.number in numbers]
    return discrepancy_sheet(protocol, [whole(entries)])


def row_of(line: Line) -> dict[str, Cell]:
    return rows_of(compose(make_snapshot(line)))[0]


def test_a_line_carries_both_figures_their_difference_and_what_was_decided() -> None:
    protocol = compose(dispute_2020())
    row, made = rows_of(protocol)[0], protocol.lines[0]
    assert (row["government"], row["lsg"], row["difference"]) == (Som(0), million(600), million(600))
    assert (row["computed"], row["decided"]) == (made.computed.money, made.decided.money)


def test_a_figure_nobody_stated_is_blank_and_a_stated_zero_is_zero() -> None:
    first, second, *_ = rows_of(compose(dispute_2020()))
    assert first["government"] == Som(0)
    assert second["government"] is None
    assert second["difference"] is None


def test_the_share_is_blank_where_the_government_states_zero() -> None:
    assert row_of(make_line(1, Som(0), million(600)))["difference_share"] is None
    assert row_of(make_line(1, million(400), million(600)))["difference_share"] == Fraction(1, 2)


def test_a_percentage_stands_beside_its_effect_in_money() -> None:
    line = make_line(1, 5_000, 6_000, measure="percentage", money_base=million(4_000))
    row = row_of(line)
    assert (row["government_percentage"], row["lsg_percentage"], row["difference_percentage"]) == (
        5_000,
        6_000,
        1_000,
    )
    assert (row["government"], row["lsg"], row["difference"]) == (
        million(2_000),
        million(2_400),
        million(400),
    )


def test_yes_no_and_texts_are_words_and_not_blank() -> None:
    answers = row_of(make_line(1, False, True, measure="yes_no"))
    texts = row_of(make_line(1, words("жок"), words("кайра каралсын"), measure="text"))
    yes, no = every_language("analysis.yes"), every_language("analysis.no")
    assert (answers["government_words"], answers["lsg_words"]) == (no, yes)
    assert texts["lsg_words"] == Named("кайра каралсын")
    assert answers["government"] is None


def test_a_divided_side_is_named_and_not_left_blank() -> None:
    row = row_of(replace(make_line(1, million(1), million(2)), lead_lsg="", lsg_divided=True))
    assert row["lsg"] is None
    assert row["lsg_words"] == every_language("analysis.divided")


def test_the_totals_are_those_of_the_composed_protocol() -> None:
    protocol = compose(long_sitting(40, sentences=0))
    total = next(row for row in rows_of(protocol) if row["number"] is None)
    both = protocol.overall.compared
    assert (total["government"], total["lsg"]) == (both.government, both.lsg)
    assert (total["difference"], total["difference_absolute"]) == (
        protocol.overall.signed,
        protocol.overall.absolute,
    )
    assert total["difference"] != total["difference_absolute"], "the sample has both signs"


def test_chosen_lines_have_the_totals_of_those_lines_alone() -> None:
    protocol = compose(
        make_snapshot(make_line(1, million(1), million(3)), make_line(2, million(5), million(4)))
    )
    row, total = rows_of(protocol, frozenset({2}))
    assert row["number"] == 2
    assert (total["difference"], total["difference_absolute"]) == (-million(1), million(1))


def test_the_rows_a_total_is_over_are_marked() -> None:
    protocol = compose(make_snapshot(make_line(1, million(1), million(3)), make_line(2, None, million(4))))
    both, apart = sheet_of(protocol).totals
    assert (both.over, apart.over) == (("counted", 1), ("counted", 0))
    for total in (both, apart):
        assert total.over
        marked = [row for row in rows_of(protocol)[:2] if row["counted"] == total.over[1]]
        for key, cell in zip(KEYS, total.cells, strict=True):
            if isinstance(cell, Som):
                assert Som.total(row[key] for row in marked if isinstance(row[key], Som)) == cell  # type: ignore[misc]


def test_each_answer_is_told_with_all_that_belongs_to_it_and_silence_as_such() -> None:
    first, second, third, *_ = rows_of(compose(dispute_2020()))
    said = {key: cell for key, cell in first.items() if key.startswith("answer_")}
    told = {key: cell.en for key, cell in said.items() if isinstance(cell, Named)}
    assert told["answer_ministry"].startswith("accepts on condition; ")
    assert text("responses.if_lines", "en", lines="2") in told["answer_ministry"]
    assert told["answer_union"].startswith("makes a counter-proposal 550,000.0")
    assert told["answer_union"].endswith("There is not enough money")
    assert "Башкармалык" in told["answer_cities"]
    assert told["answer_cities"].endswith(text("protocol.answers.not_counted", "en"))
    assert first["answered"] == every_language("responses.standing.countered")
    assert second["answer_union"] == every_language("protocol.answers.none")
    assert (second["answer_cities"], third["answered"]) == (None, None)


def test_before_anybody_was_asked_a_table_has_no_columns_of_answers() -> None:
    assert not any("answer" in column.key for column in sheet_of(compose(make_snapshot(make_line()))).columns)


def test_no_lines_have_no_totals_and_no_zeros() -> None:
    (total,) = rows_of(compose(dispute_2020()), frozenset())
    assert {key for key, value in total.items() if value is not None} == {"title"}


def test_the_notes_count_the_lines_and_name_the_head_of_the_journal() -> None:
    protocol = compose(dispute_2020())
    notes = [note.en for note in sheet_of(protocol, frozenset({1})).notes]
    assert text("analysis.note.lines", "en", lines=1, all=3) in notes
    assert text("analysis.note.head", "en", digest=protocol.facts.head.digest) in notes


def test_a_total_over_some_lines_only_says_over_how_many() -> None:
    decided = replace(
        make_line(1, million(1), million(3)), decision=Decision(decided=million(2), outcome="agreed")
    )
    protocol = compose(make_snapshot(decided, make_line(2, million(1), million(2))))
    notes = [note.en for note in discrepancy_sheet(protocol).notes]
    decision = text("analysis.column.decided", "en")
    assert text("analysis.note.partial", "en", column=decision, lines=1, all=2) in notes


def test_what_follows_from_a_made_up_figure_is_marked() -> None:
    protocol = compose(dispute_2020())
    mark = made_up(entries_of(protocol)[0])
    assert mark is not None
    assert text("analysis.illustrative.decision", "en") in mark.en
    plain = compose(make_snapshot(make_line(1, million(1), million(2))))
    assert made_up(entries_of(plain)[0]) is None


def test_a_line_without_territory_leaves_the_cell_empty() -> None:
    assert row_of(replace(make_line(1), territory=NO_NAME))["territory"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_shows_a_dash_for_what_nobody_stated(language: Language) -> None:
    row = table_text(compose(make_snapshot(make_line(1))), language).splitlines()[1]
    assert row.split()[-6:] == ["—"] * 6


def test_the_terminal_tells_percentage_points_from_per_cent() -> None:
    line = make_line(1, 5_000, 6_000, measure="percentage", money_base=million(4_000))
    assert "+10 pp" in table_text(compose(make_snapshot(line)), "en")


def test_the_terminal_adds_up_nothing_to_a_dash_and_not_to_zero() -> None:
    total = table_text(compose(make_snapshot(make_line(1))), "en").splitlines()[-1]
    assert total.split() == [text("analysis.total.short", "en"), *["—"] * 6]
