"""A form for every step of coordination: what is typed becomes the step; the rules judge it afterwards."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from budgetproto.coordination import happenings as h
from budgetproto.coordination import refusals as no
from budgetproto.coordination.completing_forms import COMPLETING_FORMS, standing_values
from budgetproto.coordination.course import Course
from budgetproto.coordination.domain import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Answer,
    Draft,
    GroundNote,
    NoteFromTheFuture,
    NoteUndated,
    Screening,
    Touch,
)
from budgetproto.coordination.step_form import StepForm, TargetForm, about, choices_of, longer
from budgetproto.coordination.texts.form import AttachedForm
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.sittings.fields import line, numbered, passage
from budgetproto.web import choice, in_years, required


class NotedForm(StepForm):
    """The ground note."""

    places: ClassVar = {**StepForm.places, NoteUndated: "data_of", NoteFromTheFuture: "data_of"}

    territories = longer("coordination.note.territories")
    situation = longer("coordination.note.situation")
    data_found = longer("coordination.note.data")
    data_of = DateField("coordination.note.data_of", [Optional(), in_years()])
    asked = longer("coordination.note.asked")

    def what(self) -> h.Noted:
        """Return the note; each line of the territories names one."""
        places = tuple(place.strip() for place in self.typed("territories").splitlines() if place.strip())
        situation, data = self.typed("situation"), self.typed("data_found")
        return h.Noted(GroundNote(places, situation, data, self.data_of.data, self.typed("asked")))


class ScreenedForm(StepForm):
    """The three questions; `screened_form` adds the fields of each."""

    def what(self) -> Screening:
        """Return the answers."""
        return Screening(
            {
                touch: Answer(
                    self[f"answer_{touch.value}"].data == "yes", self.typed(f"reason_{touch.value}")
                )
                for touch in Touch
            }
        )


class ServedForm(TargetForm):
    """A notice with its proof."""

    places: ClassVar = {**StepForm.places, no.ProofMissing: "proof"}

    target = about("coordination.fact.served")
    proof = line("coordination.fact.proof", needed=True)

    def what(self) -> h.Served:
        """Return the notice."""
        return h.Served(self.target.data, self.typed("proof"))


class ConsultedForm(StepForm):
    """A consultation: with whom, what was said, what was taken up."""

    whom = line("coordination.fact.whom", needed=True)
    said = longer("coordination.fact.said", needed=True)
    taken_up = longer("coordination.fact.taken_up")

    def what(self) -> h.Consulted:
        """Return the consultation."""
        return h.Consulted(self.typed("whom"), self.typed("said"), self.typed("taken_up"))


class OpinedForm(TargetForm):
    """An opinion; `step_form` adds rows for remarks."""

    places: ClassVar = {
        **StepForm.places,
        no.AgreesWithRemarks: "stance",
        no.RemarksMissing: "text_1",
        no.DisagreementUnsaid: "opinion",
        no.OpinedAlready: "target",
    }
    rows: ClassVar[int] = 0

    stance = RadioField("coordination.fact.stance", [required()], choices=choices_of(h.Stance, "stance"))
    opinion = longer("coordination.fact.text")

    def what(self) -> h.Opined:
        """Return the opinion with the remarks of the rows that are not blank."""
        typed = [(self.typed(f"place_{row}"), self.typed(f"text_{row}")) for row in range(1, self.rows + 1)]
        remarks = tuple(each for each in typed if any(each))
        return h.Opined(self.target.data, h.Stance(self.stance.data), self.typed("opinion"), remarks)


class AnsweredForm(TargetForm):
    """An answer to a remark."""

    places: ClassVar = {
        **StepForm.places,
        no.AnswerUnreasoned: "reason",
        no.ChangeUnreasoned: "changed",
    }

    target = about("coordination.fact.remark")
    verdict = RadioField("coordination.fact.verdict", [required()], choices=choices_of(h.Verdict, "verdict"))
    reason = longer("coordination.form.answer_reason")
    changed = longer("coordination.fact.changed")

    def what(self) -> h.Answered:
        """Return the answer."""
        verdict = h.Verdict(self.verdict.data)
        return h.Answered(self.number, verdict, self.typed("reason"), self.typed("changed"))


class StoodForm(TargetForm):
    """Whether a remark is let go after the answer."""

    places: ClassVar = {**StepForm.places, no.InsistenceUnreasoned: "reason"}
    #: Whose each remark is, by its number.
    bodies: Mapping[int, str]

    target = about("coordination.fact.remark")
    stand = RadioField(
        "coordination.fact.stand",
        [required()],
        choices=[choice(each, f"coordination.stand.{each}") for each in ("lets_go", "insists")],
    )
    reason = longer("coordination.form.stand_reason")

    def what(self) -> h.Stood:
        """Return the word, of the body that made the remark."""
        insists = self.stand.data == "insists"
        return h.Stood(
            self.bodies.get(self.number, ""), self.number, insists=insists, why=self.typed("reason")
        )


class RoundBegunForm(StepForm):
    """A new round."""

    reason = longer("coordination.fact.different", needed=True)

    def what(self) -> h.RoundBegun:
        """Return the beginning of the round."""
        return h.RoundBegun(self.typed("reason"))


class MetForm(StepForm):
    """The conciliation meeting; the remarks that can have been settled there are offered."""

    present = longer("coordination.fact.present", needed=True)
    said = longer("coordination.fact.said", needed=True)
    settled = SelectMultipleField("coordination.fact.settled", coerce=int)

    def what(self) -> h.Met:
        """Return the meeting."""
        return h.Met(self.typed("present"), self.typed("said"), tuple(self.settled.data or ()))


class ClosedForm(StepForm):
    """The close: what came of it follows from the course."""

    def what(self) -> h.Closed:
        """Return the close."""
        return h.Closed()


class AppealedForm(TargetForm):
    """An appeal."""

    to = line("coordination.form.to_other", most=LONGEST_NAME)
    against = longer("coordination.fact.against", needed=True)

    def what(self) -> h.Appealed:
        """Return the appeal; where nobody is typed it goes to whom the procedure names."""
        to = self.typed("to")
        return h.Appealed(self.target.data, to, self.typed("against"), elsewhere=bool(to))


class RuledForm(TargetForm):
    """The ruling on an appeal."""

    target = about("coordination.fact.appeal")
    ruling = RadioField("coordination.fact.ruling", [required()], choices=choices_of(h.Ruling, "ruling"))
    reason = longer("coordination.form.ruling_reason", needed=True)

    def what(self) -> h.Ruled:
        """Return the ruling."""
        return h.Ruled(self.number, h.Ruling(self.ruling.data), self.typed("reason"))


class ReferredForm(TargetForm):
    """A remark that goes on as a contested line: which one, of which sitting."""

    target = about("coordination.fact.remark")
    sitting = SelectField("coordination.form.sitting", [required()])
    question = IntegerField("coordination.form.question", [required()])
    #: Finds the line of a sitting by its number; set by the page.
    find: Callable[[str, int], str | None]

    def what(self) -> h.Referred:
        """Return the referral; raise BadInput when the sitting has no such question."""
        found = self.find(self.sitting.data, self.question.data or 0)
        if found is None:
            raise BadInput(Problem("coordination.form.no_such_question", form_field="question"))
        return h.Referred(self.number, self.sitting.data, found)


class BypassedForm(StepForm):
    """A bypass."""

    reason = longer("coordination.fact.why", needed=True)

    def what(self) -> h.Bypassed:
        """Return the bypass."""
        return h.Bypassed(self.typed("reason"))


class SubmittedForm(StepForm):
    """The submission."""

    where = line("coordination.fact.where", needed=True)

    def what(self) -> h.Submitted:
        """Return the submission."""
        return h.Submitted(self.typed("where"))


class AdoptedForm(StepForm):
    """The adoption."""

    act_number = line("coordination.fact.number", needed=True)

    def what(self) -> h.Adopted:
        """Return the adoption."""
        return h.Adopted(self.typed("act_number"))


class WithdrawnForm(StepForm):
    """A draft that is taken back."""

    reason = longer("coordination.form.withdrawal_reason", needed=True)

    def what(self) -> h.Withdrawn:
        """Return the withdrawal."""
        return h.Withdrawn(self.typed("reason"))


FORMS: Final[Mapping[type[Any], type[StepForm]]] = {
    h.Noted: NotedForm,
    h.Screened: ScreenedForm,
    h.Served: ServedForm,
    h.Consulted: ConsultedForm,
    h.Opined: OpinedForm,
    h.Answered: AnsweredForm,
    h.Stood: StoodForm,
    h.RoundBegun: RoundBegunForm,
    h.Met: MetForm,
    h.Closed: ClosedForm,
    h.Appealed: AppealedForm,
    h.Ruled: RuledForm,
    h.Referred: ReferredForm,
    h.Bypassed: BypassedForm,
    h.Submitted: SubmittedForm,
    h.Adopted: AdoptedForm,
    h.Withdrawn: WithdrawnForm,
    h.Attached: AttachedForm,
    **COMPLETING_FORMS,
}


def step_form(kind: type[Any], *, course: Course, draft: Draft, party: str, target: str) -> StepForm:
    """Return the form of a step, with as many rows as are needed, and what it goes on from filled in.

    `party` is the one that answers for the draft.
    """
    form, values = FORMS[kind], {"seen": str(len(course.happenings)), "target": target}
    if form is ScreenedForm:
        form = type("ScreenedForm", (ScreenedForm,), dict(_questions()))
        values |= _screening_values(course)
    if form is OpinedForm:
        rows = ROWS.count(1)
        fields = {name: field for row in range(1, rows + 1) for name, field in _remark_fields(row).items()}
        form = type("OpinedForm", (OpinedForm,), {**fields, "rows": rows})
    if form is NotedForm:
        noted = course.last(h.Noted)
        values |= _note_values(noted[2].note if noted else GroundNote())
    made: StepForm = form(data=values | standing_values(kind, draft, party), **ROWS.kept())
    return made


def _questions() -> Iterable[tuple[str, Any]]:
    answers = [choice("yes", "coordination.yes"), choice("no", "coordination.no")]
    for touch in Touch:
        label = f"coordination.touch.{touch.value}"
        yield f"answer_{touch.value}", RadioField(label, [required()], choices=answers)
        reason = Named(
            *(f"{text(label, code)} {text('coordination.fact.reason', code)}" for code in LANGUAGES)
        )
        yield f"reason_{touch.value}", passage(reason, needed=True, most=LONGEST_TEXT)


def _screening_values(course: Course) -> dict[str, Any]:
    """Return the answers that were given last: a bundle that is screened anew keeps every yes."""
    found: dict[str, Any] = {}
    last = course.last(h.Screened)
    for touch, answer in last[2].screening.answers.items() if last else ():
        found[f"answer_{touch.value}"] = "yes" if answer.yes else "no"
        found[f"reason_{touch.value}"] = answer.reason
    return found


def _remark_fields(row: int) -> dict[str, Any]:
    return {
        f"place_{row}": line(numbered("coordination.form.place", row)),
        f"text_{row}": passage(numbered("coordination.form.remark", row), most=LONGEST_TEXT),
    }


def _note_values(note: GroundNote) -> dict[str, Any]:
    return {
        "territories": "\n".join(note.territories),
        "situation": note.situation,
        "data_found": note.data,
        "data_of": note.data_of,
        "asked": note.asked,
    }
