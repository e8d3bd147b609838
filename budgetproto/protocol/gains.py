"""PURE: which territories gain and which lose by the option: against the draft, and against last year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Protocol
from budgetproto.protocol.differences import money
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.totals import totals

Pair = tuple[Line, ComposedLine]


@dataclass(frozen=True)
class Gain:
    """The lines of a territory that both sides and the option have a figure for, and what it gains.

    `change` and `decided` are what it gets above the Government's figures, `since_last_year` above those
    approved last year, over the lines that have one; negative is a loss, `None` that no figure is known.
    """

    territory: Named
    region: Named
    lines: int
    government: Som
    option: Som
    change: Som
    decided: Som | None
    last_year_lines: int
    since_last_year: Som | None


def gains(protocol: Protocol) -> tuple[Gain, ...]:
    """Return the gain of each territory, the largest loss first."""
    found: dict[tuple[str, Named], list[Pair]] = {}
    for line, made in _counted(protocol.pairs()):
        # Some aiyl aimaks of different districts bear one name.
        found.setdefault((line.territory_code, line.territory), []).append((line, made))
    every = [_gain(pairs[0][0].territory, pairs[0][0].region, pairs) for pairs in found.values()]
    return tuple(sorted(every, key=lambda gain: gain.change.tyiyn))


def gain_of_all(protocol: Protocol) -> Gain:
    """Return the gain of all of them together."""
    return _gain(NO_NAME, NO_NAME, list(_counted(protocol.pairs())))


def _counted(pairs: Iterable[Pair]) -> Iterable[Pair]:
    return (
        (line, made) for line, made in pairs if made.extra_computed is not None and made.lsg.money is not None
    )


def _gain(territory: Named, region: Named, pairs: Sequence[Pair]) -> Gain:
    sums = totals(None, pairs)
    since = [change for pair in pairs if (change := _since_last_year(*pair)) is not None]
    return Gain(
        territory=territory,
        region=region,
        lines=sums.compared.lines,
        government=sums.compared.government,
        option=sums.compared.computed,
        change=sums.extra_computed,
        decided=sums.extra_decided if sums.compared.decided_lines else None,
        last_year_lines=len(since),
        since_last_year=Som.total(since) if since else None,
    )


def _since_last_year(line: Line, made: ComposedLine) -> Som | None:
    approved = money(line, line.approved_last_year.figure) if line.approved_last_year else None
    if approved is None or made.computed.money is None:
        return None
    more = made.computed.money - approved
    return more if line.cost_sign == 1 else -more
