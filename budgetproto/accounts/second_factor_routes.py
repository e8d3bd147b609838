"""The pages of the second factor: set it up, print codes, remove it."""

import io
from typing import Final

import segno
from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts import second_factor
from budgetproto.accounts.forms import FirstCodeForm
from budgetproto.accounts.rules import rules
from budgetproto.accounts.session import logged_in, me, needs_second_factor, recently_confirmed
from budgetproto.i18n import text
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")

_DOT_PIXELS: Final = 5


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("", methods=["GET", "POST"])
@logged_in
@recently_confirmed(10)
def begin() -> ResponseReturnValue:
    """Tell what a second factor is, and make the secret of a new one."""
    if request.method == "POST":
        second_factor.start(database(), rules(), me().id)
        return redirect(url_for(".set_up"), 303)
    with reading() as data:
        there = second_factor.is_set(data, me().id)
    return render_template("accounts/second_factor.html", there=there, required=needs_second_factor())


@blueprint.route("/set-up", methods=["GET", "POST"])
@logged_in
@recently_confirmed(20)
def set_up() -> ResponseReturnValue:
    """Show the secret as dots and as letters, and take the first code."""
    with reading() as data:
        waiting = second_factor.waiting(data, rules(), me(), service=_service())
    form = FirstCodeForm()
    if form.validate_on_submit():
        with form.refusals():
            second_factor.set_up(
                database(), rules(), me().id, form.code.data or "", origin=request.remote_addr or ""
            )
            return _printed()
    return form_page("accounts/set_up.html", form, waiting=waiting)


@blueprint.get("/picture.svg")
@logged_in
@recently_confirmed(20)
def picture() -> ResponseReturnValue:
    """Draw the secret for the app; like every page it is kept nowhere."""
    with reading() as data:
        waiting = second_factor.waiting(data, rules(), me(), service=_service())
    drawn = io.BytesIO()
    segno.make(waiting.address, micro=False).save(
        drawn, kind="svg", scale=_DOT_PIXELS, dark="#000", light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), content_type="image/svg+xml")


@blueprint.post("/codes")
@logged_in
@recently_confirmed(10)
def codes() -> ResponseReturnValue:
    """Make new printed codes and show them, this once."""
    return _printed()


@blueprint.post("/remove")
@logged_in
@recently_confirmed(10)
def remove() -> ResponseReturnValue:
    """Remove one's own second factor."""
    second_factor.remove(database(), me().id, required=needs_second_factor())
    tell("accounts.told.second_factor_removed")
    return redirect(url_for("account.account"), 303)


def _printed() -> str:
    return render_template("accounts/codes.html", codes=second_factor.print_codes(database(), me().id))


def _service() -> str:
    """Name the service in the app's list."""
    return text("accounts.second_factor.issuer", request_language())
