"""The statistics of coordination as their files have them, made of the same values as the page."""

from typing import Final

from budgetproto.coordination.statistics import Drafts, OfAssociation, OfInitiator, Statistics, Words
from budgetproto.exchange import Cell, Column, Kind, Sheet, Total
from budgetproto.i18n import Named, every_language

_DRAFTS: Final = ("entered", "touching", "coordinated", "bypassed", "open", "adopted", "amended")
_DAYS: Final = ("average", "least", "most")
_WORDS: Final = ("opinions", "late", "silent", "remarks", "accepted", "partly", "rejected", "unanswered")
_INITIATOR: Final[tuple[tuple[str, Kind], ...]] = (
    ("year", "integer"),
    ("level", "text"),
    ("initiator", "text"),
    *((name, "integer") for name in (*_DRAFTS, *_DAYS, *_WORDS)),
    ("illustrative", "text"),
)
_ASSOCIATION: Final[tuple[tuple[str, Kind], ...]] = (
    ("year", "integer"),
    ("association", "text"),
    ("asked", "integer"),
    *((name, "integer") for name in _WORDS),
)


def initiators_sheet(found: Statistics) -> Sheet:
    """Return a row for each year of each initiator, and the sums over all."""
    total = found.total
    cells: list[Cell] = [
        None,
        None,
        every_language("analysis.total.short"),
        *_counts(total.drafts, total.words),
    ]
    return Sheet(
        title=every_language("statistics.title"),
        columns=_columns(_INITIATOR),
        rows=[_initiator(each) for each in found.initiators],
        notes=notes(found),
        totals=[Total([*cells, None])] if found.initiators else [],
        held=3,
    )


def associations_sheet(found: Statistics) -> Sheet:
    """Return a row for each year of each association."""
    return Sheet(
        title=every_language("statistics.associations"),
        columns=_columns(_ASSOCIATION),
        rows=[_association(each) for each in found.associations],
        notes=notes(found),
        totals=[],
        held=2,
    )


def notes(found: Statistics) -> tuple[Named, ...]:
    """Tell how the year, the days and a re-amendment are counted, and that something is made up."""
    keys = ["statistics.note.year", "statistics.note.bypassed", "statistics.note.silent"]
    keys += ["statistics.note.days", "statistics.note.amended"]
    keys += ["statistics.note.illustrative"] if found.illustrative else []
    return tuple(every_language(key) for key in keys)


def _columns(named: tuple[tuple[str, Kind], ...]) -> tuple[Column, ...]:
    return tuple(Column(name, every_language(f"statistics.column.{name}"), kind) for name, kind in named)


def _initiator(each: OfInitiator) -> list[Cell]:
    made_up = every_language("statistics.illustrative") if each.illustrative else None
    level = every_language(f"coordination.level.{each.level}")
    return [each.year, level, each.name, *_counts(each.drafts, each.words), made_up]


def _association(each: OfAssociation) -> list[Cell]:
    return [each.year, each.name, each.asked, *(getattr(each.words, name) for name in _WORDS)]


def _counts(drafts: Drafts, words: Words) -> list[Cell]:
    of_drafts = [getattr(drafts, name) for name in (*_DRAFTS, *_DAYS)]
    return [*of_drafts, *(getattr(words, name) for name in _WORDS)]


def _summed(drafts: Drafts, words: Words) -> list[Cell]:
    """Return the sums below the columns; days of different acts make no sum."""
    counts = dict(zip((*_DRAFTS, *_DAYS, *_WORDS), _counts(drafts, words), strict=True))
    return [None if name in _DAYS else count for name, count in counts.items()]
