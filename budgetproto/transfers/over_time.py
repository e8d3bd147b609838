"""PURE: figures of the units of one day recast to the units of another; what cannot be recast stands apart.

Units are joined by code, never by name. A unit that keeps its code when others join it, or when a part is
taken from it, has a change of its own with itself as successor.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from budgetproto.transfers.domain import Change, ChangeKind, Indicator

#: Why a figure cannot be recast: a change's day, successor or share is not known, changes of one day run in
#: a circle, or the later unit has a newer figure of its own.
Why = Literal["no_day", "no_successor", "no_share", "cycle", "newer_figure"]

#: Changes after which the figures of a unit belong to others.
_MOVING: Final[frozenset[ChangeKind]] = frozenset({"merged", "split"})


@dataclass(frozen=True)
class Dated:
    """A figure of a unit as it stood on a day: tyiyn, or people."""

    soate: str
    amount: int
    on: date


@dataclass(frozen=True)
class Step:
    """What one change did to the figure of one unit: `onto` has the units it went to and how much of it.

    `people` are the residents a figure was parted by; `back` tells that the change was undone, to the units
    of an earlier year.
    """

    kind: ChangeKind
    on: date
    was: str
    onto: tuple[tuple[str, int], ...]
    people: tuple[int, ...]
    back: bool
    source: str


@dataclass(frozen=True)
class Apart:
    """A figure that cannot be recast: it stands apart under the code it came to, and is never guessed."""

    soate: str
    amount: int
    why: Why


@dataclass(frozen=True)
class Recast:
    """Figures in the units asked for, and those apart; together they add up to what they were made of.

    `lacking` names for a unit the parts of it that have no figure: its own is less than the whole.
    """

    figures: Mapping[str, int]
    steps: tuple[Step, ...]
    apart: tuple[Apart, ...]
    lacking: Mapping[str, frozenset[str]]


def recast(
    figures: Iterable[Dated], to: date, changes: Iterable[Change], population: Iterable[Indicator] = ()
) -> Recast:
    """Recast figures, one of each unit, to the units as they stand at the end of a day.

    A figure of an earlier day follows the changes since, mergers adding up; one of a later day goes back.
    Where a figure has to be parted it is parted by residents, to the last tyiyn, else it stands apart.

    >>> joined = [Change("a", "merged", "law", date(2024, 1, 1), successor="c")]
    >>> recast([Dated("a", 5, date(2023, 12, 31))], date(2024, 12, 31), joined).figures
    {'c': 5}
    """
    given = sorted(figures, key=lambda each: (each.on, each.soate))
    if len({each.soate for each in given}) < len(given):
        raise ValueError("one figure of each unit")
    known, residents = tuple(changes), _Residents(population)
    swept = _Sweep(to, known, residents)
    for each in given:
        if why := _blocked(each, to, known):
            swept.apart.append(Apart(each.soate, each.amount, why))
    kept = [each for each in given if not _blocked(each, to, known)]
    swept.run([each for each in kept if each.on <= to], back=False)
    swept.run([each for each in reversed(kept) if each.on > to], back=True)
    return Recast(swept.pool, tuple(swept.steps), tuple(swept.apart), swept.lacking)


def parted(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Part an amount by weights exactly: what whole units leave over goes to the largest remainders.

    >>> parted(100, (1, 1, 1))
    (34, 33, 33)
    >>> parted(-7, (2, 1))
    (-5, -2)
    """
    whole = sum(weights)
    shares = [divmod(abs(amount) * weight, whole) for weight in weights]
    over = abs(amount) - sum(share for share, _ in shares)
    first = sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))[:over]
    sign = -1 if amount < 0 else 1
    return tuple(sign * (share + (place in first)) for place, (share, _) in enumerate(shares))


def lineage(soate: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return every change a unit came from or went on by, the earliest first, those without a day last."""
    known = tuple(changes)
    found = {*_chain(soate, known, back=False), *_chain(soate, known, back=True)}
    return tuple(sorted(found, key=lambda each: (each.on or date.max, each.soate, each.successor or "")))


def made_of(soate: str, changes: Iterable[Change]) -> frozenset[str]:
    """Return the codes of the units that a unit came from, however far back; not its own.

    >>> made_of("b", [Change("a", "merged", "law", successor="b")])
    frozenset({'a'})
    """
    return frozenset(change.soate for change in _chain(soate, tuple(changes), back=True)) - {soate}


def went_on_as(soate: str, changes: Iterable[Change]) -> frozenset[str]:
    """Return the codes of the units that a unit became, however far on; not its own."""
    chain = _chain(soate, tuple(changes), back=False)
    return frozenset(change.successor for change in chain if change.successor) - {soate}


def _chain(soate: str, changes: Sequence[Change], *, back: bool) -> Iterator[Change]:
    """Yield the changes that lead from a unit to what it became, or to what it was made of."""
    waiting, seen = [soate], {soate}
    while waiting:
        here = waiting.pop()
        for change in changes:
            at, beyond = (change.successor, change.soate) if back else (change.soate, change.successor)
            if at == here:
                yield change
                if beyond and beyond not in seen:
                    seen.add(beyond)
                    waiting.append(beyond)


def _blocked(figure: Dated, to: date, changes: Sequence[Change]) -> Why | None:
    """Tell why a figure cannot begin to move: too little is known of a change between both days."""
    first, last = sorted((figure.on, to))
    for change in changes:
        here = change.soate == figure.soate or (figure.on > to and change.successor == figure.soate)
        if not here or not (change.successor or change.kind in _MOVING):
            continue
        if change.on is None:
            # Within one year nothing is said to have changed.
            if first.year != last.year:
                return "no_day"
        elif change.successor is None and first < change.on <= last:
            return "no_successor"
    return None


class _Residents:
    """How many people a unit had after a change (as counted next), or before it (as counted last)."""

    def __init__(self, population: Iterable[Indicator]) -> None:
        self._of: dict[str, list[tuple[date, int]]] = {}
        for each in population:
            if each.kind == "population" and isinstance(each.value, int):
                self._of.setdefault(each.soate, []).append((each.on, each.value))

    def at(self, soate: str, day: date, *, before: bool) -> int | None:
        """Return the count nearest to a change on its own side of it, None where there is none."""
        counts = sorted(self._of.get(soate, []))
        if before:
            return next((people for on, people in reversed(counts) if on < day), None)
        return next((people for on, people in counts if on >= day), None)


Moves = dict[str, dict[str, Change]]


@dataclass
class _Sweep:
    """Goes through the days of changes and carries figures along."""

    to: date
    changes: Sequence[Change]
    residents: _Residents
    pool: dict[str, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    lacking: dict[str, frozenset[str]] = field(default_factory=dict)

    def run(self, figures: Sequence[Dated], *, back: bool) -> None:
        """Carry figures, in the order of their days, to the day asked for; those of the pool stand."""
        standing, self.pool = self.pool, {}
        waiting = list(figures)
        for day in self._days(back=back):
            while waiting and (waiting[0].on >= day if back else waiting[0].on < day):
                self._enter(waiting.pop(0))
            self._turn(day, self._moves(day, back=back), back=back)
        for figure in waiting:
            self._enter(figure)
        for code in sorted(standing.keys() & self.pool.keys()):
            self._set_apart(code, "newer_figure")
        self.pool = standing | self.pool

    def _days(self, *, back: bool) -> list[date]:
        days = {change.on for change in self.changes if change.on and change.successor}
        return sorted((day for day in days if (day > self.to) is back), reverse=back)

    def _moves(self, day: date, *, back: bool) -> Moves:
        """Return where the figures of each unit go on a day; who only keeps his code is left out."""
        moves: Moves = {}
        for change in sorted(self.changes, key=lambda each: (each.soate, each.successor or "")):
            if change.on == day and change.successor:
                here, beyond = change.soate, change.successor
                if back:
                    here, beyond = beyond, here
                moves.setdefault(here, {})[beyond] = change
        return moves

    def _enter(self, figure: Dated) -> None:
        """Take in a unit's own figure: what was carried to it before is not added to it."""
        if figure.soate in self.pool:
            self._set_apart(figure.soate, "newer_figure")
        self.pool[figure.soate] = figure.amount

    def _set_apart(self, code: str, why: Why) -> None:
        self.apart.append(Apart(code, self.pool.pop(code), why))
        self.lacking.pop(code, None)

    def _turn(self, day: date, moves: Moves, *, back: bool) -> None:
        order, stuck = _ordered(moves)
        for code in sorted(stuck & self.pool.keys()):
            self._set_apart(code, "cycle")
        came: dict[str, set[str]] = {}
        # Who keeps his code and had no figure before the others came is missing in the sum.
        missing = {code: {code} for code in moves if code in moves[code] and code not in self.pool}
        for code in order:
            lost = self.lacking.pop(code, frozenset())
            found = missing if not self._moved(code, day, moves[code], back=back) else came
            for beyond in moves[code]:
                found.setdefault(beyond, set()).add(code)
                if lost:
                    self.lacking[beyond] = self.lacking.get(beyond, frozenset()) | lost
        for code in came.keys() & missing.keys():
            self.lacking[code] = self.lacking.get(code, frozenset()) | missing[code]

    def _moved(self, code: str, day: date, onto: Mapping[str, Change], *, back: bool) -> bool:
        """Move the figure of a unit to those that follow it; tell whether there is one that can be moved."""
        if code not in self.pool:
            return False
        people = tuple(self.residents.at(beyond, day, before=back) or 0 for beyond in onto)
        if len(onto) > 1 and not all(people):
            self._set_apart(code, "no_share")
            return False
        amount = self.pool.pop(code)
        parts = parted(amount, people) if len(onto) > 1 else (amount,)
        for beyond, part in zip(onto, parts, strict=True):
            self.pool[beyond] = self.pool.get(beyond, 0) + part
        if set(onto) != {code}:
            self._tell(code, day, onto, parts=parts, people=people if len(onto) > 1 else (), back=back)
        return True

    def _tell(
        self,
        code: str,
        day: date,
        onto: Mapping[str, Change],
        *,
        parts: tuple[int, ...],
        people: tuple[int, ...],
        back: bool,
    ) -> None:
        first = next(iter(onto.values()))
        shares = tuple(zip(onto, parts, strict=True))
        self.steps.append(Step(first.kind, day, code, shares, people, back, first.source))


def _ordered(moves: Moves) -> tuple[list[str], set[str]]:
    """Return the units so that each comes before those it goes on to, and those that lead into a circle."""
    order: list[str] = []
    left = set(moves)
    while ready := sorted((code for code in left if not (set(moves[code]) - {code}) & left), reverse=True):
        order += ready
        left -= set(ready)
    return order[::-1], left
