"""The tables of the page as its files have them, made of the same values."""

from collections.abc import Iterator, Sequence
from typing import Final

from budgetproto.analysis.consequences.effects import Effect
from budgetproto.analysis.consequences.knowledge import Source, unit_name
from budgetproto.analysis.consequences.parts import Part
from budgetproto.analysis.consequences.report import Report
from budgetproto.exchange import Cell, Column, Kind, Sheet, Total
from budgetproto.i18n import Named, every_language
from budgetproto.money import Som
from budgetproto.transfers.comparing import step_told

_KEY: Final = "analysis.consequences."


def sheets(found: Report) -> list[Sheet]:
    """Return everything the page shows, a table each, the territories first."""
    made = [_territories(found), _parts(found, "region", found.oblasts)]
    if found.constituencies:
        made.append(_parts(found, "constituency", found.constituencies))
    if found.vulnerable:
        made.append(_vulnerable(found))
    return made


def told(found: Report) -> tuple[Named, ...]:
    """Tell what is compared, of which territories, and what is not divided among them."""
    return tuple(_told(found))


def _told(found: Report) -> Iterator[Named]:
    lens = found.choice.lens
    if found.trial:
        yield from found.trial
    else:
        names = {name: found.variant_name(getattr(lens, name)) for name in ("variant", "against")}
        yield every_language(f"{_KEY}note.lens", **names)
    if found.choice.region:
        yield found.places.name(found.choice.region)
    if found.choice.constituency:
        yield found.places.constituencies[found.choice.constituency]
    if found.gathered.undivided_lines and found.shows_undivided:
        numbers = ", ".join(map(str, found.gathered.undivided_lines))
        yield every_language(f"{_KEY}note.undivided", lines=numbers)
    yield counted_told(found)
    for label in found.gathered.labels:
        yield every_language(label)


def counted_told(found: Report) -> Named:
    """Tell what shares and threshold count beside the contested money."""
    counted, known = found.choice.counted, found.known
    if counted == "revenue":
        return every_language(f"{_KEY}note.counted.revenue")
    sources = "; ".join(known.transfer_sources)
    return every_language(f"{_KEY}note.counted.budget", year=str(known.year), sources=sources)


def recast_told(found: Report) -> tuple[Named, ...]:
    """Tell what figures of other units were recast, and which could not be: they are no data."""
    known = found.known
    steps = (step_told(step, lambda code: unit_name(known, code)) for step in known.steps)
    apart = (
        every_language(
            f"{_KEY}note.apart",
            unit=unit_name(known, each.soate),
            why=every_language(f"transfers.recast.why.{each.why}"),
        )
        for each in known.apart
    )
    return tuple(dict.fromkeys((*steps, *apart)))


def source_told(each: Source) -> Named:
    """Tell where indicators come from."""
    return every_language(
        f"{_KEY}note.source",
        indicator=every_language(f"transfers.indicator.{each.kind}"),
        on=each.on,
        source=each.source,
        territories=each.territories,
    )


def share_key(found: Report) -> str:
    """Return the head of the column of shares: of own revenue, or of the budget."""
    return f"{_KEY}column.of_{found.choice.counted}"


def _territories(found: Report) -> Sheet:
    rows = [_row(found, each) for each in found.rows]
    apart = found.undivided
    notes = (*told(found), *map(source_told, found.sources), *recast_told(found))
    if found.shows_undivided:
        rows.append(_sum_row(found, every_language(f"{_KEY}undivided"), apart.soms, apart.change))
    return Sheet(
        title=every_language(f"{_KEY}title"),
        columns=(
            _column("territory"),
            _column("code"),
            _column("region"),
            _column("constituency"),
            *_money_columns(found),
            _column("per_head", "amount"),
            Column("of_revenue", every_language(share_key(found)), "percentage"),
            _column("threshold_state"),
        ),
        rows=rows,
        totals=[Total(_sum_row(found, every_language("analysis.total.short"), *found.total))],
        notes=notes,
        about=found.about(notes),
        held=1,
    )


def _row(found: Report, each: Effect) -> tuple[Cell, ...]:
    places = found.places
    constituency = places.constituency_of.get(each.territory, "")
    return (
        places.name(each.territory),
        each.territory,
        places.name(places.oblast_of[each.territory]),
        places.constituencies.get(constituency),
        *_shown(found, each.soms),
        _som(each.change),
        _som(each.per_head),
        each.of_revenue,
        every_language(f"{_KEY}{each.crossing}") if each.crossing else None,
    )


def _sum_row(found: Report, name: Named, soms: Sequence[int | None], change: int | None) -> tuple[Cell, ...]:
    return (name, None, None, None, *_shown(found, soms), _som(change), None, None, None)


def _parts(found: Report, by: str, parts: Sequence[Part]) -> Sheet:
    names = found.places.names if by == "region" else found.places.constituencies
    rest = every_language(f"{_KEY}no_constituency")
    whole = found.whole
    return Sheet(
        title=every_language(f"{_KEY}by_{by}"),
        columns=(
            _column(by),
            _column("territories", "integer"),
            *_money_columns(found),
            *(_column(key, "amount") for key in ("gained", "lost", "absolute")),
            _column("gaining", "integer"),
            _column("losing", "integer"),
            _column("per_head", "amount"),
        ),
        rows=[_part_row(found, names.get(each.code, rest), each) for each in parts],
        # What is per head is no sum.
        totals=[Total((*_part_row(found, every_language("analysis.total.short"), whole)[:-1], None))],
        notes=found.trial,
        held=1,
    )


def _part_row(found: Report, name: Named, each: Part) -> tuple[Cell, ...]:
    moved = (each.gained, each.lost, each.absolute)
    return (
        name,
        each.territories,
        *_shown(found, each.soms),
        _som(each.change),
        *(_som(amount if each.known else None) for amount in moved),
        each.gaining,
        each.losing,
        _som(each.per_head),
    )


def _vulnerable(found: Report) -> Sheet:
    keys = ("more_change", "more_per_head", "fewer_change", "fewer_per_head", "per_member")
    return Sheet(
        title=every_language(f"{_KEY}vulnerable"),
        columns=(
            _column("group"),
            _column("territories", "integer"),
            _column("members", "integer"),
            _column("group_share", "percentage"),
            *(_column(key, "amount") for key in keys),
        ),
        rows=[
            (
                every_language(f"transfers.indicator.{each.kind}"),
                each.known,
                each.members,
                each.share,
                *map(_som, (each.more.change, each.more.per_head, each.fewer.change, each.fewer.per_head)),
                _som(each.per_member),
            )
            for each in found.vulnerable
        ],
        notes=found.trial,
        held=1,
    )


def _money_columns(found: Report) -> tuple[Column, ...]:
    variants = (Column(each, found.variant_name(each), "amount") for each in found.shown)
    return (*variants, _column("change", "amount"))


def _shown(found: Report, soms: Sequence[int | None]) -> tuple[Som | None, ...]:
    return tuple(_som(soms[place]) for place in found.places_shown)


def _column(key: str, kind: Kind = "text") -> Column:
    return Column(key, every_language(f"{_KEY}column.{key}"), kind)


def _som(tyiyn: int | None) -> Som | None:
    return None if tyiyn is None else Som(tyiyn)
