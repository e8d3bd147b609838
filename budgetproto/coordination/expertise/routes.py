"""The pages of expertise: asking for one, its page, and a form for everything that happens to it."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.domain import Person
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination import service as register
from budgetproto.coordination.expertise import domain as d
from budgetproto.coordination.expertise import refusals as no
from budgetproto.coordination.expertise import service
from budgetproto.coordination.expertise.drawing import draw_expertise
from budgetproto.coordination.expertise.forms import (
    COMMITTEE,
    UNIT,
    CommissionForm,
    ExpertForm,
    ExpertiseForm,
    HandInForm,
    InterestsForm,
    ReplyForm,
    WithdrawalForm,
    review_form,
)
from budgetproto.coordination.expertise.service import ExpertiseMoved
from budgetproto.coordination.expertise.showing import Shown, shown
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES
from budgetproto.web import form_page, request_language, tell, whole
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("expertise", __name__)

_FORM: Final = "expertise/form.html"
_WRITE: Final = "expertise/write.html"


def init_app(app: Flask) -> None:
    """Register the pages, and the link to an expert's own."""
    app.register_blueprint(blueprint)
    add_section(
        app, "expertise.section", "expertise.mine", blueprints=frozenset({"expertise"}), shown_to=_writes
    )


@blueprint.get("/expertise")
@logged_in
def mine() -> ResponseReturnValue:
    """List what the reader is asked to review."""
    with reading() as data:
        found = service.of_expert(data, me().id)
    return render_template("expertise/mine.html", found=found, person_id=me().id)


@blueprint.route("/acts/<act_id>/expertise", methods=["GET", "POST"])
@logged_in
def commission(act_id: str) -> ResponseReturnValue:
    """Ask for an expertise of a draft."""
    with reading() as data:
        act = register.act_of(data, me().id, act_id)
        committee, parties = service.may_commission(data, me().id)
    if not committee and not parties:
        raise NotPermitted(denied="expertise.commission")
    form = CommissionForm()
    form.offer(parties, committee=committee)
    if form.validate_on_submit():
        with form.refusals():
            made = service.commission(
                database(),
                me().id,
                act_id,
                party=None if form.party.data == COMMITTEE else form.party.data,
                task=form.typed("task"),
                until=form.until.data,
                logins=form.logins(),
            )
            tell("expertise.told.commissioned")
            return redirect(url_for(".one", expertise_id=made), 303)
    return form_page("expertise/commission.html", form, act=act)


@blueprint.get("/expertise/<expertise_id>")
@logged_in
def one(expertise_id: str) -> ResponseReturnValue:
    """Show an expertise as far as the reader may see it."""
    return render_template(
        "expertise/one.html", page=_shown(expertise_id), person_id=me().id, parts=d.Part, unit=UNIT
    )


@blueprint.get("/expertise/<expertise_id>/<language>.pdf")
@logged_in
def pdf(expertise_id: str, language: str) -> ResponseReturnValue:
    """Hand out the review that is handed in as a sheet in one language."""
    chosen = next((known for known in LANGUAGES if known == language), None)
    found = _shown(expertise_id)
    if chosen is None or found.course.handed_in is None:
        raise Unknown
    end_reading()  # the sheet is drawn with no transaction open
    return download(
        draw_expertise(found, chosen),
        f"expertise_{found.expertise.act.number}_{chosen}.pdf",
        "application/pdf",
    )


@blueprint.route("/expertise/<expertise_id>/expert", methods=["GET", "POST"])
@logged_in
def expert(expertise_id: str) -> ResponseReturnValue:
    """Name another expert."""
    found = _shown(expertise_id, lambda page: page.expertise.place.commissioner, "expertise.commission")
    form = ExpertForm(data=_seen(found))

    def send(seen: int) -> None:
        service.name_expert(database(), me().id, expertise_id, form.typed("expert"), seen=seen)

    return _done(found, form, "expert", send)


@blueprint.route("/expertise/<expertise_id>/interests", methods=["GET", "POST"])
@logged_in
def interests(expertise_id: str) -> ResponseReturnValue:
    """Declare one's interests."""
    found = _own(expertise_id)
    said = found.course.interests.get(me().id)
    known = {} if said is None else {"none": "some" if said else "none", "interests": said}
    form = InterestsForm(data={**_seen(found), **known})
    return _done(found, form, "interests", lambda seen: _record(expertise_id, form.what(), seen))


@blueprint.route("/expertise/<expertise_id>/hand-in", methods=["GET", "POST"])
@logged_in
def hand_in(expertise_id: str) -> ResponseReturnValue:
    """Hand the last version in: from then on everybody who reads the register reads it."""
    found = _own(expertise_id)
    form = HandInForm(data=_seen(found))
    return _done(found, form, "hand_in", lambda seen: _record(expertise_id, d.HandedIn(), seen))


@blueprint.route("/expertise/<expertise_id>/reply", methods=["GET", "POST"])
@logged_in
def reply(expertise_id: str) -> ResponseReturnValue:
    """Reply for the body that prepared the draft."""
    found = _shown(expertise_id, lambda page: page.expertise.place.replies, "expertise.reply")
    form = ReplyForm(data=_seen(found))
    return _done(found, form, "reply", lambda seen: _record(expertise_id, form.what(), seen))


@blueprint.route("/expertise/<expertise_id>/withdraw", methods=["GET", "POST"])
@logged_in
def withdraw(expertise_id: str) -> ResponseReturnValue:
    """Take back an expertise that one commissioned."""
    found = _shown(expertise_id, lambda page: page.expertise.place.commissioner, "expertise.commission")
    form = WithdrawalForm(data=_seen(found))
    return _done(found, form, "withdraw", lambda seen: _record(expertise_id, form.what(), seen))


@blueprint.route("/expertise/<expertise_id>/write", methods=["GET", "POST"])
@logged_in
def write(expertise_id: str) -> ResponseReturnValue:
    """Write the next version of the review, which begins with the last one."""
    found = _own(expertise_id)
    if me().id not in found.course.interests:
        raise no.InterestsFirst
    form = review_form(found.course.latest, seen=found.expertise.seen, language=request_language())
    if form.is_submitted() and (ROWS.wanted() or ROWS.dropped()):
        return form_page(_WRITE, form, page=found, parts=d.Part, money=d.MONEY, moved=False)
    return _done(
        found, form, "write", lambda seen: _record(expertise_id, d.Written(form.review()), seen), _WRITE
    )


def _done(
    found: Shown, form: ExpertiseForm, step: str, send: Callable[[int], None], template: str = _FORM
) -> ResponseReturnValue:
    """Do what a form says; when somebody did more meanwhile, that is told and nothing typed is lost."""
    moved = False
    if not form.is_submitted() and found.course.withdrawn:
        raise no.ExpertiseWithdrawn
    if form.validate_on_submit():
        try:
            with form.refusals():
                send(whole(form.seen.data))
                tell(f"expertise.told.{step}")
                return redirect(url_for(".one", expertise_id=found.expertise.id), 303)
        except ExpertiseMoved:
            moved = True
            found = _shown(found.expertise.id)
            form.seen.data = str(found.expertise.seen)
    content, code = form_page(template, form, page=found, step=step, moved=moved, parts=d.Part, money=d.MONEY)
    return content, 409 if moved else code


def _record(expertise_id: str, what: d.What, seen: int) -> None:
    service.record(database(), me().id, expertise_id, what, seen=seen)


def _own(expertise_id: str) -> Shown:
    """Return an expertise to one of its experts."""
    return _shown(expertise_id, lambda page: page.expertise.place.expert, "expertise.write")


def _shown(expertise_id: str, may: Callable[[Shown], bool] | None = None, denied: str = "") -> Shown:
    """Return an expertise; raise Unknown to whom it is not there, NotPermitted to whoever may not do this."""
    with reading() as data:
        found = shown(data, me().id, expertise_id)
    if may is not None and not may(found):
        raise NotPermitted(denied=denied)
    return found


def _seen(found: Shown) -> dict[str, str]:
    return {"seen": str(found.expertise.seen)}


def _writes(person: Person) -> bool:
    with reading() as data:
        return bool(service.of_expert(data, person.id))
