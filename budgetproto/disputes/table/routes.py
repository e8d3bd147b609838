"""The table of a sitting's lines as a page, and the same for programs."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.open_values import OpenValues
from budgetproto.disputes.stamp import stamp
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
#: What stands on the pages of sittings in which nothing is sealed, the tokens of forms left out.
BODIES: Final = OpenValues[Markup](32)


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
    """Draw what stands on the page; once for all readers of a language when everything is open."""

    def drawn() -> Markup:
        template = current_app.jinja_env.get_template("disputes/table/body.html")
        words = template.render(
            table=found,
            sitting=found.sitting,
            ignored=ignored,
            sizes=SIZES,
            ticks=may(found.place, Act.PREPARE, found.sitting.stage),
            ticked=request.args.get(_TICKS) == "all",
        )
        return Markup(words)  # noqa: S704  # a template escapes what it is given

    if not found.opened:
        return drawn()
    with reading() as data:
        return BODIES.get(data, found.sitting, (found.choice, ignored, request_language()), drawn)


def _document(found: Table, ignored: tuple[str, ...]) -> ResponseReturnValue:
    return Response(wire.written(found, ignored), content_type="application/json; charset=utf-8")


def _line_address() -> str:
    """Return the address of a line's card without its id: asked once per page instead of once per row."""
    return url_for("lines.line", line_id="_")[:-1]
