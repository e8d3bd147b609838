"""PURE: delegated powers: what they cost at a unit cost, beside the money that was given for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import LARGEST, IntArray, beyond, column


@dataclass(frozen=True, eq=False)
class Delegated:
    """Need, funding, and on which side they miss each other, per territory."""

    label: ClassVar[str] = "transfers.models.computed"
    need: IntArray
    funding: IntArray
    shortfall: IntArray
    surplus: IntArray
    by_power: Mapping[str, IntArray]


def delegate(
    volumes: Mapping[str, IntArray], unit_costs: Mapping[str, int], funding: Mapping[str, IntArray]
) -> Delegated:
    """Multiply volumes by unit costs and set the funding of each power beside them.

    Each power is secured on its own: what is given too much for one covers no other. A power without funding
    got nothing; one without a unit cost is refused.

    >>> found = delegate({"civil": np.array([10, 4])}, {"civil": 500}, {"civil": np.array([4_000, 2_500])})
    >>> found.need, found.shortfall, found.surplus
    (array([5000, 2000]), array([1000,    0]), array([  0, 500]))
    """
    unknown = sorted({*volumes, *funding} - set(unit_costs))
    if unknown or not volumes:
        raise BadInput(Problem("transfers.models.no_unit_cost", {"items": ", ".join(unknown)}))
    empty = np.zeros_like(next(iter(volumes.values())))
    powers = sorted({*volumes, *funding})
    needs = {power: _cost(power, volumes.get(power, empty), unit_costs[power]) for power in powers}
    given = {power: column(funding.get(power, empty), power) for power in powers}
    return Delegated(
        need=_added(needs, empty),
        funding=_added(given, empty),
        shortfall=_added({power: np.maximum(needs[power] - given[power], 0) for power in powers}, empty),
        surplus=_added({power: np.maximum(given[power] - needs[power], 0) for power in powers}, empty),
        by_power=needs,
    )


def _cost(power: str, volume: IntArray, unit_cost: int) -> IntArray:
    column(volume, power)
    largest = int(volume.max()) if volume.size else 0
    if unit_cost < 0 or largest * unit_cost > LARGEST:
        raise beyond(power)
    return volume * unit_cost


def _added(columns: Mapping[str, IntArray], empty: IntArray) -> IntArray:
    added = empty
    for name, part in columns.items():
        added = column(added + part, name)
    return added
