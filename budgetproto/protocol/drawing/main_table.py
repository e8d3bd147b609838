"""The main table: per line the figures side by side, below them both sides' reasons, then the option's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from budgetproto.protocol.composed import ComposedLine, Stand
from budgetproto.protocol.drawing.carried import carried_cells, carried_height, carrying
from budgetproto.protocol.drawing.front_page import instrument, lsg_stated
from budgetproto.protocol.drawing.house_style import CELL, CELL_BOLD, FIGURE, FIGURE_BOLD, SECTION, UNIT_NOTE
from budgetproto.protocol.drawing.paper import Paper, beside, cell, cells, labelled, text
from budgetproto.protocol.drawing.parts import in_parts
from budgetproto.protocol.drawing.reasons import side_texts
from budgetproto.protocol.drawing.remarks import remarks
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.grouping import UNGROUPED, grouped
from budgetproto.protocol.snapshot import Decision, Line
from budgetproto.protocol.totals import carried, totals
from budgetproto.protocol.typesetting.style import LANDSCAPE
from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Row, Table

#: Shares of the width: number, line, five figures with their difference, chair, decision.
_SHARES = (24, 166, 78, 78, 84, 82, 80, 80, 90)
#: The column of the line's title, which yields to wide figures down to so many points, and those of figures.
_LINE, _NARROWEST_LINE, _FIGURES = 1, 110, range(2, 8)
_TITLES = ("number", "line", "government", "lsg", "difference", "computed", "proposed", "decided", "outcome")
#: The columns under which each side's reasons stand.
_GOVERNMENT_SPAN, _LSG_SPAN = 3, 5


def draw_main_table(paper: Paper) -> None:
    """Draw the contested lines on pages of their own, lengthwise."""
    paper.flow.turn(LANDSCAPE)
    paper.flow.text(paper.writer.say("lines.title"), SECTION)
    paper.flow.text(paper.writer.label("front.unit", paper.writer.unit_name), UNIT_NOTE)
    paper.flow.table(main_table(paper, tuple(paper.protocol.pairs())))


def main_table(paper: Paper, pairs: Sequence[tuple[Line, ComposedLine]]) -> Table:
    """Return the table of these lines, which are set as they are placed."""
    kinds = grouped(pairs) if len(pairs) > UNGROUPED else ()
    pairs = [pair for kind in kinds for pair in kind.lines] or pairs
    overall = totals(None, pairs)
    figures = (_figures(paper.writer, line, made) for line, made in pairs)
    columns = _columns(paper, chain(figures, [carried_cells(paper, "forward", overall)]))
    titles = [paper.writer.say(f"column.{name}") for name in _TITLES]
    head = paper.head(columns, titles, right=_FIGURES)
    groups = (
        replace(_group(paper, columns, *pair), carried=carrying(paper, columns, sums))
        for pair, sums in zip(pairs, carried(pairs), strict=True)
    )
    return Table(
        columns, head, in_parts(paper, columns, kinds, groups), carried_height(paper, columns, overall)
    )


def _columns(paper: Paper, figures: Iterable[Sequence[Cell]]) -> Columns:
    """Return the columns, those of figures as wide as their widest figure, at the cost of the line's own."""
    columns = paper.columns(*_SHARES)
    widths, widest = list(columns.widths), dict.fromkeys(_FIGURES, 0.0)
    for row in figures:
        for column in _FIGURES:
            for parts, style in row[column].texts:
                widest[column] = max(widest[column], paper.flow.press.widest_word(parts, style.size))
    for column in _FIGURES:
        needed = widest[column] + 2 * columns.style.pad_x + 0.1 - widths[column]
        more = min(max(0, needed), widths[_LINE] - _NARROWEST_LINE)
        widths[column] += more
        widths[_LINE] -= more
    return replace(columns, widths=tuple(widths))


def _group(paper: Paper, columns: Columns, line: Line, made: ComposedLine) -> Group:
    press = paper.flow.press
    rows = [columns.row(press, row) for row in line_cells(paper, line, made)]
    continued = paper.writer.say("lines.continued", title=line.title)
    return Group(tuple(rows), _continued(paper, columns, line.number, continued))


def _continued(paper: Paper, columns: Columns, number: int, said: str) -> Row:
    return columns.row(paper.flow.press, [cell(str(number), CELL_BOLD), cell(said, CELL_BOLD, span=8)])


def line_cells(paper: Paper, line: Line, made: ComposedLine) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of one line as cells: figures, both sides' reasons, remarks on option and decision."""
    yield _figures(paper.writer, line, made)
    yield (
        cell(""),
        Cell(tuple(side_texts(paper, line, "government")), _GOVERNMENT_SPAN),
        Cell(tuple(side_texts(paper, line, "lsg")), _LSG_SPAN),
    )
    if found := tuple(labelled(label, said) for label, said in remarks(paper, line, made)):
        yield cell(""), Cell(found, _GOVERNMENT_SPAN + _LSG_SPAN)


def _figures(writer: Writer, line: Line, made: ComposedLine) -> tuple[Cell, ...]:
    return (
        cell(str(line.number), CELL_BOLD),
        _line(writer, line),
        _stated(writer, made.government),
        cells(lsg_stated(writer, line, made), FIGURE),
        _difference(writer, made),
        _computed(writer, line, made),
        _stated_or_dash(writer, made.proposed),
        _decided(writer, line, made),
        beside(_outcome(writer, line.decision, made)),
    )


def _line(writer: Writer, line: Line) -> Cell:
    recurring = writer.say("line.recurring" if line.recurring else "line.one_off")
    about = (
        writer.joined((writer.name(line.kind), writer.name(line.territory)), "; "),
        f"{writer.say('line.year', year=str(line.year))}, {recurring}",
        line.budget_code and writer.say("line.budget_code", code=line.budget_code),
        writer.name(line.legal_basis),
    )
    return Cell((text(writer.name(line.title), CELL_BOLD), *(text(part, CELL) for part in about if part)))


def _stated(writer: Writer, stand: Stand) -> Cell:
    return cells(writer.stated(stand), FIGURE)


def _difference(writer: Writer, made: ComposedLine) -> Cell:
    return cells(writer.difference(made.difference), FIGURE) if made.difference else cell("—", FIGURE)


def _computed(writer: Writer, line: Line, made: ComposedLine) -> Cell:
    option = line.option
    closed = writer.say("line.rate", rate=option.rate) if option and option.rate is not None else ""
    reason = writer.message(f"balancing.reason.{option.reason}") if option and option.reason else ""
    return cells((*writer.stand(made.computed), closed, reason), FIGURE)


def _stated_or_dash(writer: Writer, stand: Stand) -> Cell:
    return cells(writer.stand(stand), FIGURE)


def _decided(writer: Writer, line: Line, made: ComposedLine) -> Cell:
    figure, *about = (*writer.stand(made.decided), instrument(writer, line))
    return Cell((text(figure, FIGURE_BOLD), *(text(part, FIGURE) for part in about if part)))


def _outcome(writer: Writer, decision: Decision | None, made: ComposedLine) -> Cell:
    standing = text(writer.say(f"standing.{made.standing}"), CELL_BOLD)
    if decision is None or decision.votes is None:
        return Cell((standing,))
    votes = decision.votes
    said = (
        writer.label("vote.for", str(votes.for_)),
        writer.label("vote.against", str(votes.against)),
        writer.label("vote.abstained", str(votes.abstained)),
        writer.say("illustrative.mark") if decision.illustrative else "",
    )
    return Cell((standing, *(text(part, CELL) for part in said if part)))
