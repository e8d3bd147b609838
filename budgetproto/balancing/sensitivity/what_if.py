"""PURE: what becomes of the option if priorities or claims were others (method, 3.7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Option, Status
from budgetproto.balancing.rule import LARGEST_KAPPA, balance

#: The weights of priorities that are tried, in basis points.
WEIGHTS: Final = tuple(range(0, LARGEST_KAPPA + 1, 100))
#: By what part of the gap the claims of a region are tried to grow.
INFLATED_BY: Final = Fraction(1, 10)


@dataclass(frozen=True)
class Swept:
    """What each line is granted at one weight of priorities."""

    kappa: int
    granted: Mapping[str, int | None]


@dataclass(frozen=True)
class Inflation:
    """What every region gains or (below zero) pays if the claims of `region` were a tenth larger.

    Lines without a region are told under a blank name. None where the larger claims cannot be balanced.
    """

    region: str
    changes: Mapping[str, int] | None


def swept(lines: Sequence[Line], envelope: int | None, **settings: Any) -> tuple[Swept, ...]:
    """Return the option at every weight of priorities; `settings` are those of `balance`, without kappa."""
    tried = ((kappa, balance(lines, envelope, kappa=kappa, **settings)) for kappa in WEIGHTS)
    return tuple(
        Swept(kappa, {award.line: award.granted for award in option.lines}) for kappa, option in tried
    )


def inflation(lines: Sequence[Line], envelope: int | None, **settings: Any) -> tuple[Inflation, ...]:
    """Return, for each region in turn, who gains and who pays if its claims were a tenth larger."""
    before = _by_region(lines, balance(lines, envelope, **settings))
    found = []
    for region in sorted({line.region for line in lines if line.region}):
        grown = [inflated(line) if line.region == region else line for line in lines]
        found.append(
            Inflation(region, _changes(before, _by_region(grown, balance(grown, envelope, **settings))))
        )
    return tuple(found)


def inflated(line: Line) -> Line:
    """Return a claiming line with the LSG figure moved away from the Government's by a tenth of the gap.

    A fraction of a raw unit is rounded to the nearer whole, a half away from the Government's figure.

    >>> inflated(Line("roads", 100, 160)).lsg, inflated(Line("share", 12_000, 8_000, cost_sign=-1)).lsg
    (166, 7600)
    """
    if line.government is None or line.lsg is None or line.money(line.lsg) <= 0:
        return line
    gap = line.lsg - line.government
    more = int(abs(gap) * INFLATED_BY + Fraction(1, 2))
    return replace(line, lsg=line.lsg + (more if gap > 0 else -more))


def _by_region(lines: Sequence[Line], option: Option) -> Counter[str] | None:
    if option.status not in {Status.COMPLETE, Status.UNDISTRIBUTED}:
        return None
    money: Counter[str] = Counter()
    for line, award in zip(lines, option.lines, strict=True):
        money[line.region or ""] += award.granted or 0
    return money


def _changes(before: Counter[str] | None, after: Counter[str] | None) -> dict[str, int] | None:
    if before is None or after is None:
        return None
    return {region: after[region] - before[region] for region in sorted(before)}
