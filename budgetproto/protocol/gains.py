"""PURE: which territories gain and which lose by the option: against the draft, and against last year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som
from budgetproto.protocol.by_territory import Soms, counts, line_soms
from budgetproto.protocol.composed import ComposedLine, Protocol
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
    counted = list(_counted(protocol.pairs()))
    # Some aiyl aimaks of different districts bear one name.
    found: dict[tuple[str, Named], list[Pair]] = {}
    for line, made in counted:
        found.setdefault((line.territory_code, line.territory), []).append((line, made))
    every = _gains(list(found.values()))
    return tuple(sorted(every, key=lambda gain: gain.change.tyiyn))


def gain_of_all(protocol: Protocol) -> Gain:
    """Return the gain of all of them together."""
    (whole,) = _gains([list(_counted(protocol.pairs()))])
    return replace(whole, territory=NO_NAME, region=NO_NAME)


def _counted(pairs: Iterable[Pair]) -> Iterable[Pair]:
    return (
        (line, made) for line, made in pairs if made.extra_computed is not None and made.lsg.money is not None
    )


def _gains(units: Sequence[Sequence[Pair]]) -> list[Gain]:
    """Return the gain of each unit, which is some lines: the sums of all of them are made at once."""
    soms = Soms.of([line_soms(line, made) for pairs in units for line, made in pairs])
    unit_of = np.repeat(np.arange(len(units)), [len(pairs) for pairs in units])
    change = soms.moved("government", "balanced", unit_of, len(units))
    decided = soms.moved("government", "decided", unit_of, len(units))
    since = soms.moved("law", "balanced", unit_of, len(units))
    with_last_year = counts(soms.both("law", "balanced"), unit_of, len(units))
    effects = zip(change, decided, since, with_last_year, strict=True)
    return [_gain(pairs, *effect) for pairs, effect in zip(units, effects, strict=True)]


def _gain(
    pairs: Sequence[Pair], change: int | None, decided: int | None, since: int | None, lines: int
) -> Gain:
    sums = totals(None, pairs)
    first = pairs[0][0] if pairs else None
    return Gain(
        territory=first.territory if first else NO_NAME,
        region=first.region if first else NO_NAME,
        lines=sums.compared.lines,
        government=sums.compared.government,
        option=sums.compared.computed,
        change=Som(change or 0),
        decided=Som(decided or 0) if sums.compared.decided_lines else None,
        last_year_lines=lines,
        since_last_year=None if since is None else Som(since),
    )
