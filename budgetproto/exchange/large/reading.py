"""Reads a large file into columns: amounts as whole tyiyn, everything else as codes of its distinct values.

Most columns of a large file repeat few values, so each distinct one is read and judged once, by what reads a
single cell elsewhere (`exchange.cells`); a fault of a value is a fault of every row that has it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import numpy as np

from budgetproto.exchange.cells import read_cell
from budgetproto.exchange.form import Form, Unusable, fault_of_words, faults_of_header, places, unit_name
from budgetproto.exchange.large.amounts import Truth, Whole, read_amounts
from budgetproto.exchange.large.faults import Faults
from budgetproto.exchange.large.opening import Block, blocks
from budgetproto.exchange.sheet import Cell, Column
from budgetproto.money import Unit, UnreadableNumber

Codes = np.ndarray[Any, np.dtype[np.int32]]
#: Told how many rows have been read.
Progress = Callable[[int], None]

_FORMULA: Final = "="
#: A number with the word of a unit behind it; the unit belongs to the whole file.
_WITH_UNIT: Final = re.compile(r"[-\u2212]?[0-9][0-9 .,\u00a0\u202f]*[^\W\d_]{2,}\.?(?:\s+[^\W\d_]+\.?)*")


@dataclass(frozen=True)
class Amounts:
    """A column of amounts: tyiyn, and which rows state one."""

    tyiyn: Whole
    stated: Truth


@dataclass(frozen=True)
class Coded:
    """A column of other values: the distinct ones, and of each row the place of its own, -1 where blank."""

    values: tuple[Cell, ...]
    codes: Codes

    def rows_with(self, values: Collection[int]) -> Iterator[tuple[int, int]]:
        """Return the places of the rows that have one of these values, each with the place of its value."""
        if values:
            for row in np.flatnonzero(np.isin(self.codes, list(values))):
                yield int(row), int(self.codes[row])


@dataclass(frozen=True)
class LargeTable:
    """The columns of a file by their keys, and the number of each row in it."""

    numbers: Whole
    amounts: Mapping[str, Amounts]
    coded: Mapping[str, Coded]

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, place: int | np.integer[Any]) -> int:
        """Return the number of a row as a spreadsheet shows it."""
        return int(self.numbers[place])


def read_large(
    file: BinaryIO,
    columns: Sequence[Column],
    *,
    unit: Unit,
    name: str | None = None,
    progress: Progress | None = None,
) -> tuple[LargeTable, Faults]:
    """Read a CSV or a workbook of up to a million rows and every fault of its cells; with any, take none.

    The columns are named by the head as in `read_csv`; one that is not there is blank throughout. Formulas
    are refused: what they give depends on the program that opens the file.
    """
    form, faults = Form(columns, unit, name), Faults(name)
    try:
        return _read(blocks(file, name), form, faults, progress), faults
    except Unusable as fault:
        faults.extend([fault.problem(name)])
        return _table(form, {each.key: _Gathered(each) for each in columns}, []), faults


def _read(found: Iterator[Block], form: Form, faults: Faults, progress: Progress | None) -> LargeTable:
    first = next(found, None)
    if first is None:
        raise Unusable("exchange.problem.empty")
    at, header = first.numbers[0], first.rows[0]
    where = places(header, form)
    faults.extend(faults_of_header(at, header, where, form))
    gathered = {column.key: _Gathered(column) for column in form.columns}
    numbers: list[Whole] = []
    for block in _without_head(first, found):
        cells, nothing = _columns(block, len(header), form, faults), [""] * len(block.rows)
        for key, each in gathered.items():
            place = where.get(key)
            each.take(nothing if place is None else cells[place], block.numbers, form, faults)
        numbers.append(np.array(block.numbers, np.int64))
        if progress:
            progress(sum(map(len, numbers)))
    return _table(form, gathered, numbers, faults)


def _without_head(first: Block, others: Iterator[Block]) -> Iterator[Block]:
    yield Block(first.numbers[1:], first.rows[1:])
    yield from others


def _columns(block: Block, width: int, form: Form, faults: Faults) -> list[Sequence[str]]:
    """Return the cells of a block by column; tell of rows that have more in them than the head has."""
    if set(map(len, block.rows)) - {width}:
        for number, cells in zip(block.numbers, block.rows, strict=True):
            if any(cell.strip() for cell in cells[width:]):
                faults.extend([form.problem("exchange.problem.too_many_cells", number)])
            cells[width:] = [""] * (width - len(cells))
    return list(zip(*block.rows, strict=True)) or [()] * width


class _Gathered:
    """One column while the blocks come in."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._codes: dict[str, int] = {"": -1}
        self._values: list[str] = []
        self._parts: list[Codes] = []
        self._tyiyn: list[Whole] = []
        self._stated: list[Truth] = []

    def take(self, cells: Sequence[str], numbers: Sequence[int], form: Form, faults: Faults) -> None:
        """Take the cells of a block, and tell what is wrong with them."""
        if self.column.kind == "amount":
            self._take_amounts(cells, numbers, form, faults)
            return
        known = self._codes
        for cell in dict.fromkeys(cells):
            if cell not in known:
                # What stands around a value is no part of it: both are the same value.
                known[cell] = known.setdefault(cell.strip(), self._next(cell.strip()))
        self._parts.append(np.fromiter(map(known.__getitem__, cells), np.int32, len(cells)))

    def _next(self, typed: str) -> int:
        """Return the code of a value, a new one where it has none yet."""
        if typed not in self._codes:
            self._values.append(typed)
        return self._codes.get(typed, len(self._values) - 1)

    def amounts(self) -> Amounts:
        """Return the whole column of amounts."""
        return Amounts(_joined(self._tyiyn, np.int64), _joined(self._stated, np.bool_))

    def coded(self, numbers: Whole, form: Form, faults: Faults) -> Coded:
        """Judge each distinct value once, and return the whole column."""
        codes = _joined(self._parts, np.int32)
        read = [_value(typed, self.column, form.unit) for typed in self._values]
        column = Coded(tuple(value for value, _ in read), codes)
        wrong = {place: fault for place, (_, fault) in enumerate(read) if fault}
        for row, place in column.rows_with(wrong):
            key, details = wrong[place]
            faults.add(key, int(numbers[row]), self.column.key, **details)
        if self.column.required:
            for blank in np.flatnonzero(codes < 0):
                faults.add("exchange.problem.required", int(numbers[blank]), self.column.key)
        return column

    def _take_amounts(self, cells: Sequence[str], numbers: Sequence[int], form: Form, faults: Faults) -> None:
        def tell(place: int, fault: UnreadableNumber) -> None:
            key, details = _told(cells[place].strip(), fault, form.unit)
            faults.add(key, numbers[place], self.column.key, **details)

        tyiyn, stated = read_amounts(cells, form.unit, tell)
        if self.column.required:
            for place in (place for place, cell in enumerate(cells) if not cell.strip()):
                faults.add("exchange.problem.required", numbers[place], self.column.key)
        self._tyiyn.append(tyiyn)
        self._stated.append(stated)


def _told(typed: str, fault: UnreadableNumber, unit: Unit) -> tuple[str, Mapping[str, object]]:
    """Return the sentence about a cell that is no amount."""
    if typed.startswith(_FORMULA):
        return "exchange.problem.formula", {"typed": typed[:40]}
    if _WITH_UNIT.fullmatch(typed):
        return "exchange.problem.unit_in_cell", {"typed": typed[:40], "unit": unit_name(unit)}
    return fault.key, fault.details


def _value(typed: str, column: Column, unit: Unit) -> tuple[Cell, tuple[str, Mapping[str, object]] | None]:
    """Read a distinct value; return it, and what is wrong with it."""
    if typed.startswith(_FORMULA):
        return None, ("exchange.problem.formula", {"typed": typed[:40]})
    try:
        value = read_cell(typed, column.kind, unit)
    except UnreadableNumber as fault:
        return None, (fault.key, fault.details)
    except ValueError:
        kind = "date" if column.kind == "date" else "share"
        return None, (f"exchange.problem.not_{kind}", {"typed": typed[:40]})
    return value, fault_of_words(typed) if column.kind == "text" else None


def _table(
    form: Form, gathered: Mapping[str, _Gathered], numbers: list[Whole], faults: Faults | None = None
) -> LargeTable:
    every = _joined(numbers, np.int64)
    return LargeTable(
        numbers=every,
        amounts={key: each.amounts() for key, each in gathered.items() if each.column.kind == "amount"},
        coded={
            key: each.coded(every, form, faults or Faults())
            for key, each in gathered.items()
            if each.column.kind != "amount"
        },
    )


def _joined(parts: Sequence[Any], kind: Any) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, kind)
