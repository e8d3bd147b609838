"""PURE: what option and decisions cost the republican budget in the budget year and the planning years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Protocol
from budgetproto.protocol.fixed_terms import Source
from budgetproto.protocol.snapshot import Line
from budgetproto.protocol.totals import totals

#: The republican budget is drafted for a year and so many planning years after it.
PLANNING_YEARS: Final = 2

Pairs = Sequence[tuple[Line, ComposedLine]]


@dataclass(frozen=True)
class Cost:
    """What the republican budget spends more, how much of it every year, and what that leaves of the sources.

    `left` is negative where it adds to the deficit.
    """

    total: Som
    yearly: Som
    left: Som


@dataclass(frozen=True)
class YearEffect:
    """One year: on how many questions both sides state a figure, and its sources; no cost where none is.

    `besides` is what decisions cost above the Government's figure where the LSG side states none.
    """

    year: int
    lines: int
    sources: Som | None
    computed: Cost | None
    decided: Cost | None
    illustrative: bool
    besides: Som


def effects(protocol: Protocol) -> tuple[YearEffect, ...]:
    """Return the effect on the budget year, on both planning years, and on any other year of a line."""
    first = protocol.facts.sitting.budget_year
    years = {*range(first, first + PLANNING_YEARS + 1), *(line.year for line in protocol.facts.lines)}
    pairs = tuple(protocol.pairs())
    return tuple(_effect(year, pairs, protocol.facts.terms.envelope) for year in sorted(years))


def _effect(year: int, pairs: Pairs, envelope: Sequence[Source]) -> YearEffect:
    every = totals(year, pairs)
    recurring = totals(year, [pair for pair in pairs if pair[0].recurring])
    named = [source for source in envelope if source.year == year]
    sources = Som.total(source.amount for source in named) if named else None
    computed = _cost(every.extra_computed, recurring.extra_computed, sources)
    decided = _cost(every.extra_decided, recurring.extra_decided, sources)
    made_up = any(source.illustrative for source in named)
    return YearEffect(
        year=year,
        lines=every.compared.lines,
        sources=sources,
        computed=computed if every.compared.computed_lines else None,
        decided=decided if every.compared.decided_lines else None,
        illustrative=made_up or every.illustrative_computed or every.illustrative_decided,
        besides=Som.total(_besides(year, pairs)),
    )


def _besides(year: int, pairs: Pairs) -> Iterator[Som]:
    for line, made in pairs:
        if line.year == year and made.lsg.money is None and made.extra_decided is not None:
            yield made.extra_decided


def _cost(total: Som, yearly: Som, sources: Som | None) -> Cost:
    return Cost(total, yearly, (sources or Som(0)) - total)
