"""PURE: whose figure counts on a line for each side, who has been heard, and how far the sides are apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import Figure, Line, LineText, Opened, Position, is_points
from budgetproto.money import Som


class Led(Protocol):
    """Whatever tells which party leads a line for each side, None when nobody does."""

    @property
    def lead_government(self) -> str | None:
        """The party whose figure counts for the Government."""

    @property
    def lead_lsg(self) -> str | None:
        """The party whose figure counts for local self-government."""


@dataclass(frozen=True)
class Difference:
    """LSG minus government on one line, in the line's measure; `share` is undefined when government is 0."""

    signed: Som | int
    absolute: Som | int
    share: Fraction | None


@dataclass(frozen=True)
class Stand:
    """The two figures of a line that count, and whether the associations disagree with no lead among them."""

    government: Figure
    lsg: Figure
    lsg_divided: bool


@dataclass(frozen=True)
class LineView:
    """One line as an opened sitting shows it: opened positions by party, what counts, the difference."""

    line: Line
    positions: dict[str, Opened]
    stand: Stand
    difference: Difference | None


def difference(government: Figure, lsg: Figure) -> Difference | None:
    """Return LSG minus government, None when a side states no figure or the figures are no numbers.

    >>> difference(Som(200), Som(300))
    Difference(signed=Som(tyiyn=100), absolute=Som(tyiyn=100), share=Fraction(1, 2))
    """
    if isinstance(government, Som) and isinstance(lsg, Som):
        gap = lsg - government
        return Difference(gap, abs(gap), _share(gap.tyiyn, government.tyiyn))
    if is_points(government) and is_points(lsg):
        points = lsg - government
        return Difference(points, abs(points), _share(points, government))
    return None


def as_stated_by(views: Sequence[LineView], party: str) -> list[LineView]:
    """Return the lines, those on which the LSG side is divided with the figure of one of its parties."""
    return [_with_figure_of(view, party) if view.stand.lsg_divided else view for view in views]


def stand(line: LineText, positions: dict[str, Position], parties: tuple[Party, ...]) -> Stand:
    """Return the figures that count on a line: the lead party's, else the side's only or unanimous one.

    `positions` are the opened positions by party id. Without a lead, associations that state different
    figures leave the side divided: no figure is picked for them.
    """
    stated = {party: position.figure for party, position in positions.items()}
    return counted(stated, parties, lead_government=line.lead_government, lead_lsg=line.lead_lsg)


def counted(
    stated: Mapping[str, Figure],
    parties: tuple[Party, ...],
    *,
    lead_government: str | None,
    lead_lsg: str | None,
) -> Stand:
    """Return the figures that count, of those stated by the parties with these ids."""
    government, _ = _of_side("government", lead_government, stated, parties)
    lsg, divided = _of_side("lsg", lead_lsg, stated, parties)
    return Stand(government, lsg, divided)


def sides_heard(line: Led, filed: Iterable[str], parties: Iterable[Party]) -> frozenset[Side]:
    """Return the sides that have filed on a line: a side with a lead party is heard through it alone.

    `filed` holds the ids of the parties that have filed. A text of another ministry is no position of the
    Government, so it does not end the lead body's silence.
    """
    leads: dict[Side, str | None] = {"government": line.lead_government, "lsg": line.lead_lsg}
    ids = frozenset(filed)
    return frozenset(
        party.side for party in parties if party.id in ids and leads[party.side] in {None, party.id}
    )


def _with_figure_of(view: LineView, party: str) -> LineView:
    opened = view.positions.get(party)
    return replace(view, stand=replace(view.stand, lsg=opened.position.figure if opened else None))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, abs(whole)) if whole else None


def _of_side(
    side: Side, lead: str | None, stated: Mapping[str, Figure], parties: tuple[Party, ...]
) -> tuple[Figure, bool]:
    if lead is not None:
        return stated.get(lead), False
    own = [stated[party.id] for party in parties if party.side == side and party.id in stated]
    told = [figure for figure in own if figure is not None]
    if not told:
        return None, False
    unanimous = all(figure == told[0] for figure in told)
    return (told[0] if unanimous else None), not unanimous
