"""The public page on which anybody checks a file: is it a protocol as it was issued."""

import re
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField

from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.protocol.signature.certificates import certificates
from budgetproto.protocol.verification.checks import Outcome, Verified
from budgetproto.protocol.verification.files import Unreadable, verify_file
from budgetproto.protocol.verification.limiting import count_check
from budgetproto.settings import SigningSettings
from budgetproto.web import Form, add_footer_link, form_page, required
from budgetproto.web.data import database, end_reading

blueprint = Blueprint("verification", __name__)

_TRUSTED: Final = "budgetproto.trusted_certificates"
#: The short code of a paper.
_CODE: Final = re.compile("[0-9a-f]{16}")
#: How an outcome is tinted; its words carry the meaning.
_TONES: Final[dict[Outcome, str]] = {"passed": "good", "failed": "bad", "not_possible": "quiet"}


class VerifyForm(Form):
    """The file to check."""

    file = FileField("protocol.verify.file", [required()], description="protocol.verify.file.hint")

    def take(self, error: ConciliationError) -> None:
        """Put what is wrong with the file beside it."""
        if isinstance(error, Unreadable):
            error = BadInput(Problem(error.key, error.details, form_field="file"))
        super().take(error)


def init_app(app: Flask, settings: SigningSettings) -> None:
    """Register the page; read the certificates that signatures are checked against."""
    file = settings.trusted_file
    app.extensions[_TRUSTED] = certificates(file.read_bytes()) if file else ()
    app.register_blueprint(blueprint)
    add_footer_link(app, "protocol.verify.title", "verification.page")


@dataclass(frozen=True)
class Meant:
    """The protocol that a link on paper names; the link proves nothing, so it is only told again."""

    number: str
    code: str

    @property
    def known(self) -> bool:
        """Whether it can be a link of a paper."""
        return bool(_CODE.fullmatch(self.code)) and len(self.number) <= 120 and self.number.isprintable()


@blueprint.route("/verify", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """Take a file and tell what each check has found; the file is not kept."""
    form, found = VerifyForm(), None
    if form.validate_on_submit():
        with form.refusals():
            found = _verified(form.file.data.read())
    meant = Meant(request.args.get("number", ""), request.args.get("code", ""))
    return form_page(
        "protocol/verify.html", form, found=found, tones=_TONES, meant=meant if meant.known else None
    )


def _verified(content: bytes) -> Verified:
    end_reading()  # a known file is drawn anew with no transaction open
    count_check(database(), origin=request.remote_addr or "")
    return verify_file(content, trusted=current_app.extensions[_TRUSTED], database=database())
