"""PURE: from two positions to a claim on the envelope: its size, its bounds, what is settled before."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple

from budgetproto.balancing.kernel.ladder import BASIS
from budgetproto.balancing.lines import Line, conflicting
from budgetproto.balancing.needs import bounded_by_need
from budgetproto.balancing.option import Reason


class Halved(NamedTuple):
    """Which bounds of a claim are its half."""

    lower: bool
    upper: bool

    def holds(self, *, below: bool, above: bool) -> bool:
        """Whether the half holds a claim that would stand below its lower or above its upper bound."""
        return (self.lower and (below or self.upper)) or (self.upper and above)


NOT_HALVED: Final = Halved(lower=False, upper=False)


@dataclass(frozen=True)
class Claim:
    """One line on the money scale, measured from the Government's position.

    `settled` is the reason of a line that takes no part in the sharing; `raw` its figure. `outside` is the
    money beyond both positions: releases and savings below zero, excesses above. `statutory` is the money the
    law's own bound demands, whether or not the line is protected. `near` and `far` are `lower` and `upper` as
    distances from the Government's position in raw units. `slope` and `offset` are what the rule puts into
    the kernel: at a common rate the claim wants `slope * (rate + shift) + offset` of money. `halved` says
    which bounds are the half of the claim, which rule D passes only when every claim has got it.
    """

    line: Line
    size: int | None = None
    lower: int = 0
    upper: int = 0
    near: int = 0
    far: int = 0
    shift: int = 0
    slope: int = 0
    offset: int = 0
    halved: Halved = NOT_HALVED
    outside: int = 0
    statutory: int = 0
    settled: Reason | None = None
    raw: int | None = None
    details: dict[str, int | Fraction] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the line claims a part of the envelope."""
        return self.settled is None and self.size is not None and self.size > 0

    @property
    def movable(self) -> bool:
        """Whether the claim is open and its bounds leave something to decide."""
        return self.open and self.lower < self.upper

    @property
    def origin(self) -> int:
        """The Government's position on the money scale of a line that moves by the quantum."""
        return self.line.cost_sign * (self.line.government or 0)

    def wanted(self, rate: Fraction) -> Fraction:
        """Return the unbounded, unrounded money at a common rate."""
        return self.slope * (rate + Fraction(self.shift, BASIS)) + self.offset

    def key(self, money: int | Fraction) -> Fraction:
        """Return the common rate at which the claim wants this money."""
        return Fraction(BASIS * (money - self.offset) - self.slope * self.shift, BASIS * self.slope)

    def at(self, rate: Fraction) -> Fraction:
        """Return the money at a common rate, inside the bounds, without rounding."""
        return min(max(self.wanted(rate), Fraction(self.lower)), Fraction(self.upper))

    def held_by(self, rate: Fraction) -> Reason | None:
        """Name what keeps the line from following the common rate; None where it follows it."""
        up, down = (Reason.FLOOR, Reason.CAP) if self.line.cost_sign == 1 else (Reason.CAP, Reason.FLOOR)
        wanted = self.wanted(rate)
        if conflicting(self.line):
            return Reason.CONFLICT
        if self.outside:
            return up if self.outside > 0 else down
        if self.line.protected:
            return Reason.PROTECTED
        if self.halved.holds(below=wanted < self.lower, above=wanted > self.upper):
            return Reason.HALF
        if wanted > self.upper:
            return Reason.CAP if self.upper == self.size else down
        if self.lower == self.upper:
            return up if self.lower else down
        return up if wanted < self.lower and self.lower else None

    def raw_at(self, money: int) -> int:
        """Return the raw figure of a money line at which the State pays `money` more."""
        return (self.line.government or 0) + self.line.cost_sign * money


def to_claim(line: Line, *, kappa: int) -> Claim:
    """Classify one line (method, edge cases): a claim, or settled with its reason; its need bounds it."""
    line = bounded_by_need(line)
    if line.government is None or line.lsg is None:
        return Claim(line, settled=Reason.NO_POSITION, raw=line.government)
    if line.money_per_unit == 0 and line.government != line.lsg:
        return Claim(line, size=0, settled=Reason.NON_MONETARY, shift=_shift(line, kappa))
    size = line.money(line.lsg)
    if size <= 0:
        return _settled(line, size)
    return _claiming(line, size, _shift(line, kappa))


def _shift(line: Line, kappa: int) -> int:
    """Return the priority shift in whole basis points, a half rounded away from zero."""
    exact = kappa * (line.priority_lsg - line.priority_government)
    rounded = (2 * abs(exact) + BASIS) // (2 * BASIS)
    return rounded if exact >= 0 else -rounded


def _bounds(line: Line) -> tuple[int | None, int | None]:
    """Return floor and cap; where they contradict each other the law's floor holds alone, on both sides."""
    return (line.floor, line.floor) if conflicting(line) else (line.floor, line.cap)


def _settled(line: Line, size: int) -> Claim:
    """Settle an agreed line, or a release (the LSG side asks for less), unless a bound forbids the figure."""
    floor, cap = _bounds(line)
    raw = agreed = line.lsg if line.lsg is not None else 0
    reason = Reason.RELEASED if size < 0 else Reason.AGREED
    if floor is not None and raw < floor:
        raw, reason = floor, Reason.FLOOR
    if cap is not None and raw > cap:
        raw, reason = cap, Reason.CAP
    if conflicting(line) and floor is not None:
        raw, reason = floor, Reason.CONFLICT
    return Claim(
        line,
        size=size,
        outside=line.money(raw),
        statutory=max(line.money(raw), 0),
        settled=reason,
        raw=raw,
        details=_references(line) | ({"would_be": agreed} if raw != agreed else {}),
    )


def _claiming(line: Line, size: int, shift: int) -> Claim:
    """Move floor and cap to the money scale; what lies beyond both positions is taken or saved beforehand."""
    floor, cap = _bounds(line)
    least, most = (floor, cap) if line.cost_sign == 1 else (cap, floor)
    low = line.money(least) if least is not None else 0
    high = line.money(most) if most is not None else size
    gap = abs((line.lsg or 0) - (line.government or 0))
    near, far = _distance(line, least, 0, gap), _distance(line, most, gap, gap)
    near = far if line.protected else near
    outside = max(low - size, 0) + min(high, 0)
    return Claim(
        line,
        size,
        lower=line.money_over(near),
        upper=line.money_over(far),
        near=near,
        far=far,
        shift=shift,
        slope=size,
        outside=outside,
        statutory=min(max(low, 0), size) + max(outside, 0),
        details=_references(line),
    )


def _distance(line: Line, bound: int | None, unbounded: int, gap: int) -> int:
    """Return how far from the Government's position a bound lies, cut to the gap, in raw units."""
    if bound is None:
        return unbounded
    return min(max(line.cost_sign * (bound - (line.government or 0)), 0), gap)


def _references(line: Line) -> dict[str, int | Fraction]:
    """Return the floor, the cap and the need that a sentence may have to quote."""
    stated = {"floor": line.floor, "cap": line.cap, "need": line.need}
    return {name: value for name, value in stated.items() if value is not None}
