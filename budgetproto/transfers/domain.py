"""PURE: territories, indicators, kinds of transfers and transfers, and where their figures do not close."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from budgetproto.i18n.languages import Named
from budgetproto.money import Som

TerritoryKind = Literal[
    "oblast", "republican_city", "district", "oblast_city", "city_district",
    "district_city", "aiyl_aimak", "urban_settlement", "village_under_city", "village",
]  # fmt: skip
ChangeKind = Literal["renamed", "merged", "split", "rank"]
IndicatorKind = Literal[
    "population", "own_revenue", "children", "pensioners", "disabled", "benefit_recipients"
]  # fmt: skip
#: How far a legal basis is known: read in its source, seen in a report only, or recalled from no source.
BasisStatus = Literal["read", "reported", "recalled"]

CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = get_args(ChangeKind)
TERRITORY_KINDS: Final[tuple[TerritoryKind, ...]] = get_args(TerritoryKind)
INDICATOR_KINDS: Final[tuple[IndicatorKind, ...]] = get_args(IndicatorKind)
#: The indicators that are money; all others count people.
MONEY_INDICATORS: Final[frozenset[IndicatorKind]] = frozenset({"own_revenue"})
#: The indicators that count a vulnerable group among the residents.
VULNERABLE_GROUPS: Final[tuple[IndicatorKind, ...]] = (
    "children", "pensioners", "disabled", "benefit_recipients"
)  # fmt: skip

NO_NAME: Final = Named()


@dataclass(frozen=True)
class Territory:
    """A unit with an official code; `as_of` is when the source described it, its validity may be unknown.

    `name_source` names who gave the Kyrgyz name; `self_governing` says that it has its own local budget.
    """

    soate: str
    level: int
    kind: TerritoryKind
    name: Named
    parent: str | None
    as_of: str
    self_governing: bool = False
    name_source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: Named = NO_NAME

    @property
    def oblast(self) -> str:
        """The code of the oblast or republican city it lies in."""
        return oblast_code(self.soate)


@dataclass(frozen=True)
class Change:
    """What became of a territory: a new name, a merger, a split, a rank; what is not known is empty."""

    soate: str
    kind: ChangeKind
    source: str
    on: date | None = None
    name: Named = NO_NAME
    successor: str | None = None
    note: Named = NO_NAME


@dataclass(frozen=True)
class Indicator:
    """A dated, sourced value of a territory: residents, a group of them, or the own revenue of its budget."""

    soate: str
    kind: IndicatorKind
    value: int | Som
    on: date
    source: str

    def __post_init__(self) -> None:
        if isinstance(self.value, Som) != (self.kind in MONEY_INDICATORS):
            raise TypeError("people are counted, revenue is money")

    @property
    def number(self) -> int:
        """The value as a whole number: people, or tyiyn."""
        return self.value.tyiyn if isinstance(self.value, Som) else self.value


@dataclass(frozen=True)
class TransferKind:
    """A kind of transfer with its legal basis, who gives it, and what is not known of it."""

    code: str
    name: Named
    basis: Named
    unknown: Named
    status: BasisStatus
    sources: tuple[str, ...]
    number: str = ""
    part_of: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    version: int = 1


@dataclass(frozen=True)
class Period:
    """Whole months, both included, as "2025-01" and "2025-07"."""

    start: str
    end: str

    def __post_init__(self) -> None:
        if date.fromisoformat(f"{self.start}-01") > date.fromisoformat(f"{self.end}-01"):
            raise ValueError("a period ends after it began")

    def __str__(self) -> str:
        return self.start if self.start == self.end else f"{self.start} — {self.end}"


@dataclass(frozen=True)
class Transfer:
    """One kind of money to one territory in one period, as one source has it.

    `territory` is None for the whole republic; `kind` is None for the total a source states. `counted` is
    False for a figure that repeats part of another or stands beside the total. Not stated is None.
    """

    territory: str | None
    kind: str | None
    words: Named
    period: Period
    source: str
    planned: Som | None = None
    approved: Som | None = None
    executed: Som | None = None
    counted: bool = True
    source_language: str = ""
    note: Named = NO_NAME

    @property
    def key(self) -> str:
        """Return what identifies the figure in its source, whatever its amount."""
        period = str(self.period)
        return transfer_key(
            self.territory or "", self.kind or "", self.words.ky, self.words.ru, period, self.source
        )


@dataclass(frozen=True)
class Unclosed:
    """A total that its visible components do not add up to: both numbers, and what lies between."""

    territory: str | None
    period: Period
    source: str
    stated: Som
    visible: Som

    @property
    def missing(self) -> Som:
        """What the components lack; negative when they exceed the total."""
        return self.stated - self.visible


def transfer_key(*parts: str) -> str:
    """Return the key of what identifies a figure: territory, kind, words in ky and ru, period, source."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def data_problems(transfers: Iterable[Transfer]) -> tuple[Unclosed, ...]:
    """Return each stated total that its components do not add up to; one without components is fine.

    >>> year = Period("2025-01", "2025-08")
    >>> total = Transfer("41706000000000", None, Named(), year, "paper", executed=Som(67_020))
    >>> part = Transfer("41706000000000", "equalization", Named(), year, "paper", executed=Som(64_190))
    >>> data_problems([total, part])[0].missing
    Som(tyiyn=2830)
    """
    reports: dict[tuple[str | None, Period, str], list[Transfer]] = {}
    for transfer in transfers:
        reports.setdefault((transfer.territory, transfer.period, transfer.source), []).append(transfer)
    found = (_unclosed(report) for report in reports.values())
    return tuple(problem for problem in found if problem)


def per_head(amount: Som | None, population: Indicator | None) -> Som | None:
    """Return the amount per head, to the nearest tyiyn; None, no data, when either is not known.

    >>> per_head(Som(100), Indicator("417", "population", 3, date(2021, 4, 1), "census"))
    Som(tyiyn=33)
    >>> per_head(Som(100), None)
    """
    if amount is None or population is None or not isinstance(population.value, int) or population.value < 1:
        return None
    return Som((2 * amount.tyiyn + population.value) // (2 * population.value))


def oblast_code(soate: str) -> str:
    """Return the code of the oblast or republican city that a code begins with.

    >>> oblast_code("41706255808000")
    '41706000000000'
    """
    return soate[:5] + "000000000"


def has_odd_code(soate: str, parent: str | None) -> bool:
    """Tell whether a code does not begin as that of the oblast or city above it does.

    >>> has_odd_code("41700000000021", "41721000000000")
    True
    """
    return parent is not None and soate[:5] != parent[:5]


def _unclosed(report: list[Transfer]) -> Unclosed | None:
    stated = [transfer.executed for transfer in report if transfer.kind is None]
    parts = [transfer.executed for transfer in report if transfer.kind is not None and transfer.counted]
    if len(stated) != 1 or stated[0] is None or not parts:
        return None
    visible = Som.total(part for part in parts if part is not None)
    first = report[0]
    if visible == stated[0]:
        return None
    return Unclosed(first.territory, first.period, first.source, stated[0], visible)
