"""The questions about a place as a table for people and programs, made of the same values as its page."""

from collections.abc import Iterable
from typing import Final

from budgetproto.disputes.domain import Figure
from budgetproto.exchange import Cell, Column, Kind, Sheet
from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.money import Som
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.reporting.places.domain import STEPS, Question
from budgetproto.reporting.places.gathering import Place
from budgetproto.reporting.places.telling import marks, notes

_COLUMNS: Final[tuple[tuple[str, Kind], ...]] = (
    ("protocol", "text"),
    ("line", "integer"),
    ("year", "year"),
    ("code", "text"),
    ("place", "text"),
    ("title", "text"),
    ("kind", "text"),
    *((step, "amount") for step in STEPS),
    *((f"{step}.stated", "text") for step in STEPS),
    ("law", "text"),
    ("article", "text"),
    ("adopted_on", "date"),
    ("treasury", "text"),
    ("executed_on", "date"),
    ("read", "text"),
    ("appeared", "integer"),
    ("appeared_on", "date"),
    ("illustrative", "text"),
    ("mark", "text"),
)


def place_sheet(found: Place) -> Sheet:
    """Return every question about the place, what it was made of and what it lies in, by code."""
    writers = [Writer(language, found.unit) for language in LANGUAGES]
    names = {found.territory.soate: found.territory.name, **found.names}
    every = (*found.questions, *found.former, *found.wider)
    rows = [_row(each, names[each.territory], writers) for each in every]
    return Sheet(
        title=found.territory.name,
        columns=tuple(Column(key, every_language(f"places.column.{key}"), kind) for key, kind in _COLUMNS),
        rows=rows,
        notes=notes(found),
        held=3,
    )


def made_up(question: Question) -> bool:
    """Tell whether a figure of a question is made up."""
    return any(each.illustrative for each in question.stated)


def _row(question: Question, name: Named, writers: list[Writer]) -> tuple[Cell, ...]:
    return (
        question.protocol,
        question.number,
        question.year,
        question.territory,
        name,
        question.title,
        question.kind,
        *(each.money for each in question.stated),
        *(_stated(each.figure, writers) for each in question.stated),
        *(question.law.title or None, question.law.article or None, question.law.on),
        *(question.treasury.title or None, question.treasury.on),
        *(question.read.title or None, question.reading or None, question.read.on),
        every_language("reporting.follow_up.illustrative") if made_up(question) else None,
        _joined(marks(question)),
    )


def _stated(figure: Figure, writers: list[Writer]) -> Named | None:
    """Return a figure that is no amount in words."""
    if figure is None or isinstance(figure, Som):
        return None
    return Named(*(writer.figure(figure) for writer in writers))


def _joined(told: Iterable[Named]) -> Named | None:
    every = list(told)
    if not every:
        return None
    return Named(*(". ".join(each.text(language) for each in every) for language in LANGUAGES))
