"""The table a room exports or imports: columns with their kinds, rows of domain values, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from budgetproto.i18n import Language, Named, text
from budgetproto.money import Som, Unit

#: What a column holds: "percentage" is whole hundredths of a percentage point, "share" a Fraction of one.
Kind = Literal["text", "amount", "integer", "percentage", "share", "date"]

#: A cell; `None` is "not stated" and leaves the cell empty. Zero is written.
Cell = str | Named | Som | int | Fraction | date | None


@dataclass(frozen=True)
class Column:
    """One column; its `key` never changes, its `header` is what people read."""

    key: str
    header: Named
    kind: Kind = "text"
    required: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with its title; each row has one cell per column, in their order."""

    title: Named
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[Named, ...] = ()
    #: How many of the last rows are totals: they are no data to count or to filter.
    totals: int = 0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has one cell for each column")


def heading(column: Column, language: Language, unit: Unit) -> str:
    """Return the header of a column; that of amounts names the unit.

    >>> heading(Column("sum", Named(en="Amount"), "amount"), "en", Unit.THOUSAND_SOMS)
    'Amount, thousand soms'
    """
    name = column.header.text(language)
    return f"{name}, {text(f'money.unit.{unit.key}', language)}" if column.kind == "amount" else name


def data_rows(sheet: Sheet) -> int:
    """Return the number of rows without the totals below them."""
    return len(sheet.rows) - sheet.totals


def notes(sheet: Sheet, language: Language) -> list[str]:
    """Return what is written under the table: how many rows it has, then the notes of the room."""
    counted = text("exchange.rows", language, rows=data_rows(sheet))
    return [counted, *(note.text(language) for note in sheet.notes)]
