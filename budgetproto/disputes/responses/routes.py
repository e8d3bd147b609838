"""The pages on which parties answer the option, and on which everybody in the sitting reads the answers."""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.accounts.storage import people_names
from budgetproto.disputes.domain import Line
from budgetproto.disputes.options.document import OptionLine
from budgetproto.disputes.page import LinePart, add_line_part
from budgetproto.disputes.positions.named_party import own_party
from budgetproto.disputes.responses import overview, service, showing
from budgetproto.disputes.responses.domain import Response
from budgetproto.disputes.responses.forms import ResponseForm, RestForm, number, response_form, rest_form
from budgetproto.disputes.responses.service import OptionMoved, Own, ResponseMoved
from budgetproto.errors import Stale
from budgetproto.i18n import Sentence
from budgetproto.sittings import page
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, nothing_sealed, tell
from budgetproto.web.data import database, reading
from budgetproto.web.paging import paged

blueprint = Blueprint("responses", __name__)

#: Questions on one page.
_SHOWN: Final = 20


def init_app(app: Flask) -> None:
    """Register the pages, the answers on the card of a line, and the link on the page of a sitting."""
    app.register_blueprint(blueprint)
    showing.init_app(app)
    add_line_part(app, _line_part)
    page.add_part(app, _part)


@blueprint.route("/lines/<line_id>/answer", methods=["GET", "POST"])
@logged_in
def answer(line_id: str) -> ResponseReturnValue:
    """Answer the option on one question for one's own party."""
    own = _own(line_id)
    form = response_form(own, own.sitting.unit)
    if form.validate_on_submit():
        try:
            with form.refusals():
                return _answered(own, form)
        except (OptionMoved, ResponseMoved) as moved:
            return _moved(line_id, form, moved)
    return _form_page(form, own)


@blueprint.route("/sittings/<sitting_id>/option/answers", methods=["GET", "POST"])
@logged_in
def rest(sitting_id: str) -> ResponseReturnValue:
    """Show what one's own party has answered and what is left, and answer all that is left at once."""
    with reading() as data:
        desk = overview.desk(data, me().id, sitting_id, _party(data, sitting_id))
    form = rest_form(desk.option.number)
    moved: OptionMoved | None = None
    if form.validate_on_submit():
        try:
            with form.refusals():
                return _rest_answered(sitting_id, desk.party.id, form)
        except OptionMoved as stale:
            moved, form.option.data = stale, str(desk.option.number)
    paging = paged(request.args.get("page"), length=len(desk.rows), size=_SHOWN)
    shown, status = form_page(
        "responses/rest.html", form, sitting=desk.sitting, desk=desk, moved=moved, paging=paging
    )
    return shown, 409 if moved else status


@blueprint.get("/lines/<line_id>/answers")
@nothing_sealed
@logged_in
def history(line_id: str) -> ResponseReturnValue:
    """Show every answer ever given on a question, marked as of its version."""
    with reading() as data:
        found = overview.history(data, me().id, line_id)
        names = people_names(data, {each.person for each in found.answers})
    parties = {party.id: party for party in found.parties}
    return render_template(
        "responses/history.html",
        sitting=found.sitting,
        line=found.line,
        found=found,
        parties=parties,
        names=names,
    )


@blueprint.get("/sittings/<sitting_id>/option/compare/<int:before>/<int:after>")
@nothing_sealed
@logged_in
def compare(sitting_id: str, before: int, after: int) -> ResponseReturnValue:
    """Show two versions of the option question by question: figures, answers, what moved."""
    with reading() as data:
        found = overview.comparison(data, me().id, sitting_id, before=before, after=after)
    return render_template("responses/compare.html", sitting=found.sitting, found=found)


def _own(line_id: str) -> Own:
    party = own_party(line_id)
    with reading() as data:
        return service.own(data, me().id, line_id, party)


def _party(data: Session, sitting_id: str) -> str:
    """Return the party the address names, else the only one the reader speaks for."""
    _, place = sittings.admitted(data, me().id, sitting_id)
    return request.args.get("party") or next((party.id for party in place.parties), "")


def _answered(own: Own, form: ResponseForm) -> ResponseReturnValue:
    service.answer(
        database(),
        me().id,
        own.line.id,
        party_id=own.party.id,
        response=form.response(),
        option=number(form.option),
        seen=number(form.seen),
        confirmed=form.jump_confirmed.data,
        request=form.request_key.data or "",
    )
    tell("responses.told.answered", number=own.line.number)
    return redirect(url_for(".rest", sitting_id=own.sitting.id, party=own.party.id), 303)


def _rest_answered(sitting_id: str, party_id: str, form: RestForm) -> ResponseReturnValue:
    number_ = service.answer_rest(
        database(),
        me().id,
        sitting_id,
        party_id=party_id,
        kind=form.chosen(),
        reason=form.words("reason"),
        option=number(form.option),
        request=form.request_key.data or "",
    )
    tell("responses.told.rest_answered", number=number_)
    return redirect(url_for(".rest", sitting_id=sitting_id, party=party_id), 303)


def _moved(line_id: str, form: ResponseForm, moved: Stale) -> ResponseReturnValue:
    """Show what came in between beside what was answered or sent; sent again, it is an answer to that."""
    own = _own(line_id)
    form.seen.data, form.option.data = str(own.version), str(own.option.number)
    told = [_told(moved.details.get(name), own.sitting) for name in ("theirs", "yours")]
    rows = showing.beside(*told)
    return _form_page(form, own, moved=Sentence(moved.key, _numbers(moved)), rows=rows)[0], 409


def _numbers(moved: Stale) -> tuple[tuple[str, object], ...]:
    return tuple((name, value) for name, value in moved.details.items() if isinstance(value, int))


def _told(said: object, sitting: Sitting) -> showing.Told:
    if isinstance(said, OptionLine):
        return showing.told_option(said, sitting.unit)
    return showing.told_response(said if isinstance(said, Response) else None, sitting.unit)


def _form_page(form: ResponseForm, own: Own, *, moved: object = None, rows: object = ()) -> tuple[str, int]:
    return form_page(
        "responses/answer.html", form, sitting=own.sitting, own=own, line=own.line, moved=moved, rows=rows
    )


def _line_part(data: Session, sitting: Sitting, place: Standing, line: Line) -> LinePart:
    """Return the answers on an open line, and the way to answer it."""
    if line.opened_at is None or not may(place, Act.READ_OPENED, sitting.stage):
        return LinePart()
    found = overview.answered_on(data, sitting, line)
    if found is None:
        return LinePart()
    option, answered = found
    deeds = tuple(
        Deed(
            Sentence("responses.do.answer_for", (("party", party.name),)),
            url_for("responses.answer", line_id=line.id, party=party.id),
        )
        for party in place.parties
        if may(place, Act.RESPOND, sitting.stage) and place.approves_for(party.id)
    )
    values = {"option": option, "answered": answered, "unit": sitting.unit}
    return LinePart(deeds, "responses/on_line.html", values)


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return the link to answer the option, for each party the reader answers for."""
    if not may(place, Act.RESPOND, sitting.stage) or not overview.option_numbers(data, sitting.id):
        return Part()
    return Part(
        deeds=tuple(
            Deed(
                Sentence("responses.do.answer_for", (("party", party.name),)),
                url_for("responses.rest", sitting_id=sitting.id, party=party.id),
                main=True,
            )
            for party in place.parties
            if place.approves_for(party.id)
        )
    )
