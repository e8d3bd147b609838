"""The tables of promises over years as their files have them, made of the same values as the page."""

from typing import Final

from budgetproto.exchange import Cell, Column, Kind, Sheet, Total
from budgetproto.i18n import Named, every_language
from budgetproto.proceedings.following.domain import Duty, Reading
from budgetproto.reporting.domain import TAKEN
from budgetproto.reporting.sheets import DIFFERENCE_NAMES, cells, columns, counted, rules, shares
from budgetproto.reporting.years import Sums, Years

_BEFORE: Final[tuple[Column, ...]] = (
    Column("year", every_language("reporting.years.year"), "year"),
    Column("sitting", every_language("reporting.years.sitting")),
)
_PRESSING: Final[tuple[Duty, ...]] = ("overdue", "due", "nobody")
_READ: Final[tuple[Reading, ...]] = ("overdue", "unnamed")


def notes(found: Years) -> tuple[Named, ...]:
    """Tell what a promise is, the shares over all chosen questions, and how many each sum counts."""
    whole = found.whole
    return (*rules(), *shares(whole.share), *counted(whole.differences))


def lines_sheet(found: Years) -> Sheet:
    """Return every chosen question with its year and sitting before it, and the sums of all."""
    whole = found.whole
    return Sheet(
        title=every_language("reporting.years.title"),
        columns=(*_BEFORE, *columns()),
        rows=[(line.year, line.sitting.number, *cells(line.row)) for line in found.chosen],
        notes=(*notes(found), *_told(found)),
        totals=[Total(_total(whole))] if found.chosen else [],
        held=4,
    )


def years_sheet(found: Years) -> Sheet:
    """Return the sums of each year, and of all."""
    return Sheet(
        title=every_language("reporting.years.table"),
        columns=tuple(_year_columns()),
        rows=[_year(sums) for sums in found.years],
        notes=(*notes(found), *_told(found)),
        totals=[Total(_year(found.whole))] if found.chosen else [],
        held=1,
    )


def _year_columns() -> list[Column]:
    kinds: list[tuple[str, Kind]] = [("sittings", "integer"), ("lines", "integer")]
    kinds += [("known", "integer"), ("by_count", "share"), ("by_money", "share")]
    kinds += [(f"taken.{each}", "integer") for each in TAKEN]
    kinds += [(f"duty.{each}", "integer") for each in _PRESSING]
    kinds += [(f"read.{each}", "integer") for each in _READ]
    told = [Column(key, _heading(key), kind) for key, kind in kinds]
    return [_BEFORE[0], *told, *(each for each in columns() if each.key in DIFFERENCE_NAMES)]


def _heading(key: str) -> Named:
    group, _, name = key.partition(".")
    if group == "taken":
        return every_language(f"reporting.follow_up.taken.{name}")
    return every_language(f"following.{group}.{name}" if name else f"reporting.years.{key}")


def _year(sums: Sums) -> list[Cell]:
    share = sums.share
    return [
        sums.year,
        *(sums.sittings, len(sums.lines), share.known, share.by_count, share.by_money),
        *(share.count(each) for each in TAKEN),
        *(sums.count(each) for each in _PRESSING),
        *(sums.read(each) for each in _READ),
        *(each.sum if each.lines else None for each in sums.differences),
    ]


def _total(sums: Sums) -> list[Cell]:
    """Return the sums under the three differences; figures that few questions have are not added up."""
    names = [column.key for column in columns()]
    found: dict[str, Cell] = {
        name: each.sum if each.lines else None
        for name, each in zip(DIFFERENCE_NAMES, sums.differences, strict=True)
    }
    found["title"] = every_language("analysis.total.short")
    return [None, None, *(found.get(name) for name in names)]


def _told(found: Years) -> tuple[Named, ...]:
    return found.scope.told()
