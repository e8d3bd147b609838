"""Blocks put on pages one after another: headings stay with their text, tables repeat their head."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from budgetproto.protocol.typesetting.blocks import Paragraph
from budgetproto.protocol.typesetting.lines import Part
from budgetproto.protocol.typesetting.pen import Pen
from budgetproto.protocol.typesetting.press import Press
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.structure import DOCUMENT
from budgetproto.protocol.typesetting.style import PageStyle, TextStyle
from budgetproto.protocol.typesetting.tables import Carrying, Group, Row, Table

#: Draws what stands outside the text on a page: (sheet, its number, number of pages).
Furniture = Callable[[Sheet, int, int], None]

#: What is repeated at the head of a page takes at most this share of it.
_REPEATED = 0.25
#: What must follow the first row of a long group on its page, in points: about three lines.
_BEGINNING = 40


class Flow:
    """Fills pages from top to bottom; nothing is ever drawn outside the margins."""

    def __init__(self, press: Press, style: PageStyle) -> None:
        self.press = press
        self.style = style
        self.sheets: list[Sheet] = []
        self.sheet: Sheet
        self._pending: list[Paragraph] = []
        self._part = DOCUMENT
        self._gap = 0.0
        self._kept = 0.0
        self._first = 0.0
        self._carried: Carrying | None = None
        self.turn(style)

    @property
    def left(self) -> float:
        """Height still free on this page, in points."""
        return self.style.height - self.style.bottom - self._kept - self.y

    def turn(self, style: PageStyle | None = None) -> None:
        """Begin a new page, of another style if one is given."""
        self.style = style or self.style
        if self.sheets:
            self.sheet.put_by()
        self.sheet = self.press.sheet(self.style)
        self.sheets.append(self.sheet)
        self.y, self._gap = self.style.top, 0.0

    def text(self, text: str | Sequence[Part], style: TextStyle) -> None:
        """Add a paragraph; one whose style says `keep` waits for what follows it."""
        parts: list[Part] = [(style.face, text)] if isinstance(text, str) else list(text)
        paragraph = Paragraph(self.press.set(parts, style, self.style.text_width), style)
        if style.keep:
            self._pending.append(paragraph)
            return
        self._settle(first=min(paragraph.height, 2 * style.leading))
        self._place(paragraph)

    def gap(self, points: float) -> None:
        """Leave white space, unless a new page begins here."""
        self._gap = max(self._gap, points)

    def together(self, height: float) -> None:
        """Begin a new page unless `height` points, with the headings that wait, still fit on this one."""
        self._settle(first=height)

    def strip(self, height: float, *, before: float = 0) -> float:
        """Take a strip of the page for drawing by hand and return the y of its upper edge."""
        self._settle(first=before + height)
        self._skip(before)
        top, self.y = self.y, self.y + height
        return top

    def figure(self, height: float, draw: Callable[[Pen, float, float], None], alternative: str) -> None:
        """Add a picture of so many points: `draw` gets a pen and the upper left corner.

        `alternative` says what it shows to a reader who cannot see it.
        """
        top = self.strip(height, before=6)
        pen = self.sheet.pen()
        draw(pen, self.style.left, top)
        self.sheet.figure(pen, alternative)
        self._gap = 8

    def table(self, table: Table) -> None:
        """Add a table; it begins where its head and the start of its first row fit.

        Its groups are set as they are placed, so a long table never lies in memory whole.
        """
        groups = iter(table.groups)
        begun = self._begun(table, groups)
        self._part = self.press.structure.add("Table")
        self._carried = None
        self._head(table)
        self._first = self.y
        for group, last in _with_last(chain(begun, groups)):
            # The last page carries nothing forward.
            self._kept = 0 if last and group.height <= self.left + self._kept else self._kept
            self._group(table, group)
        self._gap, self._kept = 8, 0

    def _begun(self, table: Table, groups: Iterator[Group]) -> list[Group]:
        """Go where the table begins, a short one where it fits whole; return the groups it took to see."""
        room = self.style.text_height * table.columns.style.whole - table.head_height
        begun, height = list[Group](), 0.0
        for group in groups:
            begun.append(group)
            height += group.height
            if height > room:
                break
        long = height > room
        first = self._start(table, begun[0]) + table.carried_height if long else height
        self._settle(first=table.head_height + first)
        self._kept = table.carried_height if long else 0
        return begun

    def bound(self, furniture: Furniture) -> bytes:
        """Draw the furniture of every page, now that their number is known, and return the PDF."""
        self._settle(first=0)
        for number, sheet in enumerate(self.sheets, 1):
            furniture(sheet, number, len(self.sheets))
        return self.press.bound(self.sheets)

    def _settle(self, first: float) -> None:
        """Place the headings that wait, on a page where `first` points more fit after them."""
        before = self._pending[0].style.before if self._pending else 0
        needed = sum(it.height + it.style.before + it.style.after for it in self._pending) + first
        if self.y > self.style.top and needed - before + max(self._gap, before) > self.left:
            self.turn()
        pending, self._pending = self._pending, []
        for paragraph in pending:
            self._place(paragraph)

    def _place(self, paragraph: Paragraph) -> None:
        self._skip(paragraph.style.before)
        while (lines := paragraph.fitting(self.left)) < len(paragraph.lines):
            head, paragraph = paragraph.cut(lines)
            if head.lines:
                head.draw(self.sheet, x=self.style.left, y=self.y, width=self.style.text_width)
            self.turn()
        paragraph.draw(self.sheet, x=self.style.left, y=self.y, width=self.style.text_width)
        self.y += paragraph.height
        self._gap = paragraph.style.after

    def _skip(self, before: float) -> None:
        if self.y > self.style.top:
            self.y += max(self._gap, before)
        self._gap = 0

    def _head(self, table: Table, *, repeated: bool = False) -> None:
        self._skip(0)
        self._line(table, table.columns.style.outer)
        for row in table.head:
            self._row(table, row, repeated=repeated)
        self._line(table, table.columns.style.outer)

    def _start(self, table: Table, group: Group) -> float:
        """Return the height without which a group does not begin on a page: all of it when it is short."""
        body = table.body_height(self.style)
        if group.height <= body * table.columns.style.whole:
            return group.height
        follower = min(_BEGINNING, group.rows[1].height) if len(group.rows) > 1 else 0
        return min(group.rows[0].height + follower, body)

    def _group(self, table: Table, group: Group) -> None:
        if self._start(table, group) > self.left:
            self._next_page(table, None)
        for number, row in enumerate(group.rows):
            carried = None if number < group.lead else group.carried
            self._row_over_pages(table, group.continued, row, carried)
        self._line(table, table.columns.style.inner)

    def _row_over_pages(
        self, table: Table, continued: Row | None, row: Row, carried: Carrying | None
    ) -> None:
        while row.height > self.left:
            halves = row.split(self.left, table.columns.style)
            if halves:
                self._row(table, halves[0])
                self._carried = carried or self._carried
                row = halves[1]
            elif self._at_top():
                break
            self._next_page(table, continued)
        self._row(table, row)
        self._carried = carried or self._carried

    def _at_top(self) -> bool:
        """Tell whether a fresh page would give no more room than this one."""
        return self.y <= self._first

    def _next_page(self, table: Table, continued: Row | None) -> None:
        self._line(table, table.columns.style.inner)
        carried = self._carried() if self._carried else ()
        for row in carried[:1]:
            self._row(table, row, repeated=True)
            self._line(table, table.columns.style.outer)
        self.turn()
        self._head(table, repeated=True)
        for row in carried[1:]:
            self._row(table, row, repeated=True)
            self._line(table, table.columns.style.inner)
        # A name that would fill the page again is left out: there would be no room for what it names.
        if continued and continued.height <= table.body_height(self.style) * _REPEATED:
            self._row(table, continued, repeated=True)
        self._first = self.y

    def _row(self, table: Table, row: Row, *, repeated: bool = False) -> None:
        row.draw(self.sheet, self.y, table.columns.style, table=None if repeated else self._part)
        self.y += row.height

    def _line(self, table: Table, weight: float, *, indent: float = 0) -> None:
        left = table.columns.left
        self.sheet.rule(
            x=left + indent, y=self.y, to_x=left + table.columns.width, to_y=self.y, weight=weight
        )


def _with_last(groups: Iterable[Group]) -> Iterator[tuple[Group, bool]]:
    """Yield each group and whether it is the last, which is known when the next one is made."""
    held: Group | None = None
    for group in groups:
        if held:
            yield held, False
        held = group
    if held:
        yield held, True
