"""The forms with which the entry of a draft is completed or corrected."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from wtforms import DateField

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.domain import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    AmendedUnnumbered,
    Draft,
    TitleMissing,
)
from budgetproto.coordination.draft_form import amended_acts, amended_written
from budgetproto.coordination.step_form import StepForm, TargetForm, longer
from budgetproto.i18n import LANGUAGES
from budgetproto.sittings.fields import in_languages, line, named, passage
from budgetproto.web import in_years, required

#: What is chosen for a companion that nobody named before.
ANOTHER: Final = "another"


class ArrivedForm(TargetForm):
    """A companion that arrived; the page offers those that are missing, and one not named before."""

    places: ClassVar = {**StepForm.places, no.ArrivedAlready: "target", TitleMissing: "title_ky"}

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
    """The title and the initiator's number, as they stand to be corrected."""

    places: ClassVar = {**StepForm.places, no.CompletionUnreasoned: "reason", TitleMissing: "title_ky"}

    title_ky, title_ru, title_en = in_languages("coordination.form.title", most=LONGEST_TITLE)
    reference = line("coordination.reference", most=LONGEST_NAME)
    reason = longer("coordination.form.correction_reason", needed=True)

    def what(self) -> h.Corrected:
        """Return what is right."""
        return h.Corrected(named(self, "title"), self.typed("reference"), self.typed("reason"))


COMPLETING_FORMS: Final[Mapping[type[Any], type[StepForm]]] = {
    h.Arrived: ArrivedForm,
    h.Published: PublishedForm,
    h.Amending: AmendingForm,
    h.Corrected: CorrectedForm,
}


def standing_values(kind: type[Any], draft: Draft) -> dict[str, Any]:
    """Return what stands in the entry, for the form of a step that changes it."""
    if kind is h.Amending:
        return {"amends": amended_written(draft.amends)}
    if kind is h.Published:
        return {"on": draft.published}
    if kind is h.Corrected:
        titles = {f"title_{code}": getattr(draft.title, code) for code in LANGUAGES}
        return {**titles, "reference": draft.reference}
    return {}
