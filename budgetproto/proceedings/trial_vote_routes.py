"""The page on which a trial is put to the committee: what was voted, how, and what became of it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField

from budgetproto.accounts.session import logged_in, me
from budgetproto.balancing.sharing.rules import RULES
from budgetproto.disputes.figures.fields import FigureForm, WordsForm
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import Sentence, Words
from budgetproto.money.fields import AmountField
from budgetproto.proceedings import trial_votes
from budgetproto.proceedings.domain import MajorityFor, NoMajority, TooManyVotes, Votes
from budgetproto.proceedings.forms import COUNTED_VOTES
from budgetproto.proceedings.trial_votes import (
    Ballot,
    DayOutside,
    GroundMissing,
    Motion,
    NothingTried,
    TrialMoved,
    ballot,
)
from budgetproto.sittings.fields import in_languages, labelled, named, passage
from budgetproto.web import choice, form_page, in_years, required, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("trial_votes", __name__)


class TrialVoteForm(WordsForm):
    """A trial, the question that was put, the votes, and what became of it."""

    places: ClassVar = {
        **FigureForm.places,
        NothingTried: "rule",
        GroundMissing: "ground_ky",
        TooManyVotes: "votes_for",
        NoMajority: "outcome",
        MajorityFor: "outcome",
        DayOutside: "on",
    }

    seen = HiddenField()
    rule = SelectField(
        "disputes.trial.rule",
        [required()],
        choices=[choice(rule, f"balancing.rule.{rule.lower()}") for rule in RULES],
    )
    envelope = AmountField("disputes.trial.envelope")
    ground_ky, ground_ru, ground_en = in_languages("proceedings.trial.ground", most=500)
    question_ky = passage(labelled("proceedings.trial.question", "ky"), most=2000)
    question_ru = passage(labelled("proceedings.trial.question", "ru"), most=2000)
    on = DateField("proceedings.trial.on", [required(), in_years()])
    votes_for = IntegerField("proceedings.votes_for", [required(), COUNTED_VOTES])
    votes_against = IntegerField("proceedings.votes_against", [required(), COUNTED_VOTES])
    votes_abstained = IntegerField("proceedings.votes_abstained", [required(), COUNTED_VOTES])
    outcome = RadioField(
        "proceedings.outcome",
        [required()],
        choices=[choice(each, f"proceedings.trial.{each}") for each in ("adopted", "rejected")],
    )
    reason_ky = passage(labelled("proceedings.trial.reason", "ky"), most=4000)
    reason_ru = passage(labelled("proceedings.trial.reason", "ru"), most=4000)

    def motion(self) -> Motion:
        """Return what was typed, once the form is valid; BadInput when a text is missing."""
        day: Any = self.on.data
        counted: list[Any] = [self.votes_for.data, self.votes_against.data, self.votes_abstained.data]
        return Motion(
            rule=self.rule.data,
            envelope=self.envelope.data,
            ground=named(self, "ground"),
            question=self._needed("question"),
            votes=Votes(*counted),
            on=day,
            adopted=self.outcome.data == "adopted",
            reason=self._needed("reason"),
        )

    def _needed(self, name: str) -> Words:
        words = self.words(name)
        if words is None:
            raise BadInput(Problem("web.required", form_field=f"{name}_{self.language.data}"))
        return words


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/<sitting_id>/option/trial/vote", methods=["GET", "POST"])
@logged_in
def vote(sitting_id: str) -> ResponseReturnValue:
    """Record the committee's vote on a trial; adopted, it becomes the next version of the option."""
    with reading() as data:
        found = ballot(data, me().id, sitting_id)
    form = _form(found)
    if form.validate_on_submit():
        try:
            with form.refusals():
                seen = form.seen.data or ""
                made = trial_votes.record_vote(database(), me().id, sitting_id, form.motion(), seen=seen)
                told = "adopted" if made.adopted else "rejected"
                tell(f"proceedings.told.trial_{told}", number=made.version or made.number)
                return redirect(url_for("options.option", sitting_id=sitting_id), 303)
        except TrialMoved as moved:
            return _moved(sitting_id, form, moved)
    return _page(found, form)


def _form(found: Ballot) -> TrialVoteForm:
    """Return the form, started with the trial in the address."""
    terms = found.bench.terms
    form = TrialVoteForm(
        meta={"unit": found.sitting.unit},
        data={"seen": found.basis.written(), "rule": request.args.get("rule", terms.rule)},
    )
    if request.method == "GET":
        form.envelope.process(request.args)
    return form


def _moved(sitting_id: str, form: TrialVoteForm, moved: TrialMoved) -> ResponseReturnValue:
    """Say what changed since the form was made; sending it again goes by what stands now."""
    with reading() as data:
        found = ballot(data, me().id, sitting_id)
    form.seen.data = found.basis.written()
    page, _ = _page(found, form, changed=moved.changed)
    return page, 409


def _page(found: Ballot, form: TrialVoteForm, changed: Sequence[Sentence] = ()) -> tuple[str, int]:
    return form_page(
        "proceedings/trial_vote.html", form, sitting=found.sitting, terms=found.bench.terms, changed=changed
    )
