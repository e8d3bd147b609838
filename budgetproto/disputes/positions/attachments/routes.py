"""The pages on which a party attaches files to its position, and the address a file is fetched from."""

from flask import Blueprint, Flask, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.positions.attachments import service as attachments
from budgetproto.disputes.positions.attachments.file_kinds import ENDINGS
from budgetproto.disputes.positions.attachments.forms import AttachmentForm
from budgetproto.disputes.positions.attachments.values import Limits
from budgetproto.disputes.positions.named_party import own_side
from budgetproto.disputes.positions.own import OwnPosition
from budgetproto.disputes.routes import seal_key
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("attachments", __name__)


def init_app(app: Flask, limits: Limits) -> None:
    """Register the pages for an installation that lets a position carry so much."""
    app.extensions["budgetproto.attachment_limits"] = limits
    app.register_blueprint(blueprint)


@blueprint.route("/lines/<line_id>/attachments", methods=["GET", "POST"])
@logged_in
def attached(line_id: str) -> ResponseReturnValue:
    """Show what the reader's party will file with its position, and attach one more file."""
    sitting, own = own_side(line_id)
    form = AttachmentForm()
    if form.validate_on_submit():
        with form.refusals():
            _attach(own, form)
            tell("disputes.told.attached")
            return redirect(_here(own), 303)
    return form_page(
        "disputes/attachments.html",
        form,
        sitting=sitting,
        line=own.line,
        own=own,
        limits=_limits(),
        endings=ENDINGS,
    )


@blueprint.post("/lines/<line_id>/attachments/<attachment>/remove")
@logged_in
def remove(line_id: str, attachment: str) -> ResponseReturnValue:
    """Take a file out of what the party will file next."""
    _, own = own_side(line_id)
    attachments.remove(database(), seal_key(), me().id, line_id, party_id=own.party.id, attachment=attachment)
    tell("disputes.told.attachment_removed")
    return redirect(_here(own), 303)


@blueprint.get("/lines/<line_id>/attachments/<attachment>")
@logged_in
def fetch(line_id: str, attachment: str) -> ResponseReturnValue:
    """Hand a file out, to be saved, to whoever may read it now."""
    with reading() as data:
        found = attachments.file_of(data, seal_key(), me().id, line_id, attachment)
    return download(found.content, found.header.name, found.header.kind.media_type)


def _attach(own: OwnPosition, form: AttachmentForm) -> None:
    attachments.attach(
        database(),
        seal_key(),
        me().id,
        own.line.id,
        party_id=own.party.id,
        new=form.new_file(),
        limits=_limits(),
    )


def _here(own: OwnPosition) -> str:
    return url_for(".attached", line_id=own.line.id, party=own.party.id)


def _limits() -> Limits:
    found: Limits = current_app.extensions["budgetproto.attachment_limits"]
    return found
