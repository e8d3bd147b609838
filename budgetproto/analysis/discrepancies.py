"""The discrepancy table of a sitting: a row per line and totals, all from the composed protocol."""

from typing import Final

from budgetproto.exchange import Cell, Column, Kind, Sheet
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.money import Som
from budgetproto.protocol.composed import ComposedLine, Protocol, Sums, Totals
from budgetproto.protocol.snapshot import Figure, Line

_KINDS: Final[dict[str, Kind]] = {
    "number": "integer",
    "title": "text",
    "kind": "text",
    "territory": "text",
    "year": "integer",
    "government": "amount",
    "government_percentage": "percentage",
    "lsg": "amount",
    "lsg_percentage": "percentage",
    "difference": "amount",
    "difference_absolute": "amount",
    "difference_percentage": "percentage",
    "difference_share": "share",
    "computed": "amount",
    "computed_percentage": "percentage",
    "rate": "share",
    "reason": "text",
    "midpoint": "amount",
    "proposed": "amount",
    "decided": "amount",
    "decided_percentage": "percentage",
    "outcome": "text",
    "votes_for": "integer",
    "votes_against": "integer",
    "votes_abstained": "integer",
    "illustrative": "text",
}


COLUMNS: Final = tuple(
    Column(key, every_language(f"analysis.column.{key}"), kind) for key, kind in _KINDS.items()
)


def discrepancy_sheet(protocol: Protocol) -> Sheet:
    """Return the table: a percentage stands in its own column and its money effect beside it.

    Blank cells are figures nobody stated; a share is blank where the Government's figure is zero. The last
    rows are the totals of the composed protocol, never sums made here.
    """
    rows = [_row(line, made) for line, made in protocol.pairs()]
    return Sheet(
        title=every_language("analysis.discrepancies.title"),
        columns=COLUMNS,
        rows=[*rows, *_total_rows(protocol)],
        notes=_notes(protocol),
    )


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
        "lsg": made.lsg.money,
        "lsg_percentage": _points(line, made.lsg.figure),
        "difference": difference.money if difference else None,
        "difference_absolute": difference.money_absolute if difference else None,
        "difference_percentage": _points(line, difference.signed if difference else None),
        "difference_share": difference.share if difference else None,
        "computed": made.computed.money,
        "computed_percentage": _points(line, made.computed.figure),
        "rate": option.rate if option else None,
        "reason": every_language(f"balancing.reason.{option.reason}") if option else None,
        "midpoint": option.midpoint if option and isinstance(option.midpoint, Som) else None,
        "proposed": made.proposed.money,
        "decided": made.decided.money,
        "decided_percentage": _points(line, made.decided.figure),
        "outcome": every_language(f"analysis.standing.{made.standing}"),
        "votes_for": votes.for_ if votes else None,
        "votes_against": votes.against if votes else None,
        "votes_abstained": votes.abstained if votes else None,
        "illustrative": every_language("analysis.illustrative") if is_illustrative(line) else None,
    }
    return tuple(values[column.key] for column in COLUMNS)


def is_illustrative(line: Line) -> bool:
    """Tell whether a position of a line is made up."""
    return any(position.illustrative for position in line.positions)


def _points(line: Line, figure: Figure) -> int | None:
    return figure if line.measure == "percentage" and type(figure) is int else None


def _total_rows(protocol: Protocol) -> list[tuple[Cell, ...]]:
    totals = protocol.overall
    rows = [_sum_row("analysis.total.compared", totals.compared, totals)]
    if totals.one_sided.lines:
        rows.append(_sum_row("analysis.total.one_sided", totals.one_sided, None))
    return rows


def _sum_row(key: str, sums: Sums, totals: Totals | None) -> tuple[Cell, ...]:
    """Return one row of totals; differences exist only over lines on which both sides have a figure."""
    values: dict[str, Cell] = {
        "title": every_language(key, lines=sums.lines),
        "government": sums.government if totals else None,
        "lsg": sums.lsg if totals else None,
        "difference": totals.signed if totals else None,
        "difference_absolute": totals.absolute if totals else None,
        "computed": sums.computed if sums.computed_lines else None,
        "proposed": sums.proposed if sums.proposed_lines else None,
        "decided": sums.decided if sums.decided_lines else None,
    }
    return tuple(values.get(column.key) for column in COLUMNS)


def _notes(protocol: Protocol) -> tuple[Named, ...]:
    sitting = protocol.facts.sitting
    notes = [
        every_language("analysis.note.sitting", number=sitting.code, title=sitting.title),
        every_language("analysis.note.head", digest=protocol.facts.head.digest),
        every_language("analysis.note.blank"),
    ]
    if protocol.illustrative:
        notes.append(every_language("analysis.note.illustrative"))
    return tuple(notes)
