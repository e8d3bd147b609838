"""The pages on which it is entered who sees to a question, what the law took over, what was executed."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts import naming
from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes import service as disputes
from budgetproto.disputes.domain import Line
from budgetproto.disputes.page import LinePart, add_line_part
from budgetproto.i18n import Named, Sentence
from budgetproto.proceedings.following import overview, service, storage
from budgetproto.proceedings.following.domain import KINDS, Appearance, Assignment, FollowUp
from budgetproto.proceedings.following.forms import (
    appearance_form,
    assignment_form,
    follow_up_form,
    reading_name,
)
from budgetproto.sittings import service as sittings
from budgetproto.sittings.desk_parts import DeskPart, add_desk_part
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed
from budgetproto.sittings.procedure import procedure
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading
from budgetproto.web.forms import whole

blueprint = Blueprint("follow_ups", __name__)


@dataclass(frozen=True)
class _Seen:
    """A line whose follow-up somebody may enter, with all that was entered and by whom."""

    sitting: Sitting
    place: Standing
    line: Line
    entered: tuple[FollowUp, ...]
    assigned: tuple[Assignment, ...]
    appeared: tuple[Appearance, ...]
    names: dict[str, Named]


def init_app(app: Flask) -> None:
    """Register the pages, and lead to them from the card of a line."""
    app.register_blueprint(blueprint)
    add_line_part(app, _part)
    add_desk_part(app, _desk)
    app.jinja_env.globals["reading_name"] = reading_name


@blueprint.route("/lines/<line_id>/follow-up", methods=["GET", "POST"])
@logged_in
def follow_up(line_id: str) -> ResponseReturnValue:
    """Enter what became of a question, with its source; what was entered before stays."""
    with reading() as data:
        found = _seen(data, line_id, Act.ENTER_EXECUTED)
    kinds = (kind for kind in KINDS if service.ACTS[kind] in found.place.acts)
    sitting, measure = found.sitting, found.line.text.measure
    form = follow_up_form(measure, sitting.unit, kinds=kinds, entries=len(found.entered))
    if form.validate_on_submit():
        with form.refusals():
            seen = whole(form.seen.data)
            service.enter_follow_up(database(), me().id, line_id, form.follow_up(), seen=seen)
            tell("proceedings.told.follow_up")
            return redirect(url_for("lines.line", line_id=line_id), 303)
    return form_page("proceedings/follow_up.html", form, sitting=sitting, line=found.line, seen=found)


@blueprint.route("/lines/<line_id>/assignment", methods=["GET", "POST"])
@logged_in
def assignment(line_id: str) -> ResponseReturnValue:
    """Enter who sees to a question by when; who did before stays on record."""
    with reading() as data:
        found = _seen(data, line_id, Act.ENTER_FOLLOW_UP)
        parties = sittings.invited_parties(data, found.sitting.id)
        readings = procedure(data).number("readings")
    before = found.assigned[-1] if found.assigned else None
    form = assignment_form(before, len(found.assigned), readings=readings, parties=parties)
    if form.validate_on_submit():
        with form.refusals():
            seen = whole(form.seen.data)
            service.assign(database(), me().id, line_id, form.assignment(), seen=seen)
            tell("following.told.assigned")
            return redirect(url_for("lines.line", line_id=line_id), 303)
    return form_page("proceedings/assignment.html", form, sitting=found.sitting, line=found.line, seen=found)


@blueprint.route("/lines/<line_id>/reading", methods=["GET", "POST"])
@logged_in
def appearance(line_id: str) -> ResponseReturnValue:
    """Enter at which reading of the budget a question appeared, or that it did not."""
    with reading() as data:
        found = _seen(data, line_id, Act.ENTER_FOLLOW_UP)
        readings = procedure(data).number("readings")
    form = appearance_form(len(found.appeared), readings=readings)
    if form.validate_on_submit():
        with form.refusals():
            seen = whole(form.seen.data)
            service.enter_reading(database(), me().id, line_id, form.appearance(), seen=seen)
            tell("following.told.reading")
            return redirect(url_for("lines.line", line_id=line_id), 303)
    return form_page("proceedings/appearance.html", form, sitting=found.sitting, line=found.line, seen=found)


def _seen(data: Session, line_id: str, act: Act) -> _Seen:
    sitting, _, line = disputes.line_of(data, me().id, line_id)
    _, place = sittings.admitted(data, me().id, sitting.id, act)
    return _Seen(sitting, place, line, *_told(data, line_id))


def _told(
    data: Session, line_id: str
) -> tuple[tuple[FollowUp, ...], tuple[Assignment, ...], tuple[Appearance, ...], dict[str, Named]]:
    """Return what was entered of a line, who was to see to it, its readings, and the names of who entered."""
    entered = tuple(storage.follow_ups_on(data, line_id))
    assigned = tuple(storage.assignments_on(data, line_id))
    appeared = tuple(storage.appearances_on(data, line_id))
    people = {each.person for each in entered} | {each.person for each in assigned}
    people |= {each.person for each in appeared}
    return entered, assigned, appeared, naming.people_names(data, people)


def _part(data: Session, sitting: Sitting, place: Standing, line: Line) -> LinePart:
    """Return what became of an open line and who sees to it, and the links to enter more."""
    if line.opened_at is None or not may(place, Act.READ_OPENED, sitting.stage):
        return LinePart()
    entered, assigned, appeared, names = _told(data, line.id)
    last, read = assigned[-1] if assigned else None, appeared[-1] if appeared else None
    watch = overview.clock(data)
    values = {
        "later": entered,
        "assignment": last,
        "duty": watch.duty(last, entered),
        "appearance": read,
        "reading": watch.reading(last, read),
        "names": names,
        "unit": sitting.unit,
    }
    return LinePart(tuple(_deeds(sitting, place, line)), "proceedings/following.html", values)


def _desk(data: Session, person_id: str) -> DeskPart | None:
    """Return what the reader's parties have to see to; nothing where that is nothing."""
    found, left = overview.on_desk(data, person_id), overview.left_open(data, person_id)
    values = {"found": found, "pressing": overview.pressing(found), "left": left}
    return DeskPart("proceedings/on_desk.html", values) if found or left else None


def _deeds(sitting: Sitting, place: Standing, line: Line) -> Iterable[Deed]:
    if line.withdrawn is not None:
        return
    if may(place, Act.ENTER_FOLLOW_UP, sitting.stage):
        address = url_for("follow_ups.assignment", line_id=line.id)
        yield Deed(Sentence("following.do.assign"), address)
        yield Deed(Sentence("following.do.reading"), url_for("follow_ups.appearance", line_id=line.id))
    if may(place, Act.ENTER_EXECUTED, sitting.stage):
        address = url_for("follow_ups.follow_up", line_id=line.id)
        yield Deed(Sentence("proceedings.do.follow_up"), address)
