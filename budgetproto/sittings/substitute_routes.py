"""The page on which a delegate registers a substitute and hands a colleague a new link."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.people_routes import link_page
from budgetproto.accounts.rules import rules
from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.i18n import Sentence
from budgetproto.journal import sentence
from budgetproto.journal.naming import names
from budgetproto.sittings import page, substitute
from budgetproto.sittings.domain import Sitting, Standing
from budgetproto.sittings.keys import touches
from budgetproto.sittings.known_substitute import name_existing, names_counted
from budgetproto.sittings.page import Deed, Part
from budgetproto.sittings.substitute_form import SubstituteForm
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("substitute", __name__)


def init_app(app: Flask) -> None:
    """Register the page, its link on the page of a sitting, and what a party reads there of its accounts."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.route("/sittings/<sitting_id>/substitute", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30)
def register(sitting_id: str) -> ResponseReturnValue:
    """Register a substitute: account, mandate and link in one act, or a mandate for an account there is."""
    form = SubstituteForm()
    with reading() as data:
        sitting, party, people = substitute.own_people(data, me().id, sitting_id)
    if form.validate_on_submit():
        with form.refusals():
            return _named(sitting_id, form)
    return form_page("sittings/substitute.html", form, sitting=sitting, party=party, people=people)


@blueprint.post("/sittings/<sitting_id>/substitute/link")
@logged_in
@recently_confirmed(30)
def link(sitting_id: str) -> ResponseReturnValue:
    """Make a new link for a colleague."""
    delegate = request.form.get("delegate", "")
    made = substitute.renew_link(database(), rules(), me().id, sitting_id, delegate)
    return link_page(made, back=url_for(".register", sitting_id=sitting_id))


def _named(sitting_id: str, form: SubstituteForm) -> ResponseReturnValue:
    wanted = form.substitute(language=me().language)
    with names_counted(database(), me().id, origin=request.remote_addr or ""):
        if form.account.data == "new":
            link = substitute.register(database(), rules(), me().id, sitting_id, wanted)
            return link_page(link, back=_back(sitting_id))
        person = name_existing(database(), me().id, sitting_id, wanted)
    tell("sittings.told.substitute_named", person=person.name)
    return redirect(url_for(".register", sitting_id=sitting_id), 303)


def _part(data: Session, sitting: Sitting, place: Standing) -> Part:
    """Return the link to the page, and what was done to accounts of the reader's party."""
    told = touches(data, sitting.id, place)
    known, language = names(data, told), request_language()
    return Part(
        links=_links(sitting, place),
        template="sittings/touches.html" if told else None,
        values={"touches": [(entry.at, sentence(entry, known, language)) for entry in told]},
    )


def _links(sitting: Sitting, place: Standing) -> tuple[Deed, ...]:
    if not substitute.may_name(sitting, place):
        return ()
    return (Deed(Sentence("sittings.do.substitute"), url_for("substitute.register", sitting_id=sitting.id)),)


def _back(sitting_id: str) -> str:
    return url_for("sittings.sitting", sitting_id=sitting_id)
