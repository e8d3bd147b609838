"""Log in, in one step or two; log out; set a password with a link."""

from flask import Blueprint, Flask, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from budgetproto.accounts import (
    account_routes,
    links,
    navigation,
    own,
    second_factor,
    second_factor_routes,
    service,
    token_routes,
)
from budgetproto.accounts import rules as installation
from budgetproto.accounts import session as browser
from budgetproto.accounts.device import device_named
from budgetproto.accounts.forms import CodeForm, LinkForm, LogInForm, NewPasswordForm
from budgetproto.accounts.links import LinkNotGood, LinkWaits
from budgetproto.accounts.rules import Rules, rules
from budgetproto.web import form_page, tell
from budgetproto.web.conditional import forgotten
from budgetproto.web.data import database
from budgetproto.web.language import is_local, remember_unless_chosen

blueprint = Blueprint("accounts", __name__)

_LINK = "link"


def init_app(app: Flask, rules: Rules | None = None) -> None:
    """Register the pages and know who is asking."""
    installation.init_app(app, rules)
    second_factor.init_app(app)
    browser.init_app(app)
    navigation.init_app(app)
    app.register_blueprint(blueprint)
    for part in (account_routes, second_factor_routes, token_routes):
        part.init_app(app)


@blueprint.route("/log-in", methods=["GET", "POST"])
def log_in() -> ResponseReturnValue:
    """Ask for name and password; a right pair starts a log-in, or asks for the second factor."""
    form = LogInForm()
    if form.validate_on_submit():
        with form.refusals():
            _renew(_token(form))
            return _inside() if browser.person() else _on(".code")
    return form_page("accounts/log_in.html", form, over=_is_over())


@blueprint.route("/log-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the second factor of a log-in whose password was right: nothing else is open before."""
    half = browser.log_in()
    if half is None or not half.half:
        return _on(".log_in")
    form = CodeForm()
    if form.validate_on_submit():
        with form.refusals():
            second_factor.check(database(), rules(), half.person.id, form.code.data or "", origin=_origin())
            browser.begin(service.finish(database(), browser.token() or ""))
            return _inside()
    return form_page("accounts/code.html", form)


@blueprint.post("/log-out")
def log_out() -> ResponseReturnValue:
    """End the log-in of this browser."""
    if (token := browser.token()) is not None:
        service.log_out(database(), token)
    browser.end()
    tell("accounts.told.logged_out")
    return forgotten(make_response(redirect(url_for("accounts.log_in"), 303)))


@blueprint.route("/invitation", methods=["GET", "POST"])
def invitation() -> ResponseReturnValue:
    """Take the code of a link: it came behind the # of the address, which no browser sends, or by hand."""
    form = LinkForm()
    if form.validate_on_submit():
        with form.refusals():
            links.owner(database(), form.link.data or "", origin=_origin())
            session[_LINK] = form.link.data
            return redirect(url_for(".choose_password"), 303)
    return form_page("accounts/invitation.html", form)


@blueprint.route("/invitation/password", methods=["GET", "POST"])
def choose_password() -> ResponseReturnValue:
    """Let the owner of a link choose the password: nobody else ever knows it."""
    if _LINK not in session:
        return redirect(url_for(".invitation"), 303)
    try:
        person = links.owner(database(), session[_LINK], origin=_origin())
    except (LinkNotGood, LinkWaits):
        session.pop(_LINK, None)
        return redirect(url_for(".invitation"), 303)
    form = NewPasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            links.set_password(
                database(), rules(), session[_LINK], form.password.data or "", origin=_origin()
            )
            browser.end()
            tell("accounts.told.password_set")
            return redirect(url_for(".log_in"), 303)
    return form_page("accounts/choose_password.html", form, owner=person, shortest=rules().shortest_password)


def _renew(token: str) -> None:
    """Begin the new log-in in this browser, and end the one it had."""
    if (old := browser.token()) is not None:
        service.log_out(database(), old)
    browser.begin(token)


def _token(form: LogInForm) -> str:
    login, password = form.login.data or "", form.password.data or ""
    device = device_named(request.user_agent.string)
    return service.log_in(database(), login, password, origin=_origin(), device=device)


def _origin() -> str:
    return request.remote_addr or ""


def _is_over() -> bool:
    """Tell whether this browser had a log-in that holds no more."""
    return request.method == "GET" and browser.token() is not None and browser.log_in() is None


def _on(endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint, next=request.args.get("next")), 303)


def _inside() -> Response:
    """Lead to the page that was wanted, in the language of the account unless another one was chosen."""
    if (ending := own.take_ending(database(), browser.me().id)) is not None:
        tell("accounts.told.others_ended", person=ending.by, at=ending.at)
    response = redirect(_wanted(), 303)
    remember_unless_chosen(response, browser.me().language)
    return response  # type: ignore[return-value]  # werkzeug's redirect makes the app's class


def _wanted() -> str:
    target = request.args.get("next", "")
    return target if is_local(target) else "/"
