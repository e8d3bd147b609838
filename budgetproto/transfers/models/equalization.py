"""PURE: an indicative equalization: one coverage coefficient for every gap between need and potential.

It is not the statutory calculation. The law's formula stands in an annex that is not at hand; this one only
shows which way a changed fund, need or coefficient moves money.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

import numpy as np

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import WHOLE, IntArray, beyond, column, shares, total

#: A hundred soms: transfers are paid in tenths of a thousand soms.
QUANTUM: Final = 10_000


@dataclass(frozen=True, eq=False)
class Equalization:
    """What each territory gets, with the coefficient in common; `label` goes wherever the figures go.

    `transfers` are whole quanta and add up to `payable`, the smaller one of fund and covered gaps rounded
    down to the quantum; `rest` is what the rounding left of it.
    """

    label: ClassVar[str] = "transfers.models.indicative"
    need: IntArray
    potential: IntArray
    gap: IntArray
    transfers: IntArray
    coverage: Fraction
    payable: int
    rest: int


def equalize(
    territories: Sequence[str],
    *,
    need: Sequence[int] | IntArray,
    potential: Sequence[int] | IntArray,
    fund: int | None,
    coverage: int = WHOLE,
    quantum: int = QUANTUM,
    coefficients: Sequence[IntArray] = (),
) -> Equalization:
    """Share the fund over the gaps: `gap = max(0, need - potential)`, `k = min(1, fund / sum of gaps)`.

    `coverage` is the largest k there may be, in hundredths of a percent; without a fund it decides alone.
    Each gets `k * gap` rounded down to the quantum; the quanta left over go one each to the largest gaps, of
    equal ones to the lower code. A coefficient multiplies the need, in hundredths of a percent.

    >>> found = equalize(["A", "B"], need=[9_000, 5_000], potential=[3_000, 2_000], fund=4_000, quantum=100)
    >>> found.transfers, found.coverage
    (array([2700, 1300]), Fraction(4, 9))
    """
    if (fund is not None and fund < 0) or quantum < 1 or not 0 <= coverage <= WHOLE:
        raise BadInput(Problem("transfers.models.bad_fund"))
    corrected = _corrected(column(need, "need"), coefficients)
    own = column(potential, "potential")
    gap = np.maximum(corrected - own, 0)
    gaps = total(gap)
    covered = gaps * coverage // WHOLE
    due = covered if fund is None else min(fund, covered)
    count = due // quantum
    quanta = shares(gap, count, gaps) if gaps else np.zeros_like(gap)
    quanta[_largest(gap, territories, count - total(quanta))] += 1
    return Equalization(
        need=corrected,
        potential=own,
        gap=gap,
        transfers=quanta * quantum,
        coverage=Fraction(due, gaps) if gaps else Fraction(1),
        payable=count * quantum,
        rest=due - count * quantum,
    )


def _corrected(need: IntArray, coefficients: Sequence[IntArray]) -> IntArray:
    """Multiply needs by one coefficient after the other, rounded down to the tyiyn."""
    for coefficient in coefficients:
        if coefficient.size and (coefficient.min() < 0 or coefficient.max() > 10 * WHOLE):
            raise beyond("coefficient")
        whole, rest = np.divmod(need, WHOLE)
        need = column(whole * coefficient + rest * coefficient // WHOLE, "need")
    return need


def _largest(gap: IntArray, territories: Sequence[str], count: int) -> IntArray:
    """Return the places of the largest gaps; of equal ones the lower code comes first."""
    if not count:
        return np.zeros(0, dtype=np.int64)
    return np.lexsort((np.array(territories), -gap))[:count]
