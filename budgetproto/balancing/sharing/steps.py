"""PURE: lines that move by steps of their own (percentages, gaps below the quantum), settled first."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from budgetproto.balancing.claims import Claim


@dataclass(frozen=True)
class Stair:
    """A claim and the few distances from the Government's position, in raw units, it may stand at."""

    claim: Claim
    distances: Sequence[int]
    rank: int
    sub_quantum: bool
    place: int = 0

    @property
    def distance(self) -> int:
        """The distance it stands at, in raw units."""
        return self.distances[self.place]

    @property
    def raw(self) -> int:
        """The raw figure it stands at."""
        return (self.claim.line.government or 0) + self.claim.line.cost_sign * self.distance

    @property
    def money(self) -> int:
        """The money inside the claim it takes."""
        return self.money_at(self.place)

    def money_at(self, place: int) -> int:
        """Return the money inside the claim at one of its places."""
        return self.claim.line.money_over(self.distances[place])

    def key(self, place: int) -> Fraction:
        """Return the rate at which it steps from `place` to the next one: half way between them."""
        return self.claim.key(self._half_way(place))

    def at(self, rate: Fraction) -> "Stair":
        """Return it rounded to the nearer step at a common rate."""
        return replace(self, place=bisect_right(range(len(self.distances) - 1), rate, key=self.key))

    def under(self, bounded: Claim, rate: Fraction) -> "Stair":
        """Return it rounded to the nearer step at a rate of its claim as the rule bounded it."""
        claim = replace(self.claim, slope=bounded.slope, offset=bounded.offset)
        place = bisect_right(range(len(self.distances) - 1), bounded.at(rate), key=self._half_way)
        return replace(self, claim=claim, place=place)

    def _half_way(self, place: int) -> Fraction:
        """Return the money half way between `place` and the next one."""
        line, size = self.claim.line, self.claim.size or 0
        gap = abs((line.lsg or 0) - (line.government or 0))
        return Fraction(size * (self.distances[place] + self.distances[place + 1]), 2 * gap)

    @property
    def last_step(self) -> tuple[Fraction, int]:
        """The (key, rank) of the step that brought it here."""
        return self.key(max(self.place - 1, 0)) if len(self.distances) > 1 else Fraction(0), self.rank

    def lowered(self) -> "Stair":
        """Return it one step lower; from the lowest step it falls to its lower bound."""
        if self.place:
            return replace(self, place=self.place - 1)
        return replace(self, distances=(self.claim.near,), sub_quantum=True)


def to_stair(claim: Claim, *, quantum: int, rank: int) -> Stair | None:
    """Return the stair of a claim that cannot move by the quantum of money; None where it can."""
    if claim.line.stepped:
        return _stair(claim, step=claim.line.step or 1, rank=rank)
    stair = _stair(claim, step=quantum, rank=rank)
    return stair if stair.sub_quantum or claim.lower == claim.upper else None


def _stair(claim: Claim, *, step: int, rank: int) -> Stair:
    """Find the multiples of `step` between the bounds; where there is none, the bounds themselves."""
    low, high = claim.near, claim.far
    if low == high:
        return Stair(claim, (low,), rank, sub_quantum=False)
    first = -(-(claim.origin + low) // step) * step - claim.origin
    last = (claim.origin + high) // step * step - claim.origin
    if first > last:
        return Stair(claim, (low, high), rank, sub_quantum=True)
    return Stair(claim, range(first, last + 1, step), rank, sub_quantum=False)


def settle(stairs: Sequence[Stair], *, least: int, most: int) -> list[Stair]:
    """Mend stairs that were rounded at their rates by single steps until their money fits.

    More than `most` leaves too little for the other lines, less than `least` more than they can take. Steps
    are undone from the last in the order of (key, rank), and made from the first while a whole one fits. A
    line whose lowest step is still too dear keeps its lower bound, off its steps.
    """
    placed = list(stairs)
    while sum(stair.money for stair in placed) > most:
        chosen = max(_lowerable(placed), key=lambda i: placed[i].last_step)
        placed[chosen] = placed[chosen].lowered()
    while fitting := _raisable(placed, least - sum(stair.money for stair in placed)):
        chosen = min(fitting, key=lambda i: (placed[i].key(placed[i].place), placed[i].rank))
        placed[chosen] = replace(placed[chosen], place=placed[chosen].place + 1)
    return placed


def _lowerable(placed: list[Stair]) -> list[int]:
    """Return the stairs that can go down a step, or where none can, those above their lower bound."""
    return [i for i, stair in enumerate(placed) if stair.place > 0] or [
        i for i, stair in enumerate(placed) if stair.distance > stair.claim.near
    ]


def _raisable(placed: list[Stair], surplus: int) -> list[int]:
    return [
        i
        for i, stair in enumerate(placed)
        if surplus > 0
        and stair.place + 1 < len(stair.distances)
        and stair.money_at(stair.place + 1) - stair.money <= surplus
    ]
