"""The page of discrepancies and its files: the same lines, filtered by the address, in every form."""

from typing import Final

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.discrepancies import made_up
from budgetproto.analysis.view import Choice, View, view
from budgetproto.errors import Unknown
from budgetproto.exchange import EXCEL, PLAIN, to_csv, to_xlsx
from budgetproto.i18n import Sentence
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.routes import TONES
from budgetproto.sittings import page
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import download

blueprint = Blueprint("analysis", __name__)

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DIALECTS: Final = {"": PLAIN, "plain": PLAIN, "excel": EXCEL}


def init_app(app: Flask) -> None:
    """Register the pages and the link to them on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/discrepancies")
@logged_in
def discrepancies(sitting_id: str) -> ResponseReturnValue:
    """Show both figures of each line, their difference, the option and the decision, with subtotals."""
    found = _view(sitting_id)
    sitting = found.paper.sitting
    return render_template(
        "analysis/discrepancies.html",
        view=found,
        sitting=sitting,
        writer=Writer(request_language(), sitting.unit),
        made_up=made_up,
        tones=TONES,
        query={name: value for name, value in vars(found.choice).items() if value},
    )


@blueprint.get("/sittings/<sitting_id>/discrepancies.xlsx")
@logged_in
def xlsx(sitting_id: str) -> ResponseReturnValue:
    """Hand out what the page shows as a workbook, a worksheet per table."""
    found = _view(sitting_id)
    content = to_xlsx(found.sheets(), request_language(), found.paper.sitting.unit)
    return download(content, _file_name(found, "xlsx"), _XLSX)


@blueprint.get("/sittings/<sitting_id>/discrepancies.csv")
@logged_in
def csv(sitting_id: str) -> ResponseReturnValue:
    """Hand out the table as CSV: plain, or as Excel opens it where the comma is the decimal sign."""
    dialect = _DIALECTS.get(request.args.get("dialect", ""))
    if dialect is None:
        raise Unknown
    found = _view(sitting_id)
    content = to_csv(found.sheet(), request_language(), found.paper.sitting.unit, dialect)
    return download(content, _file_name(found, "csv"), "text/csv; charset=utf-8")


def _view(sitting_id: str) -> View:
    choice = Choice(request.args.get("kind", ""), request.args.get("outcome", ""))
    with reading() as data:
        return view(data, me().id, sitting_id, choice)


def _file_name(found: View, ending: str) -> str:
    return f"discrepancies_{found.paper.sitting.number}.{ending}"


def _part(_: Session, sitting: Sitting, place: Standing) -> Part:
    if not may(place, Act.READ_OPENED, sitting.stage):
        return Part()
    address = url_for("analysis.discrepancies", sitting_id=sitting.id)
    return Part(links=(Deed(Sentence("analysis.discrepancies.title"), address),))
