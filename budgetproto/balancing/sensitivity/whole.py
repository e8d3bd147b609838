"""PURE: the sensitivity of an option as one value: every part, or why it does not apply."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from budgetproto.balancing.alternatives import Alternatives
from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Option, Status
from budgetproto.balancing.rule import balance
from budgetproto.balancing.sensitivity.curve import (
    Contest,
    Knot,
    Marginal,
    marginal,
    needed,
    protection,
    rate_curve,
)
from budgetproto.balancing.sensitivity.leaving import dropped
from budgetproto.balancing.sensitivity.spread import Disagreement, disagreement, spread
from budgetproto.balancing.sensitivity.what_if import Inflation, Swept, inflation, swept
from budgetproto.balancing.sharing.limits import Limit


class Absence(StrEnum):
    """Why a part of the sensitivity is not given."""

    NO_ENVELOPE = "no_envelope"
    INFEASIBLE = "infeasible"
    REFERENCE = "reference"
    CUT = "cut"
    OTHER_RULE = "other_rule"
    LIMITS = "limits"
    NOTHING_MOVES = "nothing_moves"
    NO_PRIORITIES = "no_priorities"


_WITHOUT_FIGURES: Final = {
    Status.NO_ENVELOPE: Absence.NO_ENVELOPE,
    Status.INFEASIBLE: Absence.INFEASIBLE,
    Status.REFERENCE: Absence.REFERENCE,
}


@dataclass(frozen=True)
class Sensitivity:
    """How the option answers to what may still change; `absent` says why a part is None."""

    curve: tuple[Knot, ...] | None
    needed: Mapping[Fraction, Fraction] | None
    marginal: Marginal | None
    protection: Fraction | None
    swept: tuple[Swept, ...] | None
    inflation: tuple[Inflation, ...] | None
    dropped: Mapping[str, Fraction | None] | None
    spread: Disagreement | None
    absent: Mapping[str, Absence]


def sensitivity(
    lines: Sequence[Line],
    envelope: int | None,
    *,
    rule: str = "A",
    quantum: int = 1,
    kappa: int = 0,
    limits: Sequence[Limit] = (),
    on_conflict: str = "refuse",
    compared: Alternatives | None = None,
) -> Sensitivity:
    """Compute every part that applies; lines that `balance` refuses are refused with the same fault.

    `compared` are the rules side by side where they have been computed already.

    >>> found = sensitivity([Line("roads", 100, 160), Line("schools", 200, 220)], 40)
    >>> found.marginal.parts["roads"], found.protection, list(found.absent)
    (Fraction(3, 4), Fraction(0, 1), ['swept'])
    """
    common: dict[str, Any] = {"quantum": quantum, "limits": limits, "on_conflict": on_conflict}
    option = balance(lines, envelope, rule=rule, kappa=kappa, **common)
    contest, money = Contest.of(lines, kappa=kappa), envelope or 0
    parts: dict[str, Callable[[], object]] = {
        "curve": lambda: rate_curve(contest),
        "needed": lambda: needed(contest),
        "marginal": lambda: marginal(contest, money),
        "protection": lambda: protection(contest, money),
        "swept": lambda: swept(lines, envelope, rule=rule, **common),
        "inflation": lambda: inflation(lines, envelope, rule=rule, kappa=kappa, **common),
        "dropped": lambda: dropped(lines, money, kappa=kappa),
        "spread": lambda: (
            spread(lines, envelope, kappa=kappa, **common)
            if compared is None
            else disagreement(compared.spans)
        ),
    }
    absent = {name: why for name in parts if (why := _absence(name, option, contest, limits))}
    if "swept" not in absent and not any(line.priority_lsg or line.priority_government for line in lines):
        absent["swept"] = Absence.NO_PRIORITIES
    values: dict[str, Any] = {name: None if name in absent else compute() for name, compute in parts.items()}
    return Sensitivity(**values, absent=absent)


#: The parts that hold of the common rate of rule A without limits, and those of them that ask no envelope.
_OF_ONE_RATE: Final = frozenset({"curve", "needed", "marginal", "protection", "dropped"})
_OF_ANY_ENVELOPE: Final = frozenset({"curve", "needed"})


def _absence(name: str, option: Option, contest: Contest, limits: Sequence[Limit]) -> Absence | None:
    """Return why a part does not apply, None where it does."""
    if option.cut:
        return Absence.CUT
    if name in _OF_ONE_RATE | {"swept"} and option.rule != "A":
        return Absence.OTHER_RULE
    if name in _OF_ONE_RATE and limits:
        return Absence.LIMITS
    if name in _OF_ONE_RATE and not contest.movable:
        return Absence.NOTHING_MOVES
    return None if name in _OF_ANY_ENVELOPE else _WITHOUT_FIGURES.get(option.status)
