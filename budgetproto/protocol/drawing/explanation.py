"""The annex that tells how the option was computed and what would change it: sentences, charts, tables."""

from dataclasses import replace
from typing import Final

from budgetproto.disputes.options.explanation.page import legend
from budgetproto.disputes.options.explanation.picture import WIDTH, Picture, Shape, Stroke, Tone, pictured
from budgetproto.disputes.options.explanation.sections import Bars, Curve, Section, Table
from budgetproto.disputes.options.explanation.wording import Wording
from budgetproto.protocol.drawing.house_style import BODY, CELL, FIGURE, NOTE, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, cell
from budgetproto.protocol.typesetting.pen import Pen

#: How wide a picture stands on paper, and how high at most, in points.
_WIDE, _HIGH = 330, 320
_GREYS: Final[dict[Tone, float]] = {"axis": 0.4, "line": 0, "guide": 0, "bar": 0.85, "point": 0}
_CAPTION: Final = replace(NOTE, face="bold", before=6, keep=True)
#: Shares of the width: what names a row, a figure, a text.
_NAME, _FIGURE, _TEXT = 24, 11, 14


def draw_explanation(paper: Paper) -> None:
    """Draw the annex below its title; nothing where the option was published without an explanation."""
    option = paper.protocol.facts.option
    if option is None or not option.explained:
        return
    wording = Wording(paper.writer.language, paper.writer.unit)
    for section in option.explained:
        _section(paper, section, wording)


def _section(paper: Paper, section: Section, wording: Wording) -> None:
    paper.flow.text(wording.caption(section.key), SUBSECTION)
    for told in section.said:
        paper.flow.text(wording.sentence(told), BODY)
    if section.chart is not None:
        _chart(paper, section.chart, wording)
    for table in section.tables:
        _table(paper, table, wording)
    for told in section.sources:
        paper.flow.text(wording.sentence(told), NOTE)


def _chart(paper: Paper, chart: Curve | Bars, wording: Wording) -> None:
    picture = pictured(chart, wording.cell)
    scale = min(_WIDE / WIDTH, _HIGH / picture.height)
    paper.flow.figure(
        picture.height * scale,
        lambda pen, x, y: _drawn(pen, picture, x=x, y=y, scale=scale),
        wording.sentence(chart.alternative),
    )
    for said in legend(chart, wording):
        paper.flow.text(said, NOTE)


def _drawn(pen: Pen, picture: Picture, *, x: float, y: float, scale: float) -> None:
    """Draw every mark in black, white and grey, with the corner of the picture at (x, y)."""
    for mark in picture.marks:
        match mark:
            case Stroke() | Shape():
                points = [(x + scale * across, y + scale * down) for across, down in mark.points]
                if isinstance(mark, Shape):
                    pen.shape(points, grey=_GREYS[mark.tone])
                else:
                    dash, weight = scale * mark.dash, scale * mark.weight
                    pen.stroke(points, weight=weight, dash=dash, grey=_GREYS[mark.tone])
            case _:
                size = scale * mark.size
                pen.words(mark.text, x + scale * mark.x, y + scale * mark.y, size=size, align=mark.align)


def _table(paper: Paper, table: Table, wording: Wording) -> None:
    """Draw a table; rules go by their letters, which are told above it."""
    caption = paper.writer.joined((wording.caption(f"table.{table.key}"), _unit(table, wording)))
    paper.flow.text(caption, _CAPTION)
    coded = [wording.head(column) for column in table.columns if column.code]
    if coded:
        paper.flow.text("; ".join(coded), NOTE)
    rows = [
        [
            cell(wording.cell(value), FIGURE if column.figure else CELL)
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    shares = [_NAME, *(_FIGURE if column.figure else _TEXT for column in table.columns[1:])]
    right = [place for place, column in enumerate(table.columns) if column.figure]
    heads = [column.code or wording.head(column) for column in table.columns]
    paper.table(paper.columns(*shares), heads, rows, right=right)


def _unit(table: Table, wording: Wording) -> str:
    return wording.unit_name if table.in_money else ""
