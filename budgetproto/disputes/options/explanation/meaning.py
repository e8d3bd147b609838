"""PURE: what an option means for the two sides, the regions and the residents, as short sections."""

from collections.abc import Iterator
from fractions import Fraction

from budgetproto.balancing.findings.equity import Equity
from budgetproto.balancing.findings.regions import RegionFinding
from budgetproto.balancing.sharing.rules import PER_RESIDENT
from budgetproto.disputes.options.explanation.sections import (
    Bar,
    Bars,
    Cell,
    Column,
    Said,
    Section,
    Table,
    said,
)
from budgetproto.disputes.options.explanation.stored import Explained
from budgetproto.money import Som

_MEASURES = ("gini", "theil", "atkinson_half", "atkinson_one", "poor")


def meaning(found: Explained) -> Iterator[Section]:
    """Yield the sections: what each side has, the regions, equity."""
    yield _sides(found)
    yield _regions(found)
    yield _equity(found)


def _sides(found: Explained) -> Section:
    findings, totals = found.findings, found.option.totals
    if findings.shares is None or totals.shared is None or totals.conceded is None:
        return Section("sides", (said("disputes.explained.sides.none"),), sources=(computed_from(found),))
    claims, shared, conceded = Som(totals.claims), Som(totals.shared), Som(totals.conceded)
    lsg, government = findings.shares.lsg, findings.shares.government
    rows: tuple[tuple[Cell, ...], ...] = (
        (said("disputes.explained.sides.lsg"), shared, lsg),
        (said("disputes.explained.sides.government"), conceded, government),
        (said("disputes.explained.sides.all"), claims, Fraction(1)),
    )
    return Section(
        "sides",
        (
            said("balancing.findings.shares", lsg=lsg, government=government),
            said("balancing.findings.government_says", shared=shared, claims=claims, rate=lsg),
            said("balancing.findings.lsg_says", conceded=conceded, claims=claims, rate=government),
            *_least_closed(found),
        ),
        tables=(Table("sides", columns("sides", "who", "money", "share"), rows), *_standings(found)),
        sources=(computed_from(found),),
    )


def _least_closed(found: Explained) -> Iterator[Said]:
    closing = [(each.closing, each.region) for each in found.findings.regions if each.closing is not None]
    if found.findings.spread and len(closing) > 1:
        least, region = min(closing, key=lambda each: each[0])
        yield said("balancing.findings.least_closed", region=found.region(region), rate=least)


def _standings(found: Explained) -> Iterator[Table]:
    if found.findings.standings is None:
        return
    rows = tuple(
        (said(f"disputes.explained.standing.{place}"), each.lines, Som(each.money))
        for place, each in zip(("above", "at", "below"), found.findings.standings, strict=True)
    )
    yield Table("standing", columns("standing", "place", "lines", "claims"), rows)


def _regions(found: Explained) -> Section:
    each = found.findings.regions
    rows = tuple(
        (
            found.region(region.region),
            Som(region.claims),
            None if region.shared is None else Som(region.shared),
            region.closing,
            None if region.gain is None else Som(round(1_000 * region.gain)),
            _why(region),
        )
        for region in each
    )
    head = columns("regions", "region", "claims", "shared", "closing", "gain", "why")
    alone = found.option.rule in PER_RESIDENT
    told = [said(f"disputes.explained.regions.{'what_alone' if alone else 'what'}")]
    if found.findings.spread is not None:
        told.append(said("disputes.explained.regions.spread", spread=found.findings.spread))
    if any(region.gain is None for region in each):
        told.append(said("disputes.explained.regions.no_gain"))
    return Section(
        "regions",
        tuple(told),
        chart=_closing(found),
        tables=(Table("regions", (*head[:-1], Column(head[-1].key, figure=False)), rows),),
        sources=(computed_from(found),),
    )


def _why(region: RegionFinding) -> Cell:
    """Return the constraints that hold the claims of a region away from the common rate."""
    if not region.reasons:
        return said("disputes.explained.regions.follows") if region.claims else None
    told = [Said(f"balancing.reason.{reason.value.lower()}") for reason in region.reasons]
    joined = told[0]
    for reason in told[1:]:
        joined = said("disputes.explained.and", first=joined, second=reason)
    return joined


def _closing(found: Explained) -> Bars | None:
    bars = tuple(
        Bar(found.region(each.region), Fraction(0), each.closing)
        for each in found.findings.regions
        if each.closing is not None
    )
    guide = found.option.rate if found.option.rule == "A" else None
    if not bars:
        return None
    least, most = min(each.end for each in bars), max(each.end for each in bars)
    told = said("disputes.explained.chart.regions.told", count=len(bars), least=least, most=most)
    return Bars("regions", told, bars, guide)


def _equity(found: Explained) -> Section:
    before, after = found.findings.before, found.findings.after
    if before is None or after is None:
        return Section("equity", (said("disputes.explained.equity.none"),))
    told = [said("disputes.explained.equity.what")]
    if before.gini is not None and after.gini is not None:
        told.append(said("balancing.findings.gini", before=before.gini, after=after.gini))
        told.append(said(f"disputes.explained.equity.{_moved(before.gini, after.gini)}"))
    if found.findings.left_out:
        told.append(said("balancing.findings.left_out", count=found.findings.left_out))
    rows = tuple(
        (said(f"disputes.explained.equity.{name}"), _measure(before, name), _measure(after, name))
        for name in _MEASURES
    )
    return Section(
        "equity",
        tuple(told),
        tables=(
            Table("equity", columns("equity", "measure", "before", "after"), rows),
            _indicators(found),
        ),
        sources=(said("disputes.explained.equity.source"),),
    )


def _moved(before: Fraction, after: Fraction) -> str:
    return "same" if before == after else "smaller" if after < before else "larger"


def _measure(state: Equity, name: str) -> Fraction | None:
    value = getattr(state, name)
    return None if value is None else Fraction(str(value))


def _indicators(found: Explained) -> Table:
    rows = tuple((each.name, each.population, each.own_revenue) for each in found.territories.values())
    return Table("indicators", columns("indicators", "territory", "population", "own_revenue"), rows)


def columns(table: str, first: str, *others: str) -> tuple[Column, ...]:
    """Return the heads of a table: the first names the row, the others stand over figures."""
    return (
        Column(f"disputes.explained.{table}.column.{first}", figure=False),
        *(Column(f"disputes.explained.{table}.column.{name}") for name in others),
    )


def computed_from(found: Explained) -> Said:
    """Say which inputs all these figures come from."""
    option = found.option
    return said(
        "disputes.explained.source",
        lines=len(option.lines),
        claims=Som(option.totals.claims),
        envelope=None if option.envelope is None else Som(option.envelope),
        rule=Said(f"balancing.rule.{option.rule.lower()}"),
        quantum=Som(option.quantum),
    )
