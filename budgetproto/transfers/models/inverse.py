"""PURE: from money back to a parameter: the largest value on its step that costs no more than is there."""

from collections.abc import Callable, Mapping
from typing import Final

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import LARGEST, WHOLE
from budgetproto.transfers.models.parameters import ParameterSet
from budgetproto.transfers.models.simulation import Data, simulate

#: The parameters whose money never falls when they grow, each with its step and its largest value. Others pay
#: now more and now less: a higher share of co-financing lets more projects in, or fewer.
STEPS: Final[Mapping[str, tuple[int, int]]] = {
    "norm": (1, WHOLE),
    "coefficient": (1, 10 * WHOLE),
    "coverage": (1, WHOLE),
    "unit_cost": (100, LARGEST),
    "fund": (10_000, LARGEST),
}


def value_for(data: Data, base: ParameterSet, parameter: str, money: int) -> int:
    """Return the largest value, whole steps above that of the base, whose money is `money` more at most.

    It is found by halving over whole steps, exactly, whatever the shape of the rise: the money never falls.
    A value beyond what the model can compute counts as too dear.
    """
    kind = parameter.partition(".")[0]
    if kind not in STEPS or parameter not in base.values:
        raise BadInput(Problem("transfers.models.not_monotone", {"parameter": parameter}))
    if money < 0:
        raise BadInput(Problem("transfers.models.money_below_zero"))
    step, largest = STEPS[kind]
    first, before = base.values[parameter], simulate(data, base).total
    steps = furthest(
        (largest - first) // step,
        lambda count: _total(data, base.with_value(parameter, first + count * step)),
        before + money,
    )
    return first + steps * step


def furthest(most: int, total: Callable[[int], int | None], allowed: int) -> int:
    """Return the largest count up to `most` whose total is allowed; none has no total, and is not allowed.

    >>> furthest(100, lambda count: count * count, 50)
    7
    """
    low, high = 0, max(most, 0)
    while low < high:
        middle = (low + high + 1) // 2
        found = total(middle)
        if found is not None and found <= allowed:
            low = middle
        else:
            high = middle - 1
    return low


def _total(data: Data, parameters: ParameterSet) -> int | None:
    try:
        return simulate(data, parameters).total
    except BadInput:
        return None
