"""What the page of discrepancies and its files show: the chosen lines, in order, in groups, with sums."""

from dataclasses import dataclass
from functools import cached_property

from budgetproto.analysis.choice import Choice, chosen
from budgetproto.analysis.discrepancies import discrepancy_sheet, subtotal_sheet
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.flat import dictionary_sheet, flat_sheet
from budgetproto.analysis.sums import Group, grouped, whole
from budgetproto.analysis.table import Table
from budgetproto.analysis.telling import told
from budgetproto.exchange import Sheet
from budgetproto.i18n import Language, Named, every_language

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
            *told(self.choice, self.table, self.table.paper.sitting.unit),
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

    def _closed(self) -> Named | None:
        numbers = ", ".join(map(str, self.table.closed))
        return every_language("analysis.note.closed", lines=numbers) if numbers else None
