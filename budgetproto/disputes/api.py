"""Contested questions for programs: as they were entered, opened positions, the option, heads of chains."""

from typing import Any, Final

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from budgetproto.accounts.bearer import bearing, caller
from budgetproto.accounts.scopes import Scope
from budgetproto.disputes import service
from budgetproto.disputes.journal.chronicle import chronicle
from budgetproto.disputes.journal.shapes import HeadsShape, head_written
from budgetproto.disputes.opened.stamp import stamp
from budgetproto.disputes.options import service as options
from budgetproto.disputes.shapes import (
    LinesAsked,
    LineShape,
    OptionHeadsShape,
    OptionShape,
    PositionShape,
    line_written,
    opened_written,
    option_head_written,
    option_written,
)
from budgetproto.errors import Unknown
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.web.api import Asked, Resources, answer, kept, page_of, register
from budgetproto.web.api.shapes import listing
from budgetproto.web.data import reading

resources: Final = Resources("questions", __name__, "Contested questions, opened positions, the option")


def init_app(app: Flask) -> None:
    """Register the resources."""
    register(app, resources)


@resources.get("/sittings/<public_id:sitting_id>/lines")
@bearing(Scope.SITTINGS)
@resources.asks(LinesAsked)
@resources.shows(listing(LineShape))
def lines(asked: dict[str, Any], sitting_id: str) -> ResponseReturnValue:
    """List the questions of a sitting by number, without positions."""
    paging = {name: asked.pop(name) for name in ("limit", "cursor")}
    with reading() as data:
        _, _, found = service.lines_of(data, caller().id, sitting_id)
    chosen = [each for each in found if all(getattr(each.text, name) == code for name, code in asked.items())]
    return answer(page_of(chosen, lambda line: (line.number,), **paging).document(line_written))


@resources.get("/lines/<public_id:line_id>")
@bearing(Scope.SITTINGS)
@resources.shows(LineShape)
def line(line_id: str) -> ResponseReturnValue:
    """Show one question, without positions."""
    with reading() as data:
        _, _, found = service.line_of(data, caller().id, line_id)
    return answer(line_written(found))


@resources.get("/sittings/<public_id:sitting_id>/positions")
@bearing(Scope.SITTINGS)
@resources.asks(Asked)
@resources.shows(listing(PositionShape), keeps=True)
def positions(asked: dict[str, Any], sitting_id: str) -> ResponseReturnValue:
    """List the positions that are open, by question and party; refused while none are."""
    with reading() as data:
        sitting, place = sittings.admitted(data, caller().id, sitting_id, Act.READ_OPENED)

        def made() -> Response:
            sides = {party.id: party.side for party in sittings.invited_parties(data, sitting_id)}
            _, views = service.opened_lines(data, caller().id, sitting_id)
            found = [(view.line, opened) for view in views for opened in view.positions.values()]
            page = page_of(found, lambda pair: (pair[0].number, pair[1].party), **asked)
            return answer(page.document(lambda pair: opened_written(pair[0], sides[pair[1].party], pair[1])))

        return kept(stamp(data, sitting, place, caller()), made)


@resources.get("/sittings/<public_id:sitting_id>/options")
@bearing(Scope.SITTINGS)
@resources.shows(OptionHeadsShape, keeps=True)
def option_versions(sitting_id: str) -> ResponseReturnValue:
    """List the published versions of the balanced option; refused while positions are sealed."""
    with reading() as data:
        sitting, place, versions = options.published_to(data, caller().id, sitting_id)
        mark = stamp(data, sitting, place, caller())
        return kept(mark, lambda: answer({"items": [option_head_written(each) for each in versions]}))


@resources.get("/sittings/<public_id:sitting_id>/options/<int(min=1, max=1000000):number>")
@bearing(Scope.SITTINGS)
@resources.shows(OptionShape, keeps=True)
def option(sitting_id: str, number: int) -> ResponseReturnValue:
    """Show one version of the option as it was published."""
    with reading() as data:
        sitting, place, versions = options.published_to(data, caller().id, sitting_id)
        found = next((each for each in versions if each.number == number), None)
        if found is None:
            raise Unknown
        return kept(stamp(data, sitting, place, caller()), lambda: answer(option_written(found)))


@resources.get("/sittings/<public_id:sitting_id>/journal/heads")
@bearing(Scope.JOURNAL)
@resources.shows(HeadsShape)
def heads(sitting_id: str) -> ResponseReturnValue:
    """List the heads of the journal's chains that the person may see, each chain verified."""
    with reading() as data:
        _, chains = chronicle(data, caller().id, sitting_id)
    return answer({"items": [head_written(chain) for chain in chains]})
