"""PURE: how unequal the recipients are per resident, before and after an option (method, 1.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, fsum, log, sqrt

from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Option
from budgetproto.balancing.sharing.recipients import recipient_of

#: Theil and Atkinson have no exact value; they are given with so many decimals.
_DECIMALS = 10
#: Below this part of the mean a recipient counts as poor.
_POOR = Fraction(3, 5)


@dataclass(frozen=True)
class Capacity:
    """A recipient's residents and its money: own revenue before, and with what the option adds after."""

    recipient: str
    population: int
    before: int
    after: int | None


@dataclass(frozen=True)
class Equity:
    """The measures of one state, weighted by residents; None where a measure does not exist.

    `gini`, `ratio` (largest by smallest) and `poor` (residents below 60 % of the mean) are exact.
    """

    gini: Fraction | None
    theil: float | None
    atkinson_half: float | None
    atkinson_one: float | None
    ratio: Fraction | None
    poor: Fraction | None


def capacities(option: Option, lines: Sequence[Line]) -> tuple[Capacity, ...]:
    """Return the recipients whose residents and own revenue are known and stated once, by name.

    after = own revenue + the sum of what the State pays more on its lines; of a cut, what it pays less.
    Like the levels of rule E, it leaves out what the Government's position pays already.
    """
    recommended, sign = option.totals.granted is not None, -1 if option.cut else 1
    granted = {award.line: sign * (award.granted or 0) for award in option.lines}
    return tuple(
        Capacity(name, people, own, own + sum(granted[line.line] for line in inside) if recommended else None)
        for name, people, own, inside in _known(lines)
    )


def equity(levels: Sequence[tuple[int, Fraction]]) -> Equity:
    """Return the measures of (residents, money per resident); Gini needs no level below zero.

    >>> equity([(1, Fraction(level)) for level in range(1, 6)]).gini
    Fraction(4, 15)
    """
    people, total = sum(w for w, _ in levels), sum((w * z for w, z in levels), Fraction(0))
    if not people or total <= 0 or min(z for _, z in levels) < 0:
        return Equity(None, None, None, None, None, None)
    mean, least = total / people, min(z for _, z in levels)
    return Equity(
        gini=_gini(levels, people, total),
        theil=_theil(levels, people, mean) if least > 0 else None,
        atkinson_half=_atkinson_half(levels, people, mean) if least > 0 else None,
        atkinson_one=_atkinson_one(levels, people, mean) if least > 0 else None,
        ratio=max(z for _, z in levels) / least if least > 0 else None,
        poor=Fraction(sum(w for w, z in levels if z < _POOR * mean), people),
    )


def equity_before(found: Sequence[Capacity]) -> Equity:
    """Return the measures of own revenue / population."""
    return equity([(each.population, Fraction(each.before, each.population)) for each in found])


def equity_after(found: Sequence[Capacity]) -> Equity | None:
    """Return the measures of (own revenue + granted) / population; None without a recommendation."""
    levels = [
        (each.population, Fraction(each.after, each.population)) for each in found if each.after is not None
    ]
    return equity(levels) if len(levels) == len(found) else None


def _known(lines: Sequence[Line]) -> Iterator[tuple[str, int, int, list[Line]]]:
    inside: dict[str, list[Line]] = {}
    for line in lines:
        inside.setdefault(recipient_of(line), []).append(line)
    for name in sorted(inside):
        people = {line.population for line in inside[name]} - {None}
        own = {line.own_revenue for line in inside[name]} - {None}
        if len(people) == len(own) == 1:
            yield name, people.pop() or 0, own.pop() or 0, inside[name]


def _gini(levels: Sequence[tuple[int, Fraction]], people: int, total: Fraction) -> Fraction:
    """Return 1 - sum w(2 S - w z) / (W S_all), levels ascending, S the sum of w z so far."""
    area = reached = Fraction(0)
    for w, z in sorted(levels, key=lambda level: level[1]):
        reached += w * z
        area += w * (2 * reached - w * z)
    return 1 - area / (people * total)


def _theil(levels: Sequence[tuple[int, Fraction]], people: int, mean: Fraction) -> float:
    """Return sum w (z/mean) ln(z/mean) / W."""
    return round(fsum(w * float(z / mean) * log(z / mean) for w, z in levels) / people, _DECIMALS)


def _atkinson_half(levels: Sequence[tuple[int, Fraction]], people: int, mean: Fraction) -> float:
    """Return 1 - (sum w sqrt(z/mean) / W) squared."""
    return round(1 - (fsum(w * sqrt(z / mean) for w, z in levels) / people) ** 2, _DECIMALS)


def _atkinson_one(levels: Sequence[tuple[int, Fraction]], people: int, mean: Fraction) -> float:
    """Return 1 - the geometric mean of z/mean."""
    return round(1 - exp(fsum(w * log(z / mean) for w, z in levels) / people), _DECIMALS)
