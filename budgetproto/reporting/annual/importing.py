"""A file of values: one row for each indicator, territory and year; every fault with its row and column."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from dataclasses import field as of_class
from typing import Final

from budgetproto.errors import BadInput, Problem
from budgetproto.exchange import Cell, Column, Sheet, from_xlsx, read_numbered
from budgetproto.i18n import every_language
from budgetproto.money import UnreadableNumber
from budgetproto.reporting.annual.domain import Indicator, Value
from budgetproto.reporting.annual.figures import UNIT, read, typed_again
from budgetproto.reporting.annual.record import is_computed
from budgetproto.reporting.annual.report import Report
from budgetproto.reporting.annual.storage import Entered

#: So many faults are told at once.
_TOLD: Final = 200


def columns() -> tuple[Column, ...]:
    """Return the columns of a file of values; a value is written in the measure of its indicator."""
    return (
        Column("indicator", every_language("annual.file.indicator"), required=True, for_programs=True),
        Column("territory", every_language("annual.file.territory"), required=True, for_programs=True),
        Column("year", every_language("annual.file.year"), "year", required=True, for_programs=True),
        Column("value", every_language("annual.file.value"), required=True, for_programs=True),
        Column("source", every_language("annual.file.source"), required=True, for_programs=True),
    )


@dataclass(frozen=True)
class Known:
    """What a row may name: the report's indicators by key, territories by code, its years."""

    indicators: Mapping[str, Indicator]
    territories: Collection[str]
    years: Collection[int]
    illustrative: bool = False


@dataclass
class _Reading:
    """Reads rows and keeps what is wrong with them."""

    known: Known
    file: str | None
    problems: list[Problem] = of_class(default_factory=list)
    seen: dict[tuple[str, str, int], int] = of_class(default_factory=dict)

    def entered(self, number: int, row: Mapping[str, Cell]) -> Entered | None:
        """Return the value of a row; None where something is wrong with it."""
        key, territory, year = str(row.get("indicator")), str(row.get("territory")), row.get("year")
        indicator = self.known.indicators.get(key)
        if indicator is None:
            self._fault("annual.file.unknown_indicator", number, "indicator", code=key)
        elif is_computed(key):
            self._fault("annual.file.computed", number, "indicator", code=key)
        if territory not in self.known.territories:
            self._fault("annual.file.unknown_territory", number, "territory", code=territory)
        if not isinstance(year, int) or year not in self.known.years:
            self._fault("annual.file.other_year", number, "year", **self._bounds())
            return None
        value = self._value(number, str(row.get("value")), indicator)
        if value is None or is_computed(key) or territory not in self.known.territories:
            return None
        first = self.seen.setdefault((key, territory, year), number)
        if first != number:
            self._fault("annual.file.twice", number, "indicator", first=first)
        source = str(row.get("source"))
        return Entered(key, territory, year, Value(value, "file", source, self.known.illustrative))

    def _value(self, number: int, typed: str, indicator: Indicator | None) -> int | None:
        if indicator is None:
            return None
        try:
            return read(typed, indicator.measure)
        except UnreadableNumber as fault:
            self._fault(fault.key, number, "value", **fault.details)
            return None

    def _fault(self, key: str, row: int, column: str, **details: object) -> None:
        self.problems.append(Problem(key, details, self.file, row, column))

    def _bounds(self) -> dict[str, object]:
        return {"first": str(min(self.known.years)), "last": str(max(self.known.years))}


def read_values(content: bytes, known: Known, *, file: str | None = None) -> list[Entered]:
    """Read a CSV or a workbook; raise BadInput with every fault, and then take none of it."""
    if content.startswith(b"PK"):
        content = from_xlsx(content, file)
    numbered, problems = read_numbered(content, columns(), unit=UNIT, file=file)
    reading = _Reading(known, file, list(problems))
    if problems:
        raise _told(reading.problems)
    found = [entered for number, row in numbered if (entered := reading.entered(number, row)) is not None]
    if reading.problems:
        raise _told(reading.problems)
    return found


def template(report: Report) -> Sheet:
    """Return the values that were entered, to be filled up and sent again; at first its head alone."""
    rows = [
        (measured.indicator.key, row.place.code, year, _typed(value, measured.indicator), value.source)
        for measured in report.measured
        for row in measured.rows
        for year, value in zip(report.years, row.values, strict=True)
        if value is not None and value.origin != "record"
    ]
    return Sheet(every_language("annual.values.title"), columns(), rows)


def _typed(value: Value, indicator: Indicator) -> str:
    return typed_again(value.number, indicator.measure)


def _told(problems: list[Problem]) -> BadInput:
    """Return the faults, the first of them when there are very many."""
    if len(problems) <= _TOLD:
        return BadInput(*problems)
    more = Problem("annual.file.more", {"more": len(problems) - _TOLD}, problems[0].file)
    return BadInput(*problems[:_TOLD], more)
