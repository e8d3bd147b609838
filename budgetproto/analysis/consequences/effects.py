"""PURE: what each territory gets and gains: per head, as a share of its own budget, against a threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from budgetproto.analysis.consequences.division import Gathered
from budgetproto.errors import BadInput, Problem
from budgetproto.protocol.by_territory import VARIANTS, Variant
from budgetproto.transfers.models.arrays import IntArray

#: Beyond this the difference of two amounts might not fit 64 bits.
LARGEST: Final = 2**62
#: Hundredths of a percent in the whole.
_WHOLE: Final = 10_000

#: What became of a territory against the threshold; empty where nothing did, or where data is missing.
Crossing = Literal["", "newly_below", "newly_above"]


@dataclass(frozen=True)
class Lens:
    """What is looked at: one variant against another, and the threshold in hundredths of a percent."""

    against: Variant
    variant: Variant
    threshold: int


@dataclass(frozen=True)
class Facts:
    """What is known of territories, by code: who is not named has no data.

    `groups` counts vulnerable groups, by kind.
    """

    population: Mapping[str, int] = field(default_factory=dict)
    revenue: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Effect:
    """One territory: its tyiyn under each variant, what it gains, and what that means; None is no data.

    `per_head` is to the nearest tyiyn, `of_revenue` in hundredths of a percent of its own revenue. `lines`
    counts the rows on which both variants looked at are known, of `all_lines`.
    """

    territory: str
    soms: tuple[int | None, ...]
    change: int | None
    lines: int
    all_lines: int
    per_head: int | None
    of_revenue: int | None
    below_before: bool | None = None
    below_after: bool | None = None

    @property
    def crossing(self) -> Crossing:
        """Tell whether it falls below the threshold, or rises above it."""
        if self.below_before is None or self.below_before == self.below_after:
            return ""
        return "newly_below" if self.below_after else "newly_above"


@dataclass(frozen=True)
class Effects:
    """Every territory, and those that lose most or gain least; the sums of parts are made of these rows.

    `bar` is the threshold as tyiyn per head, rounded for reading; None where no territory has the data.
    """

    rows: tuple[Effect, ...]
    bar: int | None

    def worst(self, most: int = 10) -> tuple[Effect, ...]:
        """Return the territories that lose most, or gain least; equal ones by code."""
        known = [(each.change, each.territory, each) for each in self.rows if each.change is not None]
        return tuple(each for *_, each in sorted(known, key=lambda found: found[:2])[:most])


def effects(found: Gathered, lens: Lens, facts: Facts) -> Effects:
    """Work out what one variant means for each territory against another."""
    count = len(found.territories)
    _check(found)
    soms = [found.soms.of_variant(variant, found.unit_of, count) for variant in VARIANTS]
    there = found.soms.both(lens.against, lens.variant)
    change = found.soms.moved(lens.against, lens.variant, found.unit_of, count)
    lines = np.bincount(found.unit_of[there], minlength=count).tolist()
    every = np.bincount(found.unit_of, minlength=count).tolist()
    base = _base(found, lens, count)
    bar = _Bar.of(found.territories, base, facts, lens.threshold)
    rows = tuple(
        Effect(
            territory=code,
            soms=tuple(amounts[place] for amounts in soms),
            change=change[place],
            lines=lines[place],
            all_lines=every[place],
            per_head=nearest(change[place], facts.population.get(code)),
            of_revenue=points(change[place], facts.revenue.get(code)),
            below_before=bar.below(code, base[place]),
            below_after=bar.below(code, _sum(base[place], change[place])),
        )
        for place, code in enumerate(found.territories)
    )
    return Effects(rows, bar.per_head)


def nearest(amount: int | None, parts: int | None) -> int | None:
    """Return an amount per part to the nearest tyiyn, a half away from zero; None where one is not known.

    >>> nearest(-5, 2), nearest(7, 2), nearest(7, None)
    (-3, 4, None)
    """
    if amount is None or not parts or parts < 0:
        return None
    found = (2 * abs(amount) + parts) // (2 * parts)
    return -found if amount < 0 else found


def points(amount: int | None, whole: int | None) -> int | None:
    """Return an amount as hundredths of a percent of a whole, to the nearest.

    >>> points(-1, 3), points(10**15, 1), points(5, 0)
    (-3333, 10000000000000000000, None)
    """
    return nearest(None if amount is None else amount * _WHOLE, whole)


@dataclass(frozen=True)
class _Bar:
    """The threshold: so much per head as a share of the mean of all territories that have the data.

    It is the mean before the change, so that nobody falls below it because others rise.
    """

    facts: Facts
    resources: int
    people: int
    threshold: int

    @classmethod
    def of(
        cls, territories: Sequence[str], base: Sequence[int | None], facts: Facts, threshold: int
    ) -> "_Bar":
        whole = [
            (own + money, people)
            for code, money in zip(territories, base, strict=True)
            if (own := facts.revenue.get(code)) is not None
            and (people := facts.population.get(code))
            and money is not None
        ]
        return cls(facts, sum(each for each, _ in whole), sum(people for _, people in whole), threshold)

    @property
    def per_head(self) -> int | None:
        return nearest(self.resources * self.threshold, self.people * _WHOLE)

    def below(self, code: str, money: int | None) -> bool | None:
        """Tell exactly, without rounding, whether own revenue and money per head lie below the threshold."""
        own, people = self.facts.revenue.get(code), self.facts.population.get(code)
        if own is None or not people or money is None or not self.people:
            return None
        return (own + money) * self.people * _WHOLE < self.threshold * self.resources * people


def _base(found: Gathered, lens: Lens, count: int) -> list[int | None]:
    """Return what each territory has under the variant compared with, over the rows that state both."""
    there = found.soms.both(lens.against, lens.variant)
    column = VARIANTS.index(lens.against)
    known = found.soms.known.copy()
    known[:, column] = there
    limited = type(found.soms)(found.soms.amounts, known)
    return limited.of_variant(lens.against, found.unit_of, count)


def _check(found: Gathered) -> None:
    """Refuse what no budget has; sums of what is left are exact."""
    amounts: IntArray = found.soms.amounts
    if amounts.size and (int(amounts.max()) > LARGEST or int(amounts.min()) < -LARGEST):
        raise BadInput(Problem("analysis.consequences.too_large"))


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
