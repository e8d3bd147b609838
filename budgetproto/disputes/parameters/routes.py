"""The page of a contested parameter: what each side's value means for every territory."""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes import service
from budgetproto.disputes.domain import Line
from budgetproto.disputes.page import LinePart, add_line_part
from budgetproto.disputes.parameters.lines import is_open
from budgetproto.disputes.parameters.views import EffectView, effect_sheet, line_effects, told
from budgetproto.exchange import to_csv
from budgetproto.i18n import Sentence
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed
from budgetproto.web import nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import download
from budgetproto.web.paging import paged

blueprint = Blueprint("parameters", __name__)

_SHOWN: Final = 50


def init_app(app: Flask) -> None:
    """Register the page, and what it says in sum on the card of a line."""
    app.register_blueprint(blueprint)
    add_line_part(app, _part)


@blueprint.get("/lines/<line_id>/territories")
@logged_in
@nothing_sealed
def territories(line_id: str) -> ResponseReturnValue:
    """Show what both values and the option mean, largest difference first."""
    sitting, line, view = _read(line_id)
    found = view.territories if view else ()
    rows = sorted(found, key=lambda row: (-abs(row.difference).tyiyn, row.code))
    paging = paged(request.args.get("page"), length=len(rows), size=_SHOWN)
    return render_template(
        "disputes/parameter.html",
        sitting=sitting,
        line=line,
        view=view,
        told=told(view) if view else (),
        rows=paging.of(rows),
        paging=paging,
    )


@blueprint.get("/lines/<line_id>/territories.csv")
@logged_in
def csv(line_id: str) -> ResponseReturnValue:
    """Hand out the same table whole; where there is none, the page says why."""
    sitting, line, view = _read(line_id)
    if view is None:
        return redirect(url_for(".territories", line_id=line_id), 303)
    content = to_csv(effect_sheet(view, line.text.title), request_language(), sitting.unit)
    return download(content, f"parameter_{sitting.number}_{line.number}.csv", "text/csv; charset=utf-8")


def _read(line_id: str) -> tuple[Sitting, Line, EffectView | None]:
    with reading() as data:
        sitting, _, line = service.line_of(data, me().id, line_id)
        sittings.admitted(data, me().id, sitting.id, Act.READ_OPENED)
        return sitting, line, line_effects(data, sitting, line) if is_open(line) else None


def _part(data: Session, sitting: Sitting, place: Standing, line: Line) -> LinePart:
    if not line.text.parameter or not is_open(line) or not may(place, Act.READ_OPENED, sitting.stage):
        return LinePart()
    view = line_effects(data, sitting, line)
    if view is None:
        return LinePart()
    address = url_for("parameters.territories", line_id=line.id)
    return LinePart(
        deeds=(Deed(Sentence("disputes.effects.by_territory"), address),),
        template="disputes/parameter_part.html",
        values={"view": view, "told": told(view)},
    )
