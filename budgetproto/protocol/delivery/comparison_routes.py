"""The page that sets two protocols side by side, and its files."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from budgetproto import web
from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import BadInput, Problem
from budgetproto.exchange import DIALECTS, PLAIN, to_csv, to_xlsx
from budgetproto.protocol import service
from budgetproto.protocol.delivery import comparison_sheets as showing
from budgetproto.protocol.delivery.comparing import Compared, Side, compared, sides, usual
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.sittings.domain import Sitting
from budgetproto.sittings.fields import Preset
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import download

blueprint = Blueprint("comparisons", __name__)

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SidesForm(web.Form):
    """Which two are compared; sent by GET, so that an address names one comparison."""

    before = SelectField(
        "delivery.comparison.choose_before",
        [Preset()],
        choices=[],
        validate_choice=False,
        description="delivery.comparison.choose_before.hint",
    )
    after = SelectField(
        "delivery.comparison.choose_after",
        [Preset()],
        choices=[],
        validate_choice=False,
        description="delivery.comparison.choose_after.hint",
    )


def init_app(app: Flask) -> None:
    """Register the page and its files."""
    app.register_blueprint(blueprint)


@blueprint.get("/sittings/<sitting_id>/protocol/comparison")
@nothing_sealed
@logged_in
def comparison(sitting_id: str) -> ResponseReturnValue:
    """Show line by line what differs between two protocols."""
    sitting, choice, found = _asked(sitting_id)
    return form_page(
        "delivery/comparison.html",
        _form(choice, found),
        sitting=sitting,
        found=found,
        query={"before": found.before.key, "after": found.after.key},
        writer=Writer(request_language(), found.after.sitting.unit),
        showing=showing,
    )


@blueprint.get("/sittings/<sitting_id>/protocol/comparison.xlsx")
@logged_in
def xlsx(sitting_id: str) -> ResponseReturnValue:
    """Hand out the lines that differ and the sums as a workbook."""
    sitting, _, found = _asked(sitting_id)
    content = to_xlsx(showing.comparison_sheets(found), request_language(), found.after.sitting.unit)
    return download(content, f"comparison_{sitting.number}.xlsx", _XLSX)


@blueprint.get("/sittings/<sitting_id>/protocol/comparison.csv")
@logged_in
def csv(sitting_id: str) -> ResponseReturnValue:
    """Hand out the lines that differ as CSV: plain, or as Excel opens it."""
    sitting, _, found = _asked(sitting_id)
    name = request.args.get("dialect", PLAIN.name)
    if name not in DIALECTS:
        raise BadInput(Problem("analysis.no_dialect", {"typed": name, "known": ", ".join(DIALECTS)}))
    unit = found.after.sitting.unit
    content = to_csv(showing.lines_sheet(found), request_language(), unit, DIALECTS[name])
    return download(content, f"comparison_{sitting.number}_{name}.csv", "text/csv; charset=utf-8")


def _asked(sitting_id: str) -> tuple[Sitting, Sequence[Side], Compared]:
    """Return what the address asks for; the reader is admitted to this sitting and to both sides."""
    with reading() as data:
        sitting = service.paper_of(data, me().id, sitting_id).sitting
        choice = sides(data, me())
        before, after = usual(choice, sitting)
        chosen = request.args.get("before") or before.key, request.args.get("after") or after.key
        return sitting, choice, compared(data, me(), before=chosen[0], after=chosen[1])


def _form(choice: Sequence[Side], found: Compared) -> SidesForm:
    form = SidesForm(request.args, meta={"csrf": False})
    for field, side in ((form.before, found.before), (form.after, found.after)):
        field.choices = [web.choice(each.key, showing.side_name(each)) for each in choice]
        field.data = side.key
    return form
