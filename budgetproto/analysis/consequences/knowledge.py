"""What is known of the territories of a sitting, recast to their units, and what counts as their budget."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from sqlmodel import Session

from budgetproto.analysis.consequences.effects import Facts
from budgetproto.i18n import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.transfers import storage
from budgetproto.transfers.domain import VULNERABLE_GROUPS, Change, Indicator, IndicatorKind, Transfer
from budgetproto.transfers.over_time import Apart, Dated, Recast, Step, recast

#: What stands against the contested money: own revenue alone, or with the known transfers of its year.
Counted = Literal["revenue", "budget"]
COUNTED: Final[tuple[Counted, ...]] = ("revenue", "budget")

_KINDS: Final[tuple[IndicatorKind, ...]] = ("population", "own_revenue", *VULNERABLE_GROUPS)


@dataclass(frozen=True)
class Source:
    """Where the indicators of one kind and day come from, and of how many territories they are."""

    kind: IndicatorKind
    on: date
    source: str
    territories: int


@dataclass(frozen=True)
class Contested:
    """The kinds of transfers that are contested for all territories, and by territory.

    They count with the contested money and not with the known transfers.
    """

    everywhere: AbstractSet[str] = frozenset()
    by_territory: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    def kinds(self, code: str) -> AbstractSet[str]:
        """Return the kinds contested for a territory."""
        return self.everywhere | self.by_territory.get(code, frozenset())


@dataclass(frozen=True)
class Knowledge:
    """What is known of territories in the units of a day; who is not named has no data.

    `year` is that of own revenue and transfers in `budget`; None where no territory has both. `steps` tell
    what was recast, `apart` what could not be: its territory has no data. `names` are those of units told.
    """

    facts: Facts
    year: int | None
    budget: Mapping[str, int]
    sources: tuple[Source, ...]
    transfer_sources: tuple[str, ...]
    steps: tuple[Step, ...]
    apart: tuple[Apart, ...]
    names: Mapping[str, Named]

    def counting(self, counted: Counted) -> Facts:
        """Return the facts with what counts as the money of a territory beside the contested one."""
        if counted == "revenue":
            return self.facts
        return Facts(self.facts.population, self.budget, self.facts.groups)


@dataclass(frozen=True)
class _Loom:
    """Recasts figures of the units around some territories to a day, by the changes and residents known."""

    wanted: frozenset[str]
    family: frozenset[str]
    on: date
    changes: tuple[Change, ...]
    people: tuple[Indicator, ...]

    def recast(self, figures: Iterable[Dated]) -> Recast:
        return recast(figures, self.on, self.changes, self.people)

    def known(self, found: Recast) -> dict[str, int]:
        """Return whole figures of the territories: a sum in which a part is missing is no data."""
        whole = self.wanted & found.figures.keys() - found.lacking.keys()
        return {code: found.figures[code] for code in sorted(whole)}

    def leads(self, step: Step) -> bool:
        return step.was in self.family and any(code in self.family for code, _ in step.onto)


def knowledge(session: Session, territories: Sequence[str], on: date, contested: Contested) -> Knowledge:
    """Return what is known of territories as they stand on a day, by code and never by name."""
    changes = storage.all_changes(session)
    family = _family(territories, changes)
    near = tuple(each for each in changes if each.soate in family or each.successor in family)
    indicators = {kind: storage.indicators_of(session, kind) for kind in _KINDS}
    stated = {kind: [each for each in found if each.soate in family] for kind, found in indicators.items()}
    loom = _Loom(frozenset(territories), family, on, near, tuple(stated["population"]))
    recasts = {kind: loom.recast(_dated(found)) for kind, found in stated.items()}
    transfers = [each for each in storage.find_transfers(session) if each.territory in family]
    budget = _budget(loom, stated["own_revenue"], transfers, contested)
    every = (*recasts.values(), *budget.recasts)
    steps = tuple(dict.fromkeys(step for each in every for step in each.steps if loom.leads(step)))
    apart = tuple(dict.fromkeys(one for each in every for one in each.apart if one.why != "newer_figure"))
    whole = {kind: loom.known(found) for kind, found in recasts.items()}
    codes = {one.soate for one in apart} | {step.was for step in steps}
    return Knowledge(
        facts=Facts(
            population=whole["population"],
            revenue=whole["own_revenue"],
            groups={kind: whole[kind] for kind in VULNERABLE_GROUPS if whole[kind]},
        ),
        year=budget.year,
        budget=budget.money,
        sources=_sources(stated),
        transfer_sources=budget.sources,
        steps=steps,
        apart=apart,
        names=storage.names_of(session, codes | {code for step in steps for code, _ in step.onto}),
    )


@dataclass(frozen=True)
class _Budget:
    """Own revenue with transfers of one year, and what they were made of."""

    year: int | None = None
    money: Mapping[str, int] = field(default_factory=dict)
    recasts: tuple[Recast, ...] = ()
    sources: tuple[str, ...] = ()


def _budget(
    loom: _Loom, revenue: Sequence[Indicator], transfers: Sequence[Transfer], contested: Contested
) -> _Budget:
    """Return own revenue and transfers of the newest year in which a territory has both."""
    whole = [each for each in transfers if is_whole_year(each)]
    years = {each.on.year for each in revenue} & {last_day(each).year for each in whole}
    for year in sorted(years, reverse=True):
        own = loom.recast(_dated(each for each in revenue if each.on.year == year))
        of_year = [each for each in whole if last_day(each).year == year]
        kinds = sorted({each.kind for each in of_year if each.kind})
        given = {kind: loom.recast(_of_kind(of_year, kind)) for kind in kinds}
        added = {code: _given(code, given, contested) for code in loom.known(own)}
        money = {code: own.figures[code] + each for code, each in added.items() if each is not None}
        if money:
            sources = tuple(sorted({each.source for each in of_year}))
            return _Budget(year, money, (own, *given.values()), sources)
    return _Budget()


def _given(code: str, given: Mapping[str, Recast], contested: Contested) -> int | None:
    """Return the transfers of a territory without those that are contested; None where none is known."""
    there = {kind: each for kind, each in given.items() if code in each.figures}
    if not there or any(code in each.lacking for each in there.values()):
        return None
    kept = there.keys() - contested.kinds(code)
    return sum(there[kind].figures[code] for kind in kept)


def _of_kind(transfers: Iterable[Transfer], kind: str) -> list[Dated]:
    """Return what each unit got of a kind in the year: as one source has it, executed, else approved."""
    found: dict[str, dict[str, list[Transfer]]] = {}
    for each in transfers:
        if each.kind == kind and each.territory:
            found.setdefault(each.territory, {}).setdefault(each.source, []).append(each)
    made = []
    for code, by_source in sorted(found.items()):
        report = by_source[max(by_source)]
        made.append(Dated(code, sum(map(amount_of, report)), last_day(report[0])))
    return made


def is_whole_year(transfer: Transfer) -> bool:
    """Tell whether a figure is that of a whole year; a part of one says nothing of the budget of a year."""
    period = transfer.period
    whole = (period.start[:4], period.start[5:], period.end[5:]) == (period.end[:4], "01", "12")
    return whole and transfer.counted and (transfer.executed is not None or transfer.approved is not None)


def amount_of(transfer: Transfer) -> int:
    """Return what was executed, else what was approved, in tyiyn."""
    amount = transfer.executed if transfer.executed is not None else transfer.approved
    return (amount or Som(0)).tyiyn


def last_day(transfer: Transfer) -> date:
    """Return the last day of the year that a figure is of."""
    return date(int(transfer.period.end[:4]), 12, 31)


def _family(territories: Iterable[str], changes: Sequence[Change]) -> frozenset[str]:
    """Return the territories with every unit they came from or went on as."""
    found = set(territories)
    while (
        more := {
            code
            for each in changes
            if each.successor and (each.soate in found) != (each.successor in found)
            for code in (each.soate, each.successor)
        }
        - found
    ):
        found |= more
    return frozenset(found)


def _newest(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Return the newest value of each unit; they come the earliest first."""
    return list({each.soate: each for each in indicators}.values())


def _dated(indicators: Iterable[Indicator]) -> list[Dated]:
    return [Dated(each.soate, each.number, each.on) for each in _newest(indicators)]


def _sources(stated: Mapping[IndicatorKind, Sequence[Indicator]]) -> tuple[Source, ...]:
    """Return each source of the indicators of these units, the newest day of a kind first."""
    counted: dict[tuple[IndicatorKind, date, str], int] = {}
    for kind, found in stated.items():
        for each in _newest(found):
            key = (kind, each.on, each.source)
            counted[key] = counted.get(key, 0) + 1
    order = list(stated)
    keys = sorted(counted, key=lambda key: (order.index(key[0]), -key[1].toordinal(), key[2]))
    return tuple(Source(*key, territories=counted[key]) for key in keys)


def unit_name(found: Knowledge, code: str) -> Named:
    """Name a unit with its code: two may bear one name."""
    name = found.names.get(code, NO_NAME)
    return Named(*(f"{name.text(language)} ({code})".strip() for language in ("ky", "ru", "en")))
