"""PURE: a contested line as the balancing sees it, and what can be wrong with it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing.errors import (
    DuplicateLine,
    FloorAboveCap,
    GovernmentPriorityOutOfRange,
    NegativeMoneyPerUnit,
    PopulationNotPositive,
    PriorityOutOfRange,
    StepNotPositive,
    Unbalanceable,
    UnreadableCostSign,
)
from budgetproto.balancing.kernel.ladder import BASIS


@dataclass(frozen=True)
class Line:
    """Both positions on one line in raw units: money, or for a percentage line its own smallest unit.

    `None` is a position not stated; zero is a figure. `cost_sign` is -1 where raising the figure saves the
    State money. `money_per_unit` is the money one raw unit moves (0: no money effect); with a `step`, in raw
    units, the line moves by whole steps. Priorities are basis points, 0 to 10,000. `need` is the figure up
    to which a claim counts, documented or derived; the figure that was filed stays.
    """

    line: str
    government: int | None
    lsg: int | None
    floor: int | None = None
    cap: int | None = None
    protected: bool = False
    cost_sign: int = 1
    money_per_unit: int | Fraction = 1
    step: int | None = None
    priority_lsg: int = 0
    priority_government: int = 0
    region: str | None = None
    territory: str | None = None
    kind: str | None = None
    population: int | None = None
    own_revenue: int | None = None
    need: int | None = None

    @property
    def stepped(self) -> bool:
        """Whether the line moves by its own steps, not by the quantum of money."""
        return self.step is not None or self.money_per_unit != 1

    def money(self, raw: int) -> int:
        """Return what the State pays more at `raw` than at the Government's position.

        A fraction of a money unit is rounded to the nearer whole, a half away from zero, so that neither
        direction is favoured.

        >>> Line("L9", 12000, 8000, cost_sign=-1).money(8000)
        4000
        """
        distance = self.cost_sign * (raw - (self.government or 0))
        return self.money_over(distance) if distance >= 0 else -self.money_over(-distance)

    def money_over(self, distance: int) -> int:
        """Return the money of a distance of zero or more raw units, a half rounded up."""
        return int((2 * self.money_per_unit * distance + 1) // 2)


def faults(lines: Sequence[Line], *, on_conflict: str = "refuse") -> Iterator[tuple[int, Unbalanceable]]:
    """Yield every fault of the lines with the place of its line, in the order of the lines."""
    counted = Counter(line.line for line in lines)
    seen: set[str] = set()
    for place, line in enumerate(lines):
        if counted[line.line] > 1 and line.line in seen:
            yield place, DuplicateLine(line=line.line)
        seen.add(line.line)
        for fault in _faults_of(line, on_conflict):
            yield place, fault


def _faults_of(line: Line, on_conflict: str) -> Iterator[Unbalanceable]:
    name = line.line
    if on_conflict == "refuse" and conflicting(line):
        yield FloorAboveCap(line=name, floor=line.floor, cap=line.cap)
    if line.cost_sign not in {1, -1}:
        yield UnreadableCostSign(line=name, cost_sign=line.cost_sign)
    if line.money_per_unit < 0:
        yield NegativeMoneyPerUnit(line=name, money_per_unit=line.money_per_unit)
    if line.step is not None and line.step <= 0:
        yield StepNotPositive(line=name, step=line.step)
    if not 0 <= line.priority_lsg <= BASIS:
        yield PriorityOutOfRange(line=name, priority=line.priority_lsg)
    if not 0 <= line.priority_government <= BASIS:
        yield GovernmentPriorityOutOfRange(line=name, priority=line.priority_government)
    if line.population is not None and line.population <= 0:
        yield PopulationNotPositive(line=name, population=line.population)


def conflicting(line: Line) -> bool:
    """Say whether the floor stands above the cap."""
    return line.floor is not None and line.cap is not None and line.floor > line.cap


def serving_order(lines: Sequence[Line], shifts: Sequence[int] | None = None) -> list[int]:
    """Return each line's rank where keys are equal.

    First come protected lines, then the larger priority shift, then the lower capacity (own revenue per
    resident before the option, an unknown one last), then the id. The place in the list never counts.

    >>> serving_order([Line("b", 1, 2), Line("a", 1, 2), Line("c", 1, 2, protected=True)])
    [2, 1, 0]
    """
    given = shifts or [0] * len(lines)
    order = sorted(range(len(lines)), key=lambda place: _precedence(lines[place], given[place]))
    ranks = [0] * len(lines)
    for rank, place in enumerate(order):
        ranks[place] = rank
    return ranks


def _precedence(line: Line, shift: int) -> tuple[bool, int, bool, Fraction, str]:
    known = line.population is not None and line.own_revenue is not None
    capacity = Fraction(line.own_revenue or 0, line.population or 1) if known else Fraction(0)
    return not line.protected, -shift, not known, capacity, line.line
