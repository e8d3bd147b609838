"""The pages of contested lines: the card, entering and editing, and the acts on all lines of a sitting."""

from typing import Final

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.domain import Party
from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.disputes import service, showing
from budgetproto.disputes.checklist import checks
from budgetproto.disputes.domain import SECOND_TERM_STAGES
from budgetproto.disputes.overview import Board, board, card
from budgetproto.disputes.page import line_parts
from budgetproto.disputes.positions import filing, opening
from budgetproto.disputes.positions.sealing import SealKey
from budgetproto.disputes.terms import proposing
from budgetproto.disputes.terms.forms import terms_form
from budgetproto.disputes.terms.view import terms_view
from budgetproto.i18n import Sentence
from budgetproto.money import Som
from budgetproto.sittings import page
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Stage, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("lines", __name__)

#: The pages that enter many lines at once.
_MANY: Final = {
    "disputes.do.territories": "bulk.territories",
    "disputes.do.spreadsheet": "bulk.spreadsheet",
}


def init_app(app: Flask) -> None:
    """Register the pages, what templates say of figures, and the lines on the page of a sitting."""
    showing.init_app(app)
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


def seal_key() -> SealKey:
    """Return the key that the running app opens seals with."""
    found: SealKey = current_app.extensions["budgetproto.seal_key"]
    return found


@blueprint.get("/lines/<line_id>")
@logged_in
def line(line_id: str) -> ResponseReturnValue:
    """Show one line; of its positions only what this reader may see now."""
    with reading() as data:
        found = card(data, seal_key(), me().id, line_id)
        parts = line_parts(data, found.sitting, found.place, found.line)
    return render_template(
        "disputes/line.html", card=found, sitting=found.sitting, line=found.line, parts=parts
    )


@blueprint.route("/sittings/<sitting_id>/terms", methods=["GET", "POST"])
@logged_in
def terms(sitting_id: str) -> ResponseReturnValue:
    """Propose a version of the terms; rows come and go, and the sum is shown, before it counts."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.FIX_TERMS)
        view = terms_view(data, sitting)
    form = terms_form(sitting.unit, view.begins, step=view.step, groups=view.groups)
    act, envelope = request.form.get("act", ""), None
    if (not act or act == "preview") and form.validate_on_submit():
        with form.refusals():
            proposed = form.terms()
            if not act:
                proposing.propose_terms(database(), me().id, sitting_id, proposed)
                tell("disputes.told.terms_proposed")
                return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)
            envelope = Som.total(source.amount for source in proposed.sources)
    return form_page("disputes/terms.html", form, sitting=sitting, view=view, envelope=envelope)


@blueprint.post("/sittings/<sitting_id>/collect")
@logged_in
def collect(sitting_id: str) -> ResponseReturnValue:
    """Begin to collect positions."""
    service.start_collecting(database(), seal_key(), me().id, sitting_id)
    tell("disputes.told.collecting")
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<sitting_id>/final")
@logged_in
def final(sitting_id: str) -> ResponseReturnValue:
    """Declare the positions of one of the reader's parties final, or take that back."""
    declared, party = request.form.get("final") == "yes", request.form.get("party", "")
    filing.declare_final(database(), me().id, sitting_id, party_id=party, final=declared)
    tell("disputes.told.final" if declared else "disputes.told.not_final")
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<sitting_id>/open")
@logged_in
@recently_confirmed(30, only_with_factor=True)
def open_positions(sitting_id: str) -> ResponseReturnValue:
    """Open everything that is due, at one moment."""
    opened = opening.open_positions(database(), seal_key(), me().id, sitting_id)
    tell("disputes.told.opened", lines=opened)
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return the lines of a sitting, what they need, and what the reader may do to all of them."""
    view = board(data, sitting, place)
    prepared = sittings.is_ready_to_collect(data, sitting) and bool(view.lines)
    deeds = (*_preparing(view, prepared=prepared), *_finals(view), *_opening(view))
    journal = Deed(Sentence("journal.title"), url_for("journal.sitting", sitting_id=sitting.id))
    values = {"board": view, "may_restore": may(place, Act.PREPARE, sitting.stage)}
    return Part(
        checks=checks(data, view),
        deeds=deeds,
        links=(journal,),
        template="disputes/lines.html",
        values=values,
    )


def _preparing(view: Board, *, prepared: bool) -> list[Deed]:
    """Return what is entered before collecting, and the button that begins it once it can begin."""
    place, sitting = view.place, view.sitting
    deeds = []
    if may(place, Act.PREPARE, sitting.stage):
        new = url_for("entering.new_line", sitting_id=sitting.id)
        deeds.append(Deed(Sentence("disputes.do.new_line"), new))
        for key, endpoint in _MANY.items():
            deeds.append(Deed(Sentence(key), url_for(endpoint, sitting_id=sitting.id)))
    if sitting.terms_version is None and may(place, Act.FIX_TERMS, sitting.stage):
        deeds.append(Deed(Sentence("disputes.do.terms"), url_for("lines.terms", sitting_id=sitting.id)))
    if prepared and sitting.stage is Stage.PREPARING and may(place, Act.START_COLLECTING, sitting.stage):
        collect = url_for("lines.collect", sitting_id=sitting.id)
        deeds.append(Deed(Sentence("disputes.do.collect"), collect, acts=True, main=True))
    return deeds


def _finals(view: Board) -> list[Deed]:
    """Return the buttons of the reader's own parties for declaring themselves final."""
    if not may(view.place, Act.DECLARE_FINAL, view.sitting.stage):
        return []
    return [_final(view, party) for party in view.place.parties if view.place.approves_for(party.id)]


def _final(view: Board, party: Party) -> Deed:
    declared = view.finals[party.id]
    key = "disputes.do.withdraw_final" if declared else "disputes.do.declare_final"
    return Deed(
        Sentence(key, (("party", party.name),)),
        url_for("lines.final", sitting_id=view.sitting.id),
        acts=True,
        fields={"party": party.id, "final": "no" if declared else "yes"},
    )


def _opening(view: Board) -> list[Deed]:
    """Return the button that opens, once opening is possible."""
    stage = view.sitting.stage
    due = stage in SECOND_TERM_STAGES or view.due or all(view.finals.values())
    ready = view.sitting.terms_version is not None and view.closed and due
    if not ready or not may(view.place, Act.OPEN, stage):
        return []
    address = url_for("lines.open_positions", sitting_id=view.sitting.id)
    return [Deed(Sentence("disputes.do.open"), address, acts=True, main=True)]
