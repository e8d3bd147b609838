"""The page on which a scan of the signed paper is attached, and the address it is fetched from."""

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.protocol.service import paper_of
from budgetproto.protocol.signing.scan_forms import scan_form
from budgetproto.protocol.signing.scans import attach_scan, scan_file
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("scans", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/<sitting_id>/protocol/scans/new", methods=["GET", "POST"])
@logged_in
def attach(sitting_id: str) -> ResponseReturnValue:
    """Attach a scan, and say what stands at each place of the paper."""
    with reading() as data:
        sittings.admitted(data, me().id, sitting_id, Act.ATTACH_SCAN)
        paper = paper_of(data, me().id, sitting_id)
    form = scan_form(paper.protocol.facts.signatories)
    if form.validate_on_submit():
        with form.refusals():
            sent = form.file.data
            attach_scan(
                database(),
                me().id,
                sitting_id,
                name=sent.filename or "",
                content=sent.read(),
                places=form.states(),
            )
            tell("protocol.told.scan_attached")
            return redirect(url_for("signing.signing", sitting_id=sitting_id), 303)
    return form_page("signing/scan.html", form, sitting=paper.sitting)


@blueprint.get("/sittings/<sitting_id>/protocol/scans/<int:number>")
@logged_in
def scan(sitting_id: str, number: int) -> ResponseReturnValue:
    """Hand out a scan to be saved."""
    with reading() as data:
        found = scan_file(data, me().id, sitting_id, number)
    return download(found.content, found.name, found.media)
