"""PURE: many lines ordered by kind and region, with the sums of each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.protocol.composed import ComposedLine, Part
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.totals import totals

#: So many lines are read in their own order; more are grouped.
UNGROUPED: Final = 60

Pairs = Sequence[tuple[Line, ComposedLine]]


def grouped(pairs: Pairs) -> tuple[Part, ...]:
    """Group lines by kind and, within it, by region, each in the order of its first line."""
    return tuple(
        Part(
            name,
            tuple(pair for region in regions for pair in region.lines),
            totals(None, lines),
            regions if len(regions) > 1 else (),
        )
        for name, lines in _by(pairs, lambda line: line.kind)
        if (regions := tuple(_regions(lines)))
    )


def region_of(line: Line) -> Named:
    """Return the region of a line, its territory as it was named where it lies in no one region."""
    return line.region if line.region != NO_NAME else line.territory


def _regions(pairs: Pairs) -> Iterator[Part]:
    return (Part(name, tuple(lines), totals(None, lines)) for name, lines in _by(pairs, region_of))


def _by(
    pairs: Iterable[tuple[Line, ComposedLine]], name: Callable[[Line], Named]
) -> Iterable[tuple[Named, Pairs]]:
    found: dict[Named, list[tuple[Line, ComposedLine]]] = {}
    for pair in pairs:
        found.setdefault(name(pair[0]), []).append(pair)
    return found.items()
