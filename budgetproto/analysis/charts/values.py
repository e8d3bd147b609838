"""What a chart shows: amounts in whole tyiyn and words in one language; equal values give equal pictures."""

from dataclasses import dataclass
from typing import Literal

from budgetproto.i18n import Language
from budgetproto.money import Unit

#: A cell of the table beside a chart: its words, and the amount they write where it is one.
Row = tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """What stands around every chart: its title, a sentence for who does not see it, its foot, its table.

    The first of `heads` names the rows; all others head figures.
    """

    title: str
    language: Language
    unit: Unit
    unit_name: str
    said: str
    foot: tuple[str, ...]
    heads: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Distance:
    """How far both sides stand from the balanced point of a line, with the figures as words."""

    name: str
    government: int
    lsg: int
    government_words: str
    lsg_words: str
    balanced_words: str


@dataclass(frozen=True)
class Sides:
    """Bars to both sides of the balanced point, a line each."""

    frame: Frame
    lines: tuple[Distance, ...]
    government: str
    lsg: str
    balanced: str


@dataclass(frozen=True)
class Step:
    """One step of a waterfall, from where the one before ended."""

    name: str
    height: int
    words: str


@dataclass(frozen=True)
class Waterfall:
    """From the Government's sum in steps to that of the LSG bodies."""

    frame: Frame
    begin: Step
    steps: tuple[Step, ...]
    end: Step


@dataclass(frozen=True)
class Heat:
    """A table whose cells are the darker the larger they are; `None` is a cell without a figure."""

    frame: Frame
    rows: Row
    columns: Row
    sizes: tuple[tuple[int | None, ...], ...]
    words: tuple[Row, ...]


@dataclass(frozen=True)
class Course:
    """One sum over the years; `None` is a year without it."""

    name: str
    amounts: tuple[int | None, ...]


@dataclass(frozen=True)
class Years:
    """Sums over the years."""

    frame: Frame
    years: Row
    courses: tuple[Course, ...]


Chart = Sides | Waterfall | Heat | Years
Kind = Literal["sides", "waterfall", "heat", "years"]
