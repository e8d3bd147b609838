"""The columns of the table: what each of them holds of a line, and which part of the page it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from budgetproto.analysis.entries import Entry, Later, made_up
from budgetproto.exchange import Cell, Column, Kind
from budgetproto.i18n import LANGUAGES, NO_NAME, Named, Words, every_language, text
from budgetproto.money import Som
from budgetproto.protocol.composed import Stand
from budgetproto.protocol.snapshot import Figure

#: A column of the page; in a file its percentage, its words and its source have columns of their own.
Part = Literal[
    "draft", "government", "lsg", "difference", "difference_absolute", "difference_share", "computed",
    "midpoint", "proposed", "decided", "adopted", "executed", "distance", "distance_midpoint", "outcome",
]  # fmt: skip
PARTS: Final[tuple[Part, ...]] = get_args(Part)
#: The columns that set the balanced option beside what was adopted by law.
COMPARISON: Final[tuple[Part, ...]] = (
    "draft", "government", "lsg", "computed", "midpoint", "adopted", "distance", "distance_midpoint",
)  # fmt: skip

Value = Callable[[Entry], Cell]


@dataclass(frozen=True)
class Held:
    """One column of a file: the part of the page it belongs to (`None`: always there) and its value."""

    column: Column
    part: Part | None
    value: Value


def columns(parts: frozenset[Part] | None = None) -> tuple[Held, ...]:
    """Return the columns of these parts in their order, all of them for `None`."""
    return tuple(held for held in HELD if held.part is None or parts is None or held.part in parts)


def value(entry: Entry, key: str) -> Cell:
    """Return what a line has in one column."""
    return BY_KEY[key].value(entry)


def _held(key: str, kind: Kind, value_of: Value, part: Part | None = None) -> Held:
    return Held(Column(key, every_language(f"analysis.column.{key}"), kind), part, value_of)


def _points(entry: Entry, figure: Figure) -> int | None:
    return figure if entry.line.measure == "percentage" and type(figure) is int else None


def _words(figure: Figure) -> Named | None:
    """Return a figure that is no number: yes or no, or a party's text."""
    if isinstance(figure, bool):
        return every_language("analysis.yes" if figure else "analysis.no")
    return figure.text if isinstance(figure, Words) else None


def _lsg_words(entry: Entry) -> Named | None:
    return every_language("analysis.divided") if entry.line.lsg_divided else _words(entry.made.lsg.figure)


def _answer(yes: bool) -> str:
    return "yes" if yes else "no"


def _known(name: Named) -> Named | None:
    return name if name != NO_NAME else None


def _share(entry: Entry) -> Fraction | None:
    return entry.made.difference.share if entry.made.difference else None


def _rate(entry: Entry) -> Fraction | None:
    return entry.line.option.rate if entry.line.option else None


def _votes(name: str) -> Value:
    def counted(entry: Entry) -> int | None:
        votes = entry.line.decision.votes if entry.line.decision else None
        return getattr(votes, name) if votes else None

    return counted


def _source(later: Later) -> Named | None:
    """Return how a later figure came about: instrument, words, source."""
    if not later.source:
        return None
    said = []
    for language in LANGUAGES:
        how = text(f"disputes.instrument.{later.instrument}", language) if later.instrument else ""
        parts = (how, later.words.text(language), later.source)
        said.append(" · ".join(part for part in parts if part))
    return Named(*said)


def _stands(part: Part, stand: Callable[[Entry], Stand], *, words: Value | None = None) -> tuple[Held, ...]:
    """Return the columns of a figure: its money, its percentage, its words where it can have any."""
    said = (_held(f"{part}_words", "text", words, part),) if words else ()
    return (
        _held(part, "amount", lambda entry: stand(entry).money, part),
        _held(f"{part}_percentage", "percentage", lambda entry: _points(entry, stand(entry).figure), part),
        *said,
    )


def _difference(name: str) -> Value:
    def told(entry: Entry) -> Cell:
        found: Som | None = getattr(entry.made.difference, name) if entry.made.difference else None
        return found

    return told


def _signed_points(entry: Entry) -> int | None:
    return _points(entry, entry.made.difference.signed if entry.made.difference else None)


HELD: Final[tuple[Held, ...]] = (
    _held("number", "integer", lambda entry: entry.line.number),
    _held("title", "text", lambda entry: entry.line.title),
    _held("kind", "text", lambda entry: entry.line.kind),
    _held("region", "text", lambda entry: _known(entry.region_name)),
    _held("territory", "text", lambda entry: _known(entry.line.territory)),
    _held("year", "year", lambda entry: entry.line.year),
    _held("measure", "text", lambda entry: every_language(f"disputes.measure.{entry.line.measure}")),
    _held(
        "recurring",
        "text",
        lambda entry: every_language(f"disputes.recurring.{_answer(entry.line.recurring)}"),
    ),
    _held("lead_government", "text", lambda entry: _known(entry.lead_government)),
    _held("lead_lsg", "text", lambda entry: _known(entry.lead_lsg)),
    _held("status", "text", lambda entry: every_language(f"analysis.status.{entry.status}")),
    *_stands("draft", lambda entry: entry.draft),
    *_stands("government", lambda e: e.made.government, words=lambda e: _words(e.made.government.figure)),
    *_stands("lsg", lambda e: e.made.lsg, words=_lsg_words),
    _held("difference", "amount", _difference("money"), "difference"),
    _held("difference_percentage", "percentage", _signed_points, "difference"),
    _held("difference_absolute", "amount", _difference("money_absolute"), "difference_absolute"),
    _held("difference_share", "share", _share, "difference_share"),
    _held("difference_share_exact", "fraction", _share, "difference_share"),
    *_stands("computed", lambda entry: entry.made.computed),
    _held("rate", "share", _rate, "computed"),
    _held("rate_exact", "fraction", _rate, "computed"),
    _held(
        "reason",
        "text",
        lambda e: every_language(f"balancing.reason.{e.line.option.reason}") if e.line.option else None,
        "computed",
    ),
    *_stands("midpoint", lambda entry: entry.midpoint),
    *_stands("proposed", lambda entry: entry.made.proposed),
    *_stands("decided", lambda e: e.made.decided, words=lambda e: _words(e.made.decided.figure)),
    *_stands("adopted", lambda entry: entry.adopted.stand),
    _held("adopted_source", "text", lambda entry: _source(entry.adopted), "adopted"),
    *_stands("executed", lambda entry: entry.executed.stand),
    _held("executed_source", "text", lambda entry: _source(entry.executed), "executed"),
    _held("distance", "amount", lambda entry: entry.distance, "distance"),
    _held("distance_midpoint", "amount", lambda entry: entry.distance_midpoint, "distance_midpoint"),
    _held("outcome", "text", lambda e: every_language(f"analysis.standing.{e.made.standing}"), "outcome"),
    _held("votes_for", "integer", _votes("for_"), "outcome"),
    _held("votes_against", "integer", _votes("against"), "outcome"),
    _held("votes_abstained", "integer", _votes("abstained"), "outcome"),
    _held("illustrative", "text", made_up),
    _held("counted", "integer", lambda entry: int(entry.compared)),
)


#: All columns by key, and all of them as a file has them.
BY_KEY: Final = {held.column.key: held for held in HELD}
COLUMNS: Final = tuple(held.column for held in HELD)
