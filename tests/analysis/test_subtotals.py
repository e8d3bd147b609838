"""Subtotals: exact, closing with the composed totals, blank where there is no figure, and never in floats."""

from dataclasses import replace

import pandas as pd
import pytest

from budgetproto.analysis.discrepancies import chosen
from budgetproto.analysis.subtotals import (
    FIGURES,
    Subtotal,
    by_kind,
    by_territory,
    subtotal_sheet,
    sums_of,
    total_row,
)
from budgetproto.i18n import Named, every_language
from budgetproto.money import Som
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.composition import compose
from budgetproto.protocol.totals import totals
from tests.protocol.samples import long_sitting, make_line, make_snapshot, million

KINDS = tuple(Named(name, name, name) for name in ("гранттар", "трансферттер", "нормативдер"))
PLACES = tuple(Named(name, name, name) for name in ("Ош", "Нарын", "Баткен", "Талас"))


def sample(lines: int = 60) -> Protocol:
    """Return many lines of three kinds and four territories, some of them without one side's figure."""
    snapshot = long_sitting(lines, sentences=0)
    spread = [
        replace(
            line,
            kind=KINDS[place % 3],
            territory=PLACES[place % 4],
            positions=line.positions[: 1 if place % 7 == 0 else 2],
        )
        for place, line in enumerate(snapshot.lines)
    ]
    return compose(replace(snapshot, lines=tuple(spread)))


def added(subtotals: tuple[Subtotal, ...], figure: str) -> Som:
    found = (getattr(subtotal, figure) for subtotal in subtotals)
    return Som.total(som for som in found if som is not None)


@pytest.mark.parametrize("grouping", [by_kind, by_territory])
def test_subtotals_add_up_to_the_composed_totals(grouping: object) -> None:
    protocol = sample()
    assert callable(grouping)
    found, whole = grouping(chosen(protocol, None)), protocol.overall
    both = whole.compared
    composed = (both.government, both.lsg, whole.signed, whole.absolute, both.computed, both.decided)
    assert tuple(added(found, figure) for figure in FIGURES) == composed
    assert added(found, "decided_apart") == whole.one_sided.decided
    assert sum(subtotal.lines for subtotal in found) == whole.lines
    assert sum(subtotal.compared for subtotal in found) == both.lines
    assert whole.one_sided.lines, "the sample has one-sided lines"


def test_each_subtotal_is_the_composed_total_of_its_lines() -> None:
    pairs = chosen(sample(), None)
    for subtotal in by_kind(pairs):
        whole = totals(None, [pair for pair in pairs if pair[0].kind == subtotal.name])
        assert (subtotal.government, subtotal.lsg) == (whole.compared.government, whole.compared.lsg)
        assert (subtotal.difference, subtotal.absolute) == (whole.signed, whole.absolute)


def test_a_group_without_a_figure_is_blank_and_not_zero() -> None:
    protocol = compose(make_snapshot(make_line(1), make_line(2, Som(0), Som(0))))
    blank, zero = (by_kind([pair])[0] for pair in protocol.pairs())
    assert (blank.government, blank.difference, blank.decided) == (None, None, None)
    assert (zero.government, zero.difference) == (Som(0), Som(0))


def test_a_line_with_one_sides_figure_counts_apart() -> None:
    (subtotal,) = by_kind(chosen(compose(make_snapshot(make_line(1, million(5)))), None))
    assert (subtotal.lines, subtotal.compared, subtotal.government) == (1, 0, None)


def test_amounts_no_float_could_hold_are_exact() -> None:
    odd = Som(2**53 + 1)
    (subtotal,) = by_kind(chosen(compose(make_snapshot(make_line(1, Som(0), odd), make_line(2))), None))
    assert subtotal.lsg == odd


def test_floats_are_refused() -> None:
    frame = pd.DataFrame({"group": pd.array([0], dtype="Int64"), "lsg": [600_000_000.0]})
    with pytest.raises(TypeError, match="lsg"):
        sums_of(frame)


def test_plain_integers_that_cannot_be_blank_are_refused() -> None:
    frame = pd.DataFrame({"group": pd.array([0], dtype="Int64"), "lsg": [600_000_000]})
    with pytest.raises(TypeError, match="lsg"):
        sums_of(frame)


def test_a_sum_that_would_wrap_round_is_refused() -> None:
    amounts = pd.array([2**63 // 10] * 11, dtype="Int64")
    groups = pd.array([0] * 11, dtype="Int64")
    with pytest.raises(OverflowError):
        sums_of(pd.DataFrame({"group": groups, "lsg": amounts}))


def test_no_lines_have_no_subtotals() -> None:
    assert by_kind(()) == ()


def test_lines_of_no_territory_are_those_of_the_whole_republic() -> None:
    line = replace(make_line(1, million(1), million(2)), territory=Named())
    (subtotal,) = by_territory(chosen(compose(make_snapshot(line)), None))
    assert subtotal.name == every_language("analysis.whole_republic")


def test_the_last_row_of_a_table_of_subtotals_is_the_composed_total() -> None:
    protocol = sample()
    found = by_kind(chosen(protocol, None))
    sheet = subtotal_sheet("analysis.subtotals.kind", "analysis.column.kind", found, protocol.overall)
    assert len(sheet.rows) == len(KINDS) + 1
    assert sheet.rows[-1] == total_row(protocol.overall)
    assert sheet.rows[-1][3:7] == (
        protocol.overall.compared.government,
        protocol.overall.compared.lsg,
        protocol.overall.signed,
        protocol.overall.absolute,
    )
