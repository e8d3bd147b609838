"""One's own account: password, language, log-ins, and the page that asks to prove one is there."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts import own, second_factor, second_factor_storage
from budgetproto.accounts import session as browser
from budgetproto.accounts.forms import ChangePasswordForm, ConfirmForm, LanguageForm
from budgetproto.accounts.rules import rules
from budgetproto.accounts.session import logged_in, me, mine, needs_second_factor, recently_confirmed
from budgetproto.journal import naming, sentence
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.language import is_local, remember

blueprint = Blueprint("account", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/account")
@logged_in
def account() -> ResponseReturnValue:
    """Show one's own account."""
    with reading() as data:
        log_ins = own.log_ins(data, mine(), idle=rules().idle_minutes)
        factor = second_factor_storage.factor_row(data, me().id)
        left = second_factor_storage.codes_left(data, me().id)
        done = own.done_by_others(data, me().id)
        names = naming.names(data, done)
    return render_template(
        "accounts/account.html",
        log_ins=log_ins,
        here=own.name_of(mine().digest),
        since=factor.since if factor and factor.secret else None,
        codes_left=left,
        required=needs_second_factor(),
        done=[(entry.at, sentence(entry, names, request_language())) for entry in done],
        form=LanguageForm(language=me().language),
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@logged_in
@recently_confirmed(10)
def password() -> ResponseReturnValue:
    """Change one's own password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            current, new = form.current.data or "", form.password.data or ""
            own.change_password(database(), rules(), mine(), current=current, new=new, origin=_origin())
            tell("accounts.told.password_changed")
            return redirect(url_for(".account"), 303)
    return form_page(
        "accounts/password.html", form, initial=mine().initial, shortest=rules().shortest_password
    )


@blueprint.post("/account/language")
@logged_in
def language() -> ResponseReturnValue:
    """Choose the language of one's own account; this browser shows it from now on."""
    response = redirect(url_for(".account"), 303)
    form = LanguageForm()
    if form.validate_on_submit():
        own.set_language(database(), me(), form.chosen())
        remember(response, form.chosen())
    return response


@blueprint.post("/account/log-ins/end")
@logged_in
def end_log_in() -> ResponseReturnValue:
    """End one of one's own log-ins."""
    own.end_log_in(database(), mine(), request.form.get("log_in", ""))
    tell("accounts.told.log_in_ended")
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/log-ins/end-others")
@logged_in
def end_others() -> ResponseReturnValue:
    """End every other log-in of one's own."""
    own.end_other_log_ins(database(), mine())
    tell("accounts.told.log_ins_ended")
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/log-ins/end-all")
@logged_in
def end_all() -> ResponseReturnValue:
    """Log out everywhere."""
    own.end_other_log_ins(database(), mine(), all_of_them=True)
    browser.end()
    tell("accounts.told.logged_out_everywhere")
    return redirect(url_for("accounts.log_in"), 303)


@blueprint.route("/account/confirm", methods=["GET", "POST"])
@logged_in
def confirm() -> ResponseReturnValue:
    """Ask for the code, or for the password where there is no second factor."""
    form = ConfirmForm()
    with reading() as data:
        by_code = second_factor.is_set(data, me().id)
    if form.validate_on_submit():
        with form.refusals():
            own.confirm(database(), rules(), mine(), form.typed.data or "", origin=_origin())
            tell("accounts.told.confirmed")
            return redirect(_wanted(), 303)
    return form_page("accounts/confirm.html", form, by_code=by_code)


def _origin() -> str:
    return request.remote_addr or ""


def _wanted() -> str:
    target = request.args.get("next", "")
    return target if is_local(target) else url_for(".account")
