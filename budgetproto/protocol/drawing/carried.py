"""What a page of the main table carries forward to the next one, where it is brought forward."""

from functools import partial

from budgetproto.protocol.composed import Carried, Totals
from budgetproto.protocol.drawing.house_style import CELL, CELL_BOLD, FIGURE, FIGURE_BOLD
from budgetproto.protocol.drawing.paper import Paper, cell, text
from budgetproto.protocol.drawing.totals_table import of_lines, three_sums
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.tables import Carrying, Cell, Columns, Row


def carrying(paper: Paper, columns: Columns, sums: Carried | Totals) -> Carrying | None:
    """Return what makes both rows, that of a page's foot and that of the next head; None before any sum."""
    return partial(_rows, paper, columns, sums) if sums.compared.lines else None


def carried_height(paper: Paper, columns: Columns, sums: Carried | Totals) -> float:
    """Return the room that no such row goes beyond, given the sums of all lines."""
    return max(row.height for row in _rows(paper, columns, sums)) if sums.compared.lines else 0


def carried_cells(paper: Paper, said: str, sums: Carried | Totals) -> tuple[Cell, ...]:
    """Return the cells of a row that is carried forward or brought."""
    return sum_cells(paper.writer, paper.writer.say(f"carried.{said}"), sums)


def sum_cells(writer: Writer, said: str, sums: Carried | Totals) -> tuple[Cell, ...]:
    """Return the cells of a row of sums, each under the column that it adds up."""
    compared = sums.compared
    lines = writer.say("carried.lines", lines=compared.lines)
    label = Cell((text(said, CELL_BOLD), text(lines, CELL)))
    three = (
        (writer.money(som if lines else None), of_lines(writer, lines, compared))
        for som, lines in three_sums(compared)
    )
    figures = (
        (writer.money(compared.government), ""),
        (writer.money(compared.lsg), ""),
        (writer.more(sums.signed), ""),
        *three,
    )
    return cell(""), label, *(_figure(som, note) for som, note in figures), cell("")


def _figure(som: str, note: str) -> Cell:
    return Cell((text(som, FIGURE_BOLD), *([text(note, FIGURE)] if note else [])))


def _rows(paper: Paper, columns: Columns, sums: Carried | Totals) -> tuple[Row, Row]:
    forward, brought = (
        columns.row(paper.flow.press, carried_cells(paper, said, sums)) for said in ("forward", "brought")
    )
    return forward, brought
