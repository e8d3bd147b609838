"""The forms of the proceedings: agenda, speeches, attendance, proposals, decisions, opinions."""

from dataclasses import replace
from typing import Any, ClassVar, Final

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Instrument, Line
from budgetproto.disputes.figures.fields import FigureForm, WordsForm, measured, spread_words, started
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import Named, Words
from budgetproto.money import Unit
from budgetproto.proceedings.domain import (
    Attendee,
    Group,
    NoMajority,
    Outcome,
    ReasonNeeded,
    Speech,
    TooManyVotes,
    Votes,
)
from budgetproto.proceedings.overview import Ruling
from budgetproto.proceedings.service import Recorded
from budgetproto.sittings.fields import in_languages, labelled, line, named, passage
from budgetproto.web import Form, choice, required

COUNTED_VOTES: Final = NumberRange(min=0, max=1000, message="web.not_a_whole_number")


class AgendaForm(Form):
    """A question of the agenda."""

    title_ky, title_ru, title_en = in_languages("proceedings.agenda_title", needed=True, most=500)


class SpeechForm(WordsForm):
    """Who was heard or spoke, and what in short."""

    heard = RadioField(
        "proceedings.heard_or_spoke",
        [required()],
        choices=[choice("heard", "proceedings.heard"), choice("spoke", "proceedings.spoke")],
    )
    speaker = line("proceedings.speaker", needed=True)
    party = SelectField("proceedings.speech_party", default="")
    role_ky, role_ru, role_en = in_languages("proceedings.role")
    summary_ky = passage(labelled("proceedings.summary", "ky"), most=4000)
    summary_ru = passage(labelled("proceedings.summary", "ru"), most=4000)

    def speech(self) -> Speech:
        """Return what was typed, once the form is valid."""
        words = self.words("summary") or Words(Named())
        return Speech(
            self.heard.data == "heard",
            self.speaker.data or "",
            named(self, "role"),
            words,
            self.party.data or "",
        )

    def offer(self, parties: list[Party]) -> None:
        """Let the speaker be one of these parties', or nobody's."""
        self.party.choices = _of_parties(parties)


class AttendeeForm(Form):
    """Somebody expected at the sitting."""

    group = SelectField(
        "proceedings.group",
        [required()],
        choices=[
            choice("", "web.choose"),
            *(choice(each.value, f"proceedings.group.{each.value}") for each in Group),
        ],
    )
    name = line("proceedings.name", needed=True)
    party = SelectField("proceedings.attendee_party", default="")
    role_ky, role_ru, role_en = in_languages("proceedings.role", needed=True)
    body_ky, body_ru, body_en = in_languages("proceedings.body")
    mandate_ky, mandate_ru, mandate_en = in_languages("sittings.mandate_paper")

    def attendee(self) -> Attendee:
        """Return what was typed, once the form is valid; somebody new is present."""
        return Attendee(
            group=Group(self.group.data),
            name=self.name.data or "",
            role=named(self, "role"),
            body=named(self, "body"),
            mandate=named(self, "mandate"),
            present=True,
            reason=Named(),
            party=self.party.data or "",
        )

    def offer(self, parties: list[Party]) -> None:
        """Let somebody come from one of these parties, or from none."""
        self.party.choices = _of_parties(parties)


class RollForm(Form):
    """Who of those expected is there; `roll_form` adds a row for each."""

    seen = HiddenField()

    def marked(self, people: tuple[Attendee, ...]) -> list[Attendee]:
        """Return the same people, present or absent as it was marked."""
        return [self._marked(place, each) for place, each in enumerate(people, start=1)]

    def _marked(self, place: int, each: Attendee) -> Attendee:
        present = bool(self[f"present_{place}"].data)
        reason = Named(self[f"reason_ky_{place}"].data or "", self[f"reason_ru_{place}"].data or "")
        return replace(each, present=present, reason=Named() if present else reason)


def roll_form(people: tuple[Attendee, ...], seen: str) -> RollForm:
    """Return the form with a row for each of `people`; `seen` marks the list its author had before him."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"seen": seen}
    for place, each in enumerate(people, start=1):
        fields |= {
            f"present_{place}": BooleanField(_own_name(each.name)),
            f"reason_ky_{place}": line(labelled("proceedings.reason_of_absence", "ky"), most=200),
            f"reason_ru_{place}": line(labelled("proceedings.reason_of_absence", "ru"), most=200),
        }
        reasons = {f"reason_{code}_{place}": getattr(each.reason, code) for code in ("ky", "ru")}
        values |= {f"present_{place}": each.present, **reasons}
    made: type[RollForm] = type("RollForm", (RollForm,), fields)
    return made(data=values)


def _of_parties(parties: list[Party]) -> list[Any]:
    own = [choice(each.id, each.name) for each in parties]
    return [choice("", "proceedings.no_party"), *own]


def _own_name(name: str) -> Any:
    """Return a person's name as a label: the same in every language."""
    return Named(name, name, name)


class ProposalForm(WordsForm):
    """A figure of the chair with the reason."""

    places: ClassVar = {**FigureForm.places, ReasonNeeded: "reason_ky"}

    seen = HiddenField()
    reason_ky = passage(labelled("proceedings.proposal_reason", "ky"), most=4000)
    reason_ru = passage(labelled("proceedings.proposal_reason", "ru"), most=4000)


class DecisionForm(WordsForm):
    """What was decided on a line, with the votes."""

    places: ClassVar = {**FigureForm.places, TooManyVotes: "votes_for", NoMajority: "outcome"}

    seen = HiddenField()
    instrument = SelectField(
        "disputes.instrument",
        choices=[
            choice("", "disputes.instrument.none"),
            *(choice(each.value, f"disputes.instrument.{each.value}") for each in Instrument),
        ],
    )
    votes_for = IntegerField("proceedings.votes_for", [required(), COUNTED_VOTES])
    votes_against = IntegerField("proceedings.votes_against", [required(), COUNTED_VOTES])
    votes_abstained = IntegerField("proceedings.votes_abstained", [required(), COUNTED_VOTES])
    outcome = RadioField(
        "proceedings.outcome",
        [required()],
        choices=[choice(each.value, f"proceedings.outcome.{each.value}") for each in Outcome],
    )
    remark_ky = passage(labelled("proceedings.note", "ky"), most=4000)
    remark_ru = passage(labelled("proceedings.note", "ru"), most=4000)

    def recorded(self) -> Recorded:
        """Return what was typed, once the form is valid."""
        votes = (self.votes_for.data, self.votes_against.data, self.votes_abstained.data)
        return Recorded(
            decided=self.stated(),
            votes=Votes(*(counted or 0 for counted in votes)),
            outcome=Outcome(self.outcome.data),
            instrument=Instrument(self.instrument.data) if self.instrument.data else None,
            note=self.words("remark"),
        )


def proposal_form(ruling: Ruling, unit: Unit) -> ProposalForm:
    """Return the form of the chair's proposal, filled with the last one."""
    decision = ruling.decision
    values = {"seen": str(decision.version)} | started(decision.proposed)
    made: type[ProposalForm] = measured(ProposalForm, ruling.line.text.measure)
    return made(meta={"unit": unit}, data=values | spread_words("reason", decision.proposed_reason))


def decision_form(ruling: Ruling, unit: Unit) -> DecisionForm:
    """Return the form of the decision: what was recorded, else what is suggested.

    That is the computed figure where both sides accept it, else the one proposed, else the computed one.
    """
    decision = ruling.decision
    computed = ruling.agreed_by_both or decision.proposed is None
    suggested = ruling.computed if computed else decision.proposed
    figure = decision.decided if decision.outcome else suggested
    values = {"seen": str(decision.version)} | started(figure) | spread_words("remark", decision.note)
    if decision.outcome:
        values |= {"outcome": decision.outcome.value}
        values |= {"instrument": decision.instrument.value if decision.instrument else ""}
    if votes := decision.votes:
        values |= {
            "votes_for": votes.for_,
            "votes_against": votes.against,
            "votes_abstained": votes.abstained,
        }
    made: type[DecisionForm] = measured(DecisionForm, ruling.line.text.measure)
    return made(meta={"unit": unit}, data=values)


class OpinionForm(WordsForm):
    """An opinion or a dissent."""

    kind = RadioField(
        "proceedings.opinion_kind",
        [required()],
        choices=[choice("opinion", "proceedings.opinion"), choice("dissent", "proceedings.dissent")],
    )
    author = SelectField("proceedings.opinion_author", [required()])
    about = SelectField("proceedings.opinion_about")
    opinion_ky = passage(labelled("proceedings.opinion_text", "ky"))
    opinion_ru = passage(labelled("proceedings.opinion_text", "ru"))

    def opinion(self) -> Words:
        """Return the text that was typed; BadInput when there is none."""
        words = self.words("opinion")
        if words is None:
            raise BadInput(Problem("web.required", form_field="opinion_ky"))
        return words

    def offer(self, authors: list[Named], lines: list[Line]) -> None:
        """Let the reader speak for himself or for his parties, on one line or on the whole sitting."""
        self.author.choices = [choice(str(place), author) for place, author in enumerate(authors)]
        titles = [choice(str(each.number), _numbered(each)) for each in lines]
        self.about.choices = [choice("", "proceedings.opinion_whole"), *titles]


def _numbered(of: Line) -> Named:
    """Return the choice of one line: its number and title, in the languages the title has."""
    texts = vars(of.text.title).items()
    return Named(**{code: f"№ {of.number}. {text}" if text else "" for code, text in texts})
