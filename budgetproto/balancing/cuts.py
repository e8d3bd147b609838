"""PURE: a cut: the envelope is below zero, and the lines share what has to be saved (method, 3.8).

A cut is the same problem read backwards: each line can give up the money between the Government's figure and
its bound, and does so by the same rule. So the lines are turned round, and what they are "granted" is cut.
"""

from collections.abc import Sequence
from dataclasses import replace

from budgetproto.balancing.errors import NoRuleForCuts
from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Award, Option, Reason
from budgetproto.balancing.sharing.limits import Limit

#: Rules that say how a loss is shared; to lift the poorest, or to trade priorities, says nothing of it.
FOR_CUTS = frozenset("ABCD")


def turned_round(lines: Sequence[Line], *, rule: str) -> list[Line]:
    """Return the lines as claims on the saving; raise NoRuleForCuts where the rule shares no losses.

    The far end of a line is its floor (zero where none is stated; where raising the figure saves money, its
    cap). What the associations ask less than the Government offers is given up whole, and no more of that
    line. A protected line, and one without a bound to be raised to, gives up nothing.
    """
    if rule not in FOR_CUTS:
        raise NoRuleForCuts(rule=rule)
    return [_turned(line) for line in lines]


def limits_turned(limits: Sequence[Limit]) -> list[Limit]:
    """Return the limits as bounds on the saving."""
    return [
        replace(
            limit,
            least=None if limit.most is None else -limit.most,
            most=None if limit.least is None else -limit.least,
        )
        for limit in limits
    ]


def _turned(line: Line) -> Line:
    turned = replace(
        line,
        cost_sign=-line.cost_sign,
        need=None,
        priority_lsg=line.priority_government,
        priority_government=line.priority_lsg,
    )
    if line.government is None or line.lsg is None:
        return turned
    if line.cost_sign * (line.lsg - line.government) < 0:
        return replace(turned, protected=True)
    far = line.floor or 0 if line.cost_sign == 1 else line.cap
    needs_more = line.floor is not None and line.floor > line.government
    if line.protected or far is None or (line.cost_sign * (far - line.government) > 0 and not needs_more):
        far = line.government
    return replace(turned, lsg=far, protected=False)


def told_of_cut(option: Option, lines: Sequence[Line]) -> Option:
    """Return the option of the lines turned round as that of a cut, with the positions as they were filed."""
    return replace(
        option,
        cut=True,
        lines=tuple(_told(award, line) for award, line in zip(option.lines, lines, strict=True)),
    )


def _told(award: Award, line: Line) -> Award:
    """Return an award with the filed position, and the reason as it reads once the signs are turned back."""
    match award.reason:
        case Reason.AGREED:
            reason = Reason.PROTECTED if line.protected else Reason.UNCUT
        case Reason.PROTECTED:
            reason = Reason.RELEASED
        case Reason.RELEASED:
            reason = Reason.FLOOR
        case unchanged:
            reason = unchanged
    return replace(award, lsg=line.lsg, reason=reason)
