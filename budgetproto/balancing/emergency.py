"""PURE: when the floors exceed the envelope: who would be served first. A table beside, never the option."""

from collections.abc import Sequence

import numpy as np

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.kernel.filling import pour
from budgetproto.balancing.kernel.ladder import Ladder
from budgetproto.balancing.option import EmergencyRow, Tier

_Need = tuple[int, Tier, int]


def emergency_table(
    claims: Sequence[Claim], money: int, *, quantum: int, ranks: Sequence[int]
) -> tuple[EmergencyRow, ...]:
    """Serve statutory floors, then protected lines, then the others, by rule A inside the tier that fails.

    `money` is the envelope with all releases and savings; the floors above both positions are needs here.
    """
    needs = [need for row, claim in enumerate(claims) for need in _needs(row, claim)]
    rows: dict[tuple[int, Tier], int] = {}
    left = max(money, 0)
    for tier in Tier:
        of_tier = [need for need in needs if need[1] is tier]
        granted = _serve(
            [need for _, _, need in of_tier], left, quantum, [ranks[row] for row, _, _ in of_tier]
        )
        left -= sum(granted)
        rows.update(((row, tier), amount) for (row, _, _), amount in zip(of_tier, granted, strict=True))
    return tuple(
        EmergencyRow(claims[row].line.line, tier, need, rows[row, tier]) for row, tier, need in needs
    )


def _needs(row: int, claim: Claim) -> list[_Need]:
    needs = {
        Tier.FLOOR: claim.statutory,
        Tier.PROTECTED: claim.lower + max(claim.outside, 0) - claim.statutory,
        Tier.OTHER: claim.upper - claim.lower,
    }
    return [(row, tier, need) for tier, need in needs.items() if need > 0]


def _serve(needs: list[int], money: int, quantum: int, ranks: list[int]) -> list[int]:
    """Grant every need, or where the money does not suffice an equal share of each, in whole quanta."""
    if sum(needs) <= money:
        return needs
    unit = 1 if any(need % quantum for need in needs) else quantum
    upper = np.array([need // unit for need in needs], np.int64)
    levels = pour(Ladder(upper, upper * 0, upper), money // unit, np.array(ranks, np.int64))
    return [unit * level for level in levels.tolist()]
