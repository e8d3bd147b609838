"""The table of a sitting's lines as a page, and the same for programs."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Flask, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.opened.drawn_once import DrawnOnce
from budgetproto.disputes.opened.stamp import stamp
from budgetproto.disputes.table import wire
from budgetproto.disputes.table.choice import SIZES, chosen
from budgetproto.disputes.table.drawing import rows
from budgetproto.disputes.table.service import Table, table_for
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, may
from budgetproto.web import request_language
from budgetproto.web.conditional import kept
from budgetproto.web.data import reading

blueprint = Blueprint("table", __name__)

#: The parameter that ticks every line shown, for who has no script.
_TICKS: Final = "ticks"
_BODY: Final = DrawnOnce("disputes/table/body.html", 32)


def init_app(app: Flask) -> None:
    """Register the pages and what the template of rows says."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["table_rows"] = rows
    app.jinja_env.globals["line_address"] = _line_address


@blueprint.get("/sittings/<sitting_id>/lines")
@logged_in
def lines(sitting_id: str) -> ResponseReturnValue:
    """Show the lines a reader chose, sorted and paged as the address says."""
    return _answer(sitting_id, _page)


@blueprint.get("/sittings/<sitting_id>/lines.json")
@logged_in
def lines_json(sitting_id: str) -> ResponseReturnValue:
    """Give programs the same lines."""
    return _answer(sitting_id, _document)


def _answer(sitting_id: str, shape: Callable[[Table, tuple[str, ...]], ResponseReturnValue]) -> Response:
    """Answer with the table in one shape; a browser that has it already is told so before it is made."""
    choice, unknown = chosen(request.args, besides=[_TICKS])

    def made() -> ResponseReturnValue:
        found = table_for(data, sitting, place, choice, request_language())
        return shape(found, (*unknown, *found.ignored))

    with reading() as data:
        sitting, place = sittings.admitted(data, me().id, sitting_id)
        return kept(stamp(data, sitting, place, me()), made)


def _page(found: Table, ignored: tuple[str, ...]) -> ResponseReturnValue:
    body = _body(found, ignored)
    return render_template("disputes/table/page.html", sitting=found.sitting, body=body)


def _body(found: Table, ignored: tuple[str, ...]) -> Markup:
    """Draw what stands on the page; once when everything is open."""
    ticks = may(found.place, Act.PREPARE, found.sitting.stage)
    ticked = request.args.get(_TICKS) == "all"
    values = {"table": found, "ignored": ignored, "sizes": SIZES, "ticks": ticks, "ticked": ticked}
    if not found.opened:
        return _BODY.anew(sitting=found.sitting, **values)
    with reading() as data:
        return _BODY.drawn(data, found.sitting, (found.choice, ignored), **values)


def _document(found: Table, ignored: tuple[str, ...]) -> ResponseReturnValue:
    return Response(wire.written(found, ignored), content_type="application/json; charset=utf-8")


def _line_address() -> str:
    """Return the address of a line's card without its id: asked once per page instead of once per row."""
    return url_for("lines.line", line_id="_")[:-1]
