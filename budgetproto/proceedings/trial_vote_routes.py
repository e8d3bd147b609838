"""The pages of trials put to the vote: the list of them, and the form that records one."""

from typing import ClassVar

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, IntegerField, RadioField, SelectField

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes import option_storage
from budgetproto.disputes.figures import WordsForm
from budgetproto.disputes.options import LinesStillClosed
from budgetproto.disputes.pinning import OFFERED, IndicatorNotKnown, RuleNotOffered, TerritoryNotSaid
from budgetproto.disputes.position_forms import number
from budgetproto.errors import BadInput, Problem
from budgetproto.money import Som
from budgetproto.money.fields import AmountField
from budgetproto.proceedings.domain import NoMajority, TooManyVotes, Votes
from budgetproto.proceedings.forms import NO_VOTES
from budgetproto.proceedings.trial_vote_storage import trial_votes
from budgetproto.proceedings.trial_votes import (
    GroundMissing,
    NothingTried,
    OptionMoved,
    PutToVote,
    record_trial_vote,
)
from budgetproto.sittings import service as sittings
from budgetproto.sittings import settling
from budgetproto.sittings.domain import Act, may
from budgetproto.sittings.fields import in_languages, labelled, named, passage
from budgetproto.web import choice, form_page, nothing_sealed, required, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("trial_votes", __name__)


class TrialVoteForm(WordsForm):
    """A trial, the question as it was put, the votes, and what came of it."""

    places: ClassVar[dict[type, str]] = {
        **WordsForm.places,
        TooManyVotes: "votes_for",
        NoMajority: "outcome",
        GroundMissing: "ground_ky",
        NothingTried: "rule",
        RuleNotOffered: "rule",
        TerritoryNotSaid: "rule",
        IndicatorNotKnown: "rule",
    }

    seen = HiddenField()
    rule = SelectField(
        "disputes.trial.rule", choices=[choice(rule, f"balancing.rule.{rule.lower()}") for rule in OFFERED]
    )
    envelope = AmountField("disputes.trial.envelope", [required()])
    ground_ky, ground_ru, ground_en = in_languages("proceedings.trial_vote.ground", most=500)
    question_ky = passage(labelled("proceedings.trial_vote.question", "ky"), most=4000)
    question_ru = passage(labelled("proceedings.trial_vote.question", "ru"), most=4000)
    votes_for = IntegerField("proceedings.votes_for", [required(), NO_VOTES])
    votes_against = IntegerField("proceedings.votes_against", [required(), NO_VOTES])
    votes_abstained = IntegerField("proceedings.votes_abstained", [required(), NO_VOTES])
    outcome = RadioField(
        "proceedings.outcome",
        [required()],
        choices=[choice(each, f"proceedings.trial_vote.{each}") for each in ("adopted", "rejected")],
    )
    cause_ky = passage(labelled("proceedings.trial_vote.reason", "ky"), most=4000)
    cause_ru = passage(labelled("proceedings.trial_vote.reason", "ru"), most=4000)

    def put(self) -> PutToVote:
        """Return what was typed, once the form is valid; a question is always asked."""
        question = self.words("question")
        if question is None:
            raise BadInput(Problem("web.required", form_field=f"question_{self.language.data}"))
        votes = (self.votes_for.data, self.votes_against.data, self.votes_abstained.data)
        return PutToVote(
            rule=self.rule.data,
            envelope=self.envelope.data,
            ground=named(self, "ground"),
            question=question,
            votes=Votes(*(counted or 0 for counted in votes)),
            adopted=self.outcome.data == "adopted",
            reason=self.words("cause"),
        )


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/sittings/<sitting_id>/option/votes")
@nothing_sealed
@logged_in
def votes(sitting_id: str) -> ResponseReturnValue:
    """Show every trial that was put to the vote, adopted or not."""
    with reading() as data:
        sitting, place = sittings.admitted(data, me().id, sitting_id, Act.READ_OPENED)
        found = trial_votes(data, sitting_id)
    may_record = may(place, Act.PUBLISH_OPTION, sitting.stage)
    return render_template(
        "proceedings/trial_votes.html", sitting=sitting, votes=found, may_record=may_record
    )


@blueprint.route("/sittings/<sitting_id>/option/votes/new", methods=["GET", "POST"])
@logged_in
def put(sitting_id: str) -> ResponseReturnValue:
    """Record a vote on the trial of the address; adopted, it is published as the next version."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.PUBLISH_OPTION)
        terms = settling.fixed_terms(data, sitting)
        latest = option_storage.latest_option(data, sitting_id)
    if terms is None:
        raise LinesStillClosed
    number_seen = latest.number if latest else 0
    form = TrialVoteForm(
        meta={"unit": sitting.unit}, data=_started(terms.terms.rule, terms.terms.envelope, number_seen)
    )
    if request.method == "GET":
        _from_address(form)
    shown = {"sitting": sitting, "terms": terms.terms}
    if form.validate_on_submit():
        try:
            with form.refusals():
                asked, seen = form.put(), number(form.seen)
                version = record_trial_vote(database(), me().id, sitting_id, asked, seen=seen)
                tell("proceedings.told.trial_voted")
                to = "options.option" if version else ".votes"
                return redirect(url_for(to, sitting_id=sitting_id), 303)
        except OptionMoved:
            form.seen.data = str(number_seen)
            return render_template("proceedings/trial_vote.html", form=form, moved=latest, **shown), 409
    return form_page("proceedings/trial_vote.html", form, moved=None, **shown)


def _started(rule: str, envelope: Som | None, seen: int) -> dict[str, object]:
    return {"rule": rule, "envelope": envelope, "seen": str(seen)}


def _from_address(form: TrialVoteForm) -> None:
    """Take rule and envelope of the trial that the reader comes from."""
    if request.args.get("rule") in OFFERED:
        form.rule.data = request.args["rule"]
    if typed := request.args.get("envelope"):
        form.envelope.process_formdata([typed])
