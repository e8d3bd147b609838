"""Decisions for programs."""

from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.disputes.opened.stamp import stamp
from budgetproto.proceedings import overview
from budgetproto.proceedings.shapes import DecisionShape, decision_written
from budgetproto.web.api import Asked, Resources, answer, kept, page_of, register
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading

resources: Final = Resources("proceedings", __name__, "Decisions")


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/sittings/<public_id:sitting_id>/decisions")
@bearing(Scope.SITTINGS)
@resources.asks(Asked)
@resources.shows(listing(DecisionShape), keeps=True)
def decisions(asked: dict[str, Any], sitting_id: str) -> ResponseReturnValue:
    """List what was computed, proposed and decided on each question; refused while positions are sealed."""
    with reading() as data:
        sitting, place, found = overview.decisions(data, caller().id, sitting_id)
        page = page_of(found, lambda each: (each.line.number,), **asked)
        return kept(stamp(data, sitting, place, caller()), lambda: answer(page.document(decision_written)))
