"""The table of promises as its files have it, made of the same values as the page."""

from collections.abc import Sequence
from typing import Final

from budgetproto.disputes.domain import is_points
from budgetproto.exchange import Cell, Column, Kind, Sheet, Total
from budgetproto.i18n import Named, every_language
from budgetproto.reporting.domain import Difference, Followed
from budgetproto.reporting.follow_up import Report, Row

#: The three differences, as their columns are named.
DIFFERENCE_NAMES: Final = ("to_law", "to_treasury", "in_all")

_COLUMNS: Final[tuple[tuple[str, Kind], ...]] = (
    ("line", "integer"),
    ("title", "text"),
    ("basis", "text"),
    *((name, "amount") for name in ("draft", "promised", "adopted", "executed")),
    *((f"{name}.percent", "percentage") for name in ("draft", "promised", "adopted", "executed")),
    *((name, "amount") for name in DIFFERENCE_NAMES),
    ("taken", "text"),
    ("illustrative", "text"),
    ("source_adopted", "text"),
    ("article", "text"),
    ("adopted_on", "date"),
    ("source_executed", "text"),
    ("executed_on", "date"),
    ("owner", "text"),
    ("due", "date"),
    ("reading", "integer"),
    ("duty", "text"),
    ("task", "text"),
    ("read", "text"),
    ("appeared", "integer"),
    ("appeared_on", "date"),
    ("source_appeared", "text"),
)


def sheet(found: Report) -> Sheet:
    """Return every promise with its figures, in money or percent, and the sums of the differences."""
    return Sheet(
        title=every_language("reporting.follow_up.title"),
        columns=columns(),
        rows=[cells(each) for each in found.rows],
        notes=(*notes(found), *_mark(found)),
        totals=[Total(_total(found))] if found.rows else [],
        held=2,
    )


def columns() -> tuple[Column, ...]:
    """Return what is told of each promise."""
    return tuple(
        Column(name, every_language(f"reporting.follow_up.column.{name}"), kind) for name, kind in _COLUMNS
    )


def notes(found: Report) -> tuple[Named, ...]:
    """Tell what a promise is, the shares, and how many questions each sum counts."""
    return (*rules(), *shares(found.share), *counted((found.to_law, found.to_treasury, found.in_all)))


def rules() -> tuple[Named, ...]:
    """Tell what a promise is, and when it counts as acted on."""
    keys = ("what", "taken.rule", "read.rule")
    return tuple(every_language(f"reporting.follow_up.{key}") for key in keys)


def shares(share: Followed) -> tuple[Named, ...]:
    """Tell what share of the promises parliament acted on, by number and by money."""
    told = []
    if share.known:
        counts = {each: share.count(each) for each in ("whole", "part", "none")}
        by_count = every_language(
            "reporting.follow_up.by_count", share=share.by_count, known=share.known, **counts
        )
        told.append(_marked(by_count, share.known_made_up))
    if share.by_money is not None:
        by_money = every_language("reporting.follow_up.by_money", share=share.by_money, lines=share.counted)
        told.append(_marked(by_money, share.counted_made_up))
    return tuple(told)


def counted(differences: Sequence[Difference]) -> tuple[Named, ...]:
    """Tell how many questions each of the three sums counts."""
    return tuple(_counted(name, each) for name, each in zip(DIFFERENCE_NAMES, differences, strict=True))


def _marked(share: Named, made_up: bool) -> Named:
    """Add to the sentence of a share that it rests on figures that are made up."""
    return every_language("reporting.follow_up.rests_on_illustrative", told=share) if made_up else share


def _mark(found: Report) -> tuple[Named, ...]:
    """Say that what is marked is made up; the page has a notice of its own."""
    made_up = found.table.paper.protocol.illustrative
    return (every_language("analysis.note.illustrative"),) if made_up else ()


def _counted(name: str, each: Difference) -> Named:
    return every_language(
        "reporting.follow_up.counted",
        name=every_language(f"reporting.follow_up.column.{name}"),
        lines=each.lines,
    )


def cells(row: Row) -> list[Cell]:
    """Return what is told of one promise, in the order of the columns."""
    promise, entry = row.promise, row.entry
    stated = promise.draft, promise.promised, promise.adopted, promise.executed
    return [
        promise.number,
        entry.line.title,
        every_language(f"reporting.follow_up.basis.{promise.basis}"),
        *(each.money for each in stated),
        *(each.figure if is_points(each.figure) else None for each in stated),
        *(promise.to_law, promise.to_treasury, promise.in_all),
        every_language(f"reporting.follow_up.taken.{promise.taken}"),
        _made_up(promise.illustrative),
        *(entry.adopted.source or None, entry.adopted.article or None, entry.adopted.on),
        *(entry.executed.source or None, entry.executed.on),
        *_assigned(row),
        *_read(row),
    ]


def _assigned(row: Row) -> tuple[Cell, ...]:
    """Return who sees to a question, by when, at which reading, how that stands, and what is to be done."""
    duty, it = every_language(f"following.duty.{row.duty}"), row.assignment
    return (it.owner, it.due, it.reading or None, duty, it.task) if it else (None, None, None, duty, None)


def _read(row: Row) -> tuple[Cell, ...]:
    """Return how it stands with the reading, and at which it appeared; no number where it did not."""
    told, it = every_language(f"following.read.{row.reading}"), row.appearance
    return (told, it.reading, it.on, it.source) if it else (told, None, None, None)


def _made_up(illustrative: bool) -> Named | None:
    return every_language("reporting.follow_up.illustrative") if illustrative else None


def _total(found: Report) -> list[Cell]:
    """Return the sums under the three differences; figures that few questions have are not added up."""
    differences = found.to_law, found.to_treasury, found.in_all
    sums = (each.sum if each.lines else None for each in differences)
    made_up = any(each.illustrative for each in differences)
    return [
        None,
        every_language("analysis.total.short"),
        *([None] * 9),
        *sums,
        None,
        _made_up(made_up),
        *([None] * (len(_COLUMNS) - _COLUMNS.index(("source_adopted", "text")))),
    ]
