"""The pages of sittings: the list, one sitting, and the acts that need no other room."""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.database import now
from budgetproto.i18n import Sentence
from budgetproto.sittings import page, service, settling
from budgetproto.sittings.checklist import checks
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.forms import FixTermsForm, ReasonForm
from budgetproto.sittings.keys import SEALED
from budgetproto.sittings.overview import Overview, may_prepare, overview, sittings_seen_by
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("sittings", __name__)

#: Every blueprint whose pages belong to a sitting, of this room and of those above.
_BLUEPRINTS: Final = frozenset(
    {
        "sittings",
        "preparing",
        "substitute",
        "lines",
        "table",
        "secretary",
        "bulk",
        "entering",
        "positions",
        "options",
        "proceedings",
        "cloning",
        "follow_ups",
        "decisions",
        "journal",
        "protocol",
        "analysis",
    }
)


def init_app(app: Flask) -> None:
    """Register the pages, and what the sitting itself puts on its page."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)
    add_section(app, "sittings.title", "sittings.index", blueprints=_BLUEPRINTS)
    app.jinja_env.globals["remaining"] = page.remaining


@blueprint.get("/")
@logged_in
def index() -> ResponseReturnValue:
    """Show the sittings the reader may see."""
    with reading() as data:
        seen, at = sittings_seen_by(data, me()), now(data)
    return render_template("sittings/list.html", seen=seen, at=at, may_prepare=may_prepare(me()))


@blueprint.get("/sittings/<sitting_id>")
@logged_in
def sitting(sitting_id: str) -> ResponseReturnValue:
    """Show one sitting with what comes next in it."""
    with reading() as data:
        view = overview(data, me().id, sitting_id)
        parts = page.parts(data, view.sitting, view.place)
    return render_template("sittings/sitting.html", view=view, sitting=view.sitting, parts=parts)


@blueprint.post("/sittings/<sitting_id>/terms/acknowledge")
@logged_in
def acknowledge_terms(sitting_id: str) -> ResponseReturnValue:
    """Acknowledge the version of the terms the reader has seen, for one of his parties."""
    settling.acknowledge_terms(
        database(), me().id, sitting_id, party_id=request.form.get("party", ""), number=_number()
    )
    tell("sittings.told.acknowledged")
    return redirect(url_for(".sitting", sitting_id=sitting_id), 303)


@blueprint.route("/sittings/<sitting_id>/terms/fix", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30, only_with_factor=True)
def fix_terms(sitting_id: str) -> ResponseReturnValue:
    """Fix the terms by their hash."""
    form = FixTermsForm()
    with reading() as data:
        service.admitted(data, me().id, sitting_id, Act.FIX_TERMS)
    if form.validate_on_submit():
        with form.refusals():
            reason = form.reason.data or ""
            settling.fix_terms(database(), me().id, sitting_id, number=_number(), reason=reason)
            tell("sittings.told.fixed")
            return redirect(url_for(".sitting", sitting_id=sitting_id), 303)
    with reading() as data:
        view = overview(data, me().id, sitting_id)
    return form_page("sittings/fix_terms.html", form, view=view, sitting=view.sitting)


@blueprint.post("/sittings/<sitting_id>/session")
@logged_in
def start_session(sitting_id: str) -> ResponseReturnValue:
    """Begin the session."""
    service.take_step(database(), me().id, sitting_id, Stage.IN_SESSION)
    tell("sittings.told.session_started")
    return redirect(url_for(".sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<sitting_id>/archive")
@logged_in
def archive(sitting_id: str) -> ResponseReturnValue:
    """Lay an issued sitting into the archive."""
    service.take_step(database(), me().id, sitting_id, Stage.ARCHIVED)
    tell("sittings.told.archived")
    return redirect(url_for(".sitting", sitting_id=sitting_id), 303)


@blueprint.route("/sittings/<sitting_id>/back", methods=["GET", "POST"])
@logged_in
def go_back(sitting_id: str) -> ResponseReturnValue:
    """Go one step back, with a reason."""
    form = ReasonForm()
    with reading() as data:
        sitting, _ = service.admitted(data, me().id, sitting_id, Act.GO_BACK)
    if form.validate_on_submit():
        with form.refusals():
            wanted, reason = _before(sitting), form.reason.data or ""
            service.take_step(database(), me().id, sitting_id, wanted, reason=reason)
            tell("sittings.told.went_back")
            return redirect(url_for(".sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/go_back.html", form, sitting=sitting, wanted=_before(sitting))


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return what the sitting itself needs, and what the reader may do to it."""
    view = overview(data, place.person, sitting.id)
    return Part(checks=checks(view), deeds=(*_of_parties(view), *_of_terms(view), *_of_steps(view)))


def _of_parties(view: Overview) -> list[Deed]:
    place, stage = view.place, view.sitting.stage
    deeds = []
    if may(place, Act.PREPARE, stage):
        deeds.append(_deed(view, "sittings.do.edit", "preparing.edit"))
        deeds.append(_deed(view, "sittings.do.parties", "preparing.invite"))
    if may(place, Act.ENTER_MANDATE, stage) and stage not in SEALED and view.parties:
        deeds.append(_deed(view, "sittings.do.mandate", "preparing.mandate"))
    return deeds


def _of_terms(view: Overview) -> list[Deed]:
    place, stage = view.place, view.sitting.stage
    deeds = []
    if may(place, Act.EXTEND_DEADLINE, stage) and view.at < view.sitting.deadline:
        deeds.append(_deed(view, "sittings.do.extend", "preparing.deadline"))
    if view.terms and may(place, Act.ACKNOWLEDGE_TERMS, stage):
        deeds += [_acknowledging(view, view.terms.version, party) for party in view.to_acknowledge()]
    if view.terms and not view.fixed and may(place, Act.FIX_TERMS, stage):
        deeds.append(_deed(view, "sittings.do.fix_terms", "sittings.fix_terms"))
    return deeds


def _of_steps(view: Overview) -> list[Deed]:
    place, stage = view.place, view.sitting.stage
    deeds = []
    if stage is Stage.OPENED and may(place, Act.START_SESSION, stage):
        deeds.append(_deed(view, "sittings.do.start_session", "sittings.start_session", acts=True))
    if stage in {Stage.IN_SESSION, Stage.DECIDED} and may(place, Act.GO_BACK, stage):
        deeds.append(_deed(view, "sittings.do.go_back", "sittings.go_back"))
    if stage is Stage.ISSUED and may(place, Act.ARCHIVE, stage):
        deeds.append(_deed(view, "sittings.do.archive", "sittings.archive", acts=True))
    return deeds


def _acknowledging(view: Overview, number: int, party: Party) -> Deed:
    return Deed(
        Sentence("sittings.do.acknowledge", (("party", party.name),)),
        url_for("sittings.acknowledge_terms", sitting_id=view.sitting.id),
        acts=True,
        fields={"party": party.id, "number": number},
        main=True,
    )


def _deed(view: Overview, key: str, endpoint: str, *, acts: bool = False) -> Deed:
    """Return an act on this sitting; one that acts at once is the main thing to do."""
    return Deed(Sentence(key), url_for(endpoint, sitting_id=view.sitting.id), acts=acts, main=acts)


def _before(sitting: Sitting) -> Stage:
    """Return the stage one step back of a session or of its end."""
    return Stage.IN_SESSION if sitting.stage is Stage.DECIDED else Stage.OPENED


def _number() -> int:
    """Return the number of the version the reader has seen; what is no number is no version."""
    return whole(request.form.get("number"))
