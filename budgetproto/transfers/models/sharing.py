"""PURE: revenue sharing: what a deduction norm leaves of each shared tax where it was collected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import numpy as np

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import WHOLE, IntArray, column, shares

#: Hundredths of a percent: one norm for all, or one for each territory.
Norm: TypeAlias = "int | IntArray"


@dataclass(frozen=True, eq=False)
class Shared:
    """What stays in each territory and what goes to the republic; both add up to what was collected."""

    label: ClassVar[str] = "transfers.models.computed"
    collected: IntArray
    own: IntArray
    republican: IntArray
    by_tax: Mapping[str, IntArray]


def share(collected: Mapping[str, IntArray], norms: Mapping[str, Norm]) -> Shared:
    """Split each collected tax by its norm, rounded down to the tyiyn; the rest goes to the republic.

    A tax without a norm is refused: that nothing of it is left is a norm of zero, and somebody must say so.

    >>> found = share({"income": np.array([1_000_01, 300])}, {"income": 5_000})
    >>> found.own, found.republican
    (array([50000,   150]), array([50001,   150]))
    """
    unknown = sorted(set(collected) - set(norms))
    if unknown or not collected:
        raise BadInput(Problem("transfers.models.no_norm", {"items": ", ".join(unknown)}))
    columns = {tax: column(amounts, tax) for tax, amounts in collected.items()}
    by_tax = {tax: _part(amounts, norms[tax]) for tax, amounts in columns.items()}
    whole, own = _added(columns), _added(by_tax)
    return Shared(collected=whole, own=own, republican=whole - own, by_tax=by_tax)


def _part(amounts: IntArray, norm: Norm) -> IntArray:
    if isinstance(norm, int):
        _require(0 <= norm <= WHOLE)
        return shares(amounts, norm, WHOLE)
    _require(bool(norm.size == 0 or (norm.min() >= 0 and norm.max() <= WHOLE)))
    whole, rest = np.divmod(amounts, WHOLE)
    return whole * norm + rest * norm // WHOLE


def _require(holds: bool) -> None:
    if not holds:
        raise BadInput(Problem("transfers.models.bad_norm"))


def _added(columns: Mapping[str, IntArray]) -> IntArray:
    """Add the columns; the sum of one territory is bounded as each amount is."""
    parts = list(columns.values())
    added = np.zeros_like(parts[0])
    for part in parts:
        added = column(added + part, "collected")
    return added
