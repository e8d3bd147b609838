"""The forms of participation: an association's part, whom a question touches, the chair's reason."""

from typing import ClassVar

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party
from budgetproto.disputes.figures.fields import WordsForm
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Named, Words
from budgetproto.proceedings.domain import AgendaItem
from budgetproto.proceedings.participation.domain import Answer, DayMissing, Entered, Question, Unexplained
from budgetproto.proceedings.participation.listing import BasisMissing
from budgetproto.proceedings.participation.record import Participation
from budgetproto.proceedings.participation.service import InvitedAhead, TouchingUnexplained
from budgetproto.proceedings.participation.storage import EVERY_ITEM
from budgetproto.sittings.fields import Preset, labelled, named, passage
from budgetproto.web import Form, choice, in_years, required


class PartForm(Form):
    """What is known of an association's part where the record does not know."""

    places: ClassVar = {Unexplained: "why", DayMissing: "on", InvitedAhead: "on"}

    party = SelectField("proceedings.participation.association", [required()])
    item = SelectField("proceedings.participation.item", [required()])
    question = RadioField(
        "proceedings.participation.asked",
        [required()],
        choices=[choice(each.value, f"proceedings.participation.question.{each.value}") for each in Question],
    )
    answer = RadioField(
        "proceedings.participation.answer",
        [required()],
        choices=[choice(each.value, f"proceedings.participation.answer.{each.value}") for each in Answer],
        description="proceedings.participation.answer.hint",
    )
    on = DateField(
        "proceedings.participation.on",
        [Optional(), in_years()],
        description="proceedings.participation.on.hint",
    )
    why = passage(
        "proceedings.participation.why", most=2000, description="proceedings.participation.why.hint"
    )

    def offer(self, found: Participation, associations: list[Party]) -> None:
        """Let an association and a question be chosen, or all questions at once."""
        self.party.choices = [
            choice("", "web.choose"),
            *(choice(each.id, each.name) for each in associations),
        ]
        items = [choice(str(row.item.number), _numbered(row.item)) for row in found.rows if row.touches]
        self.item.choices = [choice(str(EVERY_ITEM), "proceedings.participation.every_item"), *items]

    def entered(self) -> Entered:
        """Return what was typed, once the form is valid."""
        return Entered(Answer(self.answer.data), (self.why.data or "").strip(), self.on.data)


class TouchingForm(Form):
    """Whether a question touches local communities, and why."""

    places: ClassVar = {TouchingUnexplained: "why"}

    touches = RadioField(
        "proceedings.participation.touches",
        [required()],
        choices=[
            choice("yes", "proceedings.participation.touches.yes"),
            choice("no", "proceedings.participation.touches.no"),
        ],
        description="proceedings.participation.touches.hint",
    )
    why = passage(
        "proceedings.participation.touches.why",
        most=2000,
        description="proceedings.participation.touches.why.hint",
    )


class WaiverForm(WordsForm):
    """Why the chair lets the protocol be issued with something open."""

    reason_ky = passage(labelled("proceedings.participation.waiver.reason", "ky"), most=4000)
    reason_ru = passage(labelled("proceedings.participation.waiver.reason", "ru"), most=4000)

    def reason(self) -> Words:
        """Return the reason that was typed; BadInput when there is none."""
        words = self.words("reason")
        if words is None:
            raise BadInput(Problem("web.required", form_field="reason_ky"))
        return words


class MustInviteForm(Form):
    """An association on the list of those to be invited or off it, to which sittings, and by what act."""

    places: ClassVar = {BasisMissing: "basis_ru"}

    party = SelectField("proceedings.participation.association", [required()])
    beside = SelectField(
        "proceedings.must_invite.beside", [Preset()], description="proceedings.must_invite.beside.hint"
    )
    listed = RadioField(
        "proceedings.must_invite.listed",
        [required()],
        choices=[
            choice("yes", "proceedings.must_invite.listed.yes"),
            choice("no", "proceedings.must_invite.listed.no"),
        ],
    )
    basis_ky, basis_ru, basis_en = (
        passage(labelled("proceedings.must_invite.basis", code), needed=code != "en", most=1000)
        for code in LANGUAGES
    )

    def offer(self, associations: list[Party], bodies: list[Party]) -> None:
        """Let an association be chosen, and a body whose sittings are meant, or every sitting."""
        self.party.choices = [
            choice("", "web.choose"),
            *(choice(each.id, each.name) for each in associations),
        ]
        self.beside.choices = [
            choice("", "proceedings.must_invite.every"),
            *(choice(each.id, each.name) for each in bodies),
        ]

    def stated_basis(self) -> Named:
        """Return by what act it is so."""
        return named(self, "basis")


def _numbered(item: AgendaItem) -> Named:
    """Return the choice of one question: its number and title, in the languages the title has."""
    texts = vars(item.title).items()
    return Named(**{code: f"{item.number}. {text}" if text else "" for code, text in texts})
