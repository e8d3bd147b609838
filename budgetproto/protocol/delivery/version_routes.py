"""The pages of a sitting's protocols: each version at an address that stays, and the correction of one."""

from typing import ClassVar

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.errors import Unknown
from budgetproto.i18n import DEFAULT, LANGUAGES
from budgetproto.protocol import storage
from budgetproto.protocol.correcting import (
    CorrectionReasonMissing,
    begin_correction,
    drop_correction,
    may_be_dropped,
)
from budgetproto.protocol.delivery.versions import version, version_file
from budgetproto.protocol.signing.scans import scans_of
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act
from budgetproto.sittings.fields import Preset, passage
from budgetproto.web import Form, choice, form_page, nothing_sealed, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("versions", __name__)


class DropForm(Form):
    """Why a correction is dropped."""

    places: ClassVar = {CorrectionReasonMissing: "words"}

    words = passage(
        "protocol.signing.reason", needed=True, most=1000, description="protocol.signing.reason.hint"
    )


class CorrectionForm(DropForm):
    """Why a protocol is corrected, in which language that is said: it is printed on the new one."""

    words = passage(
        "protocol.correction.reason", needed=True, most=1000, description="protocol.correction.reason.hint"
    )
    language = SelectField(
        "protocol.signing.language",
        [Preset()],
        choices=[choice(code, f"web.language.{code}") for code in LANGUAGES],
        default=DEFAULT,
        description="protocol.signing.language.hint",
    )


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/sittings/<sitting_id>/protocol/versions/<int:number>")
@nothing_sealed
@logged_in
def one(sitting_id: str, number: int) -> ResponseReturnValue:
    """Show one protocol of a sitting: what it is told by, who signed it, what replaced it."""
    with reading() as data:
        sitting, _, found, _ = version(data, me().id, sitting_id, number)
        scans = scans_of(data, sitting, found.key)
    return render_template("delivery/version.html", sitting=sitting, found=found, scans=scans)


@blueprint.get("/sittings/<sitting_id>/protocol/versions/<int:number>/<language>.pdf")
@logged_in
def pdf(sitting_id: str, number: int, language: str) -> ResponseReturnValue:
    """Hand out the file of one protocol as it was issued."""
    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise Unknown
    with reading() as data:
        found = version_file(data, me().id, sitting_id, number, chosen)
    return download(found.content, found.name, "application/pdf")


@blueprint.route("/sittings/<sitting_id>/protocol/correction", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30, only_with_factor=True)
def correction(sitting_id: str) -> ResponseReturnValue:
    """Begin to correct the issued protocol by a new one, with a reason."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.CORRECT)
        old = storage.standing(data, sitting)
    form = CorrectionForm(language=request_language())
    if form.validate_on_submit():
        with form.refusals():
            language = next(each for each in LANGUAGES if each == form.language.data)
            reason = form.words.data or ""
            begin_correction(database(), me().id, sitting_id, reason=reason, language=language)
            tell("protocol.told.correction_begun")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("delivery/correction.html", form, sitting=sitting, number=old.number if old else "")


@blueprint.route("/sittings/<sitting_id>/protocol/correction/drop", methods=["GET", "POST"])
@logged_in
def drop(sitting_id: str) -> ResponseReturnValue:
    """Let the issued protocol stand after all, with a reason."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.DROP_CORRECTION)
        possible = may_be_dropped(data, sitting)
    form = DropForm()
    if not possible and not form.is_submitted():
        return redirect(url_for("protocol.protocol", sitting_id=sitting_id), 303)
    if form.validate_on_submit():
        with form.refusals():
            drop_correction(database(), me().id, sitting_id, reason=form.words.data or "")
            tell("protocol.told.correction_dropped")
            return redirect(url_for("protocol.protocol", sitting_id=sitting_id), 303)
    return form_page("delivery/correction.html", form, sitting=sitting, number="")
