"""What the page of discrepancies and its files show: the chosen lines, in order, in groups, with sums."""

from dataclasses import dataclass
from functools import cached_property

from budgetproto.analysis.choice import CONDITIONS, Choice, chosen
from budgetproto.analysis.columns import BY_KEY
from budgetproto.analysis.discrepancies import discrepancy_sheet, subtotal_sheet
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.flat import dictionary_sheet, flat_sheet
from budgetproto.analysis.sums import Group, grouped, whole
from budgetproto.analysis.table import Table
from budgetproto.exchange import Sheet
from budgetproto.i18n import LANGUAGES, Language, Named, every_language, with_unit
from budgetproto.money import Som

#: The groups whose subtotals stand below a table that is in no groups.
_USUAL: tuple[str, ...] = ("kind", "region")


@dataclass(frozen=True)
class View:
    """The chosen part of a table; names are sorted as the reader's language has them."""

    table: Table
    choice: Choice
    language: Language

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The lines that meet the conditions, in the chosen order."""
        return chosen(self.table.entries, self.choice, self.language)

    @cached_property
    def whole(self) -> Group:
        """These lines with their sums."""
        return whole(self.entries)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The lines in the chosen groups; in one when none are chosen."""
        if not self.choice.group:
            return (self.whole,)
        return grouped(self.entries, self.choice.group, self.language)

    @cached_property
    def subtotals(self) -> dict[str, tuple[Group, ...]]:
        """The groups whose subtotals are shown, by what they are grouped by."""
        if self.choice.group:
            return {self.choice.group: self.groups}
        return {by: grouped(self.entries, by, self.language) for by in _USUAL}

    def told(self) -> tuple[Named, ...]:
        """Tell the conditions, the order, the groups and the lines that are not open, a sentence each."""
        said = [
            self._by_decision(),
            self._conditions(),
            self._order(),
            self._group(),
            self._closed(),
        ]
        return tuple(sentence for sentence in said if sentence)

    def _by_decision(self) -> Named | None:
        """Tell that the option is a trial which the committee adopted."""
        adopted = self.table.paper.protocol.facts.adopted
        if adopted is None:
            return None
        return every_language("disputes.option.by_decision", rule=adopted.rule, on=adopted.on)

    def sheet(self) -> Sheet:
        """Return the table of the page."""
        return discrepancy_sheet(self.table.paper.protocol, self.groups, self.choice, self.told())

    def sheets(self) -> list[Sheet]:
        """Return everything the page shows, a table each, then the same for programs with its dictionary."""
        return [
            self.sheet(),
            *(subtotal_sheet(by, groups, self.whole) for by, groups in self.subtotals.items()),
            flat_sheet(self.table.paper.protocol, [e for group in self.groups for e in group.entries]),
            dictionary_sheet(),
        ]

    def _conditions(self) -> Named | None:
        if self.choice.everything:
            return None
        parts = [self._condition(name) for name in CONDITIONS if getattr(self.choice, name)]
        joined = Named(*("; ".join(part.text(language) for part in parts) for language in LANGUAGES))
        return every_language("analysis.note.filter", conditions=joined)

    def _condition(self, name: str) -> Named:
        wanted = getattr(self.choice, name)
        return every_language(
            "analysis.condition", name=every_language(_LABELS[name]), value=self._value(name, wanted)
        )

    def _value(self, name: str, wanted: str | Som) -> Named:
        if isinstance(wanted, Som):
            unit = self.table.paper.sitting.unit
            return Named(*(str(with_unit(wanted, unit, language)) for language in LANGUAGES))
        names = {"kind": self.table.kinds, "region": self.table.regions, "party": self.table.parties}
        if name in names:
            return names[name][wanted]
        if name in _BEGUN:
            return every_language(f"{_BEGUN[name]}{wanted}")
        return Named(wanted, wanted, wanted)

    def _order(self) -> Named | None:
        if not self.choice.sort and not self.choice.order:
            return None
        column = BY_KEY[self.choice.sort or "number"].column.header
        way = every_language(f"analysis.order.{self.choice.order or 'asc'}")
        return every_language("analysis.note.order", column=column, way=way)

    def _group(self) -> Named | None:
        by = self.choice.group
        return (
            every_language("analysis.note.group", column=every_language(f"analysis.column.{by}"))
            if by
            else None
        )

    def _closed(self) -> Named | None:
        numbers = ", ".join(map(str, self.table.closed))
        return every_language("analysis.note.closed", lines=numbers) if numbers else None


_LABELS = {
    "kind": "analysis.column.kind",
    "region": "analysis.column.region",
    "status": "analysis.column.status",
    "party": "analysis.party",
    "outcome": "analysis.column.outcome",
    "measure": "analysis.column.measure",
    "recurring": "analysis.column.recurring",
    "year": "analysis.column.year",
    "least": "analysis.least",
    "most": "analysis.most",
    "words": "analysis.words",
}
#: The beginning of the key that names a chosen value.
_BEGUN = {
    "status": "analysis.status.",
    "outcome": "analysis.standing.",
    "measure": "disputes.measure.",
    "recurring": "disputes.recurring.",
}
