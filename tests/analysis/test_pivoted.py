"""The lines in a pivot: whatever the axes, its totals are those of the composed protocol."""

from itertools import product

import pytest

from budgetproto.analysis.choice import Choice, chosen
from budgetproto.analysis.entries import Entry, entries_of
from budgetproto.analysis.pivoted import AXES, FIGURES, LINES, OVER, Axes, Over, Pivoted
from budgetproto.analysis.sums import SUMMED, band, whole
from budgetproto.i18n import text
from budgetproto.money import Som
from budgetproto.protocol.composition import compose
from tests.protocol.disputes_2020 import dispute_2020
from tests.protocol.long_samples import long_sitting
from tests.protocol.samples import make_line, make_snapshot, million

ENTRIES = {
    "demonstration": entries_of(compose(dispute_2020())),
    "long": entries_of(compose(long_sitting(60, sentences=0))),
}


def pivoted(entries: tuple[Entry, ...], **axes: str) -> Pivoted:
    return Pivoted(entries, Axes(**axes), "en")  # type: ignore[arg-type]


@pytest.mark.parametrize("sample", ENTRIES)
@pytest.mark.parametrize("figure", SUMMED)
def test_the_whole_is_the_sum_of_the_protocol_over_any_axes(sample: str, figure: str) -> None:
    entries, composed = ENTRIES[sample], whole(ENTRIES[sample])
    for rows, columns in [pair for pair in product(AXES, AXES) if pair[0] < pair[1]]:
        both = pivoted(entries, rows=rows, columns=columns, figure=figure, over="compared")
        apart = pivoted(entries, rows=rows, columns=columns, figure=figure, over="apart")
        assert both.sum(-1, -1).money == composed.compared[figure].money
        assert apart.sum(-1, -1).money == composed.apart[figure].money


@pytest.mark.parametrize("over", OVER)
def test_every_line_is_counted_in_one_cell(over: Over) -> None:
    entries = ENTRIES["demonstration"]
    found = pivoted(entries, rows="outcome", columns="status", figure=LINES, over=over)
    counted = {"compared": 1, "apart": 2, "all": 3}
    assert found.lines(-1, -1) == counted[over] == len(found.counted)
    cells = [found.lines(r, c) for r in range(len(found.rows)) for c in range(len(found.columns))]
    assert sum(cells) == counted[over]


@pytest.mark.parametrize("figure", FIGURES)
def test_the_file_holds_the_cells_and_margins_of_the_page(figure: str) -> None:
    found = pivoted(ENTRIES["long"], rows="year", columns="outcome", figure=figure, over="all")
    sheet = found.sheet(())
    (total,) = sheet.totals
    assert [row[0] for row in sheet.rows] == [group.name for group in found.rows]
    places = (*range(len(found.columns)), -1)
    shown = [found.lines(-1, c) if figure == LINES else found.sum(-1, c).money for c in places]
    assert list(total.cells[1:]) == shown


def test_a_cell_nobody_stated_is_blank_and_a_stated_zero_is_zero() -> None:
    entries = entries_of(
        compose(make_snapshot(make_line(1, Som(0), million(1)), make_line(2, None, million(2), year=2022)))
    )
    found = pivoted(entries, rows="year", columns="outcome", figure="government", over="all")
    assert [row[-1] for row in found.sheet(()).rows] == [Som(0), None]


def test_a_band_goes_by_the_size_of_the_difference_in_money() -> None:
    made = [make_line(n, Som(0), Som(tyiyn)) for n, tyiyn in enumerate((0, 1, 10**8 - 1, 10**8, 10**11), 1)]
    entries = entries_of(compose(make_snapshot(*made, make_line(9, None, million(1)))))
    assert [band(each) for each in entries] == ["zero", "to_1", "to_1", "to_10", "above_1000", "none"]


def test_a_choice_of_a_sitting_leaves_the_others_out() -> None:
    entries = ENTRIES["demonstration"]
    assert chosen(entries, Choice(sitting="another"), "en") == ()


@pytest.mark.parametrize("axis", AXES)
def test_every_axis_has_a_name(axis: str) -> None:
    assert text(f"analysis.column.{axis}", "ky")
