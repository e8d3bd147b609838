"""The public pages of the register, without a log-in, and the page on which the keeper decides about a draft.

Addresses are made of the number in the register and stay. What is not public is not there.
"""

from typing import Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination.applying import alike, every_term, resting
from budgetproto.coordination.procedure_values import WORDED
from budgetproto.coordination.procedures import in_force_today
from budgetproto.coordination.public import service
from budgetproto.coordination.public.forms import ActPublicationForm
from budgetproto.coordination.public.sheet import register_sheet
from budgetproto.errors import Unknown
from budgetproto.exchange import PLAIN, to_csv
from budgetproto.money import Unit
from budgetproto.web import add_footer_link, form_page, nothing_sealed, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download
from budgetproto.web.forms import whole

blueprint = Blueprint("public_acts", __name__)

#: The rules in words that a reader asks for first.
_FOREMOST: Final = ("definition", "consequences")


def init_app(app: Flask) -> None:
    """Register the pages, and the link to the public ones at the foot of every page."""
    app.register_blueprint(blueprint)
    add_footer_link(app, "coordination.public.title", "public_acts.everything")


@blueprint.get("/published-acts")
@nothing_sealed
def everything() -> ResponseReturnValue:
    """List the drafts that are public today."""
    with reading() as data:
        (found, paging), held = service.listed(data, request.args.get("page")), in_force_today(data)
    return render_template(
        "coordination/public_register.html",
        found=found,
        paging=paging,
        worded=alike(held, _FOREMOST),
        levels=len(held),
    )


@blueprint.get("/published-acts/<number>")
@nothing_sealed
def one(number: str) -> ResponseReturnValue:
    """Show a public draft: where it stands, opinions, remarks with their answers, appeals."""
    with reading() as data:
        found = service.one(data, _number(number))
        procedure = service.procedure_of(data, found.number)
    return render_template(
        "coordination/public_act.html",
        found=found,
        procedure=procedure,
        worded=WORDED,
        foremost=_FOREMOST,
        resting=resting(every_term([procedure])) if procedure else (),
    )


@blueprint.get("/published-acts/<number>/texts/<int:text>")
def text(number: str, text: int) -> ResponseReturnValue:
    """Hand out an attached text of a draft whose files are public, to be saved."""
    with reading() as data:
        found = service.text_file(data, _number(number), text)
    return download(found.content, found.name, found.media)


@blueprint.get("/published-acts.csv")
def csv() -> ResponseReturnValue:
    """Hand out the public register as a table."""
    with reading() as data:
        found = service.every(data)
    content = to_csv(register_sheet(found), request_language(), Unit.THOUSAND_SOMS, PLAIN)
    return download(content, "published_acts.csv", "text/csv; charset=utf-8")


@blueprint.route("/acts/<act_id>/publication", methods=["GET", "POST"])
@logged_in
def publication(act_id: str) -> ResponseReturnValue:
    """Publish a draft, change how much of it is public, or withdraw it."""
    with reading() as data:
        found = service.decided(data, me().id, act_id)
    form = ActPublicationForm()
    if form.validate_on_submit():
        with form.refusals():
            scope, since, reason = form.decision()
            service.publish(database(), me().id, act_id, scope, since=since, reason=reason)
            tell("delivery.told.recorded")
            return redirect(url_for(".publication", act_id=act_id), 303)
    return form_page("coordination/publication.html", form, found=found)


def _number(typed: str) -> int:
    number = whole(typed, -1)
    if number < 0:
        raise Unknown
    return number
