"""The forms with which the entry of a draft is completed or corrected."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from wtforms import DateField, SelectField

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.domain import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    AmendedUnnumbered,
    Draft,
    InitiatorMissing,
    Level,
    TitleMissing,
)
from budgetproto.coordination.draft_form import amended_acts, amended_written
from budgetproto.coordination.step_form import StepForm, TargetForm, about, choices_of, longer
from budgetproto.sittings.fields import in_either, in_languages, line, named, passage, spread
from budgetproto.web import in_years, required

#: What is chosen for a companion that nobody named before.
ANOTHER: Final = "another"


class ArrivedForm(TargetForm):
    """A companion that arrived; the page offers those that are missing, and one not named before."""

    places: ClassVar = {**StepForm.places, no.ArrivedAlready: "target", TitleMissing: "title_ky"}

    target = about("coordination.fact.companion")
    title_ky, title_ru, title_en = in_languages("coordination.form.companion_title", most=LONGEST_TITLE)

    def what(self) -> h.Arrived:
        """Return the arrival."""
        return h.Arrived(0 if self.target.data == ANOTHER else self.number, named(self, "title"))


class PublishedForm(StepForm):
    """The day of the publication, which is that of the step."""

    places: ClassVar = {**StepForm.places, no.NothingCompleted: "on", no.CompletionUnreasoned: "reason"}

    on = DateField("coordination.form.published_on", [required(), in_years()])
    reason = longer("coordination.form.publication_reason")

    def what(self) -> h.Published:
        """Return the publication."""
        return h.Published(self.typed("reason"))


class AmendingForm(StepForm):
    """The acts that the draft changes, those that stand filled in."""

    places: ClassVar = {
        **StepForm.places,
        AmendedUnnumbered: "amends",
        no.NothingCompleted: "amends",
        no.CompletionUnreasoned: "reason",
    }

    amends = passage("coordination.amends", most=LONGEST_TEXT)
    reason = longer("coordination.form.amending_reason")

    def what(self) -> h.Amending:
        """Return all the acts."""
        return h.Amending(amended_acts(self.amends.data or ""), self.typed("reason"))


class CorrectedForm(StepForm):
    """The title and the initiator, as they stand to be corrected.

    The level and who answers are asked for as long as they may be others; `parties` are those to choose from.
    """

    places: ClassVar = {
        **StepForm.places,
        no.CompletionUnreasoned: "reason",
        no.InitiatorSettled: "level",
        InitiatorMissing: "initiator_ky",
        TitleMissing: "title_ky",
    }

    title_ky, title_ru, title_en = in_either("coordination.form.title", most=LONGEST_TITLE)
    reference = line("coordination.reference", most=LONGEST_NAME)
    initiator_ky, initiator_ru, initiator_en = in_either("coordination.form.initiator", most=LONGEST_NAME)
    level = SelectField("coordination.column.level", [required()], choices=choices_of(Level, "level"))
    answers_for = SelectField("coordination.form.party")
    reason = longer("coordination.form.correction_reason", needed=True)

    def what(self) -> h.Corrected:
        """Return what is right; what was not asked for stays as it is."""
        level = Level(self.level.data) if "level" in self else None
        answers = h.AnswersFor("", self.answers_for.data or "") if "answers_for" in self else None
        initiator = named(self, "initiator")
        return h.Corrected(
            named(self, "title"), self.typed("reference"), self.typed("reason"), initiator, level, answers
        )

    def settle(self) -> None:
        """Ask no longer for what decides the procedure and who acts."""
        del self.level
        del self.answers_for


COMPLETING_FORMS: Final[Mapping[type[Any], type[StepForm]]] = {
    h.Arrived: ArrivedForm,
    h.Published: PublishedForm,
    h.Amending: AmendingForm,
    h.Corrected: CorrectedForm,
}


def standing_values(kind: type[Any], draft: Draft, party: str) -> dict[str, Any]:
    """Return what stands in the entry, for the form of a step that changes it; `party` answers for it."""
    if kind is h.Amending:
        return {"amends": amended_written(draft.amends)}
    if kind is h.Published:
        return {"on": draft.published}
    if kind is h.Corrected:
        names = {**spread("title", draft.title), **spread("initiator", draft.initiator)}
        return {**names, "reference": draft.reference, "level": draft.level.value, "answers_for": party}
    return {}
