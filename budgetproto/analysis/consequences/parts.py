"""PURE: territories in groups (oblasts, constituencies, vulnerable ones) with sums that equal the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgetproto.analysis.consequences.effects import Effect, Facts, nearest
from budgetproto.protocol.by_territory import VARIANTS


@dataclass(frozen=True)
class Part:
    """Some territories together: their money under each variant, and what they gain and lose, apart.

    `change` is `gained` minus `lost`; None where no territory has both variants. `known` of the territories
    have a change, `gaining` and `losing` of them.
    """

    code: str
    territories: int
    soms: tuple[int | None, ...]
    change: int | None
    gained: int
    lost: int
    known: int
    gaining: int
    losing: int
    per_head: int | None

    @property
    def absolute(self) -> int:
        """What moves in all, in either direction."""
        return self.gained + self.lost


def part(code: str, rows: Sequence[Effect], facts: Facts) -> Part:
    """Add up some territories; per head over those that have a change and residents."""
    changes = [each.change for each in rows if each.change is not None]
    gains, losses = [each for each in changes if each > 0], [each for each in changes if each < 0]
    return Part(
        code=code,
        territories=len(rows),
        soms=tuple(added(each.soms[place] for each in rows) for place in range(len(VARIANTS))),
        change=sum(changes) if changes else None,
        gained=sum(gains),
        lost=-sum(losses),
        known=len(changes),
        gaining=len(gains),
        losing=len(losses),
        per_head=_per_head(rows, facts.population),
    )


def parted(rows: Iterable[Effect], group_of: Mapping[str, str], facts: Facts) -> tuple[Part, ...]:
    """Return the sums of each group, by code; territories that belong to none are the group of no code.

    Every territory is in exactly one group, so that the groups add up to the whole.
    """
    found: dict[str, list[Effect]] = {}
    for each in rows:
        found.setdefault(group_of.get(each.territory, ""), []).append(each)
    return tuple(part(code, found[code], facts) for code in sorted(found, key=lambda code: (not code, code)))


def added(amounts: Iterable[int | None]) -> int | None:
    """Return the sum of what is known; None where nothing is."""
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class Vulnerable:
    """One vulnerable group: territories where it is a larger share of residents than in all, and the others.

    `known` are the territories that count the group, their residents and a change; `share` is the group's
    share of their residents, in hundredths of a percent; `per_member` the change per member of the group.
    """

    kind: str
    members: int
    known: int
    share: int
    more: Part
    fewer: Part
    per_member: int | None


def vulnerable(rows: Sequence[Effect], facts: Facts) -> tuple[Vulnerable, ...]:
    """Return for each vulnerable group on which there is data how the change meets it."""
    found = (_vulnerable(kind, members, rows, facts) for kind, members in facts.groups.items())
    return tuple(each for each in found if each)


def _vulnerable(
    kind: str, members: Mapping[str, int], rows: Sequence[Effect], facts: Facts
) -> Vulnerable | None:
    known = [
        each
        for each in rows
        if each.territory in members and facts.population.get(each.territory) and each.change is not None
    ]
    if not known:
        return None
    people = sum(facts.population[each.territory] for each in known)
    counted = sum(members[each.territory] for each in known)
    mean = Fraction(counted, people)
    more = [each for each in known if members[each.territory] > mean * facts.population[each.territory]]
    fewer = [each for each in known if members[each.territory] <= mean * facts.population[each.territory]]
    return Vulnerable(
        kind=kind,
        members=counted,
        known=len(known),
        share=nearest(counted * 10_000, people) or 0,
        more=part("more", more, facts),
        fewer=part("fewer", fewer, facts),
        per_member=nearest(added(each.change for each in known), counted),
    )


def _per_head(rows: Sequence[Effect], population: Mapping[str, int]) -> int | None:
    counted = [each for each in rows if each.change is not None and population.get(each.territory)]
    people = sum(population[each.territory] for each in counted)
    return nearest(added(each.change for each in counted), people)
