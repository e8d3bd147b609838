"""Charts made of lines: their sums are those of the table, made by the same functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final, get_args

from budgetproto.analysis.charts.values import (
    Chart,
    Course,
    Distance,
    Frame,
    Heat,
    Kind,
    Row,
    Sides,
    Step,
    Waterfall,
    Years,
)
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.pivoted import Axes, Pivoted
from budgetproto.analysis.sums import Group, grouped, whole
from budgetproto.i18n import Language, text, with_unit
from budgetproto.money import Som, Unit
from budgetproto.protocol.composed import Totals
from budgetproto.protocol.drawing.writer import Writer

CHARTS: Final[tuple[Kind, ...]] = get_args(Kind)
#: More bars than these nobody reads; the table has them all.
_MOST: Final = 20
_COURSES: Final = ("government", "lsg", "computed", "adopted")


@dataclass(frozen=True)
class Drawn:
    """The lines a chart is made of, and how it writes them; `by` is what the steps of a waterfall are."""

    entries: Sequence[Entry]
    by: str
    unit: Unit
    language: Language
    foot: tuple[str, ...] = ()

    @cached_property
    def writer(self) -> Writer:
        """Write amounts as the page does."""
        return Writer(self.language, self.unit)

    @cached_property
    def of_several(self) -> bool:
        """Tell whether the lines are of several sittings, so that each has to name its own."""
        return len({entry.sitting for entry in self.entries}) > 1

    @cached_property
    def compared(self) -> tuple[Entry, ...]:
        """The lines on which both sides have a figure in money."""
        return tuple(entry for entry in self.entries if entry.compared)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of this room, amounts with their unit."""
        shown = {name: with_unit(value, self.unit, self.language) for name, value in values.items()}
        return text(f"analysis.chart.{key}", self.language, **shown)

    def name(self, key: str) -> str:
        """Return the name of a column."""
        return text(f"analysis.column.{key}", self.language)

    def frame(self, kind: Kind, said: str, heads: Row, rows: Sequence[Row]) -> Frame:
        """Return what stands around a chart."""
        unit = text(f"money.unit.{self.unit.key}", self.language)
        return Frame(self.say(kind), self.language, self.unit, unit, said, self.foot, heads, tuple(rows))


def chart(kind: Kind, drawn: Drawn) -> Chart:
    """Make one chart of these lines."""
    return _MAKERS[kind](drawn)


def _sides(drawn: Drawn) -> Sides:
    """Show the lines with the largest differences, the sides as far from the balanced point as they stand."""
    able = [entry for entry in drawn.compared if entry.made.computed.money is not None]
    able.sort(key=lambda entry: -_size(entry))
    lines = tuple(_distance(entry, drawn) for entry in able)
    rows = [
        (it.name, it.government_words, it.balanced_words, it.lsg_words, drawn.writer.more(_signed(entry)))
        for it, entry in zip(lines, able, strict=True)
    ]
    heads = tuple(map(drawn.name, ("title", "government", "computed", "lsg", "difference")))
    names = (drawn.name(name) for name in ("government", "lsg", "computed"))
    return Sides(drawn.frame("sides", _said_of_sides(drawn, lines), heads, rows), lines[:_MOST], *names)


def _said_of_sides(drawn: Drawn, lines: Sequence[Distance]) -> str:
    if not lines:
        return drawn.say("none")
    largest = lines[0]
    return drawn.say(
        "sides.alt",
        lines=min(_MOST, len(lines)),
        all=len(lines),
        name=largest.name,
        government=largest.government_words,
        balanced=largest.balanced_words,
        lsg=largest.lsg_words,
    )


def _size(entry: Entry) -> int:
    return abs(_signed(entry).tyiyn)


def _signed(entry: Entry) -> Som:
    found = entry.made.difference.money if entry.made.difference else None
    return found or Som(0)


def _distance(entry: Entry, drawn: Drawn) -> Distance:
    stands = (entry.made.government.money, entry.made.lsg.money, entry.made.computed.money)
    government, lsg, balanced = (money or Som(0) for money in stands)
    of = f"{entry.sitting_name.text(drawn.language)} · " if drawn.of_several else ""
    return Distance(
        f"{of}{entry.line.number}. {entry.line.title.text(drawn.language)}",
        (government - balanced).tyiyn,
        (lsg - balanced).tyiyn,
        *(drawn.writer.money(money) for money in (government, lsg, balanced)),
    )


def _waterfall(drawn: Drawn) -> Waterfall:
    """Go from the Government's sum to that of the LSG bodies, a step for each group."""
    total = whole(drawn.compared).totals
    groups = grouped(drawn.compared, drawn.by, drawn.language)
    begin, end = (
        Step(drawn.name(side), money.tyiyn, drawn.writer.money(money))
        for side, money in (("government", total.compared.government), ("lsg", total.compared.lsg))
    )
    signed = [(group.name.text(drawn.language), group.totals.signed) for group in groups]
    steps = tuple(Step(name, money.tyiyn, drawn.writer.more(money)) for name, money in signed)
    heads = (drawn.name(drawn.by), drawn.name("difference"), drawn.say("reached"))
    said = _said_of_waterfall(drawn, total, steps)
    rows = _reached(drawn, begin, steps, end) if steps else []
    return Waterfall(drawn.frame("waterfall", said, heads, rows), begin, steps, end)


def _reached(drawn: Drawn, begin: Step, steps: Sequence[Step], end: Step) -> list[Row]:
    """Return the steps with where each of them leads."""
    there = list(accumulate((step.height for step in steps), initial=begin.height))[1:]
    return [
        (begin.name, begin.words, begin.words),
        *(
            (step.name, step.words, drawn.writer.money(Som(total)))
            for step, total in zip(steps, there, strict=True)
        ),
        (end.name, end.words, end.words),
    ]


def _said_of_waterfall(drawn: Drawn, total: Totals, steps: Sequence[Step]) -> str:
    if not steps:
        return drawn.say("none")
    largest = max(steps, key=lambda step: abs(step.height))
    return drawn.say(
        "waterfall.alt",
        government=total.compared.government,
        lsg=total.compared.lsg,
        difference=drawn.writer.more(total.signed),
        name=largest.name,
        step=largest.words,
    )


def _heat(drawn: Drawn) -> Heat:
    """Show the differences without their signs by region and kind."""
    found = Pivoted(drawn.entries, Axes("region", "kind", "difference_absolute"), drawn.language)
    rows, columns = (
        tuple(group.name.text(drawn.language) for group in groups) for groups in (found.rows, found.columns)
    )
    across = (*range(len(columns)), -1)
    cells = [[found.sum(row, place).money for place in across] for row in (*range(len(rows)), -1)]
    words = tuple(tuple(map(drawn.writer.money, row)) for row in cells)
    total = text("analysis.total.short", drawn.language)
    table = [(name, *line) for name, line in zip((*rows, total), words, strict=True)] if rows else []
    heads = (drawn.name("region"), *columns, total)
    inner = tuple(tuple(None if cell is None else cell.tyiyn for cell in line[:-1]) for line in cells[:-1])
    said = _said_of_heat(drawn, rows, columns, inner)
    return Heat(
        drawn.frame("heat", said, heads, table), rows, columns, inner, tuple(line[:-1] for line in words[:-1])
    )


def _said_of_heat(drawn: Drawn, rows: Row, columns: Row, cells: Sequence[Sequence[int | None]]) -> str:
    sizes = {
        (rows[row], columns[column]): size
        for row, line in enumerate(cells)
        for column, size in enumerate(line)
        if size is not None
    }
    if not sizes:
        return drawn.say("none")
    row_name, column_name = max(sizes, key=lambda place: sizes[place])
    largest, every = Som(sizes[row_name, column_name]), Som(sum(sizes.values()))
    return drawn.say("heat.alt", row=row_name, column=column_name, amount=largest, all=every)


def _years(drawn: Drawn) -> Years:
    """Show the sums of both sides, of the balanced option and of what was adopted, year by year."""
    groups = grouped(drawn.compared, "year", drawn.language)
    years = tuple(group.name.text(drawn.language) for group in groups)
    courses = tuple(Course(drawn.name(key), _over(groups, key)) for key in _COURSES)
    rows = [
        (year, *(drawn.writer.money(group.compared[key].money) for key in _COURSES))
        for year, group in zip(years, groups, strict=True)
    ]
    said = drawn.say("none")
    if rows:
        _, government, lsg, balanced, _ = rows[-1]
        said = drawn.say(
            "years.alt",
            first=years[0],
            last=years[-1],
            government=government,
            lsg=lsg,
            balanced=balanced,
        )
    heads = (drawn.name("year"), *(drawn.name(key) for key in _COURSES))
    return Years(drawn.frame("years", said, heads, rows), years, courses)


def _over(groups: Sequence[Group], key: str) -> tuple[int | None, ...]:
    sums = (group.compared[key].money for group in groups)
    return tuple(None if found is None else found.tyiyn for found in sums)


_MAKERS: Final[dict[Kind, Callable[[Drawn], Chart]]] = {
    "sides": _sides,
    "waterfall": _waterfall,
    "heat": _heat,
    "years": _years,
}
