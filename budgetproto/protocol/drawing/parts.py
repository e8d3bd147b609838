"""A long main table in parts: a heading where a kind or a region begins, its sums where it ends."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from budgetproto.protocol.composed import Part, Totals
from budgetproto.protocol.drawing.carried import sum_cells
from budgetproto.protocol.drawing.house_style import PART
from budgetproto.protocol.drawing.paper import Paper, cell
from budgetproto.protocol.typesetting.tables import Columns, Group, Row


def in_parts(
    paper: Paper, columns: Columns, kinds: Sequence[Part], lines: Iterable[Group]
) -> Iterator[Group]:
    """Yield the groups of the lines, which come in the order of the parts, between headings and sums."""
    rest = iter(lines)
    for kind in kinds:
        for region in kind.regions or (kind,):
            place = "" if region is kind else paper.writer.territory(region.name)
            said = paper.writer.joined((paper.writer.name(kind.name), place), " — ")
            first = next(rest)
            yield replace(first, rows=(_heading(paper, columns, said), *first.rows), lead=1)
            yield from islice(rest, len(region.lines) - 1)
            if region is not kind:
                yield _sums(paper, columns, paper.writer.territory(region.name), region.sums)
        yield _sums(paper, columns, paper.writer.name(kind.name), kind.sums)
    yield from rest


def _heading(paper: Paper, columns: Columns, said: str) -> Row:
    said = said[:1].upper() + said[1:]
    return columns.row(paper.flow.press, [cell(said, PART, span=len(columns.widths))])


def _sums(paper: Paper, columns: Columns, name: str, sums: Totals) -> Group:
    said = paper.writer.label("totals.part", name)
    return Group((columns.row(paper.flow.press, sum_cells(paper.writer, said, sums)),))
