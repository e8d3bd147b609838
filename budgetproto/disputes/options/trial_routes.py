"""The pages of trials: every rule and envelope side by side, and one that the reader chooses."""

from dataclasses import replace
from typing import Final, NamedTuple

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlmodel import Session
from wtforms import SelectField

from budgetproto import web
from budgetproto.accounts.session import logged_in, me
from budgetproto.balancing.sharing.rules import RULES
from budgetproto.disputes.opened.drawn_once import DrawnOnce
from budgetproto.disputes.opened.values import OpenValues
from budgetproto.disputes.options.trials import Bench, Comparison, bench
from budgetproto.i18n import Sentence
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, may
from budgetproto.web import nothing_sealed, request_language
from budgetproto.web.data import reading

blueprint = Blueprint("trials", __name__)

_TABLES: Final = DrawnOnce("disputes/comparisons.html", 0)
_KEPT: Final = OpenValues[Markup](8)


class TrialForm(web.Form):
    """Another rule or envelope, chosen in the address: what is tried can be sent to a colleague."""

    rule = SelectField(
        "disputes.trial.rule", choices=[web.choice(rule, f"balancing.rule.{rule.lower()}") for rule in RULES]
    )
    envelope = AmountField("disputes.trial.envelope")


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/sittings/<sitting_id>/option/alternatives")
@nothing_sealed
@logged_in
def alternatives(sitting_id: str) -> ResponseReturnValue:
    """Show every rule, every envelope and each association's figures side by side, and who gains or loses."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.READ_OPENED)
        tables = _KEPT.get(data, sitting, request_language(), lambda: _drawn(data, sitting))
    return render_template("disputes/alternatives.html", sitting=sitting, tables=tables)


@blueprint.get("/sittings/<sitting_id>/option/trial")
@nothing_sealed
@logged_in
def trial(sitting_id: str) -> ResponseReturnValue:
    """Compute the opened figures under the rule and the envelope of the address; always marked as a trial."""
    with reading() as data:
        sitting, place = sittings.admitted(data, me().id, sitting_id, Act.READ_OPENED)
        tried = bench(data, sitting)
    form = TrialForm(request.args, meta={"unit": sitting.unit, "csrf": False})
    if tried and not request.args:
        form.rule.data, form.envelope.data = tried.terms.rule, tried.terms.envelope
    compared = _tried(tried, form) if tried and form.validate() else None
    return web.form_page(
        "disputes/trial.html",
        form,
        sitting=sitting,
        too_early=tried is None,
        compared=compared,
        slide=_slide(compared, sitting.unit) if compared else None,
        may_vote=may(place, Act.PUBLISH_OPTION, sitting.stage),
        in_session=sitting.stage is Stage.IN_SESSION,
    )


def _tried(tried: Bench, form: TrialForm) -> Comparison:
    """Return the trial beside what the terms give."""
    under_terms = replace(tried.trial(tried.terms.rule), name=Sentence("disputes.trial.terms"))
    chosen = replace(tried.trial(form.rule.data, form.envelope.data), under_terms=False)
    return Comparison(tried.lines, (under_terms, chosen))


class Slide(NamedTuple):
    """Where the slider of the envelope stands, and how far it goes: whole units up to all that is asked."""

    value: int
    most: int


def _slide(compared: Comparison, unit: Unit) -> Slide:
    chosen = compared.trials[-1]
    most = max(-(-(trial.claims or Som(0)).tyiyn // unit.tyiyn) for trial in compared.trials)
    return Slide(min(max((chosen.envelope or Som(0)).tyiyn // unit.tyiyn, 0), most), most)


def _drawn(data: Session, sitting: Sitting) -> Markup:
    """Draw all comparisons; nothing while it is too early."""
    tried = bench(data, sitting)
    if tried is None:
        return Markup()
    return _TABLES.anew(sitting=sitting, comparisons=_comparisons(tried), terms=tried.terms)


def _comparisons(tried: Bench) -> dict[str, Comparison]:
    found = {"rules": tried.by_rule(), "envelopes": tried.by_envelope(), "figures": tried.by_association()}
    return {name: each for name, each in found.items() if each is not None}
