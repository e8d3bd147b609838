"""The forms of what is recorded of an issued protocol; each gives the facts that were typed."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Final

from wtforms import DateField, RadioField, SelectField, StringField

from budgetproto import web
from budgetproto.i18n import Named
from budgetproto.protocol.delivery.recording import Delivered, InTheFuture, InThePast, ReasonNeeded
from budgetproto.protocol.delivery.steps import (
    RESULTS,
    SCOPES,
    Facts,
    Hearing,
    Kind,
    Letter,
    Outcome,
    Publication,
    Registration,
)
from budgetproto.sittings.fields import Preset, in_languages, line, named, passage
from budgetproto.web import choice, in_years, required


class StepForm(web.Form):
    """What every entry has: of which protocol it is, a day, and the reason of a correction.

    The page says when a reason is needed.
    """

    places: ClassVar = {
        ReasonNeeded: "reason",
        InTheFuture: "on",
        InThePast: "on",
    }

    protocol = SelectField("delivery.protocol", [Preset()], choices=[], description="delivery.protocol.hint")
    on = DateField("delivery.on", [required(), in_years()], description="delivery.on.hint")
    reason = passage("delivery.reason", most=1000, description="delivery.reason.hint")

    def of(self, protocols: Iterable[Delivered]) -> None:
        """Offer these protocols, the first of them unless another is chosen; one alone needs no choice."""
        self.protocol.choices = [choice(each.id, Named(*[each.number] * 3)) for each in protocols]
        if len(self.protocol.choices) < 2:
            del self["protocol"]

    @property
    def chosen(self) -> str:
        """The protocol that was chosen, blank where there was no choice."""
        return str(self["protocol"].data) if "protocol" in self else ""

    @property
    def day(self) -> date:
        """The day that was typed, once the form is valid."""
        assert self.on.data is not None  # noqa: S101 - the field is required
        return self.on.data

    def facts(self) -> Facts:
        """Return what was typed, once the form is valid."""
        raise NotImplementedError


class LetterForm(StepForm):
    """The letter by which the protocol goes to parliament."""

    number = line("delivery.letter.number", needed=True, most=60, description="delivery.letter.number.hint")
    addressee = line("delivery.letter.addressee", needed=True, description="delivery.letter.addressee.hint")

    def facts(self) -> Letter:
        """Return the letter."""
        return Letter(_said(self.number), self.day, _said(self.addressee))


class RegistrationForm(StepForm):
    """The number under which parliament registered the letter."""

    number = line(
        "delivery.registration.number", needed=True, most=60, description="delivery.registration.number.hint"
    )

    def facts(self) -> Registration:
        """Return the registration."""
        return Registration(_said(self.number), self.day)


class HearingForm(StepForm):
    """Where the protocol was heard."""

    body = line("delivery.hearing.body", needed=True, description="delivery.hearing.body.hint")

    def facts(self) -> Hearing:
        """Return the hearing."""
        return Hearing(_said(self.body), self.day)


class OutcomeForm(StepForm):
    """What parliament made of the protocol."""

    result = RadioField(
        "delivery.outcome.result",
        [required()],
        choices=[choice(each, f"delivery.result.{each}") for each in RESULTS],
        description="delivery.outcome.result.hint",
    )
    source = line(
        "delivery.outcome.source", needed=True, most=500, description="delivery.outcome.source.hint"
    )
    note_ky, note_ru, note_en = in_languages("delivery.outcome.note", long=True, most=2000)

    def facts(self) -> Outcome:
        """Return the outcome."""
        return Outcome(self.result.data, self.day, _said(self.source), named(self, "note"))


class PublicationForm(StepForm):
    """How much of which protocol the public reads from when on; why is always said."""

    reason = passage(
        "delivery.reason", needed=True, most=1000, description="delivery.publication.reason.hint"
    )

    scope = RadioField(
        "delivery.publication.scope",
        [required()],
        choices=[choice(each, f"delivery.scope.{each}") for each in SCOPES],
        description="delivery.publication.scope.hint",
    )

    def facts(self) -> Publication:
        """Return the decision."""
        return Publication(self.scope.data, self.day)


def _said(field: StringField) -> str:
    return (field.data or "").strip()


FORMS: Final[dict[Kind, type[StepForm]]] = {
    "letter": LetterForm,
    "registration": RegistrationForm,
    "hearing": HearingForm,
    "outcome": OutcomeForm,
}
