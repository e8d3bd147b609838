"""Pages of the models: models and their sets, a set, two sets side by side, a new version, a simulation."""

from typing import Final

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me, person
from budgetproto.errors import BadInput, NotPermitted
from budgetproto.exchange import PLAIN, to_csv, to_xlsx
from budgetproto.money import Som, Unit
from budgetproto.transfers.modelling import service, sheets, storage
from budgetproto.transfers.modelling.asking import SimulationForm, ordered, set_name, simulation_form
from budgetproto.transfers.modelling.cases import read_cases
from budgetproto.transfers.modelling.entering import enter_inputs, input_sheet
from budgetproto.transfers.modelling.forms import InputsForm, set_form
from budgetproto.transfers.modelling.names import input_name, is_counted, item_name, parameter_name, unit_of
from budgetproto.transfers.modelling.service import Simulation, newest_sets, require_model, require_set
from budgetproto.transfers.models import MODEL_CODES, Row, differences, label_of
from budgetproto.transfers.models.simulation import nothing_known
from budgetproto.transfers.reference import read_sources
from budgetproto.transfers.service import may_edit_kinds
from budgetproto.web import form_page, nothing_sealed, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download
from budgetproto.web.forms import whole
from budgetproto.web.paging import paged

blueprint = Blueprint("models", __name__, url_prefix="/transfers/models")

_SHOWN: Final = 50
_BESIDE: Final = "models.beside"
_UNIT: Final = Unit.THOUSAND_SOMS
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SAID: Final = {
    "parameter_name": parameter_name,
    "unit_of": unit_of,
    "set_name": set_name,
    "label_of": label_of,
    "Som": Som,
    "unit": _UNIT,
}


def add_beside(app: Flask, key: str, view: str) -> None:
    """Link from each simulation to a page of a higher room that shows it otherwise: words and view."""
    app.extensions.setdefault(_BESIDE, []).append((key, view))


@blueprint.get("")
@nothing_sealed
def index() -> ResponseReturnValue:
    """List the models, each with its parameter sets."""
    with reading() as session:
        sets = newest_sets(session)
    by_model = {model: [each for each in sets if each.model == model] for model in MODEL_CODES}
    keeper = may_edit_kinds(person())
    return render_template("transfers/models/index.html", by_model=by_model, keeper=keeper, **_SAID)


@blueprint.get("/sets/<set_key>")
@nothing_sealed
def one_set(set_key: str) -> ResponseReturnValue:
    """Show a parameter set with its sources and its other versions."""
    with reading() as session:
        found = require_set(session, set_key)
        versions = storage.find_versions(session, found.code)
        others = newest_sets(session, found.model)
    return render_template(
        "transfers/models/set.html",
        found=found,
        versions=versions,
        others=[each for each in others if each.code != found.code],
        sources=read_sources(),
        editable=may_edit_kinds(person()),
        **_SAID,
    )


@blueprint.get("/compare")
@nothing_sealed
def compare() -> ResponseReturnValue:
    """Lay two sets of one model side by side and say what differs."""
    keys = [request.args[name] for name in ("first", "second") if name in request.args]
    if len(keys) < 2:
        return redirect(url_for(".index"), 303)
    with reading() as session:
        first, second = (require_set(session, key) for key in keys)
    return render_template(
        "transfers/models/compare.html",
        first=first,
        second=second,
        found=differences(first, second),
        sources=read_sources(),
        **_SAID,
    )


@blueprint.route("/sets/<set_key>/new", methods=["GET", "POST"])
@logged_in
def new_version(set_key: str) -> ResponseReturnValue:
    """Add a version of a set, or a set of a new code that begins with its values."""
    if not may_edit_kinds(me()):
        raise NotPermitted(denied="transfers.add_parameters")
    with reading() as session:
        read = require_set(session, set_key)
    form = set_form(read)
    if form.validate_on_submit():
        with form.refusals():
            added = service.add_version(
                database(), keeper=me(), parameters=form.parameters(read), seen=form.seen(read)
            )
            tell("transfers.models.saved")
            return redirect(url_for(".one_set", set_key=added.key), 303)
    return form_page("transfers/models/new_version.html", form, found=read, **_SAID)


@blueprint.get("/cases")
@nothing_sealed
def cases() -> ResponseReturnValue:
    """Show the worked cases: what goes in, and what comes out of it."""
    return render_template(
        "transfers/models/cases.html",
        cases=read_cases(),
        sources=read_sources(),
        input_name=input_name,
        is_counted=is_counted,
        **_SAID,
    )


@blueprint.route("/data", methods=["GET", "POST"])
@logged_in
def data() -> ResponseReturnValue:
    """Show what is known of territories, and take a table of figures."""
    if not may_edit_kinds(me()):
        raise NotPermitted(denied="transfers.enter_inputs")
    form = InputsForm()
    if form.validate_on_submit():
        with form.refusals():
            content, name = form.sent()
            entered = enter_inputs(database(), keeper=me(), content=content, file=name)
            tell("transfers.models.data.entered", inputs=entered)
            return redirect(url_for(".data"), 303)
    with reading() as session:
        held = storage.held(session)
    return form_page("transfers/models/data.html", form, held=held, item_name=item_name, **_SAID)


@blueprint.get("/data.csv")
@logged_in
def data_csv() -> ResponseReturnValue:
    """Hand out all figures of a year as the table they can be entered from; without a year an empty one."""
    if not may_edit_kinds(me()):
        raise NotPermitted(denied="transfers.enter_inputs")
    year = whole(request.args.get("year"))
    with reading() as session:
        inputs = storage.all_inputs(session, year)
    content = to_csv(input_sheet(inputs), request_language(), Unit.SOM, PLAIN)
    return download(content, f"figures_{year or 'empty'}.csv", "text/csv; charset=utf-8")


@blueprint.get("/<model>")
@logged_in
@nothing_sealed
def simulation(model: str) -> ResponseReturnValue:
    """Show who gains and who loses when one set of a model takes the place of another."""
    form, found = asked_simulation(model)
    rows = ordered(found.comparison.rows(), form.sort.data, found.names, request_language()) if found else []
    paging = paged(request.args.get("page"), length=len(rows), size=_SHOWN)
    return form_page(
        "transfers/models/simulation.html",
        form,
        model=model,
        found=found,
        paging=paging,
        rows=paging.of(rows),
        differences=differences(found.base, found.other) if found else (),
        sources=read_sources(),
        beside=current_app.extensions.get(_BESIDE, ()),
        **_SAID,
    )


@blueprint.get("/<model>.csv")
@logged_in
def csv(model: str) -> ResponseReturnValue:
    """Hand out the territories of a simulation as CSV."""
    found, rows = _whole(model)
    content = to_csv(sheets.territory_sheet(found, rows), request_language(), _UNIT, PLAIN)
    return download(content, f"simulation_{model}_{found.year}.csv", "text/csv; charset=utf-8")


@blueprint.get("/<model>.xlsx")
@logged_in
def xlsx(model: str) -> ResponseReturnValue:
    """Hand out territories, oblasts and parameters as a workbook."""
    found, rows = _whole(model)
    tables = [sheets.territory_sheet(found, rows), sheets.oblast_sheet(found), sheets.parameter_sheet(found)]
    content = to_xlsx(tables, request_language(), _UNIT)
    return download(content, f"simulation_{model}_{found.year}.xlsx", _XLSX)


def asked_simulation(model: str) -> tuple[SimulationForm, Simulation | None]:
    """Return the form of the address, and what it asks for; None while it asks for nothing that can be."""
    code = require_model(model)
    with reading() as session:
        years = storage.years_of(session, code)
        form = simulation_form(request.args, storage.find_sets(session, code), years)
        if form.sets and years and form.validate():
            year, base, other = form.asked()
            with form.refusals():
                return form, service.simulated(
                    session, model=code, year=year, base=base, other=other, wanted=form.wanted()
                )
    return form, None


def _whole(model: str) -> tuple[Simulation, list[Row]]:
    """Return what the address asks for in full; a file of anything else would be a silent mistake."""
    form, found = asked_simulation(model)
    if found is None:
        raise BadInput(*(form.problems() or nothing_known().problems))
    return found, ordered(found.comparison.rows(), form.sort.data, found.names, request_language())
