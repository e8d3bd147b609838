"""The pages on which the secretary prepares a sitting: enter it, invite parties, enter mandates."""

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import BadInput, Problem
from budgetproto.sittings import mandates, service
from budgetproto.sittings.domain import Act, MandatePart
from budgetproto.sittings.fields import named
from budgetproto.sittings.forms import InviteForm, MandateForm, SittingForm
from budgetproto.sittings.overview import check_may_prepare
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("preparing", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/new", methods=["GET", "POST"])
@logged_in
def new_sitting() -> ResponseReturnValue:
    """Enter a sitting."""
    check_may_prepare(me())
    form = SittingForm()
    if form.validate_on_submit():
        with form.refusals():
            made = service.prepare_sitting(database(), me().id, form.new_sitting())
            tell("sittings.told.prepared")
            return redirect(url_for("sittings.sitting", sitting_id=made), 303)
    return form_page("sittings/new.html", form)


@blueprint.route("/sittings/<sitting_id>/parties", methods=["GET", "POST"])
@logged_in
def invite(sitting_id: str) -> ResponseReturnValue:
    """Invite a party."""
    form = InviteForm()
    with reading() as data:
        sitting, _ = service.admitted(data, me().id, sitting_id, Act.PREPARE)
        invited = service.invited_parties(data, sitting_id)
        form.offer([party for party in accounts.parties(data) if party not in invited])
    if form.validate_on_submit():
        with form.refusals():
            service.invite_party(database(), me().id, sitting_id, str(form.party.data))
            tell("sittings.told.invited")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/invite.html", form, sitting=sitting, invited=invited)


@blueprint.route("/sittings/<sitting_id>/mandates", methods=["GET", "POST"])
@logged_in
def mandate(sitting_id: str) -> ResponseReturnValue:
    """Enter by which document a person speaks for a party."""
    form = MandateForm()
    with reading() as data:
        sitting, _ = service.admitted(data, me().id, sitting_id, Act.ENTER_MANDATE)
        form.offer(service.invited_parties(data, sitting_id))
    if form.validate_on_submit():
        with form.refusals():
            _enter(sitting_id, form)
            tell("sittings.told.mandate_entered")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/mandate.html", form, sitting=sitting)


def _enter(sitting_id: str, form: MandateForm) -> None:
    with reading() as data:
        delegate = _delegate(data, form.login.data or "")
    mandates.enter_mandate(
        database(),
        me().id,
        sitting_id,
        delegate=delegate,
        party_id=str(form.party.data),
        capacity=named(form, "capacity"),
        paper=named(form, "paper"),
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        part=MandatePart(form.part.data),
    )


def _delegate(data: Session, login: str) -> str:
    found = accounts.person_row(data, login)
    if found is None:
        raise BadInput(Problem("sittings.no_such_login", {"login": login}, form_field="login"))
    return found.id
