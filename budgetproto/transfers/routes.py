"""Pages of the reference data: transfers, territories, kinds of transfers."""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me, person
from budgetproto.errors import NotPermitted
from budgetproto.money import Unit
from budgetproto.transfers import service
from budgetproto.transfers.comparing import comparison, figures_known, years_known
from budgetproto.transfers.forms import ComparisonForm, IndicatorForm, KindForm
from budgetproto.transfers.lists_routes import blueprint as lists
from budgetproto.transfers.modelling.routes import blueprint as models
from budgetproto.transfers.reference import read_sources
from budgetproto.transfers.storage import find_kinds
from budgetproto.web import form_page, nothing_sealed, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("transfers", __name__)

#: Amounts are shown in thousand soms, those per head in soms.
_UNITS: Final = {"unit": Unit.THOUSAND_SOMS, "head_unit": Unit.SOM}


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
    app.register_blueprint(models)
    app.register_blueprint(lists)
    sections = frozenset({"transfers", "models", "importing", "lists"})
    add_section(app, "transfers.section", "transfers.table", blueprints=sections)


@blueprint.get("/transfers")
@nothing_sealed
def table() -> ResponseReturnValue:
    """Show figures of a kind and a year, page by page, and the totals that do not close."""
    kind, year = request.args.get("kind") or None, whole(request.args.get("year")) or None
    with reading() as session:
        found = service.transfer_table(
            session, kind=kind, year=year, after=whole(request.args.get("after"), -1)
        )
        kinds = find_kinds(session)
    return render_template(
        "transfers/transfers.html",
        table=found,
        kinds=kinds,
        chosen={"kind": kind, "year": year},
        editable=service.may_edit_kinds(person()),
        **_UNITS,
    )


@blueprint.get("/territories")
@nothing_sealed
def territories() -> ResponseReturnValue:
    """Search territories by name or code; show the highest ones first."""
    words = request.args.get("words", "")
    with reading() as session:
        listed = service.search(session, words)
    return render_template(
        "transfers/territories.html", listed=listed, words=words, editable=service.may_edit_kinds(person())
    )


@blueprint.get("/territories/self-governing")
@nothing_sealed
def self_governing() -> ResponseReturnValue:
    """List every territory with a local budget of its own."""
    with reading() as session:
        listed = service.governing(session)
    return render_template("transfers/self_governing.html", listed=listed)


@blueprint.get("/territories/compare")
@nothing_sealed
def compare() -> ResponseReturnValue:
    """Set a figure of two years side by side, both in the units of one of them."""
    with reading() as session:
        form = ComparisonForm.of(request.args, figures_known(session), years_known(session))
        found = comparison(session, form.asked()) if request.args and form.validate() else None
    return form_page("transfers/compare.html", form, found=found, **_UNITS)


@blueprint.get("/territories/<soate>")
@nothing_sealed
def territory(soate: str) -> ResponseReturnValue:
    """Show one territory with everything known of it."""
    with reading() as session:
        card = service.territory_card(session, soate)
    return render_template(
        "transfers/territory.html",
        card=card,
        sources=read_sources(),
        editable=service.may_edit_kinds(person()),
        **_UNITS,
    )


@blueprint.route("/territories/<soate>/indicators", methods=["GET", "POST"])
@logged_in
def indicators(soate: str) -> ResponseReturnValue:
    """Enter residents and own revenue of a territory."""
    if not service.may_edit_kinds(me()):
        raise NotPermitted(denied="transfers.add_indicator")
    with reading() as session:
        card = service.territory_card(session, soate)
    form = IndicatorForm()
    if form.validate_on_submit():
        with form.refusals():
            service.add_indicators(database(), keeper=me(), indicators=form.indicators(soate))
            tell("transfers.indicators.saved")
            return redirect(url_for(".territory", soate=soate), 303)
    return form_page("transfers/indicators.html", form, card=card, **_UNITS)


@blueprint.get("/transfer-kinds")
@nothing_sealed
def kinds() -> ResponseReturnValue:
    """Show the kinds of transfers with their legal basis."""
    with reading() as session:
        found = find_kinds(session)
    return render_template(
        "transfers/kinds.html",
        kinds=found,
        sources=read_sources(),
        editable=service.may_edit_kinds(person()),
    )


@blueprint.route("/transfer-kinds/<code>", methods=["GET", "POST"])
@logged_in
def kind(code: str) -> ResponseReturnValue:
    """Edit the legal basis of a kind."""
    if not service.may_edit_kinds(me()):
        raise NotPermitted(denied="transfers.edit_kind")
    with reading() as session:
        found = service.require_kind(session, code)
    form = KindForm.of(found)
    if form.validate_on_submit():
        with form.refusals():
            _edit(code, form)
            tell("transfers.kinds.saved")
            return redirect(url_for(".kinds"), 303)
    return form_page("transfers/kind.html", form, kind=found)


def _edit(code: str, form: KindForm) -> None:
    service.edit_kind(
        database(),
        editor=me(),
        code=code,
        version=form.read_version(),
        basis=form.basis(),
        sources=tuple((form.sources.data or "").split()),
    )
