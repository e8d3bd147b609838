"""The form in which a party states its position on one line."""

from typing import Any, ClassVar

from flask import request
from wtforms import BooleanField, DateField, Field, HiddenField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from budgetproto.accounts.session import me
from budgetproto.disputes.domain import (
    Instrument,
    JumpUnconfirmed,
    Position,
    PriorityOutOfRange,
    TooLate,
    Vulnerable,
)
from budgetproto.disputes.figures.fields import WordsForm, measured, spread_words, started
from budgetproto.disputes.positions.approving import Submission
from budgetproto.disputes.positions.bounds import LONGEST
from budgetproto.disputes.positions.own import OwnPosition
from budgetproto.disputes.positions.repeating import KeyUsed, new_key
from budgetproto.errors import ConciliationError
from budgetproto.money import Unit
from budgetproto.money.fields import PercentageField
from budgetproto.sittings.fields import Preset, labelled, line, passage
from budgetproto.web import Form, choice, in_years, required, whole


class NeededToFile:
    """Refuse a blank field when the position is filed; a draft may lack it."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, form: "PositionForm", field: Field) -> None:
        """Raise StopValidation when the position is filed without it."""
        if form.filing:
            required()(form, field)


class PositionForm(WordsForm):
    """Everything a party states; `seen` and `draft_seen` say which versions the author had before him."""

    places: ClassVar = {**WordsForm.places, PriorityOutOfRange: "priority"}

    #: Whether the figure jumped and has to be confirmed.
    jumped = False
    #: Whether the position came too late and was kept as its author's draft.
    kept = False

    seen = HiddenField()
    draft_seen = HiddenField()
    submission_seen = HiddenField()
    #: Which files stood on the page.
    files_seen = HiddenField()
    #: The key under which this form may be sent again and files once.
    request_key = HiddenField()
    jump_confirmed = BooleanField("disputes.jump_confirmed")
    instrument = SelectField(
        "disputes.instrument",
        choices=[
            choice("", "disputes.instrument.none"),
            *(choice(each.value, f"disputes.instrument.{each.value}") for each in Instrument),
        ],
        description="disputes.instrument.hint",
    )
    timing = line("disputes.timing", most=LONGEST["timing"], description="disputes.timing.hint")
    recurring = RadioField(
        "disputes.recurring",
        [Preset()],
        default="no",
        choices=[choice("no", "disputes.recurring.no"), choice("yes", "disputes.recurring.yes")],
        description="disputes.recurring.hint",
    )
    priority = PercentageField("disputes.priority", description="disputes.priority.hint")
    rationale_ky = passage(
        labelled("disputes.rationale", "ky"), most=LONGEST["rationale"], description="disputes.rationale.hint"
    )
    rationale_ru = passage(
        labelled("disputes.rationale", "ru"), most=LONGEST["rationale"], description="disputes.rationale.hint"
    )
    legal_basis = line(
        "disputes.legal_basis", most=LONGEST["legal_basis"], description="disputes.position_basis.hint"
    )
    vulnerable = RadioField(
        "disputes.vulnerable",
        [NeededToFile()],
        choices=[choice(each.value, f"disputes.vulnerable.{each.value}") for each in Vulnerable],
        validate_choice=False,
        description="disputes.vulnerable.hint",
    )
    vulnerable_text = passage(
        "disputes.vulnerable_text",
        most=LONGEST["vulnerable_text"],
        description="disputes.vulnerable_text.hint",
    )
    speaker = line("disputes.speaker", most=LONGEST["speaker"], description="disputes.speaker.hint")
    source = line("disputes.source", most=LONGEST["source"], description="disputes.source.hint")
    source_date = DateField(
        "disputes.source_date", [Optional(), in_years()], description="disputes.source_date.hint"
    )
    illustrative = BooleanField("disputes.illustrative", description="disputes.illustrative.hint")

    def validate_vulnerable(self, field: Field) -> None:
        """Refuse an answer that was not offered; none at all is for `NeededToFile` to judge."""
        if field.data and field.data not in set(Vulnerable):
            raise ValidationError("web.not_a_choice")

    @property
    def filing(self) -> bool:
        """Tell whether the position is filed or submitted, or only kept as a draft."""
        return self.submitting or request.form.get("act") == "file"

    @property
    def submitting(self) -> bool:
        """Tell whether the position goes to an approver."""
        return request.form.get("act") == "submit"

    def take(self, error: ConciliationError) -> None:
        """Ask for a confirmation when the figure jumped; know that a late position became a draft."""
        self.jumped = self.jumped or isinstance(error, JumpUnconfirmed)
        self.kept = isinstance(error, TooLate)
        if isinstance(error, KeyUsed):
            self.request_key.data = new_key()
        super().take(error)

    def position(self) -> Position:
        """Return what was typed, once the form is valid; BadInput when a text lacks its original."""
        return Position(
            figure=self.stated(),
            rationale=self.words("rationale"),
            instrument=Instrument(self.instrument.data) if self.instrument.data else None,
            timing=self.timing.data or "",
            recurring=self.recurring.data == "yes",
            priority=self.priority.data or 0,
            legal_basis=self.legal_basis.data or "",
            vulnerable=Vulnerable(self.vulnerable.data or "not_studied"),
            vulnerable_text=self.vulnerable_text.data or "",
            speaker=self.speaker.data or "",
            source=self.source.data or "",
            source_date=self.source_date.data,
            illustrative=self.illustrative.data,
        )


class ApprovalForm(Form):
    """What an approver decides on a submission: file it, or give it back for a reason."""

    number = HiddenField()
    request_key = HiddenField()
    reason = passage("disputes.give_back.reason", most=2000, description="disputes.give_back.reason.hint")

    @property
    def approving(self) -> bool:
        """Tell whether the submission is filed, or given back."""
        return request.form.get("act") == "approve"

    def begin(self, waiting: Submission) -> None:
        """Start with the submission that waits now; what was decided on is kept."""
        self.number.data = self.number.data or str(waiting.number)
        self.request_key.data = self.request_key.data or new_key()

    def validate_reason(self, field: Field) -> None:
        """Refuse to give a text back without saying why."""
        if not self.approving and not (field.data or "").strip():
            raise ValidationError("web.required")


def position_form(own: OwnPosition, unit: Unit) -> PositionForm:
    """Return the form for a party's line, filled with its draft, else with what it filed last."""
    made: type[PositionForm] = measured(PositionForm, own.line.text.measure)
    mine = own.waiting is not None and own.waiting.person == me().id
    last = own.draft or (own.waiting.position if own.waiting and mine else own.filed)
    values = _values(last) if last else {}
    if own.draft and own.draft.vulnerable is Vulnerable.NOT_STUDIED:
        # A draft keeps no unanswered question apart from this answer, so it is asked once more.
        values["vulnerable"] = None
    return made(meta={"unit": unit}, data=_seen(own) | values)


def see_newest(form: PositionForm, own: OwnPosition) -> None:
    """Let the form take the versions that are there now as those its author has seen."""
    form.seen.data, form.draft_seen.data = str(own.version), str(own.draft_version)
    form.submission_seen.data = str(own.submission)


def see_files(form: PositionForm, own: OwnPosition) -> None:
    """Let the form take the files that are attached now as those its author has seen."""
    form.files_seen.data = own.files_seen


def number(field: HiddenField) -> int:
    """Return the number in a hidden field; what is no number is no version."""
    return whole(str(field.data or ""), -1)


def _seen(own: OwnPosition) -> dict[str, Any]:
    seen = {"seen": str(own.version), "draft_seen": str(own.draft_version)}
    seen |= {"submission_seen": str(own.submission), "files_seen": own.files_seen}
    return seen | {"request_key": new_key()}


def _values(position: Position) -> dict[str, Any]:
    return {
        **spread_words("rationale", position.rationale),
        **started(position.figure),
        "instrument": position.instrument.value if position.instrument else "",
        "timing": position.timing,
        "recurring": "yes" if position.recurring else "no",
        "priority": position.priority or None,
        "legal_basis": position.legal_basis,
        "vulnerable": position.vulnerable.value,
        "vulnerable_text": position.vulnerable_text,
        "speaker": position.speaker,
        "source": position.source,
        "source_date": position.source_date,
        "illustrative": position.illustrative,
    }
