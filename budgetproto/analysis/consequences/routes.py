"""The page of consequences and its files: what each variant means for every territory."""

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.consequences.forms import ConsequencesForm, consequences_form
from budgetproto.analysis.consequences.modelled import ModelDivision
from budgetproto.analysis.consequences.report import (
    Report,
    gathered_of,
    known_of,
    places_of,
    report,
    usual_lens,
)
from budgetproto.analysis.consequences.sheets import recast_told, sheets, source_told, told
from budgetproto.analysis.routes import asked_dialect
from budgetproto.analysis.table import Table, table_of
from budgetproto.errors import BadInput
from budgetproto.exchange import to_csv, to_xlsx
from budgetproto.i18n import Sentence
from budgetproto.money import Som, Unit
from budgetproto.sittings import page
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.sittings.procedure import Procedure, procedure
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download

blueprint = Blueprint("consequences", __name__)

_SETTING = "consequences_threshold"


def init_app(app: Flask) -> None:
    """Register the pages and the link to them on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/consequences")
@logged_in
@nothing_sealed
def consequences(sitting_id: str) -> ResponseReturnValue:
    """Show who gains and who loses, the worst hit first."""
    table, form, found, rules = _asked(sitting_id)
    return form_page(
        "analysis/consequences.html",
        form,
        sitting=table.paper.sitting,
        table=table,
        report=found,
        here=url_for(".consequences", sitting_id=sitting_id),
        unit=table.paper.sitting.unit,
        as_som=Som,
        source_told=source_told,
        recast_told=recast_told(found) if found else (),
        notes=told(found) if found else (),
        head_unit=Unit.SOM,
        source=rules.source(_SETTING),
        query=form.query(),
        narrowed=form.query(),
    )


@blueprint.get("/sittings/<sitting_id>/consequences.xlsx")
@logged_in
def xlsx(sitting_id: str) -> ResponseReturnValue:
    """Hand out what the page shows as a workbook, a worksheet per table."""
    sitting, found = _sound(sitting_id)
    content = to_xlsx(sheets(found), request_language(), sitting.unit)
    return download(content, f"consequences_{sitting.number}.xlsx", XLSX)


@blueprint.get("/sittings/<sitting_id>/consequences.csv")
@logged_in
def csv(sitting_id: str) -> ResponseReturnValue:
    """Hand out the territories as CSV."""
    (sitting, found), dialect = _sound(sitting_id), asked_dialect()
    first, *_ = sheets(found)
    content = to_csv(first, request_language(), sitting.unit, dialect)
    return download(content, f"consequences_{sitting.number}_{dialect.name}.csv", "text/csv; charset=utf-8")


def _asked(sitting_id: str) -> tuple[Table, ConsequencesForm, Report | None, Procedure]:
    with reading() as data:
        table = table_of(data, me().id, sitting_id)
        rules = procedure(data)
        found = gathered_of(table, [ModelDivision(data, table)])
        usual = usual_lens(found, rules.number(_SETTING) * 100)
        places = places_of(data, table, found)
        known = known_of(data, table, found)
        form = consequences_form(request.args, usual, places, known.year, request_language())
        made = report(data, table, found, known, form.choice(usual)) if form.validate() else None
    return table, form, made, rules


def _sound(sitting_id: str) -> tuple[Sitting, Report]:
    """Return what the address asks for; a file of anything else would be a silent mistake."""
    table, form, found, _ = _asked(sitting_id)
    if found is None:
        raise BadInput(*form.problems())
    return table.paper.sitting, found


def _part(_: Session, sitting: Sitting, place: Standing) -> Part:
    if not may(place, Act.READ_OPENED, sitting.stage):
        return Part()
    address = url_for("consequences.consequences", sitting_id=sitting.id)
    return Part(links=(Deed(Sentence("analysis.consequences.title"), address),))
