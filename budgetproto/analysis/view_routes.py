"""The reader's own saved views: their names, a form for another one, a button that removes one."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField

from budgetproto import web
from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.views import LONGEST_NAME, is_view, remove_view, save_view, views_of
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("views", __name__)


class ViewForm(web.Form):
    """The name of a view; the address came along from its page."""

    name = StringField(
        "analysis.views.name",
        [web.required(), web.longest(LONGEST_NAME)],
        description="analysis.views.name.hint",
    )
    view = HiddenField()


@blueprint.route("/analysis/views", methods=["GET", "POST"])
@logged_in
def views() -> ResponseReturnValue:
    """Show the reader's views, and take a name for the address he came with."""
    form = ViewForm(data={"view": request.args.get("view", "")})
    if form.validate_on_submit():
        with form.refusals():
            save_view(database(), me().id, name=(form.name.data or "").strip(), address=form.view.data or "")
            tell("analysis.views.saved")
            return redirect(url_for(".views"), 303)
    with reading() as data:
        found = views_of(data, me().id)
    return form_page("analysis/views.html", form, views=found, address=_address(form))


@blueprint.post("/analysis/views/remove")
@logged_in
def remove() -> ResponseReturnValue:
    """Remove one view."""
    remove_view(database(), me().id, request.form.get("view", ""))
    return redirect(url_for(".views"), 303)


def _address(form: Any) -> str:
    """Return the address that is about to be named, empty when it is none of ours."""
    address = str(form.view.data or "")
    return address if is_view(address) else ""
