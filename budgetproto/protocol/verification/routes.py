"""The public page on which anybody checks a file: is it a protocol as it was issued."""

from typing import Final

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField  # type: ignore[import-untyped]  # has no stubs

from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.protocol.signature.checking import NoPdf
from budgetproto.protocol.verification.checks import Outcome, Verified
from budgetproto.protocol.verification.verifying import certificates, verify
from budgetproto.settings import SigningSettings
from budgetproto.web import Form, add_footer_link, form_page, required
from budgetproto.web.data import database, end_reading

blueprint = Blueprint("verification", __name__)

_TRUSTED: Final = "budgetproto.trusted_certificates"
#: How an outcome is tinted; its words carry the meaning.
_TONES: Final[dict[Outcome, str]] = {"passed": "good", "failed": "bad", "not_possible": "quiet"}


class VerifyForm(Form):
    """The file to check."""

    file = FileField("protocol.verify.file", [required()], description="protocol.verify.file.hint")

    def take(self, error: ConciliationError) -> None:
        """Put what is wrong with the file beside it."""
        if isinstance(error, NoPdf):
            error = BadInput(Problem(error.key, error.details, form_field="file"))
        super().take(error)


def init_app(app: Flask, settings: SigningSettings) -> None:
    """Register the page; read the certificates that signatures are checked against."""
    file = settings.trusted_file
    app.extensions[_TRUSTED] = certificates(file.read_bytes()) if file else ()
    app.register_blueprint(blueprint)
    add_footer_link(app, "protocol.verify.title", "verification.page")


@blueprint.route("/verify", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """Take a file and tell what each check has found; the file is not kept."""
    form, found = VerifyForm(), None
    if form.validate_on_submit():
        with form.refusals():
            found = _verified(form.file.data.read())
    return form_page("protocol/verify.html", form, found=found, tones=_TONES)


def _verified(content: bytes) -> Verified:
    end_reading()  # a known file is drawn anew with no transaction open
    return verify(content, trusted=current_app.extensions[_TRUSTED], database=database())
