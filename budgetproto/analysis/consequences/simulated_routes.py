"""The page of a simulation's consequences and its files."""

from typing import Any

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in
from budgetproto.analysis.consequences import simulated
from budgetproto.analysis.consequences.forms import TrialForm, trial_form
from budgetproto.analysis.consequences.report import Report
from budgetproto.analysis.consequences.sheets import recast_told, sheets, source_told, told
from budgetproto.analysis.routes import asked_dialect
from budgetproto.errors import BadInput
from budgetproto.exchange import to_csv, to_xlsx
from budgetproto.money import Som, Unit
from budgetproto.sittings.procedure import procedure
from budgetproto.transfers.modelling.routes import add_beside, asked_simulation
from budgetproto.transfers.models.simulation import nothing_known
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download
from budgetproto.web.paging import paged

blueprint = Blueprint("simulated", __name__, url_prefix="/transfers/models/<model>")

_SETTING = "consequences_threshold"
_UNIT = Unit.THOUSAND_SOMS
_SHOWN = 50


def init_app(app: Flask) -> None:
    """Register the page, and the link to it on each simulation."""
    app.register_blueprint(blueprint)
    add_beside(app, "transfers.models.consequences", "simulated.page")


@blueprint.get("/consequences")
@logged_in
@nothing_sealed
def page(model: str) -> ResponseReturnValue:
    """Show who gains and who loses by what is tried, the worst hit first."""
    form, found, asked, source = _asked(model)
    rows = found.rows if found else ()
    paging = paged(request.args.get("page"), length=len(rows), size=_SHOWN)
    return form_page(
        "analysis/simulated.html",
        form,
        model=model,
        report=found,
        asked=asked,
        here=url_for(".page", model=model, **asked),
        unit=_UNIT,
        as_som=Som,
        source_told=source_told,
        recast_told=recast_told(found) if found else (),
        notes=told(found) if found else (),
        head_unit=Unit.SOM,
        source=source,
        query={**asked, **{name: said for name, said in form.query().items() if name != "page"}},
        narrowed=form.query().keys() - asked.keys() - {"page"},
        rows=paging.of(rows),
        paging=paging,
    )


@blueprint.get("/consequences.xlsx")
@logged_in
def xlsx(model: str) -> ResponseReturnValue:
    """Hand out what the page shows as a workbook, a worksheet per table."""
    content = to_xlsx(sheets(_sound(model)), request_language(), _UNIT)
    return download(content, f"consequences_{model}.xlsx", XLSX)


@blueprint.get("/consequences.csv")
@logged_in
def csv(model: str) -> ResponseReturnValue:
    """Hand out the territories as CSV."""
    found, dialect = _sound(model), asked_dialect()
    first, *_ = sheets(found)
    content = to_csv(first, request_language(), _UNIT, dialect)
    return download(content, f"consequences_{model}_{dialect.name}.csv", "text/csv; charset=utf-8")


def _asked(model: str) -> tuple[TrialForm, Report | None, dict[str, Any], object]:
    """Return the form, what it asks for, and the address of the simulation; BadInput where that is none."""
    question, simulation = asked_simulation(model)
    if simulation is None:
        raise BadInput(*(question.problems() or nothing_known().problems))
    with reading() as data:
        rules = procedure(data)
        money = simulated.simulated_money(simulation)
        known = simulated.known_for(data, simulation, money)
        places = simulated.places_for(data, simulation, money)
        lens = simulated.lens_of(rules.number(_SETTING) * 100)
        beside = {field.name for field in question}
        form = trial_form(request.args, lens, places, known.year, language=request_language(), beside=beside)
        sound = form.validate()
        choice = form.chosen(lens)
        found = simulated.trial_report(simulation, money, known, places, choice) if sound else None
        return form, found, question.query(), rules.source(_SETTING)


def _sound(model: str) -> Report:
    """Return what the address asks for; a file of anything else would be a silent mistake."""
    form, found, *_ = _asked(model)
    if found is None:
        raise BadInput(*form.problems())
    return found
