"""Opens a large file, a CSV or a workbook, as blocks of rows: never is all of it in memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO, Final

from budgetproto.exchange.form import Unusable
from budgetproto.exchange.opened_workbook import cell_words

#: As many rows as a worksheet of Excel has.
MOST_ROWS: Final = 1_048_576
#: Rows that are looked at together.
BLOCK: Final = 20_000
#: What a part of a workbook may be unpacked to, and how many times more than it is packed.
_MOST_UNPACKED: Final = 600_000_000
_MOST_TIMES: Final = 150
#: Below this a part may be packed as tightly as it likes.
_SMALL: Final = 1_000_000
#: The texts of a workbook are read as a whole, before its rows.
_MOST_TEXTS: Final = 40_000_000
_MOST_COLUMNS: Final = 200
_DELIMITERS: Final = (";", ",", "\t")
#: How files begin that are given another name at times: what they are, in the name of the sentence.
_BEGINNINGS: Final = {b"PK\x03\x04": "xlsx", b"%PDF": "pdf", b"\xd0\xcf\x11\xe0": "xls"}


@dataclass(frozen=True)
class Block:
    """Some rows that stand one after another: their numbers as a spreadsheet shows them, and their cells."""

    numbers: Sequence[int]
    rows: list[list[str]]


def blocks(file: BinaryIO, name: str | None) -> Iterator[Block]:
    """Read the rows that have something in them; raise Unusable for a file that cannot be read.

    What a file is tells its beginning, not its name; where they disagree it is refused.
    """
    found = _kind(file)
    _agreeing(found, name)
    rows = _workbook(file) if found == "xlsx" else _text(file)
    first = 1
    while block := _next(rows, first):
        counted = _counted(first, block)
        if counted.rows:
            yield counted
        first += len(block)


def _next(rows: Iterator[list[str]], first: int) -> list[list[str]]:
    """Return the rows of the next block; tell where it is no CSV."""
    block: list[list[str]] = []
    try:
        block.extend(islice(rows, BLOCK))
    except csv.Error as fault:
        raise Unusable("exchange.problem.not_csv", row=first + len(block)) from fault
    return block


def _counted(first: int, rows: list[list[str]]) -> Block:
    """Give the rows of a block their numbers, and leave out those without anything in them."""
    last = first + len(rows) - 1
    if last > MOST_ROWS:
        raise Unusable("exchange.problem.too_many_rows", row=MOST_ROWS + 1, limit=MOST_ROWS)
    if all(map(any, rows)):
        return Block(range(first, last + 1), rows)
    filled = [(number, cells) for number, cells in enumerate(rows, start=first) if any(cells)]
    return Block([number for number, _ in filled], [cells for _, cells in filled])


def _kind(file: BinaryIO) -> str:
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    return next((kind for sign, kind in _BEGINNINGS.items() if beginning.startswith(sign)), "csv")


def _agreeing(kind: str, name: str | None) -> None:
    """Refuse what is neither CSV nor workbook, and what its name calls something else."""
    ending = (name or "").rpartition(".")[2].casefold() if name and "." in name else ""
    if kind in {"pdf", "xls"}:
        raise Unusable("exchange.problem.other_kind", kind=kind.upper())
    if ending and (ending == "xlsx") != (kind == "xlsx"):
        raise Unusable("exchange.problem.not_its_name", named=ending, kind=kind.upper())


def _text(file: BinaryIO) -> Iterator[list[str]]:
    read = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        head = read.readline(1_000_000)
        delimiter = max(_DELIMITERS, key=head.count)
        yield from csv.reader(_with(head, read), delimiter=delimiter, strict=True)
    except UnicodeDecodeError as fault:
        raise _undecoded(file) from fault
    finally:
        read.detach()


def _with(head: str, rest: Iterable[str]) -> Iterator[str]:
    """Put back the line that was looked at; a file may end its lines with a carriage return alone."""
    return chain(head.splitlines(keepends=True), rest)


def _undecoded(file: BinaryIO) -> Unusable:
    """Find the first line that is not UTF-8, and tell whether it reads as Cyrillic of Windows."""
    file.seek(0)
    for number, line in enumerate(file, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            windows = line.decode("cp1251", "replace")
            cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in windows)
            key = "looks_cp1251" if 2 * cyrillic >= sum(map(str.isalpha, windows)) > 0 else "not_utf8"
            return Unusable(f"exchange.problem.{key}", row=number)
    return Unusable("exchange.problem.not_utf8")


def _workbook(file: BinaryIO) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        _check_unpacked(file)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        for row in book.worksheets[0].iter_rows(values_only=True, max_col=_MOST_COLUMNS):
            yield [cell_words(cell) for cell in row]
    except Unusable:
        raise
    except Exception as unreadable:
        # The library raises whatever its parts do on a file that is none.
        raise Unusable("exchange.problem.not_xlsx") from unreadable


def _check_unpacked(file: BinaryIO) -> None:
    """Refuse a small file that holds a very large one, before anything of it is unpacked."""
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
    bomb = any(
        part.file_size > _SMALL and part.file_size > _MOST_TIMES * part.compress_size for part in parts
    )
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if bomb or texts > _MOST_TEXTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unusable("exchange.problem.packed_too_tightly")
