"""The pages of people, for secretaries and administrators."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts import acting, deeds, managing, overview
from budgetproto.accounts.deeds import Deed
from budgetproto.accounts.domain import MANAGERS, Person, Role
from budgetproto.accounts.forms import AskForm, InviteForm, RolesForm
from budgetproto.accounts.links import NewLink
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.rules import rules
from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.errors import Unknown
from budgetproto.i18n import as_language
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("people", __name__, url_prefix="/people")


def init_app(app: Flask) -> None:
    """Register the pages, and their link in the head for those who may open them."""
    app.register_blueprint(blueprint)
    add_section(
        app, "accounts.people", "people.everybody", blueprints=frozenset({"people"}), shown_to=_manages
    )


@blueprint.get("")
@logged_in
def everybody() -> ResponseReturnValue:
    """List people, all of them or those found by words."""
    words = request.args.get("words", "")
    with reading() as data:
        listed = overview.listed(data, me().id, words)
    return render_template("accounts/people.html", listed=listed, words=words)


@blueprint.route("/invite", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30)
def invite() -> ResponseReturnValue:
    """Make an account and show its link, this once."""
    with reading() as data:
        actor = acting.manager(data, me().id)
    form = InviteForm(language=request_language())
    form.offer(acting.grantable(actor))
    if form.validate_on_submit():
        with form.refusals():
            return link_page(
                managing.invite(
                    database(),
                    rules(),
                    me().id,
                    login=form.login.data or "",
                    name=form.name.data or "",
                    roles=form.chosen(),
                    language=as_language(form.language.data),
                )
            )
    return form_page("accounts/invite.html", form)


@blueprint.get("/<person_id>")
@logged_in
def one(person_id: str) -> ResponseReturnValue:
    """Show one person and what may be done to the account."""
    with reading() as data:
        view = overview.one(data, me().id, person_id)
    form = RolesForm(roles=[role.value for role in view.account.person.roles])
    form.offer(view.grantable)
    return render_template("accounts/person.html", view=view, form=form)


@blueprint.post("/<person_id>/roles")
@logged_in
@recently_confirmed(30)
def change_roles(person_id: str) -> ResponseReturnValue:
    """Change somebody's roles."""
    form = RolesForm()
    form.offer(frozenset(Role))
    if not form.validate_on_submit():
        raise Unknown
    managing.change_roles(database(), me().id, person_id, form.chosen())
    tell("accounts.told.roles_changed")
    return redirect(url_for(".one", person_id=person_id), 303)


@blueprint.post("/<person_id>/do")
@logged_in
@recently_confirmed(30)
def do(person_id: str) -> ResponseReturnValue:
    """Make a link, reset the second factor, end the log-ins, put out of service or back."""
    deed = _deed(request.form.get("deed"))
    return _outcome(deeds.do(database(), rules(), me().id, person_id, deed), person_id)


@blueprint.route("/<person_id>/ask", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30)
def ask(person_id: str) -> ResponseReturnValue:
    """Ask a second person to agree to what opens sealed positions."""
    deed = _deed(request.args.get("deed"))
    with reading() as data:
        view = overview.one(data, me().id, person_id)
    form = AskForm()
    if form.validate_on_submit():
        with form.refusals():
            deeds.ask(database(), me().id, person_id, deed, form.reason.data or "")
            tell("accounts.told.asked")
            return redirect(url_for(".one", person_id=person_id), 303)
    return form_page("accounts/ask.html", form, view=view, deed=deed)


@blueprint.post("/<person_id>/agree")
@logged_in
@recently_confirmed(30)
def agree(person_id: str) -> ResponseReturnValue:
    """Agree to what another person asked for."""
    asked = request.form.get("request", "")
    return _outcome(deeds.agree(database(), rules(), me().id, asked), person_id)


@blueprint.post("/<person_id>/revoke")
@logged_in
def revoke(person_id: str) -> ResponseReturnValue:
    """Revoke a link before it is used."""
    managing.revoke(database(), me().id, request.form.get("link", ""))
    tell("accounts.told.link_revoked")
    return redirect(url_for(".one", person_id=person_id), 303)


@blueprint.post("/<person_id>/erase-name")
@logged_in
@recently_confirmed(30)
def erase_name(person_id: str) -> ResponseReturnValue:
    """Erase the name of an account out of service."""
    managing.erase_name(database(), me().id, person_id)
    tell("accounts.told.name_erased")
    return redirect(url_for(".one", person_id=person_id), 303)


def link_page(link: NewLink, *, back: str | None = None) -> str:
    """Show a new link, this once: the answer to the act itself, kept nowhere."""
    address = url_for("accounts.invitation", _external=True, _anchor=link.token)
    return render_template(
        "accounts/link.html", link=link, address=address, back=back or url_for("people.everybody")
    )


def _outcome(link: NewLink | None, person_id: str) -> ResponseReturnValue:
    back = url_for(".one", person_id=person_id)
    if link is not None:
        return link_page(link, back=back)
    tell("accounts.told.done")
    return redirect(back, 303)


def _deed(named: str | None) -> Deed:
    if named not in set(Deed):
        raise Unknown
    return Deed(named)


def _manages(person: Person) -> bool:
    return bool(person.roles & MANAGERS)
