"""The public register as a table for people and programs, made of the same values as its pages."""

from collections.abc import Iterable
from typing import Final

from budgetproto.coordination.storage import ActRow
from budgetproto.exchange import Cell, Column, Kind, Sheet
from budgetproto.i18n import every_language

_COLUMNS: Final[tuple[tuple[str, Kind], ...]] = (
    ("number", "integer"),
    ("title", "text"),
    ("level", "text"),
    ("initiator", "text"),
    ("published", "date"),
    ("stage", "text"),
    ("mandatory", "text"),
    ("remarks", "integer"),
    ("unanswered", "integer"),
    ("adopted", "date"),
    ("illustrative", "text"),
)


def register_sheet(rows: Iterable[ActRow]) -> Sheet:
    """Return every public draft with where it stands and how many of its remarks are unanswered."""
    return Sheet(
        title=every_language("coordination.public.title"),
        columns=tuple(
            Column(key, every_language(f"coordination.public.column.{key}"), kind) for key, kind in _COLUMNS
        ),
        rows=[_row(each) for each in rows],
        notes=(every_language("coordination.public.not_public"),),
        held=2,
    )


def _row(row: ActRow) -> tuple[Cell, ...]:
    draft = row.draft()
    return (
        row.number,
        draft.title,
        every_language(f"coordination.level.{draft.level.value}"),
        draft.initiator,
        draft.published,
        every_language(f"coordination.stage.{row.stage}"),
        every_language("coordination.public.mandatory") if row.mandatory else None,
        row.remarks,
        row.unanswered,
        row.adopted_on,
        every_language("coordination.illustrative") if row.illustrative else None,
    )
