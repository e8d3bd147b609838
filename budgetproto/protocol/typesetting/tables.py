"""Wrapped tables: rows in groups that stay together when they are short and break well when they are long."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from budgetproto.protocol.typesetting.blocks import Paragraph
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.structure import Mark
from budgetproto.protocol.typesetting.style import PageStyle, Role, TableStyle, TextStyle

#: No type is made smaller than this, in points.
SMALLEST = 6


@dataclass(frozen=True)
class Cell:
    """What a cell says: paragraphs of (parts, style), over one or more columns."""

    texts: tuple[tuple[list[Part], TextStyle], ...]
    span: int = 1


@dataclass(frozen=True)
class SetCell:
    """A cell whose texts are set: its place in the row and its height without padding."""

    x: float
    width: float
    paragraphs: tuple[Paragraph, ...]
    height: float
    span: int = 1
    mark: Mark = field(default_factory=Mark)

    def split(self, space: float) -> tuple["SetCell", "SetCell"]:
        """Return what fits into `space` points and the rest."""
        above: list[Paragraph] = []
        rest = list(self.paragraphs)
        while rest:
            lines = rest[0].fitting(space)
            if lines < len(rest[0].lines):
                break
            above.append(rest.pop(0))
            space -= above[-1].height
        if rest and lines:
            head, rest[0] = rest[0].cut(lines)
            above.append(head)
        return self._with(above), self._with(rest)

    def _with(self, paragraphs: list[Paragraph]) -> "SetCell":
        return replace(self, paragraphs=tuple(paragraphs), height=_height(paragraphs))


@dataclass(frozen=True)
class Row:
    """A set row and its height with padding; its halves, where it is split, stay one row of the table."""

    cells: tuple[SetCell, ...]
    height: float
    role: Role = "TD"
    mark: Mark = field(default_factory=Mark)

    def split(self, space: float, style: TableStyle) -> "tuple[Row, Row] | None":
        """Break the row where at most `space` points are left; `None` when it does not break well there."""
        halves = [cell.split(space - 2 * style.pad_y) for cell in self.cells]
        above, below = ([half[side] for half in halves] for side in (0, 1))
        if not any(cell.paragraphs for cell in above) or not any(cell.paragraphs for cell in below):
            return None
        return self._with(above, style), self._with(below, style)

    def _with(self, cells: list[SetCell], style: TableStyle) -> "Row":
        return replace(self, cells=tuple(cells), height=_row_height(cells, style))

    def draw(self, sheet: Sheet, y: float, style: TableStyle, *, table: int | None) -> None:
        """Draw the row of a table with its upper edge at y; without a table it is repeated for the eye."""
        row = None if table is None else self.mark.of(sheet.structure, "TR", table)
        for cell in self.cells:
            part = None if row is None else cell.mark.of(sheet.structure, self.role, row, span=cell.span)
            _draw_cell(sheet, cell, y + style.pad_y, part)


#: Makes the row that closes a page and the one that opens the next, for the eye alone.
Carrying = Callable[[], tuple[Row, Row]]


@dataclass(frozen=True)
class Group:
    """Rows that belong together; `continued` is repeated where the group runs on to another page.

    `carried` is asked for its two rows where a page ends after the group, or within it but after the `lead`
    rows that come before its figures.
    """

    rows: tuple[Row, ...]
    continued: Row | None = None
    carried: Carrying | None = None
    lead: int = 0

    @property
    def height(self) -> float:
        """Height of all rows."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True)
class Columns:
    """The columns of a table: widths in points, the first of them `left` points from the paper's edge."""

    widths: tuple[float, ...]
    left: float
    style: TableStyle = field(default_factory=TableStyle)

    @property
    def width(self) -> float:
        """Width of the table."""
        return sum(self.widths)

    def row(
        self,
        press: Press,
        cells: Sequence[Cell],
        *,
        role: Role = "TD",
    ) -> Row:
        """Set the texts of a row into its columns."""
        column, made = 0, list[SetCell]()
        for cell in cells:
            made.append(self._set(press, cell, column))
            column += cell.span
        return Row(tuple(made), _row_height(made, self.style), role)

    def _set(self, press: Press, cell: Cell, column: int) -> SetCell:
        pad = self.style.pad_x
        x = self.left + sum(self.widths[:column]) + pad
        width = sum(self.widths[column : column + cell.span]) - 2 * pad
        paragraphs = [_paragraph(press, parts, style, width) for parts, style in cell.texts]
        return SetCell(x, width, tuple(paragraphs), _height(paragraphs), cell.span)


@dataclass(frozen=True)
class Table:
    """Columns, the head that is repeated on every page, and the groups of rows.

    `carried_height` is kept free at the foot of each page for what groups carry forward.
    """

    columns: Columns
    head: tuple[Row, ...]
    groups: Iterable[Group]
    carried_height: float = 0

    @property
    def head_height(self) -> float:
        """Height of the head."""
        return sum(row.height for row in self.head)

    def body_height(self, page: PageStyle) -> float:
        """Height that is left for rows on a page which the table has for itself."""
        return page.text_height - self.head_height - 2 * self.carried_height


def _paragraph(press: Press, parts: list[Part], style: TextStyle, width: float) -> Paragraph:
    if style.whole_words:
        widest = press.widest_word(parts, style.size)
        if widest > width:
            style = replace(style, size=max(SMALLEST, style.size * width / widest))
    return Paragraph(press.set(parts, style, width), style)


def _height(paragraphs: Sequence[Paragraph]) -> float:
    return sum(paragraph.height for paragraph in paragraphs)


def _row_height(cells: Sequence[SetCell], style: TableStyle) -> float:
    return max(cell.height for cell in cells) + 2 * style.pad_y


def _draw_cell(sheet: Sheet, cell: SetCell, y: float, part: int | None) -> None:
    texts = []
    for paragraph in cell.paragraphs:
        texts.append((paragraph.lines, paragraph.style, cell.x + paragraph.style.indent, y))
        y += paragraph.height
    if texts:
        sheet.block(part, texts, width=cell.width)
