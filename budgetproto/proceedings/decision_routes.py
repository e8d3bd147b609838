"""The pages of decisions in three columns: all of a sitting; one line's proposal, votes and outcome."""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.domain import Line
from budgetproto.disputes.page import LinePart, add_line_part
from budgetproto.disputes.positions.forms import number
from budgetproto.disputes.showing import stated_in
from budgetproto.i18n import Sentence
from budgetproto.money import Unit
from budgetproto.proceedings import overview, service
from budgetproto.proceedings.domain import Decision
from budgetproto.proceedings.forms import DecisionForm, ProposalForm, decision_form, proposal_form
from budgetproto.proceedings.overview import ruling, ruling_of
from budgetproto.proceedings.service import DecisionMoved
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed
from budgetproto.web import form_page, nothing_sealed, tell
from budgetproto.web.data import database, reading
from budgetproto.web.filters import t, words
from budgetproto.web.paging import paged

blueprint = Blueprint("decisions", __name__)

#: Lines on one page.
_SHOWN: Final = 25


def init_app(app: Flask) -> None:
    """Register the pages and the decision on the card of a line."""
    app.register_blueprint(blueprint)
    add_line_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/decisions")
@nothing_sealed
@logged_in
def decisions(sitting_id: str) -> ResponseReturnValue:
    """Show the three columns of all lines."""
    with reading() as data:
        sitting, place, found = overview.decisions(data, me().id, sitting_id)
    paging = paged(request.args.get("page"), length=len(found), size=_SHOWN)
    may_record = may(place, Act.RECORD, sitting.stage)
    return render_template(
        "proceedings/all_decisions.html", sitting=sitting, rulings=found, paging=paging, may_record=may_record
    )


@blueprint.route("/lines/<line_id>/proposal", methods=["GET", "POST"])
@logged_in
def proposal(line_id: str) -> ResponseReturnValue:
    """Propose a figure of the chair's own, with the reason; the computed one stays beside it."""
    with reading() as data:
        sitting, found = ruling(data, me().id, line_id, Act.PROPOSE)
    form = proposal_form(found, sitting.unit)
    if form.validate_on_submit():
        try:
            with form.refusals():
                _propose(line_id, form)
                tell("proceedings.told.proposed")
                return redirect(url_for("lines.line", line_id=line_id), 303)
        except DecisionMoved as moved:
            return _moved("proceedings/proposal.html", line_id, form, Act.PROPOSE, moved)
    return form_page("proceedings/proposal.html", form, sitting=sitting, ruling=found, moved=())


@blueprint.route("/lines/<line_id>/decision", methods=["GET", "POST"])
@logged_in
def decision(line_id: str) -> ResponseReturnValue:
    """Record votes and decision on a line."""
    with reading() as data:
        sitting, found = ruling(data, me().id, line_id, Act.RECORD)
    form = decision_form(found, sitting.unit)
    if form.validate_on_submit():
        try:
            with form.refusals():
                version, recorded = number(form.seen), form.recorded()
                service.record_decision(database(), me().id, line_id, recorded, version=version)
                tell("proceedings.told.decided")
                return redirect(url_for("sittings.sitting", sitting_id=sitting.id), 303)
        except DecisionMoved as moved:
            return _moved("proceedings/decision.html", line_id, form, Act.RECORD, moved)
    return form_page("proceedings/decision.html", form, sitting=sitting, ruling=found, moved=())


def _propose(line_id: str, form: ProposalForm) -> None:
    service.propose(
        database(),
        me().id,
        line_id,
        figure=form.stated(),
        reason=form.words("reason"),
        version=number(form.seen),
    )


def _moved(
    template: str, line_id: str, form: ProposalForm | DecisionForm, act: Act, moved: DecisionMoved
) -> ResponseReturnValue:
    """Show what is recorded beside what was sent; sending the form again replaces what is recorded."""
    with reading() as data:
        sitting, found = ruling(data, me().id, line_id, act)
    form.seen.data = str(found.decision.version)
    rows = _compared(act, sitting.unit, moved.details["theirs"], moved.details["yours"])
    return render_template(template, form=form, sitting=sitting, ruling=found, moved=rows), 409


def _compared(act: Act, unit: Unit, theirs: object, yours: object) -> list[tuple[str, Markup, Markup]]:
    """Return (label, what is recorded, what was sent) of the columns this act is about."""
    before, after = (_told(each, unit, act) if isinstance(each, Decision) else {} for each in (theirs, yours))
    return [(label, before[label], after.get(label, Markup("—"))) for label in before]


def _told(decision: Decision, unit: Unit, act: Act) -> dict[str, Markup]:
    if act is Act.PROPOSE:
        return {
            "proceedings.proposed": stated_in(decision.proposed, unit),
            "proceedings.proposal_reason": words(decision.proposed_reason),
        }
    votes = decision.votes
    counted = (votes.for_, votes.against, votes.abstained) if votes else ("—", "—", "—")
    instrument, outcome = decision.instrument, decision.outcome
    return {
        "proceedings.decided": stated_in(decision.decided, unit),
        "disputes.instrument": escape(t(f"disputes.instrument.{instrument or 'none'}")),
        "proceedings.votes": escape(" / ".join(map(str, counted))),
        "proceedings.outcome": escape(t(f"proceedings.outcome.{outcome}") if outcome else "—"),
        "proceedings.note": words(decision.note),
    }


def _part(data: Session, sitting: Sitting, place: Standing, line: Line) -> LinePart:
    """Return the three columns of an open line, and the links to record them."""
    if line.opened_at is None or not may(place, Act.READ_OPENED, sitting.stage):
        return LinePart()
    mine = ruling_of(data, sitting, line)
    deeds = []
    if may(place, Act.PROPOSE, sitting.stage):
        address = url_for("decisions.proposal", line_id=line.id)
        deeds.append(Deed(Sentence("proceedings.do.propose"), address))
    if may(place, Act.RECORD, sitting.stage):
        address = url_for("decisions.decision", line_id=line.id)
        deeds.append(Deed(Sentence("proceedings.do.decide"), address))
    return LinePart(tuple(deeds), "proceedings/ruling.html", {"ruling": mine, "unit": sitting.unit})
