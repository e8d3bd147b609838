"""PURE: what a reader should doubt in two figures that lie open: a slip of the hand looks like this.

Asked after the opening only: before it, nothing may depend on what the other side has filed.
"""

from collections.abc import Iterator

from budgetproto.disputes.domain import magnitude
from budgetproto.disputes.figures.jumps import jumps
from budgetproto.disputes.figures.stands import LineView
from budgetproto.i18n.languages import Sentence


def doubts(view: LineView) -> tuple[Sentence, ...]:
    """Return what looks like a wrong sign or unit on an opened line, as sentences that say what to ask."""
    return tuple(_doubts(view))


def _doubts(view: LineView) -> Iterator[Sentence]:
    government, lsg = view.stand.government, view.stand.lsg
    if _asks_less(view) and not _explained(view):
        yield Sentence("disputes.doubt.asks_less")
    if jumps(government, magnitude(lsg)):
        yield Sentence("disputes.doubt.tenfold")


def _asks_less(view: LineView) -> bool:
    """Tell whether the associations' figure costs the State less than the Government's own."""
    difference = view.difference
    return difference is not None and view.line.text.cost_sign * (magnitude(difference.signed) or 0) < 0


def _explained(view: LineView) -> bool:
    """Tell whether one of those who state the figure that counts says why."""
    return any(
        opened.position.rationale is not None and any(vars(opened.position.rationale.text).values())
        for opened in view.positions.values()
        if opened.position.figure is not None and opened.position.figure == view.stand.lsg
    )
