"""The way of an issued protocol to parliament: what is recorded of it, and the papers that go along."""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import Unknown
from budgetproto.i18n import LANGUAGES
from budgetproto.protocol.delivery.forms import FORMS
from budgetproto.protocol.delivery.papers import DOCUMENTS, covering_paper
from budgetproto.protocol.delivery.recording import delivered, record
from budgetproto.protocol.delivery.steps import Kind
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, may
from budgetproto.web import form_page, nothing_sealed, tell
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("transmittal", __name__)

_STEPS: Final = tuple(FORMS)


def init_app(app: Flask) -> None:
    """Register the pages, and let the protocol's page show what is recorded."""
    app.register_blueprint(blueprint)


@blueprint.get("/sittings/<sitting_id>/protocol/transmittal")
@nothing_sealed
@logged_in
def transmittal(sitting_id: str) -> ResponseReturnValue:
    """Show the way of each protocol of the sitting to parliament, corrected entries included."""
    with reading() as data:
        sitting, place, protocols = delivered(data, me().id, sitting_id)
    return render_template(
        "delivery/transmittal.html",
        sitting=sitting,
        protocols=protocols,
        kinds=_STEPS,
        documents=tuple(DOCUMENTS),
        may_record=may(place, Act.TRANSMIT, sitting.stage),
    )


@blueprint.route("/sittings/<sitting_id>/protocol/transmittal/<step>", methods=["GET", "POST"])
@logged_in
def entry(sitting_id: str, step: str) -> ResponseReturnValue:
    """Record a step of a protocol; an earlier entry stays and is corrected by this one."""
    kind = _kind(step)
    with reading() as data:
        sittings.admitted(data, me().id, sitting_id, Act.TRANSMIT)
        sitting, _, protocols = delivered(data, me().id, sitting_id)
    form = FORMS[kind]()
    form.of(protocols)
    if form.validate_on_submit():
        with form.refusals():
            record(
                database(),
                me().id,
                sitting_id,
                form.facts(),
                protocol=form.chosen,
                reason=form.reason.data or "",
            )
            tell("delivery.told.recorded")
            return redirect(url_for(".transmittal", sitting_id=sitting_id), 303)
    before = protocols[0].latest(kind) if protocols else None
    return form_page("delivery/step.html", form, sitting=sitting, kind=kind, before=before)


@blueprint.get("/sittings/<sitting_id>/protocol/transmittal/<document>/<language>.pdf")
@logged_in
def paper(sitting_id: str, document: str, language: str) -> ResponseReturnValue:
    """Hand out the covering letter or the draft resolution of the newest protocol."""
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None or document not in DOCUMENTS:
        raise Unknown
    asking = me().id
    end_reading()  # papers are drawn with no transaction open
    found = covering_paper(database(), asking, sitting_id, document=document, language=chosen)
    return download(found.content, found.name, "application/pdf")


def _kind(step: str) -> Kind:
    found = next((kind for kind in _STEPS if kind == step), None)
    if found is None:
        raise Unknown
    return found
