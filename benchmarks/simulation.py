"""A changed tax share for 36,000 territories, exact in tyiyn, against the plain way in pandas.

Run as `python -m benchmarks.simulation [TERRITORIES [ROUNDS]]`. Both start from what is in memory in the same
run: our columns, and a long table (territory, oblast, tax, collected) as files bring it; a wide table, with a
column for each tax, is timed too, since it is the fastest that pandas does. All end with before, after and
difference per territory, per oblast and in sum, and the figures are compared.
"""

import platform
import sys
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import TypeAlias

import numpy as np
import pandas as pd

from benchmarks.balance import SEED, seconds
from budgetproto.i18n.languages import Named
from budgetproto.transfers.models import WHOLE, Comparison, Data, IntArray, ParameterSet, Row, compare

TAXES = ("income", "sales", "patent", "single")
BEFORE = {"income": 5_000, "sales": 5_000, "patent": 10_000, "single": 10_000}
AFTER = BEFORE | {"income": 6_000, "sales": 4_550}

#: The rows of all territories and of the oblasts, and the sum: code, before, after.
Framed: TypeAlias = "tuple[pd.DataFrame, pd.DataFrame, pd.Series[int]]"
Figures: TypeAlias = tuple[list[tuple[str, int, int]], list[tuple[str, int, int]], tuple[int, int]]


def drawn(count: int) -> Data:
    """Draw what was collected: four taxes of each territory, in seven oblasts and two cities."""
    draw = np.random.default_rng(SEED)
    codes = tuple(f"417{1 + number % 9:02d}{number:09d}" for number in range(count))
    items = {f"tax.{tax}": draw.integers(10**6, 10**11, count) for tax in TAXES}
    order = np.argsort(codes)
    known = {item: np.ones(count, dtype=np.bool_) for item in items}
    return Data(2026, tuple(codes[place] for place in order), items, known)


def parameters(norms: dict[str, int]) -> ParameterSet:
    """Return the norms as a set of the model."""
    values = {f"norm.{tax}": norm for tax, norm in norms.items()}
    return ParameterSet(
        "sharing", "norms", Named(en="Norms"), "illustrative", date(2026, 1, 1), values, "PROJECT"
    )


def ours(data: Data, oblasts: Sequence[str]) -> tuple[Comparison, IntArray, tuple[Row, ...], Row]:
    """Run the model under both sets and make every sum."""
    found = compare(data, parameters(BEFORE), parameters(AFTER))
    return found, found.difference, found.by_group(oblasts), found.whole


def long_table(
    frame: pd.DataFrame, norms: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, "pd.Series[int]"]:
    """Do the same as an analyst would with a long table."""
    joined = frame.merge(norms, on="tax")
    for when in ("before", "after"):
        joined[when] = joined["collected"] * joined[f"norm_{when}"] // WHOLE
    territories = joined.groupby(["oblast", "territory"], as_index=False)[["before", "after"]].sum()
    return _ended(territories)


def wide_table(frame: pd.DataFrame) -> Framed:
    """Do the same with a table that has a column for each tax."""
    territories = frame[["oblast", "territory"]].copy()
    for when, norms in (("before", BEFORE), ("after", AFTER)):
        territories[when] = sum(frame[tax] * norm // WHOLE for tax, norm in norms.items())
    return _ended(territories)


def _ended(territories: pd.DataFrame) -> Framed:
    territories["difference"] = territories["after"] - territories["before"]
    oblasts = territories.groupby("oblast", as_index=False)[["before", "after", "difference"]].sum()
    return territories, oblasts, territories[["before", "after", "difference"]].sum()


def of_pandas(found: Framed) -> Figures:
    """Return what pandas found in the form that is compared."""
    territories, oblasts, whole = found
    rows = territories.sort_values("territory")[["territory", "before", "after"]]
    return (
        [(str(code), int(one), int(two)) for code, one, two in rows.itertuples(index=False)],
        [(str(code), int(one), int(two)) for code, one, two, _ in oblasts.itertuples(index=False)],
        (int(whole["before"]), int(whole["after"])),
    )


def of_ours(found: tuple[Comparison, IntArray, tuple[Row, ...], Row]) -> Figures:
    """Return what the model found in the form that is compared."""
    compared, _, oblasts, whole = found
    told = [[(row.code, row.before, row.after) for row in part] for part in (compared.rows(), oblasts)]
    return told[0], told[1], (whole.before, whole.after)


def main(count: int = 36_000, rounds: int = 25) -> None:
    """Time the three in turn, so that all meet the same noise; print medians, and medians of the ratios."""
    data = drawn(count)
    oblasts = [code[:5] for code in data.territories]
    wide = pd.DataFrame({"territory": data.territories, "oblast": oblasts})
    for tax in TAXES:
        wide[tax] = data.items[f"tax.{tax}"]
    long = wide.melt(["territory", "oblast"], list(TAXES), "tax", "collected")
    norms = pd.DataFrame(
        {"tax": TAXES, "norm_before": list(BEFORE.values()), "norm_after": list(AFTER.values())}
    )
    told = of_ours(ours(data, oblasts))
    equal = told == of_pandas(long_table(long, norms)) == of_pandas(wide_table(wide))
    times = [
        (
            seconds(lambda: long_table(long, norms)),
            seconds(lambda: wide_table(wide)),
            seconds(lambda: ours(data, oblasts)),
        )
        for _ in range(rounds)
    ]
    by_long, by_wide, by_us = (median(column) for column in zip(*times, strict=True))
    print(f"{count:,} territories, {len(TAXES)} taxes, seed {SEED}, {rounds} rounds, ", end="")
    print(f"pandas {pd.__version__}, numpy {np.__version__}, {platform.machine()}")
    print(f"pandas, a long table           {1e3 * by_long:8.2f} ms")
    print(f"pandas, a column for each tax  {1e3 * by_wide:8.2f} ms")
    print(f"the model, exact and checked   {1e3 * by_us:8.2f} ms   figures equal: {equal}")
    print(f"times faster than the long table {median(long / us for long, _, us in times):6.2f}")
    print(f"times faster than the wide one   {median(wide / us for _, wide, us in times):6.2f}")
    if not equal:
        sys.exit("the figures are not equal")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
