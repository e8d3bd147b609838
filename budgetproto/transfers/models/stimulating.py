"""PURE: stimulating (share) grants: which projects a fund pays for, in which order, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import LARGEST, WHOLE, beyond


@dataclass(frozen=True)
class Project:
    """A project of a territory: its cost and the points the competition gave it."""

    territory: str
    code: str
    cost: int
    points: int = 0


@dataclass(frozen=True)
class Grant:
    """A project in its place: what the territory pays, and the grant; 0 where the fund did not reach."""

    project: Project
    place: int
    local: int
    asked: int
    granted: int


@dataclass(frozen=True)
class Stimulated:
    """All projects in the order of the competition; `spent` and `rest` add up to the fund."""

    label: ClassVar[str] = "transfers.models.computed"
    grants: tuple[Grant, ...]
    financed: int
    spent: int
    rest: int


def stimulate(
    projects: Sequence[Project], *, fund: int, cofinancing: int, limit: int | None = None
) -> Stimulated:
    """Go down the list and pay each project whole that the rest of the fund reaches for; pass the others.

    The order: more points, then lower cost, then the lower code of the territory, then of the project.
    The local budget bears `cofinancing` hundredths of a percent of the cost, rounded up, and what is above
    `limit`, the most that one project may get.

    >>> one, two = Project("A", "1", 900, 80), Project("B", "1", 500, 90)
    >>> [grant.granted for grant in stimulate([one, two], fund=700, cofinancing=2_000).grants]
    [400, 0]
    """
    if fund < 0 or not 0 <= cofinancing <= WHOLE or (limit is not None and limit < 0):
        raise BadInput(Problem("transfers.models.bad_fund"))
    rest = fund
    grants: list[Grant] = []
    for place, project in enumerate(sorted(projects, key=_order), start=1):
        asked = _asked(project, cofinancing, limit)
        granted = asked if asked <= rest else 0
        rest -= granted
        grants.append(Grant(project, place, project.cost - asked, asked, granted))
    return Stimulated(
        grants=tuple(grants),
        financed=sum(grant.granted > 0 for grant in grants),
        spent=fund - rest,
        rest=rest,
    )


def _order(project: Project) -> tuple[int, int, str, str]:
    return -project.points, project.cost, project.territory, project.code


def _asked(project: Project, cofinancing: int, limit: int | None) -> int:
    """Return the grant a project asks for."""
    if not 0 <= project.cost <= LARGEST:
        raise beyond(project.code)
    asked = project.cost - -(-project.cost * cofinancing // WHOLE)
    return asked if limit is None else min(asked, limit)
