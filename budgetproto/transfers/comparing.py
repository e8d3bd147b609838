"""One figure of two years in the units of one of them: what was recast is told, what cannot be is apart."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from sqlmodel import Session

from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.money import Som
from budgetproto.transfers import storage
from budgetproto.transfers.domain import INDICATOR_KINDS, MONEY_INDICATORS, Period, Territory, Transfer
from budgetproto.transfers.over_time import Dated, Recast, Step, recast

#: Before the code of a kind of transfers: figures are indicators, or the money of one kind.
_TRANSFER: Final = "transfer."

Value = Som | int


@dataclass(frozen=True)
class Asked:
    """Which figure, of which two years, in the units of which year."""

    figure: str
    first: int
    second: int
    units: int

    @property
    def is_money(self) -> bool:
        """Tell whether the figure is money or people."""
        return self.figure.startswith(_TRANSFER) or self.figure in MONEY_INDICATORS


@dataclass(frozen=True)
class Stated:
    """A figure as a source has it: of which day or period, and where from."""

    dated: Dated
    of: str
    source: str


@dataclass(frozen=True)
class Cell:
    """The figure of a unit in one year: None is no data; `of` is empty where it was recast.

    `lacking` names parts of the unit that have no figure: a sum without them is not compared.
    """

    value: Value | None
    of: str = ""
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One unit with its figures of both years."""

    territory: Territory
    first: Cell
    second: Cell

    @property
    def difference(self) -> Value | None:
        """The second minus the first, where both are whole."""
        first, second = self.first.value, self.second.value
        if first is None or second is None or self.first.lacking or self.second.lacking:
            return None
        return second - first  # type: ignore[operator]  # both are money, or both are people


@dataclass(frozen=True)
class Section:
    """The units of one level: those of different levels contain each other and are never added up."""

    level: int
    rows: tuple[Row, ...]

    @property
    def compared(self) -> tuple[Row, ...]:
        """The units that have a whole figure in both years."""
        return tuple(row for row in self.rows if row.difference is not None)

    @property
    def total(self) -> tuple[Value, Value, Value] | None:
        """Both years and their difference over the units compared; None where there are none."""
        rows = self.compared
        if not rows:
            return None
        return (
            _total(row.first.value for row in rows),
            _total(row.second.value for row in rows),
            _total(row.difference for row in rows),
        )


@dataclass(frozen=True)
class Comparison:
    """Two years side by side; `recasts` tell of each what was recast and what stands apart."""

    asked: Asked
    sections: tuple[Section, ...]
    recasts: tuple[Recast, Recast]
    names: Mapping[str, Named]
    sources: tuple[str, ...]

    def unit(self, code: str) -> Named:
        """Name a unit with its code: two districts may bear one name."""
        name = self.names.get(code, Named())
        return Named(*(f"{name.text(language)} ({code})" for language in LANGUAGES))

    def of(self, amount: int) -> Value:
        """Return a figure as what it is: money or people."""
        return Som(amount) if self.asked.is_money else amount

    def told(self, step: Step) -> Named:
        """Tell what one change did: from what to what, and why."""
        return step_told(step, self.unit)


def step_told(step: Step, unit: Callable[[str], Named]) -> Named:
    """Tell what one change did to a figure; `unit` names a unit by its code."""
    return every_language(
        "transfers.recast.parted" if step.people else "transfers.recast.moved",
        what=every_language(f"transfers.change.{step.kind}"),
        on=step.on,
        was=unit(step.was),
        now=_joined(unit(code) for code, _ in step.onto),
        people=" : ".join(map(str, step.people)),
    )


def comparison(session: Session, asked: Asked) -> Comparison:
    """Return a figure of two years in the units of one; raise nothing where there is no data."""
    stated = [list(_stated(session, asked.figure, year)) for year in (asked.first, asked.second)]
    changes = storage.all_changes(session)
    population = storage.indicators_of(session, "population")
    to = date(asked.units, 12, 31)
    first, second = (recast([each.dated for each in found], to, changes, population) for found in stated)
    territories = storage.territories_of(session, _codes((first, second)))
    return Comparison(
        asked=asked,
        sections=_sections(asked, territories, (first, second), stated),
        recasts=(first, second),
        names={code: territory.name for code, territory in territories.items()},
        sources=tuple(sorted({each.source for found in stated for each in found})),
    )


def figures_known(session: Session) -> dict[str, Named]:
    """Return every figure that is known of some year, by key: indicators, then kinds of transfers."""
    kinds = storage.kind_names(session)
    executed = {each.kind for each in storage.find_transfers(session) if _is_figure(each)}
    return {
        **{
            kind: every_language(f"transfers.indicator.{kind}")
            for kind in INDICATOR_KINDS
            if storage.indicators_of(session, kind)
        },
        **{_TRANSFER + code: name for code, name in kinds.items() if code in executed},
    }


def years_known(session: Session) -> tuple[int, ...]:
    """Return every year that some figure is known of."""
    days = {each.on.year for kind in INDICATOR_KINDS for each in storage.indicators_of(session, kind)}
    ends = {_last_day(each.period).year for each in storage.find_transfers(session) if _is_figure(each)}
    return tuple(sorted(days | ends))


def _stated(session: Session, figure: str, year: int) -> Iterator[Stated]:
    """Yield the newest figure of each unit in a year."""
    if figure.startswith(_TRANSFER):
        yield from _transfers(storage.find_transfers(session), figure.removeprefix(_TRANSFER), year)
        return
    kind = next(each for each in INDICATOR_KINDS if each == figure)
    newest = {each.soate: each for each in storage.indicators_of(session, kind) if each.on.year == year}
    for indicator in newest.values():
        dated = Dated(indicator.soate, indicator.number, indicator.on)
        yield Stated(dated, str(indicator.on), indicator.source)


def _transfers(transfers: Iterable[Transfer], kind: str, year: int) -> Iterator[Stated]:
    """Yield what each unit got of a kind in the longest period of a year that a source reports."""
    found: dict[str, dict[tuple[str, str], list[Transfer]]] = {}
    for each in transfers:
        if _is_figure(each) and each.kind == kind and _last_day(each.period).year == year:
            reports = found.setdefault(each.territory or "", {})
            reports.setdefault((each.period.end, each.source), []).append(each)
    for territory, reports in found.items():
        (_, source), report = max(reports.items())
        amount = Som.total(each.executed for each in report if each.executed is not None)
        period = report[0].period
        yield Stated(Dated(territory, amount.tyiyn, _last_day(period)), str(period), source)


def _is_figure(transfer: Transfer) -> bool:
    return bool(transfer.territory and transfer.kind and transfer.counted and transfer.executed is not None)


def _last_day(period: Period) -> date:
    year, month = map(int, period.end.split("-"))
    return date(year, month, monthrange(year, month)[1])


def _codes(recasts: Sequence[Recast]) -> set[str]:
    """Return every code that a figure belongs to or that is named in what is told of the recasting."""
    found: set[str] = set()
    for each in recasts:
        found |= each.figures.keys() | {one.soate for one in each.apart}
        found = found.union(*each.lacking.values())
        for step in each.steps:
            found |= {step.was, *(beyond for beyond, _ in step.onto)}
    return found


def _sections(
    asked: Asked,
    territories: Mapping[str, Territory],
    recasts: tuple[Recast, Recast],
    stated: Sequence[Sequence[Stated]],
) -> tuple[Section, ...]:
    own = [{(each.dated.soate, each.dated.amount): each.of for each in found} for found in stated]
    codes = sorted(recasts[0].figures.keys() | recasts[1].figures.keys())
    rows = [
        Row(
            territories[code],
            *(_cell(code, found, of, money=asked.is_money) for found, of in zip(recasts, own, strict=True)),
        )
        for code in codes
        if code in territories
    ]
    rows.sort(key=lambda row: (row.territory.level, row.territory.soate))
    return tuple(
        Section(level, tuple(found)) for level, found in groupby(rows, key=lambda row: row.territory.level)
    )


def _cell(code: str, found: Recast, of: Mapping[tuple[str, int], str], *, money: bool) -> Cell:
    amount = found.figures.get(code)
    if amount is None:
        return Cell(None)
    lacking = tuple(sorted(found.lacking.get(code, ())))
    return Cell(Som(amount) if money else amount, of.get((code, amount), ""), lacking)


def _total(values: Iterable[Value | None]) -> Value:
    known = [value for value in values if value is not None]
    money = [value for value in known if isinstance(value, Som)]
    return Som.total(money) if money else sum(value for value in known if isinstance(value, int))


def _joined(names: Iterable[Named]) -> Named:
    every = tuple(names)
    return Named(*("; ".join(name.text(language) for name in every) for language in LANGUAGES))
