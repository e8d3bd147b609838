"""The discrepancy table of a sitting: a row per line and totals, all from the composed protocol."""

from collections.abc import Sequence
from typing import Final

from budgetproto.exchange import Cell, Column, Kind, Sheet
from budgetproto.i18n import LANGUAGES, NO_NAME, Named, Words, every_language
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Protocol, Sums, Totals
from budgetproto.protocol.snapshot import Figure, Line
from budgetproto.protocol.totals import totals

#: A line of the snapshot with what follows from it.
Pair = tuple[Line, ComposedLine]

_KINDS: Final[dict[str, Kind]] = {
    "number": "integer",
    "title": "text",
    "kind": "text",
    "territory": "text",
    "year": "integer",
    "government": "amount",
    "government_percentage": "percentage",
    "government_words": "text",
    "lsg": "amount",
    "lsg_percentage": "percentage",
    "lsg_words": "text",
    "difference": "amount",
    "difference_absolute": "amount",
    "difference_percentage": "percentage",
    "difference_share": "share",
    "computed": "amount",
    "computed_percentage": "percentage",
    "rate": "share",
    "reason": "text",
    "midpoint": "amount",
    "midpoint_percentage": "percentage",
    "proposed": "amount",
    "proposed_percentage": "percentage",
    "decided": "amount",
    "decided_percentage": "percentage",
    "decided_words": "text",
    "outcome": "text",
    "votes_for": "integer",
    "votes_against": "integer",
    "votes_abstained": "integer",
    "illustrative": "text",
}


COLUMNS: Final = tuple(
    Column(key, every_language(f"analysis.column.{key}"), kind) for key, kind in _KINDS.items()
)


def discrepancy_sheet(
    protocol: Protocol, *, numbers: frozenset[int] | None = None, notes: Sequence[Named] = ()
) -> Sheet:
    """Return the table of the lines with these numbers, of all lines when none are given.

    A percentage stands in its own column and its money effect beside it. Blank cells are figures nobody
    stated; a share is blank where the Government's figure is zero. The last rows are the totals of the
    composed protocol, made by the same function when only some lines are chosen. `notes` stand below.
    """
    pairs = chosen(protocol, numbers)
    sums = totals_of(protocol, numbers)
    totals = _total_rows(sums)
    return Sheet(
        title=every_language("analysis.discrepancies.title"),
        columns=COLUMNS,
        rows=[*(_row(line, made) for line, made in pairs), *totals],
        notes=(*_notes(protocol, len(pairs), sums), *notes),
        totals=len(totals),
    )


def chosen(protocol: Protocol, numbers: frozenset[int] | None) -> tuple[Pair, ...]:
    """Return the lines with these numbers, all of them for `None`."""
    return tuple(pair for pair in protocol.pairs() if numbers is None or pair[0].number in numbers)


def totals_of(protocol: Protocol, numbers: frozenset[int] | None) -> Totals:
    """Return the composed totals of the lines with these numbers."""
    return protocol.overall if numbers is None else totals(None, chosen(protocol, numbers))


def made_up(line: Line, made: ComposedLine) -> Named | None:
    """Name what of a line is made up (positions, the option, the decision), `None` when nothing is."""
    decided = made.decided.illustrative or (line.decision is not None and line.decision.illustrative)
    parts = {
        "analysis.illustrative.positions": any(position.illustrative for position in line.positions),
        "analysis.illustrative.option": made.computed.illustrative,
        "analysis.illustrative.decision": decided,
    }
    told = [every_language(key) for key, true in parts.items() if true]
    if not told:
        return None
    joined = Named(*(", ".join(part.text(language) for part in told) for language in LANGUAGES))
    return every_language("analysis.illustrative", what=joined)


def _row(line: Line, made: ComposedLine) -> tuple[Cell, ...]:
    votes = line.decision.votes if line.decision else None
    difference = made.difference
    option = line.option
    values: dict[str, Cell] = {
        "number": line.number,
        "title": line.title,
        "kind": line.kind,
        "territory": line.territory if line.territory != NO_NAME else None,
        "year": line.year,
        "government": made.government.money,
        "government_percentage": _points(line, made.government.figure),
        "government_words": _words(made.government.figure),
        "lsg": made.lsg.money,
        "lsg_percentage": _points(line, made.lsg.figure),
        "lsg_words": every_language("analysis.divided") if line.lsg_divided else _words(made.lsg.figure),
        "difference": difference.money if difference else None,
        "difference_absolute": difference.money_absolute if difference else None,
        "difference_percentage": _points(line, difference.signed if difference else None),
        "difference_share": difference.share if difference else None,
        "computed": made.computed.money,
        "computed_percentage": _points(line, made.computed.figure),
        "rate": option.rate if option else None,
        "reason": every_language(f"balancing.reason.{option.reason}") if option else None,
        "midpoint": option.midpoint if option and isinstance(option.midpoint, Som) else None,
        "midpoint_percentage": _points(line, option.midpoint if option else None),
        "proposed": made.proposed.money,
        "proposed_percentage": _points(line, made.proposed.figure),
        "decided": made.decided.money,
        "decided_percentage": _points(line, made.decided.figure),
        "decided_words": _words(made.decided.figure),
        "outcome": every_language(f"analysis.standing.{made.standing}"),
        "votes_for": votes.for_ if votes else None,
        "votes_against": votes.against if votes else None,
        "votes_abstained": votes.abstained if votes else None,
        "illustrative": made_up(line, made),
    }
    return tuple(values[column.key] for column in COLUMNS)


def _points(line: Line, figure: Figure) -> int | None:
    return figure if line.measure == "percentage" and type(figure) is int else None


def _words(figure: Figure) -> Named | None:
    """Return a figure that is no number: yes or no, or a party's text."""
    if isinstance(figure, bool):
        return every_language("analysis.yes" if figure else "analysis.no")
    return figure.text if isinstance(figure, Words) else None


def _total_rows(sums: Totals) -> list[tuple[Cell, ...]]:
    rows = [_sum_row("analysis.total.compared", sums.compared, sums)]
    if sums.one_sided.lines:
        rows.append(_sum_row("analysis.total.one_sided", sums.one_sided, None))
    return rows


def _sum_row(key: str, sums: Sums, both: Totals | None) -> tuple[Cell, ...]:
    """Return one row of totals; differences exist only over lines on which both sides have a figure."""
    compared = both if sums.lines else None
    values: dict[str, Cell] = {
        "title": every_language(key, lines=sums.lines),
        "government": sums.government if compared else None,
        "lsg": sums.lsg if compared else None,
        "difference": compared.signed if compared else None,
        "difference_absolute": compared.absolute if compared else None,
        "computed": sums.computed if sums.computed_lines else None,
        "proposed": sums.proposed if sums.proposed_lines else None,
        "decided": sums.decided if sums.decided_lines else None,
    }
    return tuple(values.get(column.key) for column in COLUMNS)


def _notes(protocol: Protocol, lines: int, sums: Totals) -> tuple[Named, ...]:
    sitting = protocol.facts.sitting
    notes = [
        every_language("analysis.note.sitting", number=sitting.code, title=sitting.title),
        every_language("analysis.note.lines", lines=lines, all=len(protocol.lines)),
        every_language("analysis.note.head", digest=protocol.facts.head.digest),
        every_language("analysis.note.blank"),
        *_partial(sums.compared),
    ]
    if protocol.illustrative:
        notes.append(every_language("analysis.note.illustrative"))
    return tuple(notes)


def _partial(both: Sums) -> list[Named]:
    """Say of each sum of the totals that goes over some of the compared lines only how many they are."""
    counts = {
        "analysis.column.computed": both.computed_lines,
        "analysis.column.proposed": both.proposed_lines,
        "analysis.column.decided": both.decided_lines,
    }
    return [
        every_language("analysis.note.partial", column=every_language(key), lines=lines, all=both.lines)
        for key, lines in counts.items()
        if lines not in (0, both.lines)
    ]
