"""The paper being written: protocol, writer and flow of pages, and the few shapes that every part uses."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.house_style import BESIDE, CELL, HEAD, HEAD_BESIDE, HEAD_RIGHT
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.flow import Flow
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.style import TextStyle
from budgetproto.protocol.typesetting.tables import Cell, Columns, Group, Row, Table


@dataclass(frozen=True)
class Pages:
    """Any document in the making: who writes its words, and the pages they flow onto."""

    writer: Writer
    flow: Flow

    def columns(self, *shares: float) -> Columns:
        """Divide the text width of the page into columns of these shares."""
        width = self.flow.style.text_width / sum(shares)
        return Columns(tuple(share * width for share in shares), self.flow.style.left)

    def head(self, columns: Columns, titles: Sequence[str], *, right: Iterable[int] = ()) -> tuple[Row, ...]:
        """Set the head of a table; the titles of the columns `right` stand over figures."""
        over_figures = set(right)
        styles = [
            HEAD_RIGHT if place in over_figures else HEAD_BESIDE if place - 1 in over_figures else HEAD
            for place in range(len(titles))
        ]
        cells = [cell(title, style) for title, style in zip(titles, styles, strict=True)]
        return (columns.row(self.flow.press, cells, role="TH"),)

    def table(
        self,
        columns: Columns,
        titles: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        *,
        right: Iterable[int] = (),
    ) -> None:
        """Add a plain table: a head and rows of cells."""
        press, over_figures = self.flow.press, set(right)
        groups = [Group((columns.row(press, apart(row, over_figures)),)) for row in rows]
        self.flow.table(Table(columns, self.head(columns, titles, right=over_figures), groups))


@dataclass(frozen=True)
class Paper(Pages):
    """What every part of a document made of a protocol needs to draw itself."""

    protocol: Protocol
    #: Whether long rationales stand whole at their line, where there is no annex for them.
    whole: bool = False


def apart(row: Sequence[Cell], figures: Collection[int]) -> Sequence[Cell]:
    """Return the row with what stands to the right of a column of `figures` kept off it."""
    if len(row) <= max(figures, default=0):
        return row
    return [
        beside(each) if place - 1 in figures and place not in figures else each
        for place, each in enumerate(row)
    ]


def beside(cell: Cell) -> Cell:
    """Return a cell of words that keeps off the figures to its left."""
    return replace(cell, texts=tuple((parts, replace(style, indent=BESIDE)) for parts, style in cell.texts))


def party_name(paper: Paper, code: str) -> str:
    """Return the name of the party with this code, the code itself when the parties do not have it."""
    found = (party for party in paper.protocol.facts.parties if party.code == code)
    return next((paper.writer.name(party.name) for party in found), code)


def cell(said: str, style: TextStyle = CELL, *, span: int = 1) -> Cell:
    """Return a cell of one paragraph."""
    return Cell((text(said, style),), span)


def cells(said: Iterable[str], style: TextStyle = CELL, *, span: int = 1) -> Cell:
    """Return a cell of several paragraphs, leaving out those that say nothing."""
    return Cell(tuple(text(part, style) for part in said if part), span)


def text(said: str, style: TextStyle) -> tuple[list[Part], TextStyle]:
    """Return one paragraph of a cell."""
    return [(style.face, said)], style


def labelled(label: str, said: str, style: TextStyle = CELL) -> tuple[list[Part], TextStyle]:
    """Return one paragraph that opens with a bold label."""
    return [("bold", f"{label}:"), (style.face, said)], style
