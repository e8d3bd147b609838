"""What two sides of a comparison are: a sitting, a budget year over all sittings, a version of an option."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlmodel import Session

from budgetproto.analysis.choice import Choice, chosen
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.joining import Changes, Pair, State, changes, joined
from budgetproto.analysis.scope import Scope
from budgetproto.disputes.lines.lineage_storage import made_from
from budgetproto.disputes.options.document import PublishedOption
from budgetproto.disputes.options.service import published
from budgetproto.exchange import Column, Kind, Sheet, Total
from budgetproto.i18n import Language, Named, every_language
from budgetproto.protocol.composed import Stand
from budgetproto.protocol.differences import money


@dataclass(frozen=True)
class Sides:
    """Everything that can be compared, by its key, and from which line each line was made."""

    names: Mapping[str, Named]
    scope: Scope
    options: Mapping[str, PublishedOption]
    made_from: Mapping[str, str]

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return the lines of one side."""
        what, _, rest = key.partition("-")
        if what == "year":
            return tuple(each for each in self.scope.entries if str(each.line.year) == rest)
        sitting = rest.partition("-")[0]
        lines = tuple(each for each in self.scope.entries if each.sitting == sitting)
        return tuple(_under(each, self.options[key]) for each in lines) if what == "option" else lines


@dataclass(frozen=True)
class Comparison:
    """Two sides, line by line, of which those in one `state` are shown; empty shows all."""

    sides: Sides
    before: str
    after: str
    figure: str
    choice: Choice
    language: Language
    state: State | None = None

    @cached_property
    def every(self) -> tuple[Pair, ...]:
        """All questions of both sides that meet the conditions."""
        before, after = (
            chosen(self.sides.entries(key), self.choice, self.language) for key in (self.before, self.after)
        )
        return joined(before, after, self.sides.made_from, self.figure)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The questions that are shown."""
        return tuple(each for each in self.every if self.state in (None, each.state))

    @cached_property
    def sums(self) -> Changes:
        """The sums over the questions that are shown."""
        return changes(self.pairs)

    def count(self, state: State) -> int:
        """Return how many questions became so."""
        return sum(each.state == state for each in self.every)

    def told(self) -> Named:
        """Tell what is compared."""
        return every_language(
            "analysis.note.compare",
            figure=every_language(f"analysis.column.{self.figure}"),
            before=self.sides.names[self.before],
            after=self.sides.names[self.after],
        )

    def sheet(self, notes: tuple[Named, ...]) -> Sheet:
        """Return the comparison as a file has it."""
        keys = ("title", "kind", "territory", "before", "after", "change", "state")
        kinds: dict[str, Kind] = {"before": "amount", "after": "amount", "change": "amount"}
        sums = (self.sums.before, self.sums.after, self.sums.change)
        return Sheet(
            title=every_language("analysis.compare.title"),
            columns=tuple(Column(key, self._head(key), kinds.get(key, "text")) for key in keys),
            rows=[
                (
                    pair.shown.line.title,
                    pair.shown.line.kind,
                    pair.shown.line.territory,
                    pair.was,
                    pair.now,
                    pair.change,
                    every_language(f"analysis.state.{pair.state}"),
                )
                for pair in self.pairs
            ],
            totals=[Total((every_language("analysis.total.short"), None, None, *sums, None))],
            notes=notes,
            held=1,
        )

    def _head(self, key: str) -> Named:
        if key in ("before", "after"):
            return self.sides.names[getattr(self, key)]
        return every_language(f"analysis.column.{key}")


def sides_of(session: Session, scope: Scope) -> Sides:
    """Return what can be compared among the sittings that somebody may read."""
    options = dict(_options(session, scope))
    names = {f"sitting-{code}": scope.sittings[code] for code in (t.paper.sitting.id for t in scope.tables)}
    years = {f"year-{year}": every_language("analysis.side.year", year=str(year)) for year in scope.years}
    versions = {
        key: every_language(
            "analysis.side.option", sitting=scope.sittings[key.split("-")[1]], version=option.number
        )
        for key, option in options.items()
    }
    return Sides({**names, **years, **versions}, scope, options, made_from(session))


def _options(session: Session, scope: Scope) -> Iterator[tuple[str, PublishedOption]]:
    """Yield the versions of the options of which there are several."""
    for table in scope.tables:
        found = published(session, table.paper.sitting.id)
        if len(found) > 1:
            yield from ((f"option-{table.paper.sitting.id}-{each.number}", each) for each in found)


def _under(entry: Entry, option: PublishedOption) -> Entry:
    """Return a line with what one version of the option says of it."""
    award = option.awards.get(entry.line.number)
    figure = award.figure if award else None
    stand = Stand(figure, money(entry.line, figure), entry.made.computed.illustrative)
    return replace(entry, made=replace(entry.made, computed=stand))
