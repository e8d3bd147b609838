"""The pages of the proceedings: agenda, attendance, opinions, and the end of the session."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes import service as disputes
from budgetproto.disputes.table.choice import SHORT
from budgetproto.i18n import Named, Sentence
from budgetproto.proceedings import attendance, overview, service
from budgetproto.proceedings.checklist import checks
from budgetproto.proceedings.domain import OpinionKind, mark_of
from budgetproto.proceedings.forms import (
    AgendaForm,
    AttendeeForm,
    OpinionForm,
    RollForm,
    SpeechForm,
    roll_form,
)
from budgetproto.sittings import page
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may, require
from budgetproto.sittings.fields import named
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("proceedings", __name__)


def init_app(app: Flask) -> None:
    """Register the pages and what the session puts on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.route("/sittings/<sitting_id>/agenda", methods=["GET", "POST"])
@logged_in
def agenda(sitting_id: str) -> ResponseReturnValue:
    """Show the agenda, and put a question on it."""
    form = AgendaForm()
    with reading() as data:
        sitting, place, items = overview.agenda(data, me().id, sitting_id)
    _check_sender(place, Act.SET_AGENDA, sitting)
    if form.validate_on_submit():
        with form.refusals():
            service.add_agenda_item(database(), me().id, sitting_id, named(form, "title"))
            tell("proceedings.told.agenda_item")
            return redirect(url_for(".agenda", sitting_id=sitting_id), 303)
    rights = {
        "may_add": may(place, Act.SET_AGENDA, sitting.stage),
        "may_record": may(place, Act.RECORD, sitting.stage),
    }
    return form_page("proceedings/agenda.html", form, sitting=sitting, items=items, **rights)


@blueprint.route("/sittings/<sitting_id>/agenda/<int:number>/speeches", methods=["GET", "POST"])
@logged_in
def speech(sitting_id: str, number: int) -> ResponseReturnValue:
    """Record who was heard or spoke on a question of the agenda."""
    with reading() as data:
        sitting, item = overview.agenda_item(data, me().id, sitting_id, number)
        parties = sittings.invited_parties(data, sitting_id)
    form = SpeechForm(meta={"unit": sitting.unit})
    form.offer(parties)
    if form.validate_on_submit():
        with form.refusals():
            service.add_speech(database(), me().id, sitting_id, number, form.speech())
            tell("proceedings.told.speech")
            return redirect(url_for(".agenda", sitting_id=sitting_id), 303)
    return form_page("proceedings/speech.html", form, sitting=sitting, item=item)


@blueprint.route("/sittings/<sitting_id>/attendance", methods=["GET", "POST"])
@logged_in
def roll(sitting_id: str) -> ResponseReturnValue:
    """Show who is expected and whether there is a quorum, and mark who is there."""
    sitting, place, found = _roll(sitting_id)
    _check_sender(place, Act.RECORD, sitting)
    form = roll_form(found.people, mark_of(found.people))
    if form.validate_on_submit():
        with form.refusals():
            people = form.marked(found.people)
            service.record_attendance(database(), me().id, sitting_id, people, seen=_seen(form))
            tell("proceedings.told.attendance")
            return redirect(url_for(".roll", sitting_id=sitting_id), 303)
    may_record = may(place, Act.RECORD, sitting.stage)
    return form_page("proceedings/roll.html", form, sitting=sitting, roll=found, may_record=may_record)


@blueprint.route("/sittings/<sitting_id>/attendance/add", methods=["GET", "POST"])
@logged_in
def add_attendee(sitting_id: str) -> ResponseReturnValue:
    """Put somebody on the list."""
    sitting, _, found = _roll(sitting_id, Act.RECORD)
    with reading() as data:
        parties = sittings.invited_parties(data, sitting_id)
    form = AttendeeForm()
    form.offer(parties)
    if form.validate_on_submit():
        with form.refusals():
            people, seen = [*found.people, form.attendee()], mark_of(found.people)
            service.record_attendance(database(), me().id, sitting_id, people, seen=seen)
            tell("proceedings.told.attendee_added")
            return redirect(url_for(".roll", sitting_id=sitting_id), 303)
    return form_page("proceedings/attendee.html", form, sitting=sitting)


@blueprint.post("/sittings/<sitting_id>/attendance/delegates")
@logged_in
def add_delegates(sitting_id: str) -> ResponseReturnValue:
    """Put everybody with a mandate on the list."""
    _, _, found = _roll(sitting_id)
    with reading() as data:
        missing = attendance.delegates_not_listed(data, sitting_id)
    seen = mark_of(found.people)
    people = [*found.people, *missing]
    service.record_attendance(database(), me().id, sitting_id, people, seen=seen)
    tell("proceedings.told.delegates_added", added=len(missing))
    return redirect(url_for(".roll", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<sitting_id>/attendance/remove")
@logged_in
def remove_attendee(sitting_id: str) -> ResponseReturnValue:
    """Take somebody off the list."""
    _, _, found = _roll(sitting_id)
    number = request.form.get("number", "")
    people = [each for place, each in enumerate(found.people, start=1) if str(place) != number]
    seen = request.form.get("seen", "")
    service.record_attendance(database(), me().id, sitting_id, people, seen=seen)
    tell("proceedings.told.attendee_removed")
    return redirect(url_for(".roll", sitting_id=sitting_id), 303)


@blueprint.route("/sittings/<sitting_id>/opinions", methods=["GET", "POST"])
@logged_in
def opinions(sitting_id: str) -> ResponseReturnValue:
    """Show opinions and dissents, and give one where the reader may."""
    with reading() as data:
        sitting, place, given = overview.opinions(data, me().id, sitting_id)
        _, _, lines = disputes.lines_of(data, me().id, sitting_id)
    _check_sender(place, Act.GIVE_OPINION, sitting)
    form, authors = OpinionForm(meta={"unit": sitting.unit}), _authors(place)
    form.offer([author for _, author in authors], lines)
    if form.validate_on_submit():
        with form.refusals():
            _give(sitting_id, form, authors)
            tell("proceedings.told.opinion")
            return redirect(url_for(".opinions", sitting_id=sitting_id), 303)
    may_give = may(place, Act.GIVE_OPINION, sitting.stage)
    return form_page("proceedings/opinions.html", form, sitting=sitting, opinions=given, may_give=may_give)


@blueprint.post("/sittings/<sitting_id>/close")
@logged_in
def close(sitting_id: str) -> ResponseReturnValue:
    """End the session."""
    service.close_session(database(), me().id, sitting_id)
    tell("proceedings.told.closed")
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


def _check_sender(place: Standing, act: Act, sitting: Sitting) -> None:
    """Let a form be sent only by who may, before anything is said of its fields."""
    if request.method == "POST":
        require(place, act, sitting)


def _roll(sitting_id: str, act: Act = Act.SEE) -> tuple[Sitting, Standing, overview.Roll]:
    with reading() as data:
        return overview.roll(data, me().id, sitting_id, act)


def _seen(form: RollForm) -> str:
    return str(form.seen.data or "")


def _authors(place: Standing) -> list[tuple[str, Named]]:
    """Return in whose name the reader may give an opinion: his parties', each with its id, then his own."""
    own = Named(me().name, me().name, me().name)
    return [*((party.id, party.name) for party in place.parties), ("", own)]


def _give(sitting_id: str, form: OpinionForm, authors: list[tuple[str, Named]]) -> None:
    party, author = authors[int(str(form.author.data))]
    kind: OpinionKind = "dissent" if form.kind.data == "dissent" else "opinion"
    service.give_opinion(
        database(),
        me().id,
        sitting_id,
        kind=kind,
        author=author,
        words=form.opinion(),
        line=int(form.about.data) if form.about.data else None,
        party=party,
    )


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return what the session needs, its pages, and the table of decisions."""
    links = [("proceedings.agenda", "proceedings.agenda"), ("proceedings.attendance", "proceedings.roll")]
    if may(place, Act.READ_OPENED, sitting.stage):
        links.append(("proceedings.opinions", "proceedings.opinions"))
    rulings = overview.rulings(data, sitting, place)
    deeds = []
    if sitting.stage is Stage.IN_SESSION and may(place, Act.CLOSE_SESSION, sitting.stage):
        close = url_for("proceedings.close", sitting_id=sitting.id)
        if all(each.decision.outcome for each in rulings):
            deeds.append(Deed(Sentence("proceedings.do.close"), close, acts=True, main=True))
    return Part(
        checks=checks(data, sitting, place),
        deeds=tuple(deeds),
        links=tuple(Deed(Sentence(key), url_for(endpoint, sitting_id=sitting.id)) for key, endpoint in links),
        template="proceedings/decisions.html" if rulings else None,
        values={
            "rulings": rulings[:SHORT],
            "lines": len(rulings),
            "may_record": may(place, Act.RECORD, sitting.stage),
        },
    )
