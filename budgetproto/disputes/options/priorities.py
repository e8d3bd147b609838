"""PURE: what each side marked as its priorities, once everything is open, and how much of it counts.

Whoever marks everything marks nothing: where the priorities of a side stand on more than a fifth of the
contested money, all of them are scaled down in one proportion (method, 3.2).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from budgetproto.balancing import Line
from budgetproto.disputes.domain import Figure
from budgetproto.disputes.figures.stands import LineView

#: Priorities of a side stand at most on this part of the contested money, in hundredths.
BUDGET: Final = 20


def with_priorities(claims: Sequence[Line], views: Sequence[LineView]) -> list[Line]:
    """Return the claims with the priorities of both sides, scaled down to their budgets.

    A priority is that of the position that counts; where several parties state its figure, the least of them.
    """
    lsg = _scaled(claims, [_of(view, view.line.text.lead_lsg, view.stand.lsg) for view in views])
    government = _scaled(
        claims, [_of(view, view.line.text.lead_government, view.stand.government) for view in views]
    )
    return [
        replace(claim, priority_lsg=more, priority_government=less)
        for claim, more, less in zip(claims, lsg, government, strict=True)
    ]


def _of(view: LineView, lead: str | None, counts: Figure) -> int:
    """Return the priority of the position that counts, none where there is no such position."""
    if counts is None:
        return 0
    stated = [
        opened.position.priority
        for party, opened in view.positions.items()
        if opened.position.figure == counts and lead in {None, party}
    ]
    return min(stated, default=0)


def _scaled(claims: Sequence[Line], priorities: Sequence[int]) -> list[int]:
    """Return priorities times budget / the money they stand on, rounded down, where that is more.

    >>> from budgetproto.balancing import Line
    >>> lines = [Line("roads", 0, 60), Line("schools", 0, 40)]
    >>> _scaled(lines, [10_000, 0]), _scaled(lines, [0, 5_000])
    ([3333, 0], [0, 2500])
    """
    contested = [_contested(claim) for claim in claims]
    marked = sum(money for money, priority in zip(contested, priorities, strict=True) if priority)
    budget = BUDGET * sum(contested)
    if 100 * marked <= budget:
        return list(priorities)
    return [priority * budget // (100 * marked) for priority in priorities]


def _contested(claim: Line) -> int:
    if claim.government is None or claim.lsg is None:
        return 0
    return max(claim.money(claim.lsg), 0)
