"""The pages of participation: what is known of each association, entering it, the chair's reason."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.accounts.storage import people_names
from budgetproto.errors import Unknown
from budgetproto.i18n import Sentence
from budgetproto.proceedings.participation import service
from budgetproto.proceedings.participation.domain import Question
from budgetproto.proceedings.participation.forms import PartForm, TouchingForm, WaiverForm
from budgetproto.proceedings.participation.record import (
    Participation,
    Row,
    associations_of,
    participation_of,
)
from budgetproto.sittings import page
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Check, Deed, Part, Where
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("participation", __name__)


def init_app(app: Flask) -> None:
    """Register the pages and what participation puts on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/participation")
@logged_in
def table(sitting_id: str) -> ResponseReturnValue:
    """Show each association's part in each question: what the record knows and what is open."""
    with reading() as data:
        sitting, place, found = service.record(data, me().id, sitting_id)
        names = people_names(data, _people(found))
        associations = {each.id: each.name for each in associations_of(data, sitting_id)}
    return render_template(
        "participation/table.html",
        sitting=sitting,
        found=found,
        questions=tuple(Question),
        names=names,
        associations=associations,
        may_enter=may(place, Act.ENTER_PARTICIPATION, sitting.stage),
        may_waive=may(place, Act.WAIVE_PARTICIPATION, sitting.stage),
    )


@blueprint.route("/sittings/<sitting_id>/participation/enter", methods=["GET", "POST"])
@logged_in
def enter(sitting_id: str) -> ResponseReturnValue:
    """Enter what is known of an association's part where the record does not know."""
    with reading() as data:
        sitting, _, found = service.record(data, me().id, sitting_id, Act.ENTER_PARTICIPATION)
        associations = associations_of(data, sitting_id)
    form = PartForm(data=request.args.to_dict() if request.method == "GET" else None)
    form.offer(_held(found), associations)
    if form.validate_on_submit():
        with form.refusals():
            entered = form.entered()
            service.enter(
                database(),
                me().id,
                sitting_id,
                item=int(form.item.data),
                party=form.party.data,
                question=Question(form.question.data),
                entered=entered,
            )
            tell("proceedings.told.participation")
            return redirect(url_for(".table", sitting_id=sitting_id), 303)
    return form_page("participation/enter.html", form, sitting=sitting, found=found)


@blueprint.route("/sittings/<sitting_id>/participation/touching/<int:number>", methods=["GET", "POST"])
@logged_in
def touching(sitting_id: str, number: int) -> ResponseReturnValue:
    """Enter whether a question of the agenda touches local communities, with the reason."""
    with reading() as data:
        sitting, _, found = service.record(data, me().id, sitting_id, Act.ENTER_PARTICIPATION)
    row = _row(_held(found), number)
    form = TouchingForm(data={"touches": "yes" if row.touches else "no", "why": row.why})
    if form.validate_on_submit():
        with form.refusals():
            touches, why = form.touches.data == "yes", form.why.data or ""
            service.judge_touching(database(), me().id, sitting_id, number, touches=touches, why=why)
            tell("proceedings.told.touching")
            return redirect(url_for(".table", sitting_id=sitting_id), 303)
    return form_page("participation/touching.html", form, sitting=sitting, item=row.item)


@blueprint.route("/sittings/<sitting_id>/participation/reason", methods=["GET", "POST"])
@logged_in
def waiver(sitting_id: str) -> ResponseReturnValue:
    """Record why the chair lets the protocol be issued with something open."""
    with reading() as data:
        sitting, _, found = service.record(data, me().id, sitting_id, Act.WAIVE_PARTICIPATION)
    form = WaiverForm(meta={"unit": sitting.unit})
    if form.validate_on_submit():
        with form.refusals():
            service.waive(database(), me().id, sitting_id, form.reason())
            tell("proceedings.told.waiver")
            return redirect(url_for(".table", sitting_id=sitting_id), 303)
    return form_page("participation/waiver.html", form, sitting=sitting, open=found.open if found else ())


def _held(found: Participation | None) -> Participation:
    """Return the record; nothing is entered where the committee has no such duty."""
    if found is None:
        raise Unknown
    return found


def _row(found: Participation, number: int) -> Row:
    row = next((each for each in found.rows if each.item.number == number), None)
    if row is None:
        raise Unknown
    return row


def _people(found: Participation | None) -> list[str]:
    if found is None:
        return []
    own = [found.waiver.person] if found.waiver else []
    return [*own, *(each.person for each in found.entries)]


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return the link to the record, and whether the protocol waits for it."""
    found = participation_of(data, sitting)
    if found is None or not found.rows:
        return Part()
    serves = not place.acts.isdisjoint({Act.ENTER_PARTICIPATION, Act.WAIVE_PARTICIPATION})
    address = url_for("participation.table", sitting_id=sitting.id)
    return Part(
        checks=(*_invited(sitting, place, found), _check(sitting, place, found)) if serves else (),
        links=(Deed(Sentence("proceedings.participation.title"), address),),
    )


def _invited(sitting: Sitting, place: Standing, found: Participation) -> tuple[Check, ...]:
    """Tell while a party can still be invited whether everybody is whom the committee has to invite."""
    if not found.bound or not may(place, Act.PREPARE, sitting.stage):
        return ()
    absent = {each.association.id for each in found.missed}
    told = (("known", len(found.bound) - len(absent)), ("parts", len(found.bound)))
    where = Where("preparing.invite", {"sitting_id": sitting.id})
    return (Check(Sentence("proceedings.check.must_invite", told), not absent, needed=False, where=where),)


def _check(sitting: Sitting, place: Standing, found: Participation) -> Check:
    """Tell how many parts are known; before the issue nothing is missing but what the protocol waits for."""
    every, waiting = len(found.owed), found.waiting
    told = (("known", every - len(found.open)), ("parts", every))
    needed = may(place, Act.ISSUE, sitting.stage)
    enters = may(place, Act.ENTER_PARTICIPATION, sitting.stage)
    waives = may(place, Act.WAIVE_PARTICIPATION, sitting.stage)
    where = Where("participation.table", {"sitting_id": sitting.id}) if enters or waives else None
    return Check(Sentence("proceedings.check.participation", told), not waiting, needed, where)
