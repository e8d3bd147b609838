"""The totals: per year and in all, signed and absolute differences apart, one-sided lines apart."""

from collections.abc import Sequence

from budgetproto.money import Som
from budgetproto.protocol.composed import Part, Sums, Totals
from budgetproto.protocol.drawing.effects_table import draw_effects
from budgetproto.protocol.drawing.house_style import (
    BODY,
    CELL,
    CELL_BOLD,
    FIGURE,
    FIGURE_BOLD,
    INSET,
    SECTION,
    SUBSECTION,
    UNIT_NOTE,
)
from budgetproto.protocol.drawing.paper import Paper, cell, cells
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.grouping import UNGROUPED, grouped
from budgetproto.protocol.typesetting.style import TextStyle
from budgetproto.protocol.typesetting.tables import Cell

_SHARES = (76, 50, 82, 82, 82, 82, 82, 79, 82, 79, 79)
#: The shares of the columns that name a kind or a region and count its lines: together those of a year's.
_PART = (96, 30)
_TITLES = (
    "year",
    "lines",
    "government",
    "lsg",
    "signed",
    "absolute",
    "computed",
    "proposed",
    "decided",
    "more_computed",
    "more_decided",
)


def draw_totals(paper: Paper) -> None:
    """Draw the totals table and the lines that are not in it."""
    writer, flow, protocol = paper.writer, paper.flow, paper.protocol
    flow.text(writer.say("totals.title"), SECTION)
    flow.text(writer.say("totals.note"), UNIT_NOTE)
    flow.text(writer.label("front.unit", writer.unit_name), UNIT_NOTE)
    rows = [total_cells(writer, total) for total in protocol.years]
    rows.append(total_cells(writer, protocol.overall, CELL_BOLD, FIGURE_BOLD))
    titles = [writer.say(f"column.{name}") for name in _TITLES]
    paper.table(paper.columns(*_SHARES), titles, rows, right=range(1, len(_TITLES)))
    _in_words(paper)
    _apart(paper)
    draw_effects(paper)
    if len(protocol.lines) > UNGROUPED:
        _parts(paper, grouped(tuple(protocol.pairs())), titles)


def _parts(paper: Paper, kinds: Sequence[Part], titles: Sequence[str]) -> None:
    """Draw the sums of each kind, of each region under it: the whole of a long table on a page."""
    writer = paper.writer
    paper.flow.text(writer.say("totals.parts"), SUBSECTION)
    rows = list[tuple[Cell, ...]]()
    for kind in kinds:
        bold = total_cells(writer, kind.sums, CELL_BOLD, FIGURE_BOLD)
        rows.append((cell(writer.name(kind.name), CELL_BOLD), *bold[1:]))
        rows.extend(
            (cell(writer.territory(region.name), INSET), *total_cells(writer, region.sums)[1:])
            for region in kind.regions
        )
    heads = [writer.say("column.part"), *titles[1:]]
    paper.table(paper.columns(*_PART, *_SHARES[len(_PART) :]), heads, rows, right=range(1, len(_TITLES)))


def total_cells(
    writer: Writer, total: Totals, label: TextStyle = CELL, figure: TextStyle = FIGURE
) -> tuple[Cell, ...]:
    """Return the row of one year, or of all."""
    sums = total.compared
    return (
        cell(str(total.year) if total.year else writer.say("total"), label),
        cell(str(sums.lines), figure),
        cell(writer.money(sums.government), figure),
        cell(writer.money(sums.lsg), figure),
        cell(writer.more(total.signed), figure),
        cell(writer.money(total.absolute), figure),
        *(
            cells((writer.money(som if lines else None), of_lines(writer, lines, sums)), figure)
            for som, lines in three_sums(sums)
        ),
        cell(writer.more(total.extra_computed) if sums.computed_lines else "—", figure),
        cell(writer.more(total.extra_decided) if sums.decided_lines else "—", figure),
    )


def three_sums(sums: Sums) -> tuple[tuple[Som, int], ...]:
    """Return what was computed, proposed and decided, each with the number of its lines."""
    return (
        (sums.computed, sums.computed_lines),
        (sums.proposed, sums.proposed_lines),
        (sums.decided, sums.decided_lines),
    )


def _in_words(paper: Paper) -> None:
    """Draw the sums that are voted on in words: the difference, and what the LSG bodies get above."""
    writer, total = paper.writer, paper.protocol.overall
    sums = {
        "signed": (total.signed, total.compared.lines),
        "more_computed": (total.extra_computed, total.compared.computed_lines),
        "more_decided": (total.extra_decided, total.compared.decided_lines),
    }
    for name, (som, lines) in sums.items():
        if lines and (words := writer.in_words(som)):
            said = writer.say("totals.in_words", sum=writer.say(f"column.{name}"), words=words)
            paper.flow.text(said, BODY)


def of_lines(writer: Writer, lines: int, sums: Sums) -> str:
    """Say over how many lines a sum goes when it is not all of them."""
    return "" if lines in (0, sums.lines) else writer.say("totals.of_lines", lines=lines, all=sums.lines)


def _apart(paper: Paper) -> None:
    writer, flow, total = paper.writer, paper.flow, paper.protocol.overall
    apart = total.one_sided
    if apart.lines:
        flow.text(
            writer.say(
                "totals.one_sided",
                lines=apart.lines,
                government=writer.sum_of(apart.government, apart.government_lines),
                lsg=writer.sum_of(apart.lsg, apart.lsg_lines),
                decided=writer.sum_of(apart.decided, apart.decided_lines),
            ),
            BODY,
        )
    if total.without_money:
        flow.text(writer.say("totals.without_money", lines=total.without_money), BODY)
    for part in total.instruments:
        flow.text(
            writer.say(
                "front.instrument",
                instrument=writer.message(part.instrument),
                lines=part.lines,
                decided=writer.full(part.decided),
            ),
            BODY,
        )
