"""The whole chain: 9,000 figures in, a pivot of them, a signed protocol of 500 lines; beside it a usual one.

Ours reads and checks every row, lays the file beside what is stored, adds up whole tyiyn, prints the whole
protocol, tagged for archives and screen readers, and signs it. The peer writes the rows as they come, pivots
with pandas, and prints the main table alone with Platypus, untagged and unsigned. Each stage is timed apart,
by medians.

    python -m benchmarks.chain [--rows 9000] [--lines 500] [--rounds 5]
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from benchmarks import pdf_tools
from benchmarks.importing import keys_of_rows, new_database, ours, raw, written
from budgetproto.analysis.pivot import coded, pivot
from budgetproto.database import Database
from budgetproto.transfers.domain import oblast_code

ROW: Final = "{:<52}{:>9}{:>9}{:>8}"
_FIGURES: Final = "SELECT territory, kind, executed FROM transfers_transfer WHERE source = 'benchmark'"
#: A stage: its name, and both ways of doing it.
Stage = tuple[str, Callable[[], object], Callable[[], object]]


def main() -> None:
    """Print each stage, and all of them, with the ratio to the peer."""
    arguments = _arguments()
    print(ROW.format("", "ours s", "peer s", "ratio"))
    mine = theirs = 0.0
    with TemporaryDirectory() as folder:
        for name, ours_, peer in _stages(folder, arguments.rows, arguments.lines):
            times = _median(ours_, arguments.rounds), _median(peer, arguments.rounds)
            mine, theirs = mine + times[0], theirs + times[1]
            _print(name, *times)
    _print("the whole chain", mine, theirs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=9_000)
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _stages(folder: str, rows: int, lines: int) -> Iterator[Stage]:
    content = written(new_database(Path(folder, "codes")), rows)
    keys, numbers = keys_of_rows(folder, content), count()
    made = [new_database(Path(folder, f"chain{next(numbers)}")) for _ in range(20)]
    plain = partial(raw, keys=keys)
    yield (
        f"{rows:,} figures from CSV",
        partial(_take, ours, made, content),
        partial(_take, plain, made, content),
    )
    database = made[-1]
    ours(database, content)
    yield "pivot of them, oblast by kind", partial(_pivot, database), partial(_pandas, database)
    cells = Path(folder, "cells.jsonl")
    pdf_tools.write_cells(cells, lines)
    paper, signature = pdf_tools.whole(cells), pdf_tools.signing(cells)
    peer = pdf_tools.TOOLS["platypus"](cells)
    yield f"protocol of {lines} lines, signed; its table", lambda: (paper(), signature()), peer


def _take(take: Callable[[Database, bytes], None], made: list[Database], content: bytes) -> None:
    take(made.pop(0), content)


def _pivot(database: Database) -> object:
    """Add up whole tyiyn by oblast and kind."""
    with database.reading() as session:
        found = session.connection().exec_driver_sql(_FIGURES).all()
    territories, kinds, executed = zip(*found, strict=True)
    rows, regions = coded([oblast_code(each) for each in territories])
    columns, names = coded(kinds)
    values = np.array(executed, np.int64)
    return pivot(rows, columns, values, shape=(len(regions), len(names)), known=None)


def _pandas(database: Database) -> object:
    """Do the same with a table of pandas, as a notebook would."""
    import pandas as pd

    with database.engine.connect() as connection:
        frame = pd.read_sql_query(_FIGURES, connection)
    frame["region"] = frame["territory"].str[:5]
    return frame.pivot_table(
        index="region", columns="kind", values="executed", aggfunc="sum", fill_value=0, margins=True
    )


def _median(stage: Callable[[], object], rounds: int) -> float:
    """Return the median of some rounds, after one that warms up."""
    stage()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        stage()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def _print(name: str, mine: float, theirs: float) -> None:
    print(ROW.format(name, f"{mine:.3f}", f"{theirs:.3f}", f"{mine / theirs:.2f}"))


if __name__ == "__main__":
    main()
