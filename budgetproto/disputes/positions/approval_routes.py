"""The page on which an approver files a submitted text or gives it back; and the party's setting."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.accounts.session import logged_in, me
from budgetproto.accounts.storage import people_names
from budgetproto.database import now
from budgetproto.disputes.positions import approving
from budgetproto.disputes.positions.approving import NothingWaits
from budgetproto.disputes.positions.attachments.service import working_set
from budgetproto.disputes.positions.forms import ApprovalForm, number
from budgetproto.disputes.positions.named_party import own_party
from budgetproto.disputes.positions.seat import filing_ends
from budgetproto.disputes.routes import seal_key
from budgetproto.i18n import Sentence
from budgetproto.sittings import page
from budgetproto.sittings.delegates import offered_four_eyes, set_four_eyes
from budgetproto.sittings.domain import Sitting, Standing
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("approvals", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.route("/lines/<line_id>/approval", methods=["GET", "POST"])
@logged_in
def approval(line_id: str) -> ResponseReturnValue:
    """Read what waits for approval; file it, or give it back with a reason."""
    form, party = ApprovalForm(), own_party(line_id)
    if form.validate_on_submit():
        with form.refusals():
            return _approved(line_id, party, form) if form.approving else _given_back(line_id, party, form)
    return _page(line_id, party, form)


@blueprint.post("/sittings/<sitting_id>/four-eyes")
@logged_in
def four_eyes(sitting_id: str) -> ResponseReturnValue:
    """Let every position of a party need a second person, or not."""
    wanted = request.form.get("on") == "yes"
    set_four_eyes(database(), me().id, sitting_id, party_id=request.form.get("party", ""), on=wanted)
    tell("sittings.told.four_eyes" if wanted else "sittings.told.two_eyes")
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return the buttons that let a party need two people to file, or not."""
    offered = offered_four_eyes(data, sitting, place)
    return Part(deeds=tuple(_deed(sitting, party, on=on) for party, on in offered))


def _deed(sitting: Sitting, party: Party, *, on: bool) -> Deed:
    return Deed(
        Sentence("sittings.do.four_eyes" if on else "sittings.do.two_eyes", (("party", party.name),)),
        url_for("approvals.four_eyes", sitting_id=sitting.id),
        acts=True,
        fields={"party": party.id, "on": "yes" if on else "no"},
    )


def _page(line_id: str, party: str, form: ApprovalForm) -> ResponseReturnValue:
    with reading() as data:
        try:
            seat, waiting = approving.submission_for(data, seal_key(), me().id, line_id, party)
        except NothingWaits:
            return redirect(url_for("lines.line", line_id=line_id), 303)
        names, at = people_names(data, [waiting.person]), now(data)
        until = filing_ends(data, seat.sitting, seat.line, seat.party)
        form.begin(waiting)
        values = {"sitting": seat.sitting, "line": seat.line, "seat": seat, "filed": seat.filed}
        values["attached"] = working_set(seat)
    return form_page(
        "disputes/approval.html",
        form,
        **values,
        waiting=waiting,
        author=names.get(waiting.person),
        until=until if until and at < until else None,
        at=at,
    )


def _approved(line_id: str, party: str, form: ApprovalForm) -> ResponseReturnValue:
    made = approving.approve(
        database(),
        seal_key(),
        me().id,
        line_id,
        party_id=party,
        number=number(form.number),
        request=form.request_key.data or "",
    )
    tell("disputes.told.filed", version=made.version)
    return redirect(url_for("positions.receipt", line_id=line_id, party=party, version=made.version), 303)


def _given_back(line_id: str, party: str, form: ApprovalForm) -> ResponseReturnValue:
    approving.give_back(
        database(),
        seal_key(),
        me().id,
        line_id,
        party_id=party,
        number=number(form.number),
        reason=form.reason.data or "",
    )
    tell("disputes.told.given_back")
    return redirect(url_for("desk.mine"), 303)
