"""The words of an explanation in one language and unit: the same strings on page, picture and paper."""

from dataclasses import dataclass

from budgetproto.disputes.options.explanation.sections import Cell, Column, Said
from budgetproto.i18n import Language, shown, text
from budgetproto.i18n.catalogue import with_unit
from budgetproto.money import Amount, Som, Unit


@dataclass(frozen=True)
class Wording:
    """Writes cells, heads and sentences."""

    language: Language
    unit: Unit

    def cell(self, value: Cell) -> str:
        """Write a cell: an amount without the name of its unit, which stands in the caption."""
        if isinstance(value, Said):
            return self.sentence(value)
        return shown(Amount(value, self.unit) if isinstance(value, Som) else value, self.language)

    def sentence(self, told: Said) -> str:
        """Write a sentence; its amounts carry the name of their unit."""
        values = {
            name: self.sentence(value)
            if isinstance(value, Said)
            else with_unit(value, self.unit, self.language)
            for name, value in told.values
        }
        return text(told.key, self.language, **values)

    def head(self, column: Column) -> str:
        """Write the head of a column; that of a rule is its letter with its name."""
        name = text(column.key, self.language)
        return f"{column.code}. {name}" if column.code else name

    def caption(self, key: str) -> str:
        """Write the caption of a table, or of a section."""
        return text(f"disputes.explained.{key}.title", self.language)

    @property
    def unit_name(self) -> str:
        """The name of the unit."""
        return text(f"money.unit.{self.unit.key}", self.language)
