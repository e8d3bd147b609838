"""The pivot of a million positions in exact whole tyiyn beside pandas, DuckDB and polars, all once loaded.

Run as `python -m benchmarks.pivot [--positions N] [--rounds R] [--plot FILE]` by a Python that has the peers
of benchmarks/requirements.txt. Every answer is checked against sums of Python's own whole numbers. The aims:
25 times faster than pandas `pivot_table`, 5 times faster than DuckDB and polars. Ours has margins and counts
too; the peers are asked as they are asked for a pivot, and in the quickest way they offer besides.
"""

import argparse
import platform
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.balance import seconds
from benchmarks.cost_plot import plotted

SEED: Final = 20201
REGIONS: Final = tuple(f"region {number}" for number in range(9))
KINDS: Final = tuple(f"kind {number}" for number in range(12))
SIZES: Final = (10_000, 100_000, 1_000_000)
AIMS: Final = {"pandas pivot_table": 25, "DuckDB PIVOT": 5, "polars pivot": 5}
OURS: Final = "ours, exact, with margins and counts"
#: The sums of every cell, by region and kind.
Cells = Mapping[tuple[int, int], int]


class Positions(NamedTuple):
    """Random positions: where each belongs, and its amount in tyiyn; no float keeps their sums."""

    regions: NDArray[np.int16]
    kinds: NDArray[np.int16]
    tyiyn: NDArray[np.int64]


def drawn(count: int) -> Positions:
    """Draw positions of minus one to ten billion soms."""
    draw = np.random.default_rng(SEED)
    return Positions(
        draw.integers(0, len(REGIONS), count).astype(np.int16),
        draw.integers(0, len(KINDS), count).astype(np.int16),
        draw.integers(-(10**11), 10**12, count),
    )


def our_module() -> Any:
    """Load the pivot alone: the room around it knows catalogues, which the peers' environment has not."""
    path = Path(__file__).parent.parent / "budgetproto" / "analysis" / "pivot.py"
    spec = spec_from_file_location("pivot_alone", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected(data: Positions) -> Cells:
    """Add up with Python's own whole numbers."""
    sums: dict[tuple[int, int], int] = {}
    for region, kind, amount in zip(*(column.tolist() for column in data), strict=True):
        sums[region, kind] = sums.get((region, kind), 0) + amount
    return sums


def ways(data: Positions) -> dict[str, tuple[Callable[[], Any], Callable[[Any], Cells]]]:
    """Return each way to pivot, loaded, and how its answer is read."""
    return {OURS: _ours(data), **_pandas(data), **_duckdb(data), **_polars(data)}


def _ours(data: Positions) -> tuple[Callable[[], Any], Callable[[Any], Cells]]:
    pivot, shape = our_module().pivot, (len(REGIONS), len(KINDS))

    def read(made: Any) -> Cells:
        assert made.sums[-1, -1] == made.sums[:-1, :-1].sum() == int(data.tyiyn.sum())
        return {(r, k): int(made.sums[r, k]) for r in range(shape[0]) for k in range(shape[1])}

    return lambda: pivot(data.regions, data.kinds, data.tyiyn, shape=shape, known=None), read


def _pandas(data: Positions) -> dict[str, Any]:
    pandas = import_module("pandas")
    frame = pandas.DataFrame(
        {
            "region": pandas.Categorical.from_codes(data.regions, REGIONS),
            "kind": pandas.Categorical.from_codes(data.kinds, KINDS),
            "tyiyn": data.tyiyn,
        }
    )

    def table(**more: Any) -> Any:
        return frame.pivot_table("tyiyn", "region", "kind", aggfunc="sum", observed=False, **more)

    def read(made: Any) -> Cells:
        return {(r, k): int(made.loc[REGIONS[r], KINDS[k]]) for r in range(9) for k in range(12)}

    return {
        "pandas pivot_table": (lambda: table(margins=True), read),
        "pandas pivot_table without margins": (table, read),
        "pandas groupby": (
            lambda: frame.groupby(["region", "kind"], observed=False)["tyiyn"].sum().unstack(),
            read,
        ),
    }


def _duckdb(data: Positions) -> dict[str, Any]:
    duckdb = import_module("duckdb")
    base = duckdb.connect()
    for name, values in (("regions", REGIONS), ("kinds", KINDS)):
        base.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(map(repr, values))})")
    base.execute("CREATE TABLE positions (region regions, kind kinds, tyiyn BIGINT)")
    base.register("drawn", dict(zip(("region", "kind", "tyiyn"), data, strict=True)))
    named = "('region ' || region)::regions, ('kind ' || kind)::kinds, tyiyn"
    base.execute(f"INSERT INTO positions SELECT {named} FROM drawn")
    pivot = "PIVOT positions ON kind USING sum(tyiyn) GROUP BY region"
    cube = "SELECT region, kind, sum(tyiyn) FROM positions GROUP BY CUBE (region, kind)"

    def read_pivot(rows: Any) -> Cells:
        heads = [column[0] for column in base.execute(pivot).description]
        return {
            (REGIONS.index(row[0]), KINDS.index(head)): int(cell)
            for row in rows
            for head, cell in zip(heads[1:], row[1:], strict=True)
        }

    def read_cube(rows: Any) -> Cells:
        return {
            (REGIONS.index(r), KINDS.index(k)): int(s) for r, k, s in rows if r is not None and k is not None
        }

    return {
        "DuckDB PIVOT": (lambda: base.execute(pivot).fetchall(), read_pivot),
        "DuckDB GROUP BY CUBE": (lambda: base.execute(cube).fetchall(), read_cube),
    }


def _polars(data: Positions) -> dict[str, Any]:
    polars = import_module("polars")
    frame = polars.DataFrame(
        {
            "region": polars.Series([REGIONS[code] for code in data.regions], dtype=polars.Enum(REGIONS)),
            "kind": polars.Series([KINDS[code] for code in data.kinds], dtype=polars.Enum(KINDS)),
            "tyiyn": data.tyiyn,
        }
    )

    def read(made: Any) -> Cells:
        return {
            (REGIONS.index(row["region"]), KINDS.index(kind)): int(row[kind])
            for row in made.iter_rows(named=True)
            for kind in KINDS
        }

    def read_groups(made: Any) -> Cells:
        return {(REGIONS.index(r), KINDS.index(k)): int(s) for r, k, s in made.iter_rows()}

    return {
        "polars pivot": (
            lambda: frame.pivot(on="kind", index="region", values="tyiyn", aggregate_function="sum"),
            read,
        ),
        "polars group_by": (
            lambda: frame.group_by("region", "kind").agg(polars.col("tyiyn").sum()),
            read_groups,
        ),
    }


def timed(data: Positions, rounds: int) -> dict[str, list[float]]:
    """Check every answer, then time all ways in turn, so that all meet the same noise."""
    wanted, every = expected(data), ways(data)
    for name, (make, read) in every.items():
        assert dict(read(make())) == dict(wanted), f"{name} adds up to something else"
    times: dict[str, list[float]] = {name: [] for name in every}
    for _ in range(rounds):
        for name, (make, _read) in every.items():
            times[name].append(seconds(make))
    return times


def told(times: Mapping[str, list[float]]) -> None:
    """Print the median of each way and by how many times ours is faster, round by round."""
    for name, found in times.items():
        ratio = median(other / ours for other, ours in zip(found, times[OURS], strict=True))
        aim = f"   aim: {AIMS[name]} or more" if name in AIMS else ""
        print(f"{name:<38}{1e3 * median(found):9.2f} ms{ratio:9.1f} x{aim}")


def main() -> None:
    """Time a pivot of one size, then how the cost of each way grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--positions", type=int, default=SIZES[-1])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--plot", type=Path, help="an SVG of how the cost grows, for the documents")
    arguments = parser.parse_args()
    versions = ", ".join(
        f"{name} {import_module(name).__version__}" for name in ("pandas", "duckdb", "polars")
    )
    print(f"seed {SEED}, {arguments.rounds} rounds, numpy {np.__version__}, {versions}, {platform.machine()}")
    costs: dict[int, dict[str, float]] = {}
    for size in [size for size in SIZES if size < arguments.positions] + [arguments.positions]:
        print(f"{size:,} positions, {len(REGIONS)} regions x {len(KINDS)} kinds, every answer equal")
        times = timed(drawn(size), arguments.rounds)
        told(times)
        costs[size] = {name: median(found) for name, found in times.items()}
    if arguments.plot:
        grown = {name: {size: cost[name] for size, cost in costs.items()} for name in (OURS, *AIMS)}
        arguments.plot.write_text(plotted(grown), encoding="utf-8")


if __name__ == "__main__":
    main()
