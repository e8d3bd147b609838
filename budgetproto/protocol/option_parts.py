"""PURE: what a version of the option tells beside its lines."""

from dataclasses import dataclass
from typing import Literal

from budgetproto.i18n.languages import Named
from budgetproto.money import Som


@dataclass(frozen=True)
class Served:
    """What the money at hand would suffice for on one line, in one tier: floor, protected, other."""

    line: int
    tier: str
    need: Som
    granted: Som


@dataclass(frozen=True)
class Lifted:
    """What equalization does for one recipient: own revenue per resident before and after, in money."""

    name: Named
    population: int
    granted: Som
    before: Som
    after: Som


@dataclass(frozen=True)
class PerResident:
    """What every question that no limit holds gains or gives up per resident, or everybody's level."""

    what: Literal["gain", "shortfall", "level"]
    money: Som
