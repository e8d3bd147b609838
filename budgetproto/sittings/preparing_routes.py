"""The pages on which the secretary prepares a sitting: enter it, invite parties, enter mandates."""

from typing import Any

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts import storage as accounts
from budgetproto.accounts.domain import Side
from budgetproto.accounts.service import PARTY_KEEPERS, enter_party
from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import BadInput, NotPermitted, Problem
from budgetproto.sittings import mandates, preparing, service
from budgetproto.sittings.dates import usual_deadline
from budgetproto.sittings.domain import Act, MandatePart
from budgetproto.sittings.fields import named, spread
from budgetproto.sittings.forms import (
    BodyForm,
    DeadlineForm,
    InviteForm,
    MandateForm,
    ReasonForm,
    SittingForm,
    deadline_values,
)
from budgetproto.sittings.overview import check_may_prepare
from budgetproto.web import form_page, tell, whole
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
    with reading() as data:
        form = SittingForm(data=deadline_values(usual_deadline(data)))
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
            return redirect(url_for(".invite", sitting_id=sitting_id), 303)
    return form_page("sittings/invite.html", form, sitting=sitting, invited=invited)


@blueprint.post("/sittings/<sitting_id>/parties/move")
@logged_in
def move_party(sitting_id: str) -> ResponseReturnValue:
    """Move a party up or down in the list."""
    party, up = request.form.get("party", ""), request.form.get("where") == "up"
    preparing.move_party(database(), me().id, sitting_id, party, up=up)
    return redirect(url_for(".invite", sitting_id=sitting_id), 303)


@blueprint.route("/parties/new", methods=["GET", "POST"])
@logged_in
def new_body() -> ResponseReturnValue:
    """Enter a body that can be a party to sittings."""
    if me().roles.isdisjoint(PARTY_KEEPERS):
        raise NotPermitted(denied="accounts.enter_party")
    form = BodyForm()
    if form.validate_on_submit():
        with form.refusals():
            side: Side = "government" if form.side.data == "government" else "lsg"
            enter_party(database(), me().id, key=form.key.data or "", side=side, name=named(form, "name"))
            tell("sittings.told.body_entered")
            return redirect(_back_to_parties(), 303)
    with reading() as data:
        bodies = accounts.parties(data)
    return form_page("sittings/body.html", form, bodies=bodies)


@blueprint.route("/sittings/<sitting_id>/edit", methods=["GET", "POST"])
@logged_in
def edit(sitting_id: str) -> ResponseReturnValue:
    """Change what identifies a sitting, while it is prepared."""
    with reading() as data:
        sitting, _ = service.admitted(data, me().id, sitting_id, Act.PREPARE)
    form = SittingForm.of(sitting)
    if form.validate_on_submit():
        with form.refusals():
            version, new = whole(str(form.seen.data)), form.new_sitting()
            preparing.edit_sitting(database(), me().id, sitting_id, new, version=version)
            tell("sittings.told.changed")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/edit.html", form, sitting=sitting)


@blueprint.route("/sittings/<sitting_id>/deadline", methods=["GET", "POST"])
@logged_in
def deadline(sitting_id: str) -> ResponseReturnValue:
    """Put off the deadline while positions are collected, with a reason both sides read."""
    with reading() as data:
        sitting, _ = service.admitted(data, me().id, sitting_id, Act.EXTEND_DEADLINE)
    form = DeadlineForm(data=deadline_values(sitting.deadline))
    if form.validate_on_submit():
        with form.refusals():
            later, reason = form.deadline(), form.reason.data or ""
            preparing.extend_deadline(database(), me().id, sitting_id, later, reason=reason)
            tell("sittings.told.deadline_extended")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/deadline.html", form, sitting=sitting)


@blueprint.route("/sittings/<sitting_id>/mandates", methods=["GET", "POST"])
@logged_in
def mandate(sitting_id: str) -> ResponseReturnValue:
    """Enter by which document a person speaks for a party."""
    with reading() as data:
        sitting, _ = service.admitted(data, me().id, sitting_id, Act.ENTER_MANDATE)
        proposed = mandates.proposals(data, sitting)
        form = MandateForm(data=_proposed(proposed))
        form.offer(service.invited_parties(data, sitting_id))
    if form.validate_on_submit():
        with form.refusals():
            _enter(sitting_id, form)
            tell("sittings.told.mandate_entered")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/mandate.html", form, sitting=sitting, proposed=proposed)


@blueprint.route("/sittings/<sitting_id>/mandates/revoke", methods=["GET", "POST"])
@logged_in
def revoke(sitting_id: str) -> ResponseReturnValue:
    """End a person's mandate for a party at once, with a reason."""
    person, party = request.values.get("person", ""), request.values.get("party", "")
    with reading() as data:
        sitting, found = mandates.revocable(data, me().id, sitting_id, person, party)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            reason = form.reason.data or ""
            mandates.revoke_mandate(
                database(), me().id, sitting_id, delegate=person, party_id=party, reason=reason
            )
            tell("sittings.told.mandate_revoked")
            return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
    return form_page("sittings/revoke.html", form, sitting=sitting, mandate=found)


def _back_to_parties() -> str:
    """Return the list of parties somebody came from, the list of sittings when it is none."""
    sitting_id = request.args.get("sitting", "")
    return url_for(".invite", sitting_id=sitting_id) if sitting_id.isalnum() else url_for("sittings.index")


def _proposed(proposed: list[mandates.Proposal]) -> dict[str, Any]:
    """Return what the form starts with: whoever of last time was chosen, without document and dates."""
    asked = (request.args.get("person"), request.args.get("party"))
    for each in proposed:
        if (each.person, each.party.id) == asked:
            return {"login": each.login, "party": each.party.id} | spread("capacity", each.capacity)
    return {}


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
