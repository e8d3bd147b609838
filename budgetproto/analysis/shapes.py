"""What programs ask of the discrepancies and are sent of them: the figures and sums of the page, by key."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields

from budgetproto.analysis.choice import Choice
from budgetproto.analysis.entries import STATUSES, Entry
from budgetproto.analysis.pivoted import AXES, FIGURES, OVER, Pivoted
from budgetproto.analysis.sums import GROUPINGS, Group, Sum
from budgetproto.disputes.domain import Measure
from budgetproto.disputes.figures.shapes import FigureTold, figure_told
from budgetproto.protocol.composed import STANDINGS, Difference, Stand
from budgetproto.web.api.fields import Code, Day, Matching, Money, Share, Text, Whole, YesNo
from budgetproto.web.api.shapes import Asked, NamedShape, Shape
from budgetproto.web.api.writing import day, money, named, share

#: The figures of a line that one person or the computation states, in the order of the page.
_STANDS: Final = (
    *("draft", "government", "lsg", "computed", "midpoint", "proposed", "decided", "adopted", "executed"),
)
_IDS: Final = r"^[a-z2-7]{26}(,[a-z2-7]{26}){0,19}$"


class ConditionsAsked(Shape):
    """Which lines: those that meet every condition given."""

    kind = Text(60, metadata={"description": "The code of a kind of transfers"})
    region = Text(60, metadata={"description": "The code of an oblast, or republic, or several"})
    status = Code(STATUSES)
    party = Text(60, metadata={"description": "The key of a party that has stated something"})
    outcome = Code(STANDINGS)
    measure = Code([each.value for each in Measure])
    recurring = YesNo(written=True)
    year = Whole(1990, 2200, written=True)
    least = Money(metadata={"description": "The least difference, whatever its sign"})
    most = Money(metadata={"description": "The largest difference, whatever its sign"})
    words = Text(200, metadata={"description": "Words in title, kind and territory"})


class DiscrepanciesAsked(ConditionsAsked, Asked):
    """Which lines of a sitting."""


class GroupsAsked(ConditionsAsked):
    """How the lines are grouped, and which of them are counted."""

    by = Code(GROUPINGS, load_default="kind")


class PivotAsked(ConditionsAsked):
    """Two axes, one figure, over which lines, of which sittings."""

    sittings = Matching(_IDS, metadata={"description": "Ids with commas; all that may be read without it"})
    rows = Code(AXES, load_default="region")
    columns = Code(AXES, load_default="kind")
    figure = Code(FIGURES, load_default="difference")
    over = Code(OVER, load_default="compared")


class StandShape(Shape):
    """A figure and the money it means."""

    figure = FigureTold(required=True)
    money = Money(required=True, allow_none=True)
    illustrative = fields.Boolean(required=True)


class AppearedShape(Shape):
    """At which reading of the budget a question appeared, null where it did not; the day and the source."""

    reading = fields.Integer(required=True, allow_none=True)
    on = Day(required=True)
    source = fields.String(required=True)


class DifferenceShape(Shape):
    """LSG minus Government: in the line's measure, in money, and as a share, null where that is undefined."""

    signed = FigureTold(required=True)
    absolute = FigureTold(required=True)
    money = Money(required=True, allow_none=True)
    money_absolute = Money(required=True, allow_none=True)
    share = Share(required=True, allow_none=True)


class DiscrepancyShape(Shape):
    """One line of the table; `counted`: both sides have a figure in money, so the sums of both count it."""

    line = fields.String(required=True)
    sitting = fields.String(required=True)
    number = fields.Integer(required=True)
    title = fields.Nested(NamedShape, required=True)
    kind = fields.String(required=True)
    territory = fields.String(required=True)
    region = fields.String(required=True)
    year = fields.Integer(required=True)
    measure = fields.String(required=True)
    recurring = fields.Boolean(required=True)
    status = Code(STATUSES, required=True)
    outcome = Code(STANDINGS, required=True)
    counted = fields.Boolean(required=True)
    draft = fields.Nested(StandShape, required=True)
    government = fields.Nested(StandShape, required=True)
    lsg = fields.Nested(StandShape, required=True)
    difference = fields.Nested(DifferenceShape, required=True, allow_none=True)
    computed = fields.Nested(StandShape, required=True)
    midpoint = fields.Nested(StandShape, required=True)
    proposed = fields.Nested(StandShape, required=True)
    decided = fields.Nested(StandShape, required=True)
    adopted = fields.Nested(StandShape, required=True)
    executed = fields.Nested(StandShape, required=True)
    appeared = fields.Nested(AppearedShape, required=True, allow_none=True)


class SumShape(Shape):
    """A sum over `lines` of `all` lines; over none it is null, which is not zero."""

    money = Money(required=True, allow_none=True)
    lines = fields.Integer(required=True)
    all = fields.Integer(required=True)


class GroupShape(Shape):
    """Some lines with their sums: `compared` over those with both figures, `apart` over the others."""

    key = fields.String(required=True)
    name = fields.Nested(NamedShape, required=True)
    lines = fields.Integer(required=True)
    compared = fields.Dict(keys=fields.String(), values=fields.Nested(SumShape), required=True)
    apart = fields.Dict(keys=fields.String(), values=fields.Nested(SumShape), required=True)


class SnapshotShape(Shape):
    """The state of one sitting's journal that an answer was made from."""

    sitting = fields.String(required=True)
    head = fields.String(required=True)
    closed = fields.List(fields.Integer(), required=True)


class GroupsShape(Shape):
    """The groups, whose sums add up to those of the whole."""

    snapshot = fields.Nested(SnapshotShape, required=True)
    groups = fields.List(fields.Nested(GroupShape), required=True)
    whole = fields.Nested(GroupShape, required=True)


class AxisShape(Shape):
    """One group of an axis."""

    key = fields.String(required=True)
    name = fields.Nested(NamedShape, required=True)


class CellShape(Shape):
    """One cell: its sum, over how many lines it goes, and how many lines fall into it."""

    money = Money(required=True, allow_none=True)
    stated = fields.Integer(required=True)
    lines = fields.Integer(required=True)


class PivotShape(Shape):
    """A table over two axes; the last row and the last column are its margins."""

    snapshots = fields.List(fields.Nested(SnapshotShape), required=True)
    figure = Code(FIGURES, required=True)
    over = Code(OVER, required=True)
    rows = fields.List(fields.Nested(AxisShape), required=True)
    columns = fields.List(fields.Nested(AxisShape), required=True)
    cells = fields.List(fields.List(fields.Nested(CellShape)), required=True)


def choice_of(asked: Mapping[str, Any]) -> Choice:
    """Return the conditions of a choice as the page has them."""
    given = {name: asked[name] for name in ConditionsAsked().fields if name in asked}
    if "recurring" in given:
        given["recurring"] = "yes" if given["recurring"] else "no"
    if "year" in given:
        given["year"] = str(given["year"])
    return Choice(**given)


def entry_written(entry: Entry) -> dict[str, Any]:
    """Write one line of the table."""
    line, made = entry.line, entry.made
    stands = {
        "draft": entry.draft,
        "midpoint": entry.midpoint,
        "adopted": entry.adopted.stand,
        "executed": entry.executed.stand,
        **{name: getattr(made, name) for name in ("government", "lsg", "computed", "proposed", "decided")},
    }
    return {
        "line": entry.id,
        "sitting": entry.sitting,
        "number": line.number,
        "title": named(line.title),
        "kind": entry.kind,
        "territory": entry.territory,
        "region": entry.region,
        "year": line.year,
        "measure": line.measure,
        "recurring": line.recurring,
        "status": entry.status,
        "outcome": made.standing,
        "counted": entry.compared,
        "difference": _difference(made.difference) if made.difference else None,
        **{name: _stand(stands[name]) for name in _STANDS},
        "appeared": _appeared(entry),
    }


def _appeared(entry: Entry) -> dict[str, Any] | None:
    it = entry.appeared
    return {"reading": it.reading, "on": day(it.on), "source": it.source} if it else None


def group_written(group: Group) -> dict[str, Any]:
    """Write a group with its sums."""
    return {
        "key": group.key,
        "name": named(group.name),
        "lines": len(group.entries),
        "compared": {key: _sum(found) for key, found in group.compared.items()},
        "apart": {key: _sum(found) for key, found in group.apart.items()},
    }


def pivot_written(found: Pivoted) -> dict[str, Any]:
    """Write a pivot: each cell is the one the page shows."""
    rows, columns = ((*range(len(axis)), -1) for axis in (found.rows, found.columns))
    places = tuple(columns)
    return {
        "figure": found.axes.figure,
        "over": found.axes.over,
        "rows": [_axis(group) for group in found.rows],
        "columns": [_axis(group) for group in found.columns],
        "cells": [[_cell(found, row, column) for column in places] for row in rows],
    }


def _cell(found: Pivoted, row: int, column: int) -> dict[str, Any]:
    made = found.sum(row, column)
    return {"money": money(made.money), "stated": made.lines, "lines": made.all}


def _axis(group: Group) -> dict[str, Any]:
    return {"key": group.key, "name": named(group.name)}


def _sum(found: Sum) -> dict[str, Any]:
    return {"money": money(found.money), "lines": found.lines, "all": found.all}


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "figure": figure_told(stand.figure),
        "money": money(stand.money),
        "illustrative": stand.illustrative,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "signed": figure_told(difference.signed),
        "absolute": figure_told(difference.absolute),
        "money": money(difference.money),
        "money_absolute": money(difference.money_absolute),
        "share": share(difference.share),
    }
