"""The table of a sitting's lines as a page, and the same for programs."""

from typing import Final

from flask import Blueprint, Flask, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.table import wire
from budgetproto.disputes.table.choice import SIZES, chosen
from budgetproto.disputes.table.drawing import rows
from budgetproto.disputes.table.service import Table, table
from budgetproto.web import request_language
from budgetproto.web.data import reading

blueprint = Blueprint("table", __name__)

#: A parameter of the address that ticks every line shown; it works without a script.
_TICKED: Final = "ticked"


def init_app(app: Flask) -> None:
    """Register the pages and what the template of rows says."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["table_rows"] = rows
    app.jinja_env.globals["line_address"] = _line_address


@blueprint.get("/sittings/<sitting_id>/lines")
@logged_in
def lines(sitting_id: str) -> ResponseReturnValue:
    """Show the lines a reader chose, sorted and paged as the address says."""
    found, ignored = _asked(sitting_id)
    return render_template(
        "disputes/table/page.html",
        table=found,
        sitting=found.sitting,
        ignored=ignored,
        sizes=SIZES,
        may_change=False,
        ticked=request.args.get(_TICKED) == "shown",
    )


@blueprint.get("/sittings/<sitting_id>/lines.json")
@logged_in
def lines_json(sitting_id: str) -> ResponseReturnValue:
    """Give programs the same lines."""
    found, ignored = _asked(sitting_id)
    return Response(wire.written(found, ignored), content_type="application/json; charset=utf-8")


def _asked(sitting_id: str) -> tuple[Table, tuple[str, ...]]:
    """Return the table and the parameters that chose nothing in it."""
    choice, unknown = chosen(request.args, besides=(_TICKED,))
    with reading() as data:
        found = table(data, me().id, sitting_id, choice, request_language())
    return found, (*unknown, *found.ignored)


def _line_address() -> str:
    """Return the address of a line's card without its id: asked once per page instead of once per row."""
    return url_for("lines.line", line_id="_")[:-1]
