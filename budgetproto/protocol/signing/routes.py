"""The page of the signatures of a sitting's protocol, and the acts on it."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me, mine, recently_confirmed
from budgetproto.errors import Unknown
from budgetproto.i18n import LANGUAGES, Sentence
from budgetproto.protocol.signing import scan_routes, service
from budgetproto.protocol.signing.domain import ANSWERS
from budgetproto.protocol.signing.forms import AbsenceForm, AnswerForm, WithdrawForm
from budgetproto.protocol.signing.scans import scans_of
from budgetproto.protocol.signing.service import Block, NothingLaidOut
from budgetproto.sittings import page
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, NotYours, Sitting, Stage, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, nothing_sealed, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("signing", __name__)


def init_app(app: Flask) -> None:
    """Register the pages and the link to them on the page of a sitting."""
    app.register_blueprint(blueprint)
    scan_routes.init_app(app)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/protocol/signing")
@nothing_sealed
@logged_in
def signing(sitting_id: str) -> ResponseReturnValue:
    """Show who has signed, what is missing, and whose turn it is."""
    with reading() as data:
        block = service.block_of(data, me().id, sitting_id)
        scans = scans_of(data, block.sitting)
    may_lay_out = may(block.standing, Act.LAY_OUT, block.sitting.stage)
    return render_template(
        "signing/signing.html",
        block=block,
        sitting=block.sitting,
        may_lay_out=may_lay_out,
        scans=scans,
        may_attach=may(block.standing, Act.ATTACH_SCAN, block.sitting.stage),
    )


@blueprint.post("/sittings/<sitting_id>/protocol/signing/lay-out")
@logged_in
def lay_out(sitting_id: str) -> ResponseReturnValue:
    """Lay the protocol out for signature."""
    service.lay_out(database(), me().id, sitting_id)
    tell("protocol.told.laid_out")
    return redirect(url_for(".signing", sitting_id=sitting_id), 303)


@blueprint.route("/sittings/<sitting_id>/protocol/signing/withdrawal", methods=["GET", "POST"])
@logged_in
def withdrawal(sitting_id: str) -> ResponseReturnValue:
    """Withdraw the laid-out text with a reason."""
    block, form = _block(sitting_id, Act.LAY_OUT), WithdrawForm()
    if block.laid is None:
        return redirect(url_for(".signing", sitting_id=sitting_id), 303)
    if form.validate_on_submit():
        with form.refusals():
            service.withdraw(database(), me().id, sitting_id, reason=form.words.data or "")
            tell("protocol.told.withdrawn")
            return redirect(url_for(".signing", sitting_id=sitting_id), 303)
    return form_page("signing/act.html", form, sitting=block.sitting, title="protocol.do.withdraw")


@blueprint.route("/sittings/<sitting_id>/protocol/signing/absence/<int:number>", methods=["GET", "POST"])
@logged_in
def absence(sitting_id: str, number: int) -> ResponseReturnValue:
    """Enter that the signatory of a place is absent, with the reason."""
    block, form, place = _block(sitting_id, Act.LAY_OUT), AbsenceForm(), number - 1
    if block.laid is None:
        return redirect(url_for(".signing", sitting_id=sitting_id), 303)
    if not 0 <= place < len(block.places):
        raise Unknown
    if form.validate_on_submit():
        with form.refusals():
            service.enter_absence(
                database(),
                me().id,
                sitting_id,
                place,
                reason=form.words.data or "",
                seen=form.seen.data or "",
            )
            tell("protocol.told.answered")
            return redirect(url_for(".signing", sitting_id=sitting_id), 303)
    return _act_page(form, block, place, "protocol.do.enter_absence")


@blueprint.route("/sittings/<sitting_id>/protocol/signing/answer/<int:number>", methods=["GET", "POST"])
@logged_in
@recently_confirmed(15)
def answer(sitting_id: str, number: int) -> ResponseReturnValue:
    """Sign a place of one's own, with or without remarks, or refuse."""
    block, form, place = _block(sitting_id, Act.READ_OPENED), AnswerForm(), number - 1
    if block.laid is None:
        return redirect(url_for(".signing", sitting_id=sitting_id), 303)
    if place not in block.own:
        raise NotYours(denied="protocol.signing")
    if form.validate_on_submit():
        with form.refusals():
            service.answer(
                database(),
                me().id,
                sitting_id,
                place,
                next(each for each in ANSWERS if each == form.state.data),
                seen=form.seen.data or "",
                way="second_factor" if mine().has_factor else "password",
                words=form.words.data or "",
                language=next(each for each in LANGUAGES if each == form.language.data),
            )
            tell("protocol.told.answered")
            return redirect(url_for(".signing", sitting_id=sitting_id), 303)
    return _act_page(form, block, place, "protocol.do.answer")


def _part(session: Session, sitting: Sitting, standing: Standing) -> Part:
    """Return the link to the signatures once the sitting has decided; a signatory is told his turn."""
    if not may(standing, Act.READ_OPENED, sitting.stage) or sitting.stage in {Stage.OPENED, Stage.IN_SESSION}:
        return Part()
    address = url_for("signing.signing", sitting_id=sitting.id)
    links = (Deed(Sentence("protocol.signing.title"), address),)
    if service.turn(session, standing, sitting):
        return Part(links=links, deeds=(Deed(Sentence("protocol.do.answer"), address, main=True),))
    return Part(links=links)


def _block(sitting_id: str, act: Act) -> Block:
    """Return the block to whoever may do the act; raise NothingLaidOut where an act finds none."""
    with reading() as data:
        sittings.admitted(data, me().id, sitting_id, act)
        block = service.block_of(data, me().id, sitting_id)
    if block.laid is None and request.method == "POST":
        raise NothingLaidOut
    return block


def _act_page(form: AbsenceForm | AnswerForm, block: Block, place: int, title: str) -> ResponseReturnValue:
    if not form.is_submitted() and block.laid:
        form.seen.data = block.laid.fingerprint
    return form_page("signing/act.html", form, sitting=block.sitting, title=title, place=block.places[place])
