"""What is expected of a file: its columns, the unit of its amounts, and the head that names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgetproto.errors import Problem
from budgetproto.exchange.sheet import Column, heading
from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.i18n.letters import folded, told_missing
from budgetproto.money import Unit

#: No field of a form takes a longer text.
MOST_LETTERS = 8_000


class Unusable(Exception):
    """The file cannot be read at all."""

    def __init__(
        self, key: str, *, row: int | None = None, column: str | None = None, **details: object
    ) -> None:
        self.key, self.row, self.column, self.details = key, row, column, details
        super().__init__(key)

    def problem(self, file: str | None) -> Problem:
        """Return the fault with its place."""
        return Problem(self.key, self.details, file, self.row, self.column)


@dataclass(frozen=True)
class Form:
    """What is expected of a file: its columns, the unit of its amounts, and its name for the messages."""

    columns: Sequence[Column]
    unit: Unit
    file: str | None

    def problem(self, key: str, row: int, column: str | None = None, **details: object) -> Problem:
        """Return a fault with its place in the file."""
        return Problem(key, details, self.file, row, column)


def places(header: Sequence[str], form: Form) -> dict[str, int]:
    """Return where each known column stands; the first of two of the same name counts.

    Raise Unusable when not one is known.
    """
    names = _names(form, form.unit)
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        if key := names.get(folded(cell)):
            found.setdefault(key, place)
    if not found:
        known = ", ".join(column.key for column in form.columns)
        raise Unusable("exchange.problem.no_header", row=1, known=known)
    return found


def faults_of_header(at: int, header: Sequence[str], found: Mapping[str, int], form: Form) -> list[Problem]:
    """Return what is wrong with a head: columns that are unknown, of another unit, or missing."""
    known, others = found.values(), _of_other_units(form)
    strange = [cell for place, cell in enumerate(header) if place not in known and cell.strip()]
    missing = [column.key for column in form.columns if column.required and column.key not in found]
    return [
        *(
            form.problem("exchange.problem.other_unit", at, cell, unit=unit_name(form.unit))
            if folded(cell) in others
            else form.problem("exchange.problem.unknown_column", at, cell)
            for cell in strange
        ),
        *(form.problem("exchange.problem.missing_column", at, key) for key in missing),
    ]


def fault_of_words(typed: str) -> tuple[str, dict[str, object]] | None:
    """Return what a form would refuse in a text: letters that paper cannot print, too many of them."""
    if len(typed) > MOST_LETTERS:
        return "exchange.problem.too_long", {"typed": len(typed), "most": MOST_LETTERS}
    if letters := told_missing(typed):
        return "web.letters_missing", {"letters": letters}
    return None


def unit_name(unit: Unit) -> Named:
    """Name a unit in three languages."""
    return every_language(f"money.unit.{unit.key}")


def _names(form: Form, unit: Unit) -> dict[str, str]:
    """Return the keys by everything a header cell may call them; another unit's name is not among it."""
    named = [
        (name, column.key)
        for column in form.columns
        for name in (
            column.key,
            *(column.header.text(language) for language in LANGUAGES),
            *(heading(column, language, unit) for language in LANGUAGES),
        )
    ]
    return {folded(name): key for name, key in named if folded(name)}


def _of_other_units(form: Form) -> set[str]:
    """Return how the columns of amounts are headed in other units."""
    return {name for unit in Unit if unit is not form.unit for name in _names(form, unit)}
