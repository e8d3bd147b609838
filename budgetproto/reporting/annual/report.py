"""PURE: a whole report as a value: what people wrote, what the record says, every value; hashed so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal, NamedTuple

from budgetproto.coordination.statistics import Words
from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.reporting.annual.balance import Balance
from budgetproto.reporting.annual.content import MONEY, Content, TypedSums
from budgetproto.reporting.annual.domain import (
    VERDICTS,
    Counted,
    Indicator,
    Judgement,
    Origin,
    Value,
    counted,
    judge,
    years_of,
)
from budgetproto.reporting.domain import Taken

#: A value with its place: indicator, territory, year, number, origin, source, whether it is made up.
Stated = tuple[str, str, int, int, Origin, str, bool]
_ORIGINS: Final[tuple[Origin, ...]] = ("typed", "file", "record")


@dataclass(frozen=True)
class Trace:
    """One question of a sitting of the year, as the record has it: what the four sums are made of.

    `sitting` and `line` are what the paper names, `sitting_id` leads to them on a screen; `protocol` is empty
    until one is issued.
    """

    sitting: str
    sitting_id: str
    line: int
    title: Named
    protocol: str
    asked: Som | None
    recommended: Som | None
    adopted: Som | None
    executed: Som | None
    illustrative: bool = False
    #: The code of the territory that the question is about; empty where it is about several or the country.
    territory: str = ""
    #: How far the law follows what was recommended; empty where nothing was.
    taken: Taken | Literal[""] = ""


@dataclass(frozen=True)
class DraftFact:
    """One draft of the register that touches communities, as the computed indicators count it.

    `words` is what the report's associations said and were answered; `act_id` leads to the draft on a screen.
    There is no title: a report may be open to everybody before its drafts are, and they are known by number.
    """

    year: int
    number: int
    act_id: str
    coordinated: bool
    bypassed: bool
    words: Words
    illustrative: bool = False


@dataclass(frozen=True)
class SittingFact:
    """The part that the report's associations had in one finished sitting on a year's budget.

    `parts` counts associations by questions that touch communities; the others count those of them in which
    it is known that the association was invited in time, came, spoke, and has its opinion in the protocol.
    """

    year: int
    number: str
    sitting_id: str
    parts: int
    invited: int
    came: int
    spoke: int
    opinion: int
    illustrative: bool = False


@dataclass(frozen=True)
class Record:
    """The rows behind the computed indicators; `entered` is how many drafts each year had in all."""

    entered: tuple[tuple[int, int], ...] = ()
    drafts: tuple[DraftFact, ...] = ()
    sittings: tuple[SittingFact, ...] = ()


#: Nothing is computed.
NO_RECORD: Final = Record()


@dataclass(frozen=True)
class YearOfMoney:
    """The soms of one year: the questions of the record, and what was typed by hand where it has none."""

    year: int
    traces: tuple[Trace, ...] = ()
    typed: tuple[TypedSums, ...] = ()

    def recorded(self, part: str) -> Som | None:
        """Add up one of the four sums over the record; None when no question has it."""
        return _added(getattr(each, part) for each in self.traces)

    def by_hand(self, part: str) -> Som | None:
        """Add up one of the four sums over what was typed."""
        return _added(getattr(each, part) for each in self.typed)

    def all_of(self, part: str) -> Som | None:
        """Add up one of the four sums over both."""
        return _added((self.recorded(part), self.by_hand(part)))


@dataclass(frozen=True)
class YearOfBalance:
    """How evenly money per resident was spread in a year; `left_out` territories lack a figure for it."""

    year: int
    found: Balance
    left_out: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A territory of the report: code, name, and the oblast it lies in."""

    code: str
    name: Named
    region: Named


@dataclass(frozen=True)
class Grid:
    """Every value of the report: (place, indicator, year, number, origin, source, made up), by position.

    `years` and `sources` are what the positions mean; a value that is not stated has no cell.
    """

    places: tuple[Place, ...] = ()
    sources: tuple[str, ...] = ()
    cells: tuple[tuple[int, ...], ...] = ()


#: No value at all.
NO_GRID: Final = Grid()


@dataclass(frozen=True)
class Earlier:
    """What last year's report said: its hash, its verdicts by indicator, its four sums."""

    year: int
    digest: str
    verdicts: tuple[tuple[str, tuple[int, ...]], ...]
    sums: tuple[Som | None, ...]


@dataclass(frozen=True)
class GridRow:
    """One territory under one indicator: its values by year, and what became of it in the report's year."""

    place: Place
    values: tuple[Value | None, ...]
    judgement: Judgement


@dataclass(frozen=True)
class Measured:
    """One indicator over all territories; the rows are those with a value in any year."""

    indicator: Indicator
    rows: tuple[GridRow, ...]
    counted: Counted
    by_hand: int
    from_record: int = 0


class ReportValue(NamedTuple):
    """One value of a report; the first three fields are its key, in the order of which values are listed."""

    indicator: str
    territory: str
    year: int
    value: Value
    of: Measured
    row: GridRow

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells the value from every other of the report."""
        return self.indicator, self.territory, self.year


@dataclass(frozen=True)
class Report:
    """An annual report as it is printed; `closed_on` is the day its text was closed, None for a draft."""

    year: int
    associations: tuple[Named, ...]
    content: Content
    money: tuple[YearOfMoney, ...] = ()
    balance: tuple[YearOfBalance, ...] = ()
    grid: Grid = NO_GRID
    earlier: Earlier | None = None
    closed_on: date | None = None
    #: Where a report is told again from what was published of it: what that is, and what is not known.
    note: Named = NO_NAME
    record: Record = NO_RECORD

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose values stand in it."""
        return years_of(self.year)

    @property
    def illustrative(self) -> bool:
        """Whether anything in it is made up."""
        traces = (each.illustrative for year in self.money for each in year.traces)
        return any(traces) or any(cell[6] for cell in self.grid.cells)

    @cached_property
    def measured(self) -> tuple[Measured, ...]:
        """Every indicator over all territories, in the order of the report."""
        return tuple(_measured(self))

    @cached_property
    def values(self) -> tuple[ReportValue, ...]:
        """Every value in the order of its key."""
        return tuple(sorted(_values(self), key=lambda each: each.key))

    def sums(self, year: int) -> tuple[Som | None, ...]:
        """Return the four sums of a year, the record and what was typed by hand together."""
        found = next((each for each in self.money if each.year == year), YearOfMoney(year))
        return tuple(found.all_of(part) for part in MONEY)

    def as_earlier(self, digest: str) -> Earlier:
        """Return what next year's report compares itself with."""
        verdicts = tuple(
            (each.indicator.key, tuple(each.counted.count(verdict) for verdict in VERDICTS))
            for each in self.measured
        )
        return Earlier(self.year, digest, verdicts, self.sums(self.year))


def cells_of(
    stated: Iterable[Stated], *, codes: Iterable[str], indicators: Iterable[str], sources: Iterable[str]
) -> tuple[tuple[int, ...], ...]:
    """Return values as cells of a grid whose positions mean these codes, keys of indicators and sources."""
    place, under, source, origin = (
        {each: position for position, each in enumerate(found)}
        for found in (codes, indicators, sources, _ORIGINS)
    )
    return tuple(
        (place[territory], under[key], year, number, origin[came], source[words], int(made_up))
        for key, territory, year, number, came, words, made_up in stated
    )


def _values(report: Report) -> Iterator[ReportValue]:
    for measured in report.measured:
        key = measured.indicator.key
        for row in measured.rows:
            for year, value in zip(report.years, row.values, strict=True):
                if value is not None:
                    yield ReportValue(key, row.place.code, year, value, measured, row)


def _measured(report: Report) -> Iterator[Measured]:
    grid = report.grid
    found: list[dict[int, dict[int, Value]]] = [{} for _ in report.content.indicators]
    for place, under, year, number, origin, source, made_up in grid.cells:
        value = Value(number, _ORIGINS[origin], grid.sources[source], bool(made_up))
        found[under].setdefault(place, {})[year] = value
    for indicator, by_place in zip(report.content.indicators, found, strict=True):
        rows = [_row(indicator, report, grid.places[place], by_place[place]) for place in sorted(by_place)]
        judged = [(_number(row.values[-1]), row.judgement) for row in rows]
        origins = [value.origin for values in by_place.values() for value in values.values()]
        hands, drawn = origins.count("typed"), origins.count("record")
        yield Measured(indicator, tuple(rows), counted(judged), hands, drawn)


def _row(indicator: Indicator, report: Report, place: Place, values: dict[int, Value]) -> GridRow:
    numbers = {year: value.number for year, value in values.items()}
    judgement = judge(indicator, numbers, report.year)
    return GridRow(place, tuple(values.get(year) for year in report.years), judgement)


def _number(value: Value | None) -> int | None:
    return None if value is None else value.number


def _added(amounts: Iterable[Som | None]) -> Som | None:
    known = [each for each in amounts if each is not None]
    return Som.total(known) if known else None
