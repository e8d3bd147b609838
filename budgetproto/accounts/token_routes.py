"""The pages of one's tokens for programs: the list, making one, which is shown this once, revoking."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts import tokens
from budgetproto.accounts.scopes import Scope
from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.accounts.token_form import TokenForm
from budgetproto.accounts.token_terms import token_terms
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("tokens", __name__, url_prefix="/account/programs")


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
@logged_in
def all_tokens() -> ResponseReturnValue:
    """List one's tokens that hold, with their last use."""
    with reading() as data:
        found = tokens.held_by(data, me().id)
    return render_template("accounts/tokens.html", tokens=found)


@blueprint.route("/new", methods=["GET", "POST"])
@logged_in
@recently_confirmed(10)
def new_token() -> ResponseReturnValue:
    """Make a token and show it, this once: the answer to the act itself, kept nowhere."""
    with reading() as data:
        most = token_terms(data).days
    form = TokenForm(days=min(30, most))
    if form.validate_on_submit():
        with form.refusals():
            made = tokens.make(
                database(), me().id, name=form.name.data or "", wanted=form.chosen(), days=form.days.data or 0
            )
            return render_template("accounts/new_token.html", token=made)
    return form_page("accounts/make_token.html", form, most=most, scopes=tuple(Scope))


@blueprint.post("/revoke")
@logged_in
def revoke() -> ResponseReturnValue:
    """Revoke one of one's tokens at once."""
    tokens.revoke(database(), me().id, request.form.get("token", ""))
    tell("accounts.told.token_revoked")
    return redirect(url_for(".all_tokens"), 303)
