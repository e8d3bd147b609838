"""Log in and log out."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts import navigation, service, session
from budgetproto.accounts.forms import LogInForm
from budgetproto.web import form_page
from budgetproto.web.data import database
from budgetproto.web.language import is_local

blueprint = Blueprint("accounts", __name__)


def init_app(app: Flask) -> None:
    """Register the pages and know who is asking."""
    session.init_app(app)
    navigation.init_app(app)
    app.register_blueprint(blueprint)


@blueprint.route("/log-in", methods=["GET", "POST"])
def log_in() -> ResponseReturnValue:
    """Ask for name and password; a right pair starts a log-in."""
    form = LogInForm()
    if form.validate_on_submit():
        with form.refusals():
            session.begin(_token(form))
            return redirect(_wanted(), 303)
    return form_page("accounts/log_in.html", form)


@blueprint.post("/log-out")
def log_out() -> ResponseReturnValue:
    """End the log-in of this browser."""
    if (token := session.token()) is not None:
        service.log_out(database(), token)
    session.end()
    return redirect(url_for("accounts.log_in"), 303)


def _token(form: LogInForm) -> str:
    login, password = form.login.data or "", form.password.data or ""
    return service.log_in(database(), login, password, origin=request.remote_addr or "")


def _wanted() -> str:
    target = request.args.get("next", "")
    return target if is_local(target) else "/"
