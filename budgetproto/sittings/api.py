"""Sittings for programs: those the person behind the token may see, with parties and terms."""

from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.sittings import overview, service
from budgetproto.sittings.shapes import SittingCardShape, SittingShape, card_written, sitting_written
from budgetproto.web.api import Asked, Resources, answer, page_of, register
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading

resources: Final = Resources("sittings", __name__, "Sittings, their parties and terms")


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/sittings")
@bearing(Scope.SITTINGS)
@resources.asks(Asked)
@resources.shows(listing(SittingShape))
def sittings(asked: dict[str, Any]) -> ResponseReturnValue:
    """List the sittings the person may see, by budget year and number."""
    with reading() as data:
        found = service.sittings_of(data, caller())
    page = page_of(found, lambda each: (each.budget_year, each.number, each.id), **asked)
    return answer(page.document(sitting_written))


@resources.get("/sittings/<public_id:sitting_id>")
@bearing(Scope.SITTINGS)
@resources.shows(SittingCardShape)
def sitting(sitting_id: str) -> ResponseReturnValue:
    """Show one sitting with its parties and the newest terms."""
    with reading() as data:
        found = overview.overview(data, caller().id, sitting_id)
    return answer(card_written(found))
