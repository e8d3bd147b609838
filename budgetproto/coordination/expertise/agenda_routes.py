"""The page on which it is entered which draft a question of the agenda is about."""

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination.expertise import agenda
from budgetproto.coordination.expertise.forms import AgendaDraftForm
from budgetproto.errors import Unknown
from budgetproto.proceedings.participation import service as participation
from budgetproto.sittings.domain import Act
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("agenda_drafts", __name__)


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/<sitting_id>/participation/draft/<int:number>", methods=["GET", "POST"])
@logged_in
def name(sitting_id: str, number: int) -> ResponseReturnValue:
    """Enter which draft a question is about."""
    with reading() as data:
        sitting, _, found = participation.record(data, me().id, sitting_id, Act.ENTER_PARTICIPATION)
        about = agenda.drafts_of(data, sitting_id).get(number)
    row = next((each for each in found.rows if each.item.number == number), None) if found else None
    if row is None:
        raise Unknown
    form = AgendaDraftForm(data={"draft": about.number or None if about else None})
    if form.validate_on_submit():
        with form.refusals():
            agenda.name_draft(database(), me().id, sitting_id, number, form.draft.data)
            tell("expertise.told.draft")
            return redirect(url_for("participation.table", sitting_id=sitting_id), 303)
    return form_page("expertise/agenda.html", form, sitting=sitting, item=row.item)
