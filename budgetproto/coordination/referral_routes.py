"""The page that makes a contested line of a disputed point, and the point on the page of the line."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination.point import Point
from budgetproto.coordination.referral import origins_of, refer, referable, sittings_prepared
from budgetproto.coordination.referral_forms import WhereForm
from budgetproto.coordination.service import Act
from budgetproto.disputes import page
from budgetproto.disputes.domain import Line, LineText, Measure
from budgetproto.disputes.lines.forms import LineForm, line_form
from budgetproto.disputes.overview import territory_name
from budgetproto.disputes.page import LinePart
from budgetproto.errors import BadInput, Problem
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Sitting, Standing
from budgetproto.sittings.fields import spread
from budgetproto.sittings.overview import may_prepare
from budgetproto.transfers.storage import kind_names
from budgetproto.web import form_page, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("referral", __name__)


def init_app(app: Flask) -> None:
    """Register the page and the block on the card of a line."""
    app.register_blueprint(blueprint)
    page.add_line_part(app, _part)


@blueprint.route("/acts/<act_id>/remarks/<int:number>/refer", methods=["GET", "POST"])
@logged_in
def refer_point(act_id: str, number: int) -> ResponseReturnValue:
    """Make a contested line of a remark: the sitting and the kind of figure are asked first.

    That page also leads to the record of a remark whose question a sitting already has.
    """
    with reading() as data:
        act, point = referable(data, me().id, act_id, number)
        prepared = sittings_prepared(data, me().id)
    sitting = next((each for each in prepared if each.id == request.args.get("sitting")), None)
    asked = request.args.get("measure", "")
    if sitting is None or asked not in set(Measure):
        where = WhereForm(request.args)
        where.offer(prepared)
        if "measure" in request.args or "sitting" in request.args:
            where.validate()
        told = {"act": act, "point": point, "sittings": prepared, "opens": may_prepare(me())}
        return form_page("coordination/refer_where.html", where, **told)
    measure = Measure(asked)
    form = _form(sitting, measure, act, point)
    if form.validate_on_submit():
        with form.refusals():
            text, seen = _text(form, measure), whole(form.seen.data)
            line = refer(database(), me().id, act_id, number, sitting_id=sitting.id, text=text, seen=seen)
            tell("referral.told.referred")
            return redirect(url_for("lines.line", line_id=line), 303)
    return form_page("coordination/refer.html", form, act=act, point=point, sitting=sitting, measure=measure)


def _form(sitting: Sitting, measure: Measure, act: Act, point: Point) -> LineForm:
    values = {
        "year": sitting.budget_year,
        "seen": str(len(act.course.happenings)),
        # Who initiated the draft answers for it, where it is a body of the Government that is invited.
        "lead_government": point.initiator or "",
        "lead_lsg": point.remark.body,
        "recurring": "no",
        "illustrative": act.draft.illustrative,
        # The page leaves the rows of history out: the line gets the point's own.
        **dict.fromkeys(("history_kind_1", "history_by_1"), ""),
    }
    values |= spread("title", act.draft.title) | spread("legal_basis", point.source)
    form: LineForm = line_form(measure, 1)(meta={"unit": sitting.unit}, data=values)
    with reading() as data:
        form.offer(kind_names(data), sittings.invited_parties(data, sitting.id))
    form.offer_parameters({}, ())
    return form


def _text(form: LineForm, measure: Measure) -> LineText:
    text = form.text(measure)
    with reading() as data:
        if text.territory and territory_name(data, text.territory) is None:
            problem = Problem("transfers.unknown_code", {"code": text.territory}, form_field="territory")
            raise BadInput(problem)
    return text


def _part(session: Session, _: Sitting, place: Standing, line: Line) -> LinePart:
    """Show the point that a line came from, with a link to the draft in the register."""
    origins = origins_of(session, place.person, line.id)
    if not origins:
        return LinePart()
    names = {party.id: party.name for party in accounts.parties(session)}
    return LinePart(template="coordination/of_line.html", values={"origins": origins, "body_names": names})
