"""Charts made of lines: their sums are those of the table, made by the same functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

    @property
    def writer(self) -> Writer:
        """Write amounts as the page does."""
        return Writer(self.language, self.unit)

    @property
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
    sizes = sorted(able, key=lambda entry: -_size(entry))
    lines = tuple(_distance(entry, drawn) for entry in sizes[:_MOST])
    rows = [
        (it.name, it.government_words, it.balanced_words, it.lsg_words, drawn.writer.more(_signed(entry)))
        for it, entry in zip((_distance(entry, drawn) for entry in sizes), sizes, strict=True)
    ]
    heads = ("line", "government", "computed", "lsg", "difference")
    said = drawn.say("none")
    if sizes:
        largest = lines[0]
        said = drawn.say(
            "sides.alt",
            lines=len(lines),
            all=len(sizes),
            name=largest.name,
            government=largest.government_words,
            balanced=largest.balanced_words,
            lsg=largest.lsg_words,
        )
    return Sides(
        drawn.frame("sides", said, tuple(map(drawn.name, ("title", *heads[1:]))), rows),
        lines,
        *(drawn.name(name) for name in ("government", "lsg", "computed")),
    )


def _size(entry: Entry) -> int:
    return abs(_signed(entry).tyiyn)


def _signed(entry: Entry) -> Som:
    found = entry.made.difference.money if entry.made.difference else None
    return found or Som(0)


def _distance(entry: Entry, drawn: Drawn) -> Distance:
    stands = (entry.made.government.money, entry.made.lsg.money, entry.made.computed.money)
    government, lsg, balanced = (money or Som(0) for money in stands)
    several = len({each.sitting for each in drawn.entries}) > 1
    of = f"{entry.sitting_name.text(drawn.language)} · " if several else ""
    return Distance(
        f"{of}{entry.line.number}. {entry.line.title.text(drawn.language)}",
        (government - balanced).tyiyn,
        (lsg - balanced).tyiyn,
        *(drawn.writer.money(money) for money in (government, lsg, balanced)),
    )


def _waterfall(drawn: Drawn) -> Waterfall:
    """Go from the Government's sum to that of the LSG bodies, a step for each group."""
    total = whole(drawn.compared).totals
    begin, end = total.compared.government, total.compared.lsg
    groups = grouped(drawn.compared, drawn.by, drawn.language)
    signed = [group.totals.signed for group in groups]
    steps = tuple(
        Step(group.name.text(drawn.language), step.tyiyn, drawn.writer.more(step))
        for group, step in zip(groups, signed, strict=True)
    )
    reached = list(accumulate(signed, initial=begin))[1:]
    rows = [
        (drawn.name("government"), drawn.writer.money(begin), drawn.writer.money(begin)),
        *(
            (step.name, step.words, drawn.writer.money(there))
            for step, there in zip(steps, reached, strict=True)
        ),
        (drawn.name("lsg"), drawn.writer.money(end), drawn.writer.money(end)),
    ]
    said = drawn.say("none")
    if steps:
        largest = max(range(len(steps)), key=lambda place: abs(steps[place].height))
        said = drawn.say(
            "waterfall.alt",
            government=begin,
            lsg=end,
            difference=drawn.writer.more(total.signed),
            name=steps[largest].name,
            step=steps[largest].words,
        )
    heads = (drawn.name(drawn.by), drawn.name("difference"), drawn.say("reached"))
    return Waterfall(
        drawn.frame("waterfall", said, heads, rows if steps else ()),
        Step(drawn.name("government"), begin.tyiyn, drawn.writer.money(begin)),
        steps,
        Step(drawn.name("lsg"), end.tyiyn, drawn.writer.money(end)),
    )


def _heat(drawn: Drawn) -> Heat:
    """Show the differences without their signs by region and kind."""
    found = Pivoted(drawn.entries, Axes("region", "kind", "difference_absolute"), drawn.language)
    rows, columns = (
        tuple(group.name.text(drawn.language) for group in groups) for groups in (found.rows, found.columns)
    )
    cells = [
        [found.sum(row, column).money for column in (*range(len(columns)), -1)] for row in range(len(rows))
    ]
    below = [found.sum(-1, column).money for column in (*range(len(columns)), -1)]
    words = tuple(tuple(drawn.writer.money(cell) for cell in row) for row in (*cells, below))
    total = text("analysis.total.short", drawn.language)
    said = drawn.say("none")
    if cells:
        size, row, column = max(
            (cell.tyiyn if cell else -1, -row, -column)
            for row, line in enumerate(cells)
            for column, cell in enumerate(line[:-1])
        )
        said = drawn.say(
            "heat.alt", row=rows[-row], column=columns[-column], amount=Som(size), all=below[-1] or Som(0)
        )
    return Heat(
        drawn.frame(
            "heat",
            said,
            (drawn.name("region"), *columns, total),
            [(name, *line) for name, line in zip((*rows, total), words, strict=True) if rows],
        ),
        rows,
        columns,
        tuple(tuple(cell.tyiyn if cell is not None else None for cell in line[:-1]) for line in cells),
        tuple(line[:-1] for line in words[:-1]),
    )


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
