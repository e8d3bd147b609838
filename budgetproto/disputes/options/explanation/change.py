"""PURE: what would change an option, as sections: the envelope, the claims, the priorities, the rule."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final

from budgetproto.balancing import Award
from budgetproto.disputes.options.explanation.meaning import columns, computed_from
from budgetproto.disputes.options.explanation.sections import (
    Bar,
    Bars,
    Cell,
    Column,
    Curve,
    Point,
    Said,
    Section,
    Table,
    said,
)
from budgetproto.disputes.options.explanation.stored import Explained
from budgetproto.i18n.languages import Points
from budgetproto.money import Som

#: A curve of more bends is told by its quoted shares alone.
_MOST_KNOTS: Final = 40


def change(found: Explained) -> Iterator[Section]:
    """Yield the sections of the sensitivity; one that does not apply says why."""
    yield _envelope(found)
    yield _positions(found)
    yield _rules(found)
    yield _claims(found)
    yield _priorities(found)
    yield _leaving(found)


def _envelope(found: Explained) -> Section:
    return _section(
        found,
        "envelope",
        "curve",
        [*_next_bounds(found), *_protection(found)],
        chart=_curve(found),
        tables=[*_needed(found), *_knots(found), *_parts(found)],
    )


def _section(
    found: Explained,
    key: str,
    part: str,
    told: Sequence[Said],
    *,
    chart: Curve | Bars | None = None,
    tables: Sequence[Table] = (),
) -> Section:
    """Return a section that opens with what it is about, and says why a part of it is not given."""
    absent = found.sensitivity.absent.get(part)
    why = [Said(f"balancing.sensitivity.absent_{absent.value}")] if absent else []
    return Section(
        key,
        (said(f"disputes.explained.{key}.what"), *told, *why),
        chart=chart,
        tables=tuple(table for table in tables if table.rows),
        sources=(computed_from(found),),
    )


def _curve(found: Explained) -> Curve | None:
    knots = found.sensitivity.curve or ()
    if len(knots) < 2 or found.option.envelope is None:  # a line has two ends
        return None
    points = tuple(Point(_up(found, knot.envelope), knot.rate) for knot in knots)
    rate = found.option.rate
    present = None if rate is None else Point(Som(found.option.envelope), rate)
    told = said(
        "disputes.explained.chart.envelope.told",
        start=points[0].money,
        end=points[-1].money,
        envelope=Som(found.option.envelope),
        rate=rate,
    )
    return Curve("envelope", told, points, present)


def _needed(found: Explained) -> Iterator[Table]:
    rows = tuple(
        (rate, _up(found, money), _apart(found, _up(found, money)))
        for rate, money in sorted((found.sensitivity.needed or {}).items())
    )
    yield Table("needed", columns("needed", "rate", "envelope", "more"), rows)


def _apart(found: Explained, money: Som) -> Som | None:
    """Return how much more than the present envelope."""
    return None if found.option.envelope is None else money - Som(found.option.envelope)


def _up(found: Explained, money: Fraction) -> Som:
    """Return the next whole step of the rounding that suffices."""
    return Som(found.option.quantum * ceil(money / found.option.quantum))


def _down(found: Explained, money: Fraction) -> Som:
    return Som(found.option.quantum * floor(money / found.option.quantum))


def _knots(found: Explained) -> Iterator[Table]:
    knots = found.sensitivity.curve or ()
    if len(knots) <= _MOST_KNOTS:
        rows = tuple((_up(found, knot.envelope), knot.rate) for knot in knots)
        yield Table("knots", columns("knots", "envelope", "rate"), rows)


def _next_bounds(found: Explained) -> Iterator[Said]:
    marginal = found.sensitivity.marginal
    if marginal and (above := marginal.above):
        lines = found.numbers(above.lines)
        yield said("balancing.sensitivity.above", envelope=_up(found, above.envelope), lines=lines)
    if marginal and (below := marginal.below):
        lines = found.numbers(below.lines)
        yield said("balancing.sensitivity.below", envelope=_down(found, below.envelope), lines=lines)


def _protection(found: Explained) -> Iterator[Said]:
    if found.sensitivity.protection is not None:
        yield said("balancing.sensitivity.protection", rate=found.sensitivity.protection)


def _parts(found: Explained) -> Iterator[Table]:
    parts = found.sensitivity.marginal.parts if found.sensitivity.marginal else {}
    rows = tuple((found.line(name), part) for name, part in parts.items())
    yield Table("parts", columns("parts", "line", "part"), rows)


def _positions(found: Explained) -> Section:
    """Return where the option stands between the two figures of each line, in money."""
    sign = -1 if found.option.cut else 1
    moved = [award for award in found.awards if award.claim]
    bars = tuple(
        Bar(
            found.line(award.line),
            Som(0),
            Som(sign * (award.claim or 0)),
            None if award.granted is None else Som(sign * award.granted),
        )
        for award in moved
    )
    rows = tuple(
        (
            found.line(award.line),
            *(_filed(award, raw) for raw in (award.government, award.lsg, award.amount)),
            Som(sign * (award.claim or 0)),
            None if award.granted is None else Som(sign * award.granted),
            award.rate,
        )
        for award in moved
    )
    told = said("disputes.explained.chart.positions.told", count=len(bars))
    table = Table(
        "positions",
        columns("positions", "line", "government", "asked", "figure", "lsg", "option", "rate"),
        rows,
    )
    return Section(
        "positions",
        (said("disputes.explained.positions.what"),),
        chart=Bars("positions", told, bars) if bars else None,
        tables=(table,) if rows else (),
        sources=(computed_from(found),),
    )


def _filed(award: Award, raw: int | None) -> Cell:
    """Return a figure in the measure of its line."""
    if raw is None:
        return None
    return Som(raw) if award.in_money else Points(raw)


def _rules(found: Explained) -> Section:
    spread = found.sensitivity.spread
    if spread is None:
        return _section(found, "rules", "spread", [])
    told = [said("disputes.explained.rules.least", least=_least(found))]
    if spread.strong:
        told.append(said("disputes.explained.rules.strong"))
    if spread.strong_lines:
        told.append(said("disputes.explained.rules.strong_lines", lines=found.numbers(spread.strong_lines)))
    if len(found.rules) <= 2:  # the rule of the terms and the midpoint
        told.append(said("disputes.explained.rules.few"))
    return _section(found, "rules", "spread", told, chart=_range(found), tables=[_side_by_side(found)])


def _least(found: Explained) -> Som:
    """Return the money that every rule grants."""
    spans = found.sensitivity.spread.spans if found.sensitivity.spread else ()
    return Som(sum(max(span.least or 0, 0) for span in spans))


def _range(found: Explained) -> Bars | None:
    spans = found.sensitivity.spread.spans if found.sensitivity.spread else ()
    granted = {award.line: award.granted for award in found.awards}
    bars = tuple(
        Bar(found.line(span.line), Som(span.least), Som(span.most), _som(granted[span.line]))
        for span in spans
        if span.least is not None and span.most is not None and (span.claim or 0) > 0
    )
    told = said("disputes.explained.chart.rules.told", count=len(bars))
    return Bars("rules", told, bars) if bars else None


def _side_by_side(found: Explained) -> Table:
    """Return what every rule grants on each line, with the least and the most of those that share."""
    spans = found.sensitivity.spread.spans if found.sensitivity.spread else ()
    strong = set(found.sensitivity.spread.strong_lines) if found.sensitivity.spread else set()
    head = (
        *columns("rules", "line", "claim"),
        *(Column(f"balancing.rule.{rule.lower()}", code=rule) for rule in found.rules),
        *columns("rules", "line", "least", "most")[1:],
        Column("disputes.explained.rules.column.apart", figure=False),
    )
    rows = tuple(
        (
            found.line(span.line),
            _som(span.claim),
            *(_som(granted[place]) for granted in found.rules.values()),
            _som(span.least),
            _som(span.most),
            said("disputes.explained.rules.far") if span.line in strong else None,
        )
        for place, span in enumerate(spans)
    )
    return Table("rules", head, rows)


def _claims(found: Explained) -> Section:
    """Return who gains and who pays if the claims of one region were a tenth larger."""
    rows: list[tuple[Cell, ...]] = []
    for each in found.sensitivity.inflation or ():
        if each.changes is None:
            rows.append((found.region(each.region), None, None, None))
            continue
        others = {name: money for name, money in each.changes.items() if name != each.region}
        most = min(others.items(), key=lambda other: other[1], default=("", 0))
        paying: Cell = found.region(most[0]) if most[1] < 0 else None
        rows.append(
            (found.region(each.region), Som(each.changes[each.region]), Som(sum(others.values())), paying)
        )
    head = columns("claims", "region", "own", "others", "most")
    table = Table("claims", (*head[:-1], Column(head[-1].key, figure=False)), tuple(rows))
    return _section(found, "claims", "inflation", [], tables=[table])


def _priorities(found: Explained) -> Section:
    swept = found.sensitivity.swept or ()
    rows: list[tuple[Cell, ...]] = []
    for name in swept[0].granted if swept else ():
        granted = [money for each in swept if (money := each.granted[name]) is not None]
        if len(set(granted)) > 1:
            rows.append((found.line(name), Som(min(granted)), Som(max(granted))))
    told = [] if rows or not swept else [said("disputes.explained.priorities.same")]
    table = Table("priorities", columns("priorities", "line", "least", "most"), tuple(rows))
    return _section(found, "priorities", "swept", told, tables=[table])


def _leaving(found: Explained) -> Section:
    """Return the common rate if each line in turn left the dispute."""
    common = found.option.rate
    claiming = {award.line for award in found.awards if award.claim}
    rows = tuple(
        (found.line(name), rate, None if common is None else rate - common)
        for name, rate in (found.sensitivity.dropped or {}).items()
        if rate is not None and name in claiming
    )
    table = Table("leaving", columns("leaving", "line", "rate", "change"), rows)
    return _section(found, "leaving", "dropped", [], tables=[table])


def _som(tyiyn: int | None) -> Som | None:
    return None if tyiyn is None else Som(tyiyn)
