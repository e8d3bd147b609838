"""The lines in a pivot: two axes, one figure; every margin is the sum of the cells that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np

from budgetproto.analysis.columns import BY_KEY
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.pivot import Pivot, pivot
from budgetproto.analysis.sums import GROUPINGS, SUMMED, Group, Sum, grouped
from budgetproto.exchange import Cell, Column, Sheet, Total
from budgetproto.i18n import Language, Named, every_language
from budgetproto.money import Som

#: What can be added up: a figure in money, or the lines themselves.
LINES: Final = "lines"
FIGURES: Final = (*SUMMED, LINES)
AXES: Final = GROUPINGS
#: Which lines are counted: those with both figures, as the sums of the protocol, the others, or all.
Over = Literal["compared", "apart", "all"]
OVER: Final[tuple[Over, ...]] = ("compared", "apart", "all")


@dataclass(frozen=True)
class Axes:
    """What a pivot is asked for."""

    rows: str = "region"
    columns: str = "kind"
    figure: str = "difference"
    over: Over = "compared"


@dataclass(frozen=True)
class Pivoted:
    """Lines in the cells of two axes; names are sorted as the reader's language has them."""

    entries: Sequence[Entry]
    axes: Axes
    language: Language

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """The lines that are counted at all."""
        over = self.axes.over
        return tuple(each for each in self.entries if over == "all" or each.compared == (over == "compared"))

    @cached_property
    def rows(self) -> tuple[Group, ...]:
        """The groups of the first axis."""
        return grouped(self.counted, self.axes.rows, self.language)

    @cached_property
    def columns(self) -> tuple[Group, ...]:
        """The groups of the second axis."""
        return grouped(self.counted, self.axes.columns, self.language)

    @cached_property
    def made(self) -> Pivot:
        """The sums of every cell, with their margins."""
        values = [_tyiyn(each, self.axes.figure) for each in self.counted]
        return pivot(
            _codes(self.counted, self.rows),
            _codes(self.counted, self.columns),
            np.array([value or 0 for value in values], np.int64),
            shape=(len(self.rows), len(self.columns)),
            known=np.array([value is not None for value in values], np.bool_),
        )

    @property
    def counts_lines(self) -> bool:
        """Tell whether lines are counted and no money is added up."""
        return self.axes.figure == LINES

    def sum(self, row: int, column: int) -> Sum:
        """Return the sum of one cell; -1 stands for the margin of an axis."""
        stated, lines = int(self.made.stated[row, column]), int(self.made.lines[row, column])
        money = Som(int(self.made.sums[row, column])) if stated else None
        return Sum(money, stated, lines)

    def lines(self, row: int, column: int) -> int:
        """Return how many lines a cell has."""
        return int(self.made.lines[row, column])

    def told(self) -> tuple[Named, ...]:
        """Tell what stands in the cells and over which lines it goes."""
        names = {
            name: every_language(f"analysis.column.{getattr(self.axes, name)}")
            for name in ("rows", "columns", "figure")
        }
        over = every_language(f"analysis.over.{self.axes.over}")
        return (every_language("analysis.note.pivot", **names, over=over),)

    def sheet(self, notes: Sequence[Named], about: Sequence[tuple[Column, Cell]] = ()) -> Sheet:
        """Return the table as a file has it, its margins last."""
        kind: Literal["integer", "amount"] = "integer" if self.counts_lines else "amount"
        head = Column("group", every_language(f"analysis.column.{self.axes.rows}"))
        names = (*(group.name for group in self.columns), every_language("analysis.total.short"))
        return Sheet(
            title=every_language("analysis.pivot.title"),
            columns=(
                head,
                *(Column(f"column_{place}", name, kind) for place, name in enumerate(names, start=1)),
            ),
            rows=[(group.name, *self._row(place)) for place, group in enumerate(self.rows)],
            totals=[Total((every_language("analysis.total.short"), *self._row(-1)))],
            notes=tuple(notes),
            about=tuple(about),
            held=1,
        )

    def _row(self, row: int) -> tuple[Cell, ...]:
        """Return the cells of a row and its margin: blank where nobody stated anything."""
        places = (*range(len(self.columns)), -1)
        if self.counts_lines:
            return tuple(self.lines(row, place) for place in places)
        return tuple(self.sum(row, place).money for place in places)


def _codes(entries: Sequence[Entry], groups: Sequence[Group]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the number of each line's group; a line stands in one group of an axis."""
    place = {id(entry): number for number, group in enumerate(groups) for entry in group.entries}
    return np.array([place[id(entry)] for entry in entries], np.int32)


def _tyiyn(entry: Entry, figure: str) -> int | None:
    found = None if figure == LINES else BY_KEY[figure].value(entry)
    return found.tyiyn if isinstance(found, Som) else None
