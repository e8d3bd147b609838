"""The table a room exports or imports: columns with their kinds, rows of domain values, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from budgetproto.i18n import Language, Named, text
from budgetproto.money import Som, Unit

#: What a column holds: "percentage" is whole hundredths of a percentage point, "share" a Fraction of one as
#: a rounded decimal, "fraction" the same exactly; "year" is a number that is never written in groups.
Kind = Literal["text", "amount", "integer", "year", "percentage", "share", "fraction", "date"]

#: A cell; `None` is "not stated" and leaves the cell empty. Zero is written.
Cell = str | Named | Som | int | Fraction | date | None


@dataclass(frozen=True)
class Column:
    """One column; its `key` never changes, its `header` is what people read.

    The header of amounts names the unit, unless the column is `for_programs`: then it is the key alone.
    """

    key: str
    header: Named
    kind: Kind = "text"
    required: bool = False
    for_programs: bool = False


@dataclass(frozen=True)
class Total:
    """A row below a table: its sums are those of the rows in which column `over[0]` holds `over[1]`.

    Without `over` they are those of all rows. The sums are given, since they are made in one place; a
    workbook carries them together with the formula that makes them again.
    """

    cells: Sequence[Cell]
    over: tuple[str, int] | None = None


@dataclass(frozen=True)
class Sheet:
    """A table with its title; each row has one cell per column, in their order.

    `notes` stand below the table for people; `about` tells programs the same, as columns of every row of a
    plain file. The first `held` columns stay in sight in a workbook.
    """

    title: Named
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[Named, ...] = ()
    totals: Sequence[Total] = ()
    about: tuple[tuple[Column, Cell], ...] = ()
    held: int = 0

    def __post_init__(self) -> None:
        every = (*self.rows, *(total.cells for total in self.totals))
        if any(len(row) != len(self.columns) for row in every):
            raise ValueError("a row has one cell for each column")


def heading(column: Column, language: Language, unit: Unit) -> str:
    """Return the header of a column; that of amounts names the unit.

    >>> heading(Column("sum", Named(en="Amount"), "amount"), "en", Unit.THOUSAND_SOMS)
    'Amount, thousand soms'
    """
    if column.for_programs:
        return column.key
    name = column.header.text(language)
    return f"{name}, {text(f'money.unit.{unit.key}', language)}" if column.kind == "amount" else name


def notes(sheet: Sheet, language: Language) -> list[str]:
    """Return what is written under the table: how many rows it has, then the notes of the room.

    Nothing stands under a table for programs: they would read it as a row.
    """
    if any(column.for_programs for column in sheet.columns):
        return []
    counted = text("exchange.rows", language, rows=len(sheet.rows))
    return [counted, *(note.text(language) for note in sheet.notes)]
