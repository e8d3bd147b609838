"""PURE: what each region claims and gets, and what holds it away from the common rate (method, 3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgetproto.balancing.lines import Line
from budgetproto.balancing.option import Award, Option, Reason
from budgetproto.balancing.sharing.recipients import recipient_of

#: A line with these stands where the common rate puts it.
_FOLLOWING = {Reason.FREE, Reason.HALF}


@dataclass(frozen=True)
class RegionFinding:
    """One region in money; `region` is None for lines of no region.

    `closing` is shared / claims, `gain` the money per resident its lines get in all (of a cut: lose, below
    zero); `reasons` are those of its claims that do not simply follow the common rate.
    """

    region: str | None
    claims: int
    shared: int | None
    closing: Fraction | None
    gain: Fraction | None
    reasons: tuple[Reason, ...]


def regions(option: Option, lines: Sequence[Line]) -> tuple[RegionFinding, ...]:
    """Return the regions by name, lines of no region last; figures are None without a recommendation."""
    awards = {award.line: award for award in option.lines}
    found: dict[str | None, list[Line]] = {}
    for line in lines:
        found.setdefault(line.region, []).append(line)
    return tuple(
        _region(option, name, found[name], [awards[line.line] for line in found[name]])
        for name in sorted(found, key=lambda name: (name is None, name or ""))
    )


def residents(lines: Sequence[Line]) -> int | None:
    """Return the residents of the distinct recipients; None where one is not known or stated twice."""
    stated: dict[str, set[int]] = {}
    for line in lines:
        people = stated.setdefault(recipient_of(line), set())
        people |= {line.population} if line.population is not None else set()
    if any(len(people) != 1 for people in stated.values()):
        return None
    return sum(sum(people) for people in stated.values())


def _region(
    option: Option, name: str | None, lines: Sequence[Line], awards: Sequence[Award]
) -> RegionFinding:
    recommended, people = option.totals.granted is not None, residents(lines)
    claiming = [award for award in awards if (award.claim or 0) > 0]
    claims = sum(award.claim or 0 for award in claiming)
    shared = sum((award.granted or 0) - award.outside for award in claiming) if recommended else None
    granted = sum(award.granted or 0 for award in awards) * (-1 if option.cut else 1)
    return RegionFinding(
        name,
        claims,
        shared,
        Fraction(shared, claims) if shared is not None and claims else None,
        Fraction(granted, people) if recommended and people else None,
        tuple(sorted({award.reason for award in claiming} - _FOLLOWING)),
    )
