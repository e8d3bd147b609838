"""PURE: limits that a rule cannot keep whatever the figures are: told before any figure is known."""

from collections.abc import Sequence
from itertools import combinations

from budgetproto.balancing.errors import (
    LimitCutsRecipient,
    LimitsCross,
    LimitUnknown,
    NoLimitsUnderRule,
)
from budgetproto.balancing.lines import Line
from budgetproto.balancing.sharing.limits import Limit
from budgetproto.balancing.sharing.recipients import recipient_of
from budgetproto.balancing.sharing.rules import CAN_CROSS


def require_feasible(lines: Sequence[Line], limits: Sequence[Limit], *, rule: str) -> None:
    """Raise a kind of Unbalanceable where the rule cannot keep such limits; the figures do not matter."""
    if rule == "F" and limits:
        raise NoLimitsUnderRule(rule=rule)
    covered = {limit.name: _covered(lines, limit) for limit in limits}
    for name, places in covered.items():
        if not places:
            raise LimitUnknown(limit=name)
        if rule == "E":
            _whole_recipients(lines, name, places)
    for (name, one), (other, two) in combinations(covered.items(), 2):
        if rule not in CAN_CROSS and one & two and not (one <= two or two <= one):
            raise LimitsCross(limit=name, other=other)


def _covered(lines: Sequence[Line], limit: Limit) -> frozenset[int]:
    return frozenset(place for place, line in enumerate(lines) if limit.covers(line))


def _whole_recipients(lines: Sequence[Line], limit: str, places: frozenset[int]) -> None:
    inside = {recipient_of(lines[place]) for place in places}
    for place, line in enumerate(lines):
        if place not in places and recipient_of(line) in inside:
            raise LimitCutsRecipient(limit=limit, recipient=recipient_of(line))
