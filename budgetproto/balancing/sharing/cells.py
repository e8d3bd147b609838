"""PURE: limits of regions and of kinds together as a network: every claim lies in exactly one cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from budgetproto.balancing.claims import Claim
from budgetproto.balancing.sharing import circulation
from budgetproto.balancing.sharing.circulation import Network, Span
from budgetproto.balancing.sharing.limits import Limit

#: The place of a limit that is about all regions, or all kinds, among those that limits name.
_ANY: Final = -1
_Scope = tuple[int, int]


@dataclass(frozen=True)
class Cells:
    """The parts of the claims, each an arc: money goes from all to regions, by cells to kinds, and back.

    A part is the rows of its claims: those of a region, of a kind, of both (a cell), or all. Regions and
    kinds that no limit names count as one. `whole` is the part of all, `single` are the cells, `about` is the
    part of each limit, None where it has no claim.
    """

    network: Network
    parts: tuple[tuple[int, ...], ...]
    whole: int
    single: tuple[int, ...]
    about: tuple[int | None, ...]

    def spans(self, lower: Sequence[int], upper: Sequence[int]) -> list[Span]:
        """Return what each part can carry between the bounds of its claims."""
        return [(sum(lower[row] for row in part), sum(upper[row] for row in part)) for part in self.parts]


def laid_out(claims: Sequence[Claim], limits: Sequence[Limit]) -> Cells:
    """Lay out the parts of the claims, in the order of the names of regions and kinds."""
    regions = sorted({limit.region for limit in limits if limit.region is not None})
    kinds = sorted({limit.kind for limit in limits if limit.kind is not None})
    found: dict[_Scope, list[int]] = {(_ANY, _ANY): []}
    for row, claim in enumerate(claims):
        region, kind = _place(regions, claim.line.region), _place(kinds, claim.line.kind)
        for scope in ((region, kind), (region, _ANY), (_ANY, kind), (_ANY, _ANY)):
            found.setdefault(scope, []).append(row)
    order = {scope: arc for arc, scope in enumerate(sorted(found))}
    return Cells(
        Network(tuple(_arc(scope) for scope in order)),
        tuple(tuple(found[scope]) for scope in order),
        order[_ANY, _ANY],
        tuple(arc for scope, arc in order.items() if _ANY not in scope),
        tuple(order.get((_scope(regions, limit.region), _scope(kinds, limit.kind))) for limit in limits),
    )


def _place(names: Sequence[str], name: str | None) -> int:
    """Return the place of a name among those that limits name; all others stand behind them."""
    return names.index(name) if name in names else len(names)


def _scope(names: Sequence[str], name: str | None) -> int:
    return _ANY if name is None else names.index(name)


def _arc(scope: _Scope) -> tuple[circulation.Node, circulation.Node]:
    region, kind = scope
    match region == _ANY, kind == _ANY:
        case True, True:
            return "spent", "all"
        case False, True:
            return "all", ("region", region)
        case True, False:
            return ("kind", kind), "spent"
        case _:
            return ("region", region), ("kind", kind)
