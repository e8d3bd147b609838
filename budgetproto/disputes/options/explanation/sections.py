"""PURE: an explanation as sections of sentences, tables and charts, without language and without a look."""

from dataclasses import dataclass
from fractions import Fraction

from budgetproto.i18n.languages import Named, Points
from budgetproto.money import Som


@dataclass(frozen=True)
class Said:
    """A sentence with its values; a value may be a sentence itself."""

    key: str
    values: "tuple[tuple[str, Cell], ...]" = ()


#: What stands in a cell, or in a place of a sentence.
Cell = Som | int | Fraction | Points | Said | Named | str | None


@dataclass(frozen=True)
class Column:
    """The head of a column: a key, or a plain letter of a rule in `code`; figures stand to the right."""

    key: str
    figure: bool = True
    code: str = ""


@dataclass(frozen=True)
class Table:
    """A table with the key of its caption; the first cell of each row names it."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def in_money(self) -> bool:
        """Whether some cell is an amount: the unit is then named once."""
        return any(isinstance(cell, Som) for row in self.rows for cell in row)


@dataclass(frozen=True)
class Bar:
    """One row of a chart of bars: from `start` to `end`, and a point on it."""

    label: Cell
    start: Som | Fraction
    end: Som | Fraction
    point: Som | Fraction | None = None


@dataclass(frozen=True)
class Bars:
    """Bars over one scale; `guide` is a value that all of them are measured by."""

    key: str
    alternative: Said
    bars: tuple[Bar, ...]
    guide: Fraction | None = None


@dataclass(frozen=True)
class Point:
    """A point of a curve."""

    money: Som
    rate: Fraction


@dataclass(frozen=True)
class Curve:
    """The common rate over the envelope: straight between its points, with the present place marked."""

    key: str
    alternative: Said
    points: tuple[Point, ...]
    present: Point | None = None


@dataclass(frozen=True)
class Section:
    """One part of the explanation; `sources` say from which inputs its figures were computed."""

    key: str
    said: tuple[Said, ...] = ()
    chart: Curve | Bars | None = None
    tables: tuple[Table, ...] = ()
    sources: tuple[Said, ...] = ()


def said(key: str, **values: Cell) -> Said:
    """Return a sentence of this explanation's catalogue.

    >>> said("disputes.explained.none").values
    ()
    """
    return Said(key, tuple(values.items()))
