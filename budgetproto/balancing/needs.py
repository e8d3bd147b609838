"""PURE: a claim above its need: the need bounds it like a cap, while the filed figure stays what it is."""

from dataclasses import replace

from budgetproto.balancing.lines import Line, conflicting


def bounded_by_need(line: Line) -> Line:
    """Return the line with its need as its cap where the associations ask the State for more than it.

    The bound is never below the Government's figure or the law's floor, and gives way to a narrower cap of
    the law. Where raising the figure saves the State money all is mirrored: the need is then a floor. The
    line returned has the bound that holds as its `need`, and None where the need changes nothing.

    >>> bounded_by_need(Line("roads", 100, 160, need=130)).cap
    130
    """
    none = replace(line, need=None)
    if line.need is None or line.government is None or line.lsg is None or conflicting(line):
        return none
    sign = line.cost_sign
    least, most = (line.floor, line.cap) if sign == 1 else (line.cap, line.floor)
    known = (line.need, line.government, *(each for each in (least,) if each is not None))
    bound = max(sign * each for each in known)
    if bound >= sign * line.lsg or (most is not None and sign * most <= bound):
        return none
    need = sign * bound
    return replace(line, need=need, cap=need) if sign == 1 else replace(line, need=need, floor=need)
