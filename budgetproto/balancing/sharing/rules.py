"""PURE: what each rule puts into the kernel for one claim (method, 3.6): the rules differ in nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.errors import IndicatorMissing

#: A equal gap-closing, B equal gain and C equal shortfall per resident, D half and half, E equalization,
#: F the package of priorities, M the midpoint.
RULES: Final = ("A", "B", "C", "D", "E", "F", "M")
#: Rules that count residents, and those that count what they have beside it.
PER_RESIDENT: Final = frozenset("BCDE")
#: What each of them has to know of a recipient.
COUNTED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "B": ("population",),
        "C": ("population",),
        "D": ("population",),
        "E": ("population", "own_revenue"),
    }
)
#: Rules that share at one rate, and so can keep limits that cross.
CAN_CROSS: Final = frozenset("ABC")
#: Rules that know the priorities of the two sides.
_WITH_PRIORITIES: Final = frozenset("AF")


def weight(rule: str, kappa: int) -> int:
    """Return the weight of priorities under a rule: those that count residents know none."""
    return kappa if rule in _WITH_PRIORITIES else 0


def gain_per_resident(claim: Claim) -> Claim:
    """Let each resident gain the same: `population * rate`."""
    return replace(claim, slope=_population(claim), offset=0)


def shortfall_per_resident(claim: Claim) -> Claim:
    """Let each resident give up the same: `claim + population * rate`, at rates of zero and below."""
    return replace(claim, slope=_population(claim), offset=claim.size or 0)


def _same(claim: Claim) -> Claim:
    return claim


#: How a claim enters the kernel. Under D it enters as under B below the half, and as under C above it;
#: under E as under A, inside the total of its recipient.
ENTERS: Final[Mapping[str, Callable[[Claim], Claim]]] = MappingProxyType(
    {
        "A": _same,
        "B": gain_per_resident,
        "C": shortfall_per_resident,
        "D": gain_per_resident,
        "E": _same,
        "F": _same,
        "M": _same,
    }
)


def _population(claim: Claim) -> int:
    if claim.line.population is None:
        raise IndicatorMissing(line=claim.line.line, indicator="population")
    return claim.line.population
