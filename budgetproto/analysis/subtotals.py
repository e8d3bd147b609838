"""Subtotals of the discrepancy table by kind or territory, in exact 64-bit integers that may be blank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from budgetproto.analysis.discrepancies import Pair
from budgetproto.exchange import Cell, Column, Sheet
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Totals
from budgetproto.protocol.snapshot import Line

if TYPE_CHECKING:
    import pandas as pd

#: The sums that are made for each group, over the lines on which both sides state a figure in money.
FIGURES: Final = ("government", "lsg", "difference", "absolute", "computed", "decided")


@dataclass(frozen=True)
class Subtotal:
    """The lines of one kind or territory; a sum over no figure is `None`, blank and not zero.

    The figures sum the `compared` lines, as the composed totals do; `decided_apart` is what was decided on
    the other lines in money.
    """

    name: Named
    lines: int
    compared: int
    government: Som | None
    lsg: Som | None
    difference: Som | None
    absolute: Som | None
    computed: Som | None
    decided: Som | None
    decided_apart: Som | None


def by_kind(pairs: Sequence[Pair]) -> tuple[Subtotal, ...]:
    """Return the subtotals of each kind of transfer, in the order in which the kinds first appear."""
    return _grouped(pairs, lambda line: line.kind)


def by_territory(pairs: Sequence[Pair]) -> tuple[Subtotal, ...]:
    """Return the subtotals of each territory; lines of no one territory are those of the whole republic."""
    whole = every_language("analysis.whole_republic")
    return _grouped(pairs, lambda line: line.territory if line.territory != NO_NAME else whole)


def subtotal_sheet(key: str, head: str, subtotals: Sequence[Subtotal], totals: Totals) -> Sheet:
    """Return subtotals as a table whose last row is the total of the composed value, not a sum made here.

    `key` is the message key of the title, `head` that of the first column.
    """
    columns = (
        Column("name", every_language(head)),
        Column("lines", every_language("analysis.column.lines"), "integer"),
        Column("compared", every_language("analysis.column.compared"), "integer"),
        *(Column(name, every_language(_HEADINGS[name]), "amount") for name in _HEADINGS),
    )
    return Sheet(every_language(key), columns, [*map(_row, subtotals), total_row(totals)], totals=1)


def total_row(totals: Totals) -> tuple[Cell, ...]:
    """Return the row of the composed totals, in the order of the columns of `subtotal_sheet`."""
    both, apart = totals.compared, totals.one_sided
    return (
        every_language("analysis.total.short"),
        totals.lines,
        both.lines,
        both.government if both.lines else None,
        both.lsg if both.lines else None,
        totals.signed if both.lines else None,
        totals.absolute if both.lines else None,
        both.computed if both.computed_lines else None,
        both.decided if both.decided_lines else None,
        apart.decided if apart.decided_lines else None,
    )


def sums_of(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Add up the columns of `frame` by its column `group`; blank where a group has no figure.

    Every column must be Int64, pandas' integers that may be blank: a float would lose tyiyn without a word,
    so it is refused with TypeError. A sum that could leave 64 bits raises OverflowError.
    """
    inexact = [name for name, kind in frame.dtypes.items() if str(kind) != "Int64"]
    if inexact:
        raise TypeError(f"not exact: {', '.join(map(str, inexact))}")
    for name in frame.columns.drop("group"):
        if sum(abs(int(value)) for value in frame[name].dropna()) >= 2**63:
            raise OverflowError("a sum beyond every budget")
    return frame.groupby("group", sort=False).sum(min_count=1)


_HEADINGS: Final = {
    "government": "analysis.column.government",
    "lsg": "analysis.column.lsg",
    "difference": "analysis.column.difference",
    "absolute": "analysis.column.difference_absolute",
    "computed": "analysis.column.computed",
    "decided": "analysis.column.decided",
    "decided_apart": "analysis.column.decided_apart",
}


def _grouped(pairs: Sequence[Pair], name_of: Callable[[Line], Named]) -> tuple[Subtotal, ...]:
    import pandas as pd

    if not pairs:
        return ()
    groups = list(dict.fromkeys(name_of(line) for line, _ in pairs))
    rows = [{"group": groups.index(name_of(line)), **_figures(made)} for line, made in pairs]
    columns = {name: pd.array([row[name] for row in rows], dtype="Int64") for name in rows[0]}
    summed = sums_of(pd.DataFrame(columns))
    return tuple(_subtotal(groups[int(str(group))], row) for group, row in summed.iterrows())


def _figures(made: ComposedLine) -> dict[str, int | None]:
    """Return what a line adds to its group, in tyiyn; a line with one figure alone only what was decided."""
    difference = made.difference
    compared = made.government.money is not None and made.lsg.money is not None
    money = {
        "government": made.government.money,
        "lsg": made.lsg.money,
        "difference": difference.money if difference else None,
        "absolute": difference.money_absolute if difference else None,
        "computed": made.computed.money,
        "decided": made.decided.money,
    }
    kept = {name: som.tyiyn if som is not None and compared else None for name, som in money.items()}
    apart = made.decided.money.tyiyn if made.decided.money is not None and not compared else None
    return {"lines": 1, "compared": int(compared), **kept, "decided_apart": apart}


def _subtotal(name: Named, sums: "pd.Series[int]") -> Subtotal:
    import pandas as pd

    money = {key: None if pd.isna(sums[key]) else Som(int(sums[key])) for key in _HEADINGS}
    return Subtotal(name, int(sums["lines"]), int(sums["compared"]), **money)


def _row(subtotal: Subtotal) -> tuple[Cell, ...]:
    return tuple(vars(subtotal).values())
