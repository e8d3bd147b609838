"""Reads a CSV that somebody made in a spreadsheet: every fault with its place, nothing guessed or rounded."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from budgetproto.errors import Problem
from budgetproto.exchange.cells import read_cell
from budgetproto.exchange.sheet import Cell, Column, heading
from budgetproto.i18n import LANGUAGES
from budgetproto.i18n.letters import folded, told_missing
from budgetproto.money import Unit, UnreadableNumber

Row = Mapping[str, Cell]

_MOST_BYTES: Final = 20_000_000
_MOST_ROWS: Final = 200_000
#: No field of a form takes a longer text.
_MOST_LETTERS: Final = 8_000
_DELIMITERS: Final = (";", ",", "\t")


class _Unusable(Exception):
    """The file cannot be read at all."""

    def __init__(self, key: str, *, row: int | None = None, **details: object) -> None:
        self.key, self.row, self.details = key, row, details
        super().__init__(key)


@dataclass(frozen=True)
class _Form:
    """What is expected of a file: its columns, the unit of its amounts, and its name for the messages."""

    columns: Sequence[Column]
    unit: Unit
    file: str | None

    def problem(self, key: str, row: int, column: str | None = None, **details: object) -> Problem:
        return Problem(key, details, self.file, row, column)


def read_csv(
    content: bytes, columns: Sequence[Column], *, unit: Unit = Unit.SOM, file: str | None = None
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Read rows of domain values by the columns' keys, and all the faults of the file.

    UTF-8, separated by semicolons, commas or tabs; the header row names columns by key or by name in any
    language. Amounts are in `unit`. A blank cell is `None`. With any fault no row counts: take none.
    """
    numbered, problems = read_numbered(content, columns, unit=unit, file=file)
    return tuple(row for _, row in numbered), problems


def read_numbered(
    content: bytes, columns: Sequence[Column], *, unit: Unit = Unit.SOM, file: str | None = None
) -> tuple[tuple[tuple[int, Row], ...], tuple[Problem, ...]]:
    """Do the same with the number of each row, for a room that finds further faults in it."""
    form = _Form(columns, unit, file)
    try:
        (at, header), *lines = _lines(content)
        places = _places(header, form)
    except _Unusable as fault:
        return (), (Problem(fault.key, fault.details, file, fault.row),)
    problems = _faults_of_header(at, header, places, form)
    rows = []
    for number, cells in lines:
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(form.problem("exchange.problem.too_many_cells", number))
        rows.append((number, _row(number, cells, places, form, problems)))
    return tuple(rows), tuple(problems)


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """Return each row that has something in it, with its number as a spreadsheet shows it."""
    if len(content) > _MOST_BYTES:
        raise _Unusable("exchange.problem.too_big", limit=_MOST_BYTES // 1_000_000)
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _Unusable("exchange.problem.not_utf8") from fault
    found = [(number, cells) for number, cells in _parsed(words) if any(cell.strip() for cell in cells)]
    if not found:
        raise _Unusable("exchange.problem.empty")
    return found


def _parsed(words: str) -> Iterator[tuple[int, list[str]]]:
    head = words.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    number = 0
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True), start=1
        ):
            if number > _MOST_ROWS:
                raise _Unusable("exchange.problem.too_many_rows", limit=_MOST_ROWS)
            yield number, cells
    except csv.Error as fault:
        raise _Unusable("exchange.problem.not_csv", row=number + 1) from fault


def _places(header: list[str], form: _Form) -> dict[str, int]:
    """Return where each known column stands; the first of two of the same name counts."""
    names = _names(form)
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        if key := names.get(folded(cell)):
            found.setdefault(key, place)
    if not found:
        known = ", ".join(column.key for column in form.columns)
        raise _Unusable("exchange.problem.no_header", row=1, known=known)
    return found


def _names(form: _Form) -> dict[str, str]:
    """Return the keys by everything a header cell may call them; another unit's name is not among it."""
    named = [
        (name, column.key)
        for column in form.columns
        for name in (
            column.key,
            *(column.header.text(language) for language in LANGUAGES),
            *(heading(column, language, form.unit) for language in LANGUAGES),
        )
    ]
    return {folded(name): key for name, key in named if folded(name)}


def _faults_of_header(at: int, header: list[str], places: Mapping[str, int], form: _Form) -> list[Problem]:
    known = places.values()
    unknown = [cell for place, cell in enumerate(header) if place not in known and cell.strip()]
    missing = [column.key for column in form.columns if column.required and column.key not in places]
    return [
        *(form.problem("exchange.problem.unknown_column", at, cell) for cell in unknown),
        *(form.problem("exchange.problem.missing_column", at, key) for key in missing),
    ]


def _row(
    number: int, cells: list[str], places: Mapping[str, int], form: _Form, problems: list[Problem]
) -> Row:
    """Read one row; its faults are put to the others."""
    row: dict[str, Cell] = {}
    for column in form.columns:
        if (place := places.get(column.key)) is not None:
            typed = cells[place] if place < len(cells) else ""
            row[column.key] = _value(typed, column, number, form, problems)
    return row


def _value(typed: str, column: Column, number: int, form: _Form, problems: list[Problem]) -> Cell:
    """Read one cell; a fault is put to the others."""
    try:
        value = read_cell(typed, column.kind, form.unit)
    except UnreadableNumber as fault:
        problems.append(form.problem(fault.key, number, column.key, **fault.details))
    except ValueError:
        key = f"exchange.problem.not_{'date' if column.kind == 'date' else 'share'}"
        problems.append(form.problem(key, number, column.key, typed=typed.strip()))
    else:
        if column.kind == "text" and (fault_of_words := _fault_of_words(typed)):
            key, details = fault_of_words
            problems.append(form.problem(key, number, column.key, **details))
        if value is None and column.required:
            problems.append(form.problem("exchange.problem.required", number, column.key))
        return value
    return None


def _fault_of_words(typed: str) -> tuple[str, dict[str, object]] | None:
    """Return what a form would refuse in a text: letters that paper cannot print, too many of them."""
    if len(typed) > _MOST_LETTERS:
        return "exchange.problem.too_long", {"typed": len(typed), "most": _MOST_LETTERS}
    if letters := told_missing(typed):
        return "web.letters_missing", {"letters": letters}
    return None
