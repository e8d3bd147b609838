"""The forms of signing; the fingerprint of the text that was on the screen goes along."""

from typing import ClassVar

from wtforms import HiddenField, RadioField, SelectField

from budgetproto import web
from budgetproto.i18n import DEFAULT, LANGUAGES
from budgetproto.protocol.signing.domain import ANSWERS, WordsMissing
from budgetproto.protocol.signing.service import ReasonMissing
from budgetproto.sittings.fields import Preset, passage
from budgetproto.web import choice, required


class WithdrawForm(web.Form):
    """Why the laid-out text is withdrawn."""

    places: ClassVar = {ReasonMissing: "words", WordsMissing: "words"}

    words = passage(
        "protocol.signing.reason", needed=True, most=1000, description="protocol.signing.reason.hint"
    )


class AbsenceForm(WithdrawForm):
    """Why a place stays without its signatory."""

    seen = HiddenField()


class AnswerForm(WithdrawForm):
    """What a signatory says of the text."""

    seen = HiddenField()
    state = RadioField(
        "protocol.signing.state",
        [required()],
        choices=[choice(each, f"protocol.signing.{each}") for each in ANSWERS],
        description="protocol.signing.state.hint",
    )
    words = passage("protocol.signing.words", most=4000, description="protocol.signing.words.hint")
    language = SelectField(
        "protocol.signing.language",
        [Preset()],
        choices=[choice(code, f"web.language.{code}") for code in LANGUAGES],
        default=DEFAULT,
        description="protocol.signing.language.hint",
    )
