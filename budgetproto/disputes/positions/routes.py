"""The pages on which a party states its position and gets its receipt."""

import json
from datetime import datetime

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from budgetproto.accounts.session import logged_in, me
from budgetproto.accounts.storage import people_names
from budgetproto.database import now
from budgetproto.disputes.domain import Position
from budgetproto.disputes.positions import answers as position_answers
from budgetproto.disputes.positions import approving, filing, receipts
from budgetproto.disputes.positions.attachments.service import FilesMoved
from budgetproto.disputes.positions.forms import PositionForm, number, position_form, see_files, see_newest
from budgetproto.disputes.positions.named_party import own_side
from budgetproto.disputes.positions.own import OwnPosition
from budgetproto.disputes.positions.receipts import Receipt
from budgetproto.disputes.positions.seat import PositionMoved
from budgetproto.disputes.routes import seal_key
from budgetproto.disputes.showing import told_position
from budgetproto.i18n import Named
from budgetproto.sittings.domain import Sitting
from budgetproto.web import form_page, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("positions", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/lines/<line_id>/position", methods=["GET", "POST"])
@logged_in
def position(line_id: str) -> ResponseReturnValue:
    """State a position: file it, or keep it as a draft."""
    sitting, own = own_side(line_id)
    form = position_form(own, sitting.unit)
    if form.validate_on_submit():
        try:
            with form.refusals():
                return _sent(own, form)
        except PositionMoved as moved:
            return _moved(line_id, form, moved)
        except FilesMoved:
            return _files_moved(line_id, form)
    if position_answers.asked_by_script():
        raise position_answers.faults(form)
    if form.kept:
        sitting, own = own_side(line_id)
        form.draft_seen.data = str(own.draft_version)
    return _page(form, sitting, own)


@blueprint.get("/lines/<line_id>/receipt")
@logged_in
def receipt(line_id: str) -> ResponseReturnValue:
    """Show the receipt of what a party filed, of the last version unless another is named."""
    sitting, own = own_side(line_id)
    kept = _receipt(own)
    return render_template(
        "disputes/receipt.html",
        sitting=sitting,
        line=own.line,
        own=own,
        receipt=kept,
        stated=kept.stated(),
        filed_at=datetime.fromisoformat(kept.filed_at),
        names=_signers(kept),
    )


@blueprint.get("/lines/<line_id>/receipt.json")
@logged_in
def receipt_file(line_id: str) -> ResponseReturnValue:
    """Give the receipt as the file that the party keeps."""
    sitting, own = own_side(line_id)
    kept = _receipt(own)
    name = f"receipt_{sitting.number}_{kept.line_number}_{own.party.key}_{kept.version}.json"
    body = json.dumps(receipts.receipt_values(kept), ensure_ascii=False, sort_keys=True, indent=2)
    response = Response(body + "\n", mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _signers(receipt: Receipt) -> dict[str, Named]:
    """Return the names of who wrote and who approved what a receipt is about."""
    stated = receipt.stated()
    with reading() as data:
        return people_names(data, filter(None, (stated.written_by, stated.approved_by)))


def _receipt(own: OwnPosition) -> Receipt:
    asked = request.args.get("version")
    with reading() as data:
        return receipts.receipt(
            data, seal_key(), me().id, own.line.id, own.party.id, number=whole(asked) if asked else None
        )


def _sent(own: OwnPosition, form: PositionForm) -> ResponseReturnValue:
    if form.submitting:
        return _submitted(own, form)
    return _filed(own, form) if form.filing else _drafted(own, form)


def _filed(own: OwnPosition, form: PositionForm) -> ResponseReturnValue:
    made = filing.file_position(
        database(),
        seal_key(),
        me().id,
        own.line.id,
        party_id=own.party.id,
        position=form.position(),
        seen=number(form.seen),
        files_seen=form.files_seen.data or "",
        confirmed=form.jump_confirmed.data,
        request=_request_key(form),
    )
    tell("disputes.told.filed", version=made.version)
    address = url_for(".receipt", line_id=own.line.id, party=own.party.id, version=made.version)
    return position_answers.gone_to(address)


def _submitted(own: OwnPosition, form: PositionForm) -> ResponseReturnValue:
    approving.submit(
        database(),
        seal_key(),
        me().id,
        own.line.id,
        party_id=own.party.id,
        position=form.position(),
        seen=number(form.seen),
        submission_seen=number(form.submission_seen),
        files_seen=form.files_seen.data or "",
        confirmed=form.jump_confirmed.data,
        request=_request_key(form),
    )
    tell("disputes.told.submitted")
    return position_answers.gone_to(url_for("approvals.approval", line_id=own.line.id, party=own.party.id))


def _request_key(form: PositionForm) -> str:
    """Return the key under which this request may come again."""
    return request.headers.get("Idempotency-Key") or form.request_key.data or ""


def _drafted(own: OwnPosition, form: PositionForm) -> ResponseReturnValue:
    kept = filing.save_draft(
        database(),
        seal_key(),
        me().id,
        own.line.id,
        party_id=own.party.id,
        position=form.position(),
        seen=number(form.draft_seen),
    )
    if position_answers.asked_by_script():
        with reading() as data:
            return position_answers.drafted(kept, now(data))
    tell("disputes.told.drafted")
    return redirect(url_for(".position", line_id=own.line.id, party=own.party.id), 303)


def _moved(line_id: str, form: PositionForm, moved: PositionMoved) -> ResponseReturnValue:
    """Show what is saved beside what was sent; sending the form again replaces what is saved."""
    if position_answers.asked_by_script():
        raise PositionMoved
    sitting, own = own_side(line_id)
    see_newest(form, own)
    rows = _compared(sitting, moved.details["theirs"], moved.details["yours"])
    return _page(form, sitting, own, moved=rows)[0], 409


def _files_moved(line_id: str, form: PositionForm) -> ResponseReturnValue:
    """Show the files that are attached now above what was typed; sending the form again files them."""
    if position_answers.asked_by_script():
        raise FilesMoved
    sitting, own = own_side(line_id)
    see_files(form, own)
    return _page(form, sitting, own, files_moved=True)[0], 409


def _page(
    form: PositionForm, sitting: Sitting, own: OwnPosition, *, moved: object = (), files_moved: bool = False
) -> tuple[str, int]:
    """Render the page with the form; `at` is the server's clock, which the countdown runs by."""
    with reading() as data:
        at, names = now(data), people_names(data, _people(own))
    return form_page(
        "disputes/position.html",
        form,
        sitting=sitting,
        own=own,
        line=own.line,
        moved=moved,
        files_moved=files_moved,
        at=at,
        names=names,
    )


def _people(own: OwnPosition) -> list[str]:
    """Return whose names the page says."""
    return [each.person for each in (own.waiting, own.given_back) if each]


def _compared(sitting: Sitting, theirs: object, yours: object) -> list[tuple[str, Markup, Markup]]:
    """Return (label, what is saved, what was sent) wherever the two differ."""
    before, after = (
        told_position(each, sitting.unit) if isinstance(each, Position) else {} for each in (theirs, yours)
    )
    labels = dict.fromkeys([*before, *after])
    pairs = [(label, before.get(label, Markup("—")), after.get(label, Markup("—"))) for label in labels]
    return [pair for pair in pairs if pair[1] != pair[2]]
