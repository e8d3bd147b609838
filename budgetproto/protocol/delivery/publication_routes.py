"""The page on which it is decided what of a protocol the public reads, and why."""

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.protocol.delivery.forms import PublicationForm
from budgetproto.protocol.delivery.recording import delivered, record
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.sittings.numbering import in_address
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("publication", __name__)


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/<sitting_id>/protocol/publication", methods=["GET", "POST"])
@logged_in
def publication(sitting_id: str) -> ResponseReturnValue:
    """Publish a protocol of the sitting, change how much of it is public, or withdraw it."""
    with reading() as data:
        sittings.admitted(data, me().id, sitting_id, Act.PUBLISH)
        sitting, _, protocols = delivered(data, me().id, sitting_id)
    form = PublicationForm()
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
            return redirect(url_for("protocol.protocol", sitting_id=sitting_id), 303)
    return form_page("delivery/publication.html", form, sitting=sitting, protocols=protocols, slug=in_address)
