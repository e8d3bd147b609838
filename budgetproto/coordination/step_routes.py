"""The forms of the register: entering a draft, and recording each step of its course."""

from typing import Any, Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination import service
from budgetproto.coordination.document import KINDS
from budgetproto.coordination.draft_form import draft_form
from budgetproto.coordination.happenings import Screened
from budgetproto.coordination.recording import Recording, recording, sittings_offered
from budgetproto.coordination.service import ActMoved
from budgetproto.coordination.showing import steps_since
from budgetproto.coordination.step_form import StepForm, backdated
from budgetproto.coordination.step_forms import ReferredForm
from budgetproto.coordination.texts.form import AttachedForm
from budgetproto.coordination.texts.service import attach
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.errors import Unknown
from budgetproto.web import form_page, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("act_steps", __name__)

_TEMPLATE: Final = "coordination/step.html"


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/acts/new", methods=["GET", "POST"])
@logged_in
def new() -> ResponseReturnValue:
    """Enter a draft with its bundle."""
    with reading() as data:
        service.require_keeper(data, me().id)
        form = draft_form(data)
    if not (ROWS.wanted() or ROWS.dropped()) and form.validate_on_submit():
        with form.refusals():
            made = service.enter_act(database(), me().id, form.draft(), initiator=form.party())
            tell("coordination.told.entered")
            return redirect(url_for("acts.act", act_id=made), 303)
    return form_page("coordination/new.html", form)


@blueprint.route("/acts/<act_id>/record/<kind>", methods=["GET", "POST"])
@logged_in
def record(act_id: str, kind: str) -> ResponseReturnValue:
    """Record a step; when somebody recorded another first, that is told and nothing typed is lost."""
    asked = recording_of(act_id, kind)
    form = asked.form
    sent = form.is_submitted() and not (ROWS.wanted() or ROWS.dropped())
    if sent and whole(form.seen.data, -1) != asked.seen:
        return _moved(asked)
    if sent and form.validate():
        try:
            with form.refusals():
                _record(act_id, asked, form)
                tell(f"coordination.told.{'screened' if asked.kind is Screened else 'recorded'}")
                return redirect(url_for("acts.act", act_id=act_id), 303)
        except ActMoved:
            return _moved(recording_of(act_id, kind))
    return form_page(_TEMPLATE, form, asked=asked, since=())


def recording_of(act_id: str, kind: str) -> Recording:
    """Return the form of a step with what it is about; raise Unknown for what is no step."""
    if kind not in KINDS:
        raise Unknown
    target = request.args.get("target", "")
    with reading() as data:
        found = recording(data, me().id, act_id, KINDS[kind], target)
        if isinstance(found.form, ReferredForm):
            sittings_offered(data, me().id, found.form)
    return found


def _record(act_id: str, asked: Recording, form: StepForm) -> None:
    what: Any = form.what()
    seen, on = whole(form.seen.data), backdated(form)
    if asked.kind is Screened:
        service.screen(database(), me().id, act_id, what, seen=seen, on=on)
    elif isinstance(form, AttachedForm):
        attach(database(), me().id, act_id, what, form.file.data.read(), seen=seen, on=on)
    else:
        service.record(database(), me().id, act_id, what, seen=seen, on=on)


def _moved(asked: Recording) -> ResponseReturnValue:
    """Show what was recorded meanwhile above the form with everything that was typed."""
    with reading() as data:
        since = steps_since(data, asked.act, whole(asked.form.seen.data))
    asked.form.seen.data = str(asked.seen)
    return render_template(_TEMPLATE, form=asked.form, asked=asked, since=since), 409
