"""The whole long table of one snapshot, a row per line and figure, in files that programs read exactly.

The same view of the same snapshot gives the same bytes: no time, no name and no chance is written into a
file. Rows are made as they are sent, so that the memory taken does not grow with their number.
"""

import csv
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, TypeVar

from budgetproto.analysis.entries import Entry
from budgetproto.analysis.flat import dictionary_sheet, flat_columns, flat_rows
from budgetproto.errors import Refused
from budgetproto.exchange import Column, Sheet
from budgetproto.exchange.cells import guarded
from budgetproto.i18n import Named
from budgetproto.protocol.composed import Protocol

#: Left out: each is a rounded or a second writing of another column (`exact`, `tyiyn`, `hundredths`).
_TWICE: Final = frozenset({"value", "percentage"})
SNAPSHOT: Final = "snapshot"
#: A row: whole numbers as numbers, everything else as text; `None` is not stated.
Value = str | int | None
Row = tuple[Value, ...]
_Thing = TypeVar("_Thing")

#: How gzip wraps what it packs: its head holds neither a time nor the name of a file.
_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 500
_GROUP: Final = 50_000


class ParquetMissing(Refused):
    """The library that writes Parquet is an extra of the installation and is not there."""

    message_key = "analysis.parquet_missing"


def columns() -> tuple[str, ...]:
    """Return the names of the columns; a name never changes its meaning."""
    return (*(column.key for column in _kept()), SNAPSHOT)


def rows(protocol: Protocol, entries: Iterable[Entry], snapshot: str) -> Iterator[Row]:
    """Yield a row for every figure of these lines; what nobody stated has no row."""
    places = [number for number, column in enumerate(flat_columns()) if column.key not in _TWICE]
    for cells in flat_rows(protocol, entries):
        yield (*(_plain(cells[place]) for place in places), snapshot)


def dictionary() -> Sheet:
    """Return what each column and each code means, in three languages."""
    every = dictionary_sheet((SNAPSHOT,))
    kept = [row for row in every.rows if row[0] not in _TWICE]
    return Sheet(every.title, every.columns, kept, held=every.held)


def csv_gz(table: Iterable[Row]) -> Iterator[bytes]:
    """Write CSV (RFC 4180, UTF-8), packed; text that a spreadsheet would run is guarded."""
    return _packed(_csv_lines(table))


def jsonl_gz(table: Iterable[Row]) -> Iterator[bytes]:
    """Write a JSON object per row, packed; what is not stated is null."""
    names = columns()
    return _packed(
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":")) + "\n"
        for row in table
    )


def parquet(table: Iterable[Row]) -> Iterator[bytes]:
    """Write Parquet, group of rows by group; raise ParquetMissing where its library is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as missing:
        raise ParquetMissing from missing
    kinds = {column.key: pa.int64() if _is_number(column) else pa.string() for column in _kept()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in columns()])
    file = io.BytesIO()
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for piece in _pieces(table, _GROUP):
            records = [dict(zip(columns(), row, strict=True)) for row in piece]
            writer.write_table(pa.Table.from_pylist(records, schema))
    return iter((file.getvalue(),))


#: The forms of the file by how its name ends, each with its media type.
FORMS: Final[Mapping[str, tuple[Callable[[Iterable[Row]], Iterator[bytes]], str]]] = {
    "csv.gz": (csv_gz, "application/gzip"),
    "jsonl.gz": (jsonl_gz, "application/gzip"),
    "parquet": (parquet, "application/vnd.apache.parquet"),
}


def _kept() -> tuple[Column, ...]:
    return tuple(column for column in flat_columns() if column.key not in _TWICE)


def _is_number(column: Column) -> bool:
    return column.kind in {"integer", "year"}


def _plain(cell: Any) -> Value:
    """Return a cell as a program takes it; no amount and no fraction is among the columns that are kept."""
    if cell is None or isinstance(cell, str | int):
        return cell
    if isinstance(cell, Named):
        return cell.text("ky")
    raise TypeError(f"a cell of the long table is a number or a text, not {type(cell).__name__}")


def _csv_lines(table: Iterable[Row]) -> Iterator[str]:
    yield _csv_line(columns())
    for row in table:
        yield _csv_line([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def _csv_line(cells: Iterable[Value]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow("" if cell is None else cell for cell in cells)
    return line.getvalue()


def _packed(lines: Iterable[str]) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    for piece in _pieces(lines, _PIECE):
        if packed := packer.compress("".join(piece).encode()):
            yield packed
    yield packer.flush()


def _pieces(things: Iterable[_Thing], length: int) -> Iterator[list[_Thing]]:
    """Yield the things in lists of this length, the last one shorter."""
    rest = iter(things)
    while piece := list(islice(rest, length)):
        yield piece
