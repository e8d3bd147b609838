"""Every trial of another rule or envelope that was put to the vote, adopted or rejected."""

from budgetproto.protocol.drawing.house_style import BODY, LIST, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.terms import rule_name
from budgetproto.protocol.snapshot import TrialVote


def draw_trial_votes(paper: Paper) -> None:
    """Draw the votes in their order; nothing where there was none."""
    trials = paper.protocol.facts.trials
    if trials:
        paper.flow.text(paper.writer.message("proceedings.trial_votes"), SUBSECTION)
    for vote in trials:
        _draw(paper, vote)


def _draw(paper: Paper, vote: TrialVote) -> None:
    writer, flow = paper.writer, paper.flow
    outcome = writer.say("trial.rejected" if vote.version is None else "trial.adopted", version=vote.version)
    flow.text([("bold", writer.say("trial.number", number=vote.number)), ("text", outcome)], BODY)
    said = (
        writer.label("trial.question", writer.words(vote.question)),
        writer.say("trial.what", rule=rule_name(paper, vote.rule), envelope=writer.full(vote.envelope)),
        writer.label("trial.ground", writer.name(vote.ground)) if writer.name(vote.ground) else "",
        writer.say(
            "trial.votes",
            for_=vote.votes.for_,
            against=vote.votes.against,
            abstained=vote.votes.abstained,
            present=vote.present,
        ),
        writer.label("trial.reason", writer.words(vote.reason)) if vote.reason else "",
    )
    for each in said:
        if each:
            flow.text(each, LIST)
