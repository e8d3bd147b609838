"""Reads a CSV that somebody made in a spreadsheet: every fault with its place, nothing guessed or rounded."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from budgetproto.errors import Problem
from budgetproto.exchange.cells import read_cell
from budgetproto.exchange.form import Form, Unusable, fault_of_words, faults_of_header, places
from budgetproto.exchange.sheet import Cell, Column
from budgetproto.money import Unit, UnreadableNumber

Row = Mapping[str, Cell]

_MOST_BYTES: Final = 20_000_000
_MOST_ROWS: Final = 200_000
_DELIMITERS: Final = (";", ",", "\t")


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
    form = Form(columns, unit, file)
    try:
        (at, header), *lines = _lines(content)
        found = places(header, form)
    except Unusable as fault:
        return (), (fault.problem(file),)
    problems = faults_of_header(at, header, found, form)
    rows = []
    for number, cells in lines:
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(form.problem("exchange.problem.too_many_cells", number))
        rows.append((number, _row(number, cells, found, form, problems)))
    return tuple(rows), tuple(problems)


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """Return each row that has something in it, with its number as a spreadsheet shows it."""
    if len(content) > _MOST_BYTES:
        raise Unusable("exchange.problem.too_big", limit=_MOST_BYTES // 1_000_000)
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unusable("exchange.problem.not_utf8") from fault
    found = [(number, cells) for number, cells in _parsed(words) if any(cell.strip() for cell in cells)]
    if not found:
        raise Unusable("exchange.problem.empty")
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
                raise Unusable("exchange.problem.too_many_rows", limit=_MOST_ROWS)
            yield number, cells
    except csv.Error as fault:
        raise Unusable("exchange.problem.not_csv", row=number + 1) from fault


def _row(
    number: int, cells: list[str], places: Mapping[str, int], form: Form, problems: list[Problem]
) -> Row:
    """Read one row; its faults are put to the others."""
    row: dict[str, Cell] = {}
    for column in form.columns:
        if (place := places.get(column.key)) is not None:
            typed = cells[place] if place < len(cells) else ""
            row[column.key] = _value(typed, column, number, form, problems)
    return row


def _value(typed: str, column: Column, number: int, form: Form, problems: list[Problem]) -> Cell:
    """Read one cell; a fault is put to the others."""
    try:
        value = read_cell(typed, column.kind, form.unit)
    except UnreadableNumber as fault:
        problems.append(form.problem(fault.key, number, column.key, **fault.details))
    except ValueError:
        key = f"exchange.problem.not_{'date' if column.kind == 'date' else 'share'}"
        problems.append(form.problem(key, number, column.key, typed=typed.strip()))
    else:
        if column.kind == "text" and (unfit := fault_of_words(typed)):
            key, details = unfit
            problems.append(form.problem(key, number, column.key, **details))
        if value is None and column.required:
            problems.append(form.problem("exchange.problem.required", number, column.key))
        return value
    return None
