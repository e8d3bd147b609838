"""The discrepancies of several sittings: the chosen lines, in groups, with sums that add up to the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from budgetproto.analysis.choice import Choice, chosen
from budgetproto.analysis.discrepancies import lines_sheet, subtotal_sheet
from budgetproto.analysis.entries import Entry
from budgetproto.analysis.scope import Scope
from budgetproto.analysis.sums import Group, grouped, whole
from budgetproto.exchange import Cell, Column, Sheet
from budgetproto.i18n import Language, Named

_USUAL: tuple[str, ...] = ("sitting", "year", "kind")


@dataclass(frozen=True)
class Several:
    """The chosen lines of all sittings in scope."""

    scope: Scope
    choice: Choice
    language: Language

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The lines that meet the conditions, group after group."""
        found = chosen(self.scope.entries, self.choice, self.language)
        return tuple(entry for group in self._grouped(found) for entry in group.entries)

    @cached_property
    def whole(self) -> Group:
        """These lines with their sums."""
        return whole(self.entries)

    @cached_property
    def subtotals(self) -> dict[str, tuple[Group, ...]]:
        """The groups whose sums are shown, by what they are grouped by."""
        by = (self.choice.group,) if self.choice.group else _USUAL
        return {each: grouped(self.entries, each, self.language) for each in by}

    def sheets(self, notes: Sequence[Named], about: Sequence[tuple[Column, Cell]]) -> list[Sheet]:
        """Return what the page shows, a table each."""
        groups = self._grouped(self.entries)
        lines = lines_sheet(groups, self.choice, notes=notes, about=about, sittings=True)
        return [lines, *(subtotal_sheet(by, found, self.whole) for by, found in self.subtotals.items())]

    def _grouped(self, entries: Sequence[Entry]) -> tuple[Group, ...]:
        by = self.choice.group
        return grouped(entries, by, self.language) if by else (whole(entries),)
