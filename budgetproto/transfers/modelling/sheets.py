"""The files of a simulation: territories, oblasts and the parameters, each with what the figures are."""

from collections.abc import Sequence
from typing import Final

from budgetproto.exchange import Cell, Column, Kind, Sheet, Total
from budgetproto.i18n import Named, every_language
from budgetproto.money import Som
from budgetproto.transfers.domain import oblast_code
from budgetproto.transfers.modelling.asking import set_name
from budgetproto.transfers.modelling.names import parameter_name
from budgetproto.transfers.modelling.service import Simulation
from budgetproto.transfers.models import Row, Value, differences

_MONEY: Final = ("before", "after", "difference")


def territory_sheet(found: Simulation, rows: Sequence[Row]) -> Sheet:
    """Return the territories in the order of the page, with their sum."""
    columns = (_column("code"), _column("territory"), _column("oblast"), *_money())
    return Sheet(
        title=title(found),
        columns=columns,
        rows=[
            (row.code, _name(found, row.code), _name(found, oblast_code(row.code)), *_cells(row))
            for row in rows
        ],
        notes=told(found),
        totals=[Total(("", every_language("transfers.total"), "", *_cells(found.comparison.whole)))],
        about=about(found),
        held=2,
    )


def oblast_sheet(found: Simulation) -> Sheet:
    """Return the sums of the oblasts and of all."""
    return Sheet(
        title=every_language("transfers.models.by_oblast"),
        columns=(_column("code"), _column("oblast"), *_money()),
        rows=[(row.code, _name(found, row.code), *_cells(row)) for row in found.oblasts],
        notes=told(found),
        totals=[Total(("", every_language("transfers.total"), *_cells(found.comparison.whole)))],
        held=2,
    )


def parameter_sheet(found: Simulation) -> Sheet:
    """Return both sets side by side: shares and amounts in columns of their own."""
    columns = (
        _column("parameter"),
        *(_column(f"{which}_share", "percentage") for which in ("base", "other")),
        *(_column(f"{which}_amount", "amount") for which in ("base", "other")),
    )
    return Sheet(
        title=every_language("transfers.models.parameters"),
        columns=columns,
        rows=[
            (parameter_name(each.parameter), *_apart(each.first, each.second))
            for each in differences(found.base, found.other)
        ],
        notes=told(found),
    )


def title(found: Simulation) -> Named:
    """Return what the simulation is called."""
    return every_language(
        "transfers.models.simulation_of", model=every_language(f"transfers.models.{found.model}")
    )


def told(found: Simulation) -> tuple[Named, ...]:
    """Return what must stand with the figures: what they are first of all, then the year and the sets."""
    made_up = [every_language("transfers.models.made_up")] if found.illustrative else []
    return (
        every_language(found.comparison.label),
        *made_up,
        every_language(
            "transfers.models.told",
            year=str(found.year),
            base=set_name(found.base),
            other=set_name(found.other),
        ),
    )


def about(found: Simulation) -> tuple[tuple[Column, Cell], ...]:
    """Return the same for programs: columns of every row."""
    return (
        (_column("label"), every_language(found.comparison.label)),
        (_column("illustrative", "integer"), int(found.illustrative)),
        (_column("year", "year"), found.year),
        (_column("base"), found.base.key),
        (_column("other"), found.other.key),
    )


def _column(key: str, kind: Kind = "text") -> Column:
    return Column(key, every_language(f"transfers.models.column.{key}"), kind)


def _money() -> tuple[Column, ...]:
    return tuple(_column(key, "amount") for key in _MONEY)


def _cells(row: Row) -> tuple[Som, Som, Som]:
    return Som(row.before), Som(row.after), Som(row.difference)


def _name(found: Simulation, code: str) -> Named:
    return found.names.get(code, Named(code, code, code))


def _apart(*values: Value | None) -> tuple[Cell, ...]:
    """Put shares before amounts; the place of the other kind is empty."""
    shares = tuple(value if isinstance(value, int) else None for value in values)
    amounts = tuple(value if isinstance(value, Som) else None for value in values)
    return *shares, *amounts
