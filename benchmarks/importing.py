"""Take 100,000 validated figures from a CSV, against the same rows by `csv` and `executemany` unchecked.

The peer checks nothing, compares nothing, knows that every amount has one decimal, and is given the keys of
its rows. Both write the same rows into the same table of a new database, in one transaction each. Besides, a
workbook of half as many rows, telling its progress.

    python -m benchmarks.importing [--rows 100000] [--rounds 5]
"""

import argparse
import csv
import io
import random
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from budgetproto.accounts.domain import Person, Role
from budgetproto.database import Database
from budgetproto.database.migrations import migrate
from budgetproto.money import Unit
from budgetproto.transfers import storage
from budgetproto.transfers.importing import service
from budgetproto.transfers.importing.storage import insert
from budgetproto.transfers.reference import read_reference
from budgetproto.transfers.service import load

SEED: Final = 2020
#: How many times as long as the peer it may take.
AIM: Final = 1.4
KEEPER: Final = Person("benchmark", "benchmark", "", "ky", frozenset({Role.ADMINISTRATOR}))
HEAD: Final = "territory,kind,period_from,period_to,planned,approved,executed,words_ru"


def main() -> None:
    """Print medians and ratios."""
    arguments = _arguments()
    with TemporaryDirectory() as folder:
        content = written(new_database(Path(folder, "codes")), arguments.rows)
        theirs = _median(folder, partial(raw, keys=keys_of_rows(folder, content)), content, arguments.rounds)
        mine = _median(folder, ours, content, arguments.rounds)
        print(f"{arguments.rows:,} rows, {len(content) / 1e6:.1f} MB, seed {SEED}, medians")
        for name, (clock, processor) in {
            "csv + executemany, unchecked": theirs,
            "read, checked, taken": mine,
        }.items():
            print(f"{name:<34}{clock:>8.3f} s{processor:>8.3f} s of the processor")
        ratios = mine[0] / theirs[0], mine[1] / theirs[1]
        reached = "reached" if min(ratios) <= AIM else "MISSED"
        said = f"{ratios[0]:.2f} times as long by the clock, {ratios[1]:.2f} by the processor"
        print(f"{said} (aim {AIM}): {reached}")
        _workbook(folder, arguments.rows // 2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _median(
    folder: str, take: Callable[[Database, bytes], None], content: bytes, rounds: int
) -> tuple[float, float]:
    found = []
    for number in range(rounds + 1):
        database = new_database(Path(folder, f"{id(take)}_{number}"))
        clock, processor = time.perf_counter(), time.process_time()
        take(database, content)
        found.append((time.perf_counter() - clock, time.process_time() - processor))
        database.close()
    clocks, processors = zip(*found[1:], strict=True)
    return statistics.median(clocks), statistics.median(processors)


def ours(database: Database, content: bytes) -> None:
    """Read every row and every fault, lay the file beside what is stored, take it."""
    read = service.read_file(
        database, io.BytesIO(content), name="figures.csv", unit=Unit.THOUSAND_SOMS, source="benchmark"
    )
    service.take(database, KEEPER, read)


def keys_of_rows(folder: str, content: bytes) -> list[str]:
    """Return the keys that the rows of the file have."""
    database = new_database(Path(folder, "keys"))
    read = service.read_file(
        database, io.BytesIO(content), name="figures.csv", unit=Unit.THOUSAND_SOMS, source="benchmark"
    )
    database.close()
    return list(read.keys)


def raw(database: Database, content: bytes, *, keys: list[str]) -> None:
    """Write the rows as they come."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    next(rows)
    values = [
        (
            keys[place], place, territory, kind, "", words, "", first, last,
            *(int(amount.replace(".", "")) * 10_000 for amount in amounts),
            True, "benchmark", "", "", "", "",
        )
        for place, (territory, kind, first, last, *amounts, words) in enumerate(rows)
    ]  # fmt: skip
    with database.writing() as session:
        insert(session, values)


def written(database: Database, rows: int) -> bytes:
    """Write a file of so many figures over the real codes."""
    with database.reading() as session:
        codes, kinds = sorted(storage.territory_codes(session)), list(storage.kind_names(session))
    database.close()
    chance, lines = random.Random(SEED), [HEAD]
    for number in range(rows):
        every, kind = divmod(number // len(codes), len(kinds))
        amounts = ",".join(f"{chance.randrange(10**8)}.{chance.randrange(10)}" for _ in range(3))
        year = f"{2000 + every}-01,{2000 + every}-12"
        lines.append(f"{codes[number % len(codes)]},{kinds[kind]},{year},{amounts},Финансировано")
    return "\n".join(lines).encode()


def _workbook(folder: str, rows: int) -> None:
    """Read a workbook, telling every block of rows."""
    database, file = new_database(Path(folder, "workbook")), Path(folder, "figures.xlsx")
    _write_workbook(file, written(new_database(Path(folder, "codes2")), rows).decode().splitlines())
    began = time.perf_counter()

    def progress(done: int) -> None:
        print(f"  {done:,} rows read after {time.perf_counter() - began:.1f} s")

    with file.open("rb") as opened:
        read = service.read_file(
            database, opened, name=file.name, unit=Unit.THOUSAND_SOMS, source="workbook", progress=progress
        )
    service.take(database, KEEPER, read)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"a workbook of {rows:,} rows in {time.perf_counter() - began:.1f} s; {peak:.0f} MB at most in all")
    database.close()


def _write_workbook(file: Path, lines: list[str]) -> None:
    from xlsxwriter import Workbook

    book = Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, line in enumerate(lines):
        cells = enumerate(line.split(","))
        sheet.write_row(at, 0, [float(cell) if at and 4 <= place < 7 else cell for place, cell in cells])
    book.close()


def new_database(file: Path) -> Database:
    """Make a database with the reference data."""
    database = Database(f"sqlite:///{file}.sqlite3")
    migrate(database)
    load(database, read_reference())
    return database


if __name__ == "__main__":
    main()
