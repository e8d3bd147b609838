"""PURE: the balanced option under a rule, and the midpoint M as a reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from budgetproto.balancing.awards import (
    envelope_row,
    group_award,
    money_award,
    settled_award,
    stair_award,
    totals,
    unrecommended,
)
from budgetproto.balancing.claims import Claim, to_claim
from budgetproto.balancing.cuts import limits_turned, told_of_cut, turned_round
from budgetproto.balancing.emergency import emergency_table
from budgetproto.balancing.errors import KappaOutOfRange, QuantumNotPositive, UnknownRule
from budgetproto.balancing.lines import Line, faults, serving_order
from budgetproto.balancing.option import ENGINE, Award, Option, Satisfaction, Status
from budgetproto.balancing.sharing.crossed import whole
from budgetproto.balancing.sharing.limits import Fixed, Limit, Node, crosses, tree
from budgetproto.balancing.sharing.pots import Pot, Rates, Row, Scheme, Shared
from budgetproto.balancing.sharing.recipients import recipient_pool
from budgetproto.balancing.sharing.rules import CAN_CROSS, ENTERS, RULES, weight
from budgetproto.balancing.sharing.schemes import scheme
from budgetproto.balancing.sharing.steps import Stair, settle, to_stair
from budgetproto.balancing.sharing.yielding import yielding

LARGEST_KAPPA = 1_000
_HALF = Fraction(1, 2)


def balance(
    lines: Sequence[Line],
    envelope: int | None,
    *,
    rule: str = "A",
    quantum: int = 1,
    kappa: int = 0,
    limits: Sequence[Limit] = (),
    on_conflict: str = "refuse",
) -> Option:
    """Compute the balanced option of the lines under a rule (method, 3.2 and 3.6).

    A closes the same share of every gap; B gives the same per resident, C takes the same per resident, D
    does B up to the half of every claim and C beyond it, E lifts the poorest recipients first, F gives both
    sides more of what they marked as their priorities; M is the midpoint. Bounds, envelope and whole units
    are the same under each. `envelope`, `quantum` and all money share one unit; `kappa` is the weight of
    priorities in basis points. A floor above its cap is refused, or with `on_conflict="hold_at_floor"` held
    at the floor and marked; limits, else refused where the lines cannot meet them, are then kept as far as
    they can be. An envelope below zero is a cut, told with the signs turned round.

    Raises a kind of Unbalanceable for the first fault; a missing envelope gives an option without figures.

    >>> option = balance([Line("roads", 100, 160), Line("schools", 200, 220)], 40)
    >>> [award.amount for award in option.lines], option.rate
    ([130, 210], Fraction(1, 2))
    """
    _refuse_unfit(rule=rule, quantum=quantum, kappa=kappa)
    for _, fault in faults(lines, on_conflict=on_conflict):
        raise fault
    if on_conflict == "hold_at_floor":
        limits = yielding(limits)
    stated = partial(_Problem.of, rule=rule, quantum=quantum, kappa=kappa)
    problem = stated(lines, envelope, limits=limits)
    if not problem.is_cut:
        return _solved(problem)
    turned = stated(turned_round(lines, rule=rule), -(envelope or 0), limits=limits_turned(limits))
    return told_of_cut(_solved(turned), lines)


def _solved(problem: "_Problem") -> Option:
    """Return the option of a problem as it stands."""
    if problem.rule == "M":
        return _reference(problem)
    if problem.envelope is None:
        return _without_figures(problem, Status.NO_ENVELOPE)
    if problem.available < problem.lowest:
        return _infeasible(problem)
    return _balanced(problem)


def _entered(line: Line, rule: str, kappa: int) -> Claim:
    """Return a line's claim with what the rule puts into the kernel for it; M halves what was filed."""
    line = replace(line, need=None) if rule == "M" else line
    claim = to_claim(line, kappa=weight(rule, kappa))
    return ENTERS[rule](claim) if claim.movable else claim


def midpoint(
    lines: Sequence[Line], *, envelope: int | None = None, quantum: int = 1, on_conflict: str = "refuse"
) -> Option:
    """Split every difference in the middle whatever it costs: the reference M; its cost is `totals.granted`.

    >>> midpoint([Line("roads", 100, 160)]).totals.granted
    30
    """
    return balance(lines, envelope, rule="M", quantum=quantum, on_conflict=on_conflict)


def _refuse_unfit(*, rule: str, quantum: int, kappa: int) -> None:
    if rule not in RULES:
        raise UnknownRule(rule=rule)
    if quantum <= 0:
        raise QuantumNotPositive(quantum=quantum)
    if not 0 <= kappa <= LARGEST_KAPPA:
        raise KappaOutOfRange(kappa=kappa, largest=LARGEST_KAPPA)


@dataclass(frozen=True)
class _Problem:
    """The claims of all lines in input order, with their ranks where keys are equal."""

    claims: list[Claim]
    ranks: list[int]
    envelope: int | None
    rule: str
    quantum: int
    kappa: int
    limits: Sequence[Limit]

    @classmethod
    def of(
        cls, lines: Sequence[Line], envelope: int | None, *, rule: str, kappa: int, **more: Any
    ) -> "_Problem":
        """Return the problem of the lines, each as the rule lets it enter."""
        claims = [_entered(line, rule, kappa) for line in lines]
        ranks = serving_order(lines, [claim.shift for claim in claims])
        return cls(claims, ranks, envelope, rule=rule, kappa=kappa, **more)

    def pot(self, places: Sequence[int], total: int, *, fixed: Sequence[Fixed] = ()) -> Pot:
        """Return the pot that some lines share; what is settled beside all of them is taken along."""
        return Pot(
            [self.claims[place] for place in places],
            total,
            self.quantum,
            [self.ranks[place] for place in places],
            [*fixed, *self.settled],
        )

    @cached_property
    def open(self) -> list[int]:
        """The places of the lines that claim a part of the envelope."""
        return [place for place, claim in enumerate(self.claims) if claim.open]

    @property
    def effective(self) -> int | None:
        """The envelope with releases and savings, less what must be paid beyond both positions."""
        if self.envelope is None:
            return None
        return self.envelope - sum(claim.outside for claim in self.claims)

    @property
    def available(self) -> int:
        return self.effective or 0

    @property
    def is_cut(self) -> bool:
        """Whether money has to be saved that releases and savings alone do not bring."""
        below = self.envelope is not None and self.envelope < 0
        return below and self.rule != "M" and self.available < self.lowest

    @property
    def scheme(self) -> Scheme:
        """The way of the rule, under the limits where there are any."""
        return scheme(self.rule, self.limits)

    @cached_property
    def tree(self) -> Node:
        """The limits over the open lines; the root's bounds are what all together must and can get.

        Limits that cross are no tree: of them it says no more than that.
        """
        claims = [self.claims[place] for place in self.open]
        if self.rule in CAN_CROSS and crosses(claims, self.limits):
            return whole(claims, self.limits, fixed=self.settled)
        return tree(claims, self.limits, fixed=self.settled)

    @property
    def settled(self) -> list[Fixed]:
        """What is settled before the sharing, line by line."""
        return [(claim.line, claim.outside) for claim in self.claims if not claim.open]

    @property
    def lowest(self) -> int:
        """What must be paid; limits that yield ask for nothing that the money does not suffice for."""
        if self.limits and all(limit.yields for limit in self.limits):
            return sum(self.claims[place].lower for place in self.open)
        return self.tree.least

    @property
    def highest(self) -> int:
        return self.tree.most

    def option(self, status: Status, awards: Sequence[Award], **more: object) -> Option:
        """Put the option together; figures not given are zero or None."""
        recommended = status in {Status.COMPLETE, Status.UNDISTRIBUTED, Status.REFERENCE}
        values: dict[str, object] = {"rate": None, "undistributed": 0, "shortfall": 0} | more
        return Option(
            rule=self.rule,
            engine=ENGINE,
            envelope=self.envelope,
            effective_envelope=self.effective,
            quantum=self.quantum,
            kappa=self.kappa,
            status=status,
            lines=tuple(replace(award, tie=tie) for award, tie in zip(awards, self.ranks, strict=True)),
            totals=totals(self.claims, awards, recommended=recommended),
            **values,  # type: ignore[arg-type]
        )


def _balanced(problem: _Problem) -> Option:
    """Settle what moves by steps where the rule would put it; fill the money lines with the rest."""
    places, total = problem.open, min(problem.available, problem.highest)
    surplus = problem.available > problem.highest
    first = problem.scheme.rates(problem.pot(places, total))
    placed = _settled(problem, first, total)
    pooled = [place for place in places if place not in placed]
    shared = _filled(problem, pooled, placed, total)
    awarded = _awarded(problem, placed, first, dict(zip(pooled, shared.rows, strict=True)), surplus=surplus)
    rate = None if surplus else first.common if shared.common is None else shared.common
    # A share of every gap advises the lines without money too; a rate per resident says nothing of them.
    advice = rate if problem.rule == "A" else None
    awards = [
        awarded.get(place) or settled_award(claim, rate=advice) for place, claim in enumerate(problem.claims)
    ]
    return problem.option(
        Status.UNDISTRIBUTED if surplus else Status.COMPLETE,
        awards,
        rate=rate,
        undistributed=problem.available - sum(stair.money for stair in placed.values()) - _money(shared),
        certificates=shared.certificates,
        recipients=_recipients(problem, shared, awards),
        satisfaction=_satisfaction(shared),
        envelopes=tuple(envelope_row(each, problem.claims, awards, shared.held) for each in problem.limits),
    )


def _recipients(problem: _Problem, shared: Shared, awards: Sequence[Award]) -> tuple[Award, ...]:
    """Return what each recipient gets; among equals it is served in the rank of its first line."""
    ranks: dict[str, int] = {}
    for award, rank in zip(awards, problem.ranks, strict=True):
        ranks[award.pool] = min(rank, ranks.get(award.pool, rank))
    return tuple(
        replace(
            group_award(row, quantum=problem.quantum),
            tie=ranks[recipient_pool(row.claim.line.line)],
        )
        for row in shared.groups
    )


def _satisfaction(shared: Shared) -> Satisfaction | None:
    found = shared.package
    if found is None:
        return None
    return Satisfaction(found.before_lsg, found.before_government, found.gain)


def _settled(problem: _Problem, rates: Rates, total: int) -> dict[int, Stair]:
    """Return the stairs, by place, where they stand once the money lines can take the rest.

    The limits are kept first, the smaller before those they lie in, the envelope last.
    """
    stairs = _stairs(problem)
    placed = {
        place: stairs[place].at(_HALF) if rate is None else stairs[place].under(claim, rate)
        for place, rate, claim in zip(problem.open, rates.each, rates.claims, strict=True)
        if place in stairs
    }
    for node in problem.tree.walk():
        inside = [problem.open[row] for row in sorted(node.rows)]
        others = [problem.claims[place] for place in inside if place not in stairs]
        least, most = (node.least, node.most) if node.name else (total, total)
        mended = settle(
            [placed[place] for place in inside if place in stairs],
            least=least - sum(claim.upper for claim in others),
            most=most - sum(claim.lower for claim in others),
        )
        placed |= dict(zip((place for place in inside if place in stairs), mended, strict=True))
    return placed


def _filled(problem: _Problem, pooled: Sequence[int], placed: Mapping[int, Stair], total: int) -> Shared:
    """Share what the stairs have left among the money lines."""
    taken = [(stair.claim.line, stair.money + stair.claim.outside) for stair in placed.values()]
    left = total - sum(stair.money for stair in placed.values())
    return problem.scheme.share(problem.pot(pooled, left, fixed=taken))


def _awarded(
    problem: _Problem, placed: Mapping[int, Stair], first: Rates, rows: Mapping[int, Row], *, surplus: bool
) -> dict[int, Award]:
    """Return the awards of the open lines by place; with a surplus those no limit holds stand at the top."""
    rates = dict(zip(problem.open, first.each, strict=True))
    stairs = {
        place: stair_award(stair, rate=None if surplus else rates[place], quantum=problem.quantum)
        for place, stair in placed.items()
    }
    return stairs | {
        place: money_award(
            replace(row, rate=None) if surplus and not row.held else row, quantum=problem.quantum
        )
        for place, row in rows.items()
    }


def _money(shared: Shared) -> int:
    return sum(row.money for row in shared.rows)


def _stairs(problem: _Problem) -> dict[int, Stair]:
    """Return the lines that do not move by the quantum of money, by place."""
    stairs = {
        place: to_stair(problem.claims[place], quantum=problem.quantum, rank=problem.ranks[place])
        for place in problem.open
    }
    return {place: stair for place, stair in stairs.items() if stair is not None}


def _reference(problem: _Problem) -> Option:
    """Round every line at the rate one half; no envelope enters."""
    awards = [_middle(claim, problem.quantum) for claim in problem.claims]
    return problem.option(Status.REFERENCE, awards, rate=_HALF)


def _middle(claim: Claim, quantum: int) -> Award:
    if not claim.open:
        return settled_award(claim, rate=_HALF)
    stair = to_stair(claim, quantum=quantum, rank=0)
    if stair is not None:
        return stair_award(stair.at(_HALF), rate=_HALF, quantum=quantum)
    return money_award(Row(claim, _half_way(claim, quantum), _HALF), quantum=quantum)


def _half_way(claim: Claim, quantum: int) -> int:
    """Return the money of the quantum multiple nearest to the middle, inside the bounds."""
    middle = (2 * claim.origin + (claim.size or 0) + quantum) // (2 * quantum)
    lowest, highest = -(-(claim.origin + claim.lower) // quantum), (claim.origin + claim.upper) // quantum
    return quantum * min(max(middle, lowest), highest) - claim.origin


def _without_figures(problem: _Problem, status: Status, **more: object) -> Option:
    awards = [unrecommended(claim) for claim in problem.claims]
    return problem.option(status, awards, **more)


def _infeasible(problem: _Problem) -> Option:
    """Say how much is missing, and beside it who would be served first."""
    saved = -sum(min(claim.outside, 0) for claim in problem.claims)
    return _without_figures(
        problem,
        Status.INFEASIBLE,
        shortfall=problem.lowest - problem.available,
        emergency=emergency_table(
            problem.claims, (problem.envelope or 0) + saved, quantum=problem.quantum, ranks=problem.ranks
        ),
    )
