"""PURE: what local communities get under each variant: of one line, and exactly added up by territory.

Whoever tells who gains and who loses, paper or page, has the sums from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.differences import is_agreed, money
from budgetproto.protocol.snapshot import Line
from budgetproto.transfers.models.arrays import BoolArray, IntArray, sums

#: What is set side by side: the law in force (what was approved last year), both sides, the balanced option,
#: and what was decided.
Variant = Literal["law", "government", "lsg", "balanced", "decided"]
VARIANTS: Final[tuple[Variant, ...]] = get_args(Variant)


def line_soms(line: Line, made: ComposedLine) -> tuple[int | None, ...]:
    """Return the tyiyn that communities get by one line under each variant; None is not known.

    Where a higher figure saves the State money they get less. What was voted down is no decision.
    """
    approved = money(line, line.approved_last_year.figure) if line.approved_last_year else None
    decided = made.decided.money if is_agreed(line) else None
    stated = (approved, made.government.money, made.lsg.money, made.computed.money, decided)
    return tuple(None if each is None else line.cost_sign * each.tyiyn for each in stated)


@dataclass(frozen=True, eq=False)
class Soms:
    """Rows of money, a column per variant; 0 stands where `known` says that nothing is stated."""

    amounts: IntArray
    known: BoolArray

    @classmethod
    def of(cls, rows: Sequence[Sequence[int | None]]) -> "Soms":
        """Return rows as columns; each row has an amount, or None, per variant."""
        shape = (len(rows), len(VARIANTS))
        known = np.array([[each is not None for each in row] for row in rows], dtype=np.bool_).reshape(shape)
        amounts = np.array([[each or 0 for each in row] for row in rows], dtype=np.int64).reshape(shape)
        return cls(amounts, known)

    def of_variant(self, variant: Variant, groups: IntArray, count: int) -> list[int | None]:
        """Return what each group gets under a variant: None where no row states it."""
        place = VARIANTS.index(variant)
        return _added(self.amounts[:, place], self.known[:, place], groups, count)

    def moved(self, against: Variant, variant: Variant, groups: IntArray, count: int) -> list[int | None]:
        """Return what each group gains from one variant to the other, over rows that state both."""
        there = self.both(against, variant)
        base, other = (self.amounts[:, VARIANTS.index(each)] for each in (against, variant))
        return _added(np.where(there, other - base, 0), there, groups, count)

    def both(self, against: Variant, variant: Variant) -> BoolArray:
        """Tell which rows state both variants."""
        found: BoolArray = self.known[:, VARIANTS.index(against)] & self.known[:, VARIANTS.index(variant)]
        return found


def counts(rows: BoolArray, groups: IntArray, count: int) -> list[int]:
    """Return how many of these rows each group has."""
    found: list[int] = np.bincount(groups[rows], minlength=count).tolist()
    return found


def _added(values: IntArray, there: BoolArray, groups: IntArray, count: int) -> list[int | None]:
    found = sums(np.where(there, values, 0), groups, count)
    stated = counts(there, groups, count)
    return [each if rows else None for each, rows in zip(found, stated, strict=True)]
