"""The forms of what is followed after a sitting: who sees to a question, and what became of it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final, TypeVar

from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import FigureMissing, Instrument, Measure
from budgetproto.disputes.figures.fields import FigureForm, measured
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import every_language
from budgetproto.i18n.languages import Named
from budgetproto.money import Unit
from budgetproto.proceedings.following.domain import (
    KINDS,
    NO_READING,
    Appearance,
    Assignment,
    CorrectionUnexplained,
    DayMissing,
    FollowUp,
    Kind,
    NoSuchReading,
    NotInvited,
    OwnerMissing,
    ReadingToCome,
)
from budgetproto.sittings.fields import in_languages, line, named, passage, spread
from budgetproto.sittings.procedure import SourceMissing
from budgetproto.web import Form, choice, in_years, required
from budgetproto.web.forms import whole

_Form = TypeVar("_Form", bound=Form)

_REASON: Final = 2000


class FollowUpForm(FigureForm):
    """What became of a question; `follow_up_form` gives it the figure of the line's measure."""

    places: ClassVar = {
        **FigureForm.places,
        SourceMissing: "source",
        FigureMissing: "figure",
        DayMissing: "on",
        CorrectionUnexplained: "reason",
    }

    seen = HiddenField()
    kind = RadioField("proceedings.follow_up.kind", [required()])
    instrument = SelectField(
        "disputes.instrument",
        choices=[
            choice("", "disputes.instrument.none"),
            *(choice(each.value, f"disputes.instrument.{each.value}") for each in Instrument),
        ],
    )
    on = DateField("proceedings.follow_up.on", [Optional(), in_years()])
    source = line("disputes.source", needed=True, most=500, description="proceedings.follow_up.source.hint")
    article = line("following.article", most=300)
    remark_ky, remark_ru, remark_en = in_languages("proceedings.follow_up.words", long=True, most=2000)
    reason = passage("following.reason", most=_REASON)

    def follow_up(self) -> FollowUp:
        """Return what was typed, once the form is valid."""
        return FollowUp(
            kind="adopted" if self.kind.data == "adopted" else "executed",
            figure=self.stated(),
            instrument=Instrument(self.instrument.data) if self.instrument.data else None,
            on=self.on.data,
            source=self.source.data or "",
            words=named(self, "remark"),
            article=(self.article.data or "").strip(),
            reason=_reason(self),
        )


class AssignmentForm(Form):
    """Who sees to a question, by when."""

    places: ClassVar = {
        OwnerMissing: "owner_ky",
        NoSuchReading: "reading",
        NotInvited: "party",
        CorrectionUnexplained: "reason",
    }

    seen = HiddenField()
    owner_ky, owner_ru, owner_en = in_languages("following.owner", needed=True)
    party = SelectField("following.party", choices=[], default="")
    due = DateField("following.due", [required(), in_years()])
    reading = SelectField("following.reading", choices=[], default="")
    task_ky, task_ru, task_en = in_languages("following.task", long=True, most=2000)
    reason = passage("following.reason", most=_REASON)

    def assignment(self) -> Assignment:
        """Return what was typed, once the form is valid."""
        due = self.due.data
        if due is None:
            raise BadInput(Problem("web.required", form_field="due"))
        return Assignment(
            owner=named(self, "owner"),
            due=due,
            reading=whole(self.reading.data, NO_READING) if self.reading.data else None,
            party=self.party.data or None,
            task=named(self, "task"),
            reason=_reason(self),
        )


class AppearanceForm(Form):
    """At which reading a question appeared, or that it did not."""

    places: ClassVar = {
        NoSuchReading: "reading",
        ReadingToCome: "on",
        SourceMissing: "source",
        CorrectionUnexplained: "reason",
    }

    seen = HiddenField()
    reading = RadioField("following.appeared", [required()])
    on = DateField("following.appeared.on", [required(), in_years()])
    source = line("disputes.source", needed=True, most=500, description="following.appeared.source.hint")
    reason = passage("following.reason", most=_REASON)

    def appearance(self) -> Appearance:
        """Return what was typed, once the form is valid."""
        on = self.on.data
        if on is None:
            raise BadInput(Problem("web.required", form_field="on"))
        source = (self.source.data or "").strip()
        return Appearance(whole(self.reading.data) or None, on, source, _reason(self))


def appearance_form(entries: int, *, readings: int) -> AppearanceForm:
    """Return the form; a first entry has nothing to give a reason for."""
    form = AppearanceForm(data={"seen": str(entries)})
    form.reading.choices = [
        *(choice(str(each), reading_name(each)) for each in range(1, readings + 1)),
        choice(str(NO_READING), "following.appeared.not"),
    ]
    if not entries:
        del form.reason
    return form


def follow_up_form(measure: Measure, unit: Unit, *, kinds: Iterable[Kind], entries: int) -> FollowUpForm:
    """Return the form for a line of this measure; `kinds` are those its author may enter."""
    allowed = frozenset(kinds)
    offered = [kind for kind in KINDS if kind in allowed]
    values = {"seen": str(entries), "kind": offered[0] if len(offered) == 1 else None}
    form: FollowUpForm = measured(FollowUpForm, measure)(data=values, meta={"unit": unit})
    form.kind.choices = [choice(kind, f"proceedings.follow_up.{kind}") for kind in offered]
    if not entries:
        del form.reason
    return form


def assignment_form(
    before: Assignment | None, versions: int, *, readings: int, parties: Iterable[Party]
) -> AssignmentForm:
    """Return the form, filled in with what stands; a first assignment has nothing to give a reason for."""
    form = AssignmentForm(data=_values(before, versions))
    form.reading.choices = [
        choice("", "following.reading.none"),
        *(choice(str(each), reading_name(each)) for each in range(1, readings + 1)),
        choice(str(NO_READING), reading_name(NO_READING)),
    ]
    form.party.choices = [
        choice("", "following.party.none"),
        *(choice(each.id, each.name) for each in parties),
    ]
    if not versions:
        del form.reason
    return form


def reading_name(reading: int) -> Named:
    """Return what a reading of the budget is called; NO_READING is that of what needs none."""
    if reading == NO_READING:
        return every_language("following.reading.none_needed")
    return every_language("following.reading.number", number=reading)


def _reason(form: Form) -> str:
    """Return why an entry is changed; the form of a first entry does not ask."""
    return (form["reason"].data or "").strip() if "reason" in form else ""


def _values(before: Assignment | None, versions: int) -> dict[str, Any]:
    seen = {"seen": str(versions)}
    if before is None:
        return seen
    reading = "" if before.reading is None else str(before.reading)
    plain = {"party": before.party or "", "due": before.due, "reading": reading}
    return seen | plain | spread("owner", before.owner) | spread("task", before.task)
