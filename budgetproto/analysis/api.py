"""Discrepancies for programs: the lines, their sums by group, and a pivot over all that may be read."""

from collections.abc import Sequence
from typing import Any, Final

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.analysis.choice import chosen
from budgetproto.analysis.pivoted import Axes, Pivoted
from budgetproto.analysis.scope import scope_of
from budgetproto.analysis.shapes import (
    DiscrepanciesAsked,
    DiscrepancyShape,
    GroupsAsked,
    GroupsShape,
    PivotAsked,
    PivotShape,
    choice_of,
    entry_written,
    group_written,
    pivot_written,
)
from budgetproto.analysis.sums import grouped, whole
from budgetproto.analysis.table import Table, table_of
from budgetproto.disputes.opened.stamp import Stamp, stamp
from budgetproto.errors import Unknown
from budgetproto.i18n import DEFAULT
from budgetproto.web.api import Resources, answer, kept, page_of, register
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading

resources: Final = Resources("discrepancies", __name__, "Discrepancies: lines, groups, pivot")


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/sittings/<public_id:sitting_id>/discrepancies")
@bearing(Scope.DISCREPANCIES)
@resources.asks(DiscrepanciesAsked)
@resources.shows(listing(DiscrepancyShape), keeps=True)
def discrepancies(asked: dict[str, Any], sitting_id: str) -> ResponseReturnValue:
    """List the lines of an opened sitting with both sides' figures and what became of them, by number."""
    paging = {name: asked.pop(name) for name in ("limit", "cursor")}
    with reading() as data:
        table = table_of(data, caller().id, sitting_id)
        found = chosen(table.entries, choice_of(asked), DEFAULT)
        page = page_of(found, lambda each: (each.line.number,), **paging)
        return kept(_stamp(data, table), lambda: answer(page.document(entry_written)))


@resources.get("/sittings/<public_id:sitting_id>/discrepancies/groups")
@bearing(Scope.DISCREPANCIES)
@resources.asks(GroupsAsked)
@resources.shows(GroupsShape, keeps=True)
def groups(asked: dict[str, Any], sitting_id: str) -> ResponseReturnValue:
    """Add the lines up by group; the sums of the groups add up to those of the whole."""
    with reading() as data:
        table = table_of(data, caller().id, sitting_id)

        def made() -> Response:
            found = chosen(table.entries, choice_of(asked), DEFAULT)
            parts = [group_written(group) for group in grouped(found, asked["by"], DEFAULT)]
            sums = {"groups": parts, "whole": group_written(whole(found))}
            return answer({"snapshot": _snapshot(table), **sums})

        return kept(_stamp(data, table), made)


@resources.get("/pivot")
@bearing(Scope.DISCREPANCIES)
@resources.asks(PivotAsked)
@resources.shows(PivotShape)
def pivot(asked: dict[str, Any]) -> ResponseReturnValue:
    """Add one figure up over two axes, of the sittings named or of all that the person may read."""
    ids = asked["sittings"].split(",") if "sittings" in asked else []
    with reading() as data:
        scope = scope_of(data, caller(), ids)
    _check_readable(ids, [each.id for each in scope.readable])
    axes = Axes(asked["rows"], asked["columns"], asked["figure"], asked["over"])
    found = Pivoted(chosen(scope.entries, choice_of(asked), DEFAULT), axes, DEFAULT)
    return answer({"snapshots": [_snapshot(table) for table in scope.tables], **pivot_written(found)})


def _check_readable(ids: Sequence[str], readable: Sequence[str]) -> None:
    """Raise Unknown for a sitting that is not there, or that the person may not read."""
    if not set(ids) <= set(readable):
        raise Unknown


def _stamp(session: Session, table: Table) -> Stamp | None:
    return stamp(session, table.paper.sitting, table.paper.place, caller())


def _snapshot(table: Table) -> dict[str, Any]:
    return {
        "sitting": table.paper.sitting.id,
        "head": table.paper.protocol.facts.head.digest,
        "closed": list(table.closed),
    }
