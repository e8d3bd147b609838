"""What the page of consequences and its files show: chosen territories, and parts that equal the whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Final

import numpy as np
from sqlmodel import Session

from budgetproto.analysis.consequences.division import Division, Gathered, gathered
from budgetproto.analysis.consequences.effects import Effect, Effects, Facts, Lens, effects
from budgetproto.analysis.consequences.knowledge import Contested, Counted, Knowledge, Source, knowledge
from budgetproto.analysis.consequences.parts import Part, Vulnerable, added, part, parted, vulnerable
from budgetproto.analysis.discrepancies import about as table_about
from budgetproto.analysis.table import Table
from budgetproto.disputes import storage as disputes
from budgetproto.exchange import Cell, Column
from budgetproto.i18n import Named, every_language
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.protocol.by_territory import VARIANTS, Variant
from budgetproto.transfers.constituencies import constituency_of
from budgetproto.transfers.domain import oblast_code
from budgetproto.transfers.storage import find_constituencies, names_of, parents_of

WORST: Final = 10


#: Makes what programs are told of a table from the sentences that stand with it.
About = Callable[[Sequence[Named]], tuple[tuple[Column, Cell], ...]]


@dataclass(frozen=True)
class Choice:
    """What is looked at, and the territories of which oblast and constituency; empty means all."""

    lens: Lens
    region: str = ""
    constituency: str = ""
    counted: Counted = "revenue"


@dataclass(frozen=True)
class Places:
    """Where territories lie: names of territories and oblasts, by code."""

    names: Mapping[str, Named]
    oblast_of: Mapping[str, str]
    constituency_of: Mapping[str, str] = field(default_factory=dict)
    constituencies: Mapping[str, Named] = field(default_factory=dict)

    def name(self, code: str) -> Named:
        """Name a territory; one without a name is named by its code."""
        return self.names.get(code, Named(code, code, code))


@dataclass(frozen=True)
class Report:
    """The consequences of one sitting, or of a simulation, as one reader asked for them.

    `about` is what programs are told of it in every row of its file, `shown` the variants that it has.
    """

    about: About
    choice: Choice
    gathered: Gathered
    known: Knowledge
    places: Places
    shown: tuple[Variant, ...] = VARIANTS
    trial: tuple[Named, ...] = ()

    @property
    def places_shown(self) -> tuple[int, ...]:
        """Where the variants that it has stand in a row of money."""
        return tuple(VARIANTS.index(variant) for variant in self.shown)

    def variant_name(self, variant: Variant) -> Named:
        """Name a variant: in a trial it is only before and after."""
        return every_language(f"analysis.consequences.{'trial' if self.trial else 'variant'}.{variant}")

    @property
    def facts(self) -> Facts:
        """What is known of the territories, with what counts as their money."""
        return self.known.counting(self.choice.counted)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it comes from."""
        return self.known.sources

    @cached_property
    def every(self) -> Effects:
        """What becomes of all territories; the threshold is a share of the mean of all of them."""
        return effects(self.gathered, self.choice.lens, self.facts)

    @cached_property
    def rows(self) -> tuple[Effect, ...]:
        """The chosen territories, by code."""
        places, choice = self.places, self.choice
        wanted = ((places.oblast_of, choice.region), (places.constituency_of, choice.constituency))
        return tuple(
            row
            for row in self.every.rows
            if all(not code or of.get(row.territory) == code for of, code in wanted)
        )

    @cached_property
    def worst(self) -> tuple[Effect, ...]:
        """The chosen territories that lose most, or gain least."""
        return Effects(self.rows, None).worst(WORST)

    @cached_property
    def crossing(self) -> tuple[Effect, ...]:
        """The chosen territories that fall below the threshold or rise above it."""
        return tuple(row for row in self.rows if row.crossing)

    @cached_property
    def whole(self) -> Part:
        """All chosen territories together."""
        return part("", self.rows, self.facts)

    @cached_property
    def oblasts(self) -> tuple[Part, ...]:
        """They by oblast."""
        return parted(self.rows, self.places.oblast_of, self.facts)

    @cached_property
    def constituencies(self) -> tuple[Part, ...]:
        """They by constituency; empty where no list of constituencies is known."""
        if not self.places.constituencies:
            return ()
        return parted(self.rows, self.places.constituency_of, self.facts)

    @cached_property
    def vulnerable(self) -> tuple[Vulnerable, ...]:
        """How the change meets vulnerable groups."""
        return vulnerable(self.rows, self.facts)

    @cached_property
    def undivided(self) -> Effect:
        """The lines of no one territory together: part of the whole, and never shared out by guess."""
        soms, lens = self.gathered.undivided, self.choice.lens
        at = np.zeros(len(soms.amounts), dtype=np.int64)
        return Effect(
            territory="",
            soms=tuple(soms.of_variant(variant, at, 1)[0] for variant in VARIANTS),
            change=soms.moved(lens.against, lens.variant, at, 1)[0],
            lines=int(soms.both(lens.against, lens.variant).sum()),
            all_lines=len(soms.amounts),
            per_head=None,
            of_revenue=None,
        )

    @cached_property
    def total(self) -> tuple[tuple[int | None, ...], int | None]:
        """Return money and change of all that is shown, undivided lines included."""
        whole, apart = self.whole, self.undivided
        if not self.shows_undivided:
            return whole.soms, whole.change
        soms = tuple(added(pair) for pair in zip(whole.soms, apart.soms, strict=True))
        return soms, added((whole.change, apart.change))

    def money(self) -> list[int]:
        """Return the money of every row by each variant, in tyiyn; sums and changes are made of it."""
        rows = (self.gathered.soms.amounts, self.gathered.undivided.amounts)
        return [each for amounts in rows for each in amounts.ravel().tolist()]

    @property
    def bar(self) -> int | None:
        """The threshold in tyiyn per head."""
        return self.every.bar

    @property
    def shows_undivided(self) -> bool:
        """Tell whether such lines belong to what is shown: not where some territories are chosen."""
        chosen = self.choice.region or self.choice.constituency
        return len(self.gathered.undivided.amounts) > 0 and not chosen


def report(session: Session, table: Table, found: Gathered, known: Knowledge, choice: Choice) -> Report:
    """Return the consequences of a sitting for somebody who may read its table."""
    about = partial(table_about, table.paper.protocol, table.entries)
    return Report(about, choice, found, known, places_of(session, table, found))


def known_of(session: Session, table: Table, found: Gathered) -> Knowledge:
    """Return what is known of the territories, in the units of the day of the table."""
    on = bishkek_day(table.paper.protocol.facts.head.at)
    return knowledge(session, found.territories, on, _contested(session, table, found))


def _contested(session: Session, table: Table, found: Gathered) -> Contested:
    """Return which kinds of transfers are contested where: those of the budget would count them twice."""
    everywhere: set[str] = set()
    by_territory: dict[str, set[str]] = {}
    for line in disputes.lines(session, table.paper.sitting.id):
        if line.withdrawn is None and line.text.territory:
            by_territory.setdefault(line.text.territory, set()).add(line.text.kind)
        elif line.withdrawn is None and line.number not in found.undivided_lines:
            everywhere.add(line.text.kind)
    return Contested(frozenset(everywhere), by_territory)


def gathered_of(table: Table, divisions: Sequence[Division] = ()) -> Gathered:
    """Return the money of the lines of a sitting by territory."""
    return gathered(table.paper.protocol.pairs(), divisions)


def usual_lens(found: Gathered, threshold: int) -> Lens:
    """Return what is looked at at first: the option against the law in force if that is as well known."""
    there = [variant for variant in VARIANTS if _is_known(found, variant)]
    variant: Variant = next((each for each in ("balanced", "lsg") if each in there), "lsg")
    known: dict[Variant, int] = {
        base: sum(int(rows.both(base, variant).sum()) for rows in (found.soms, found.undivided))
        for base in ("law", "government")
    }
    return Lens(max(known, key=lambda base: known[base]), variant, threshold)


def places_of(session: Session, table: Table, found: Gathered) -> Places:
    """Return where territories lie and their names: those of the reference data, else of the lines."""
    said = {entry.line.territory_code: entry.line.territory for entry in table.entries}
    return places_on(session, found, bishkek_day(table.paper.protocol.facts.head.at), said)


def places_on(session: Session, found: Gathered, on: date, said: Mapping[str, Named]) -> Places:
    """Return where territories lie on a day; `said` are names that other sources give."""
    oblast_of = {code: oblast_code(code) for code in found.territories}
    entries = find_constituencies(session)
    return Places(
        names={**said, **names_of(session, {*found.territories, *oblast_of.values()})},
        oblast_of=oblast_of,
        constituency_of=constituency_of(parents_of(session, found.territories), entries, on),
        constituencies={entry.code: entry.name for entry in entries if entry.is_valid(on)},
    )


def _is_known(found: Gathered, variant: Variant) -> bool:
    place = VARIANTS.index(variant)
    return bool(found.soms.known[:, place].any() or found.undivided.known[:, place].any())
