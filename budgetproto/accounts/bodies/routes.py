"""The pages of who acts for each body: everybody reads them, its own people and two managers change them."""

import hashlib

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from budgetproto.accounts import acting
from budgetproto.accounts import storage as accounts
from budgetproto.accounts.bodies import service, storage
from budgetproto.accounts.bodies.forms import ColleagueForm, FirstForm, GoForm
from budgetproto.accounts.bodies.showing import shown
from budgetproto.accounts.session import logged_in, me, recently_confirmed
from budgetproto.errors import Unknown
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("bodies", __name__, url_prefix="/bodies")


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
@logged_in
def index() -> ResponseReturnValue:
    """Show of each body who acts for it, who let him in and by what document, and who did before."""
    with reading() as data:
        found = shown(data, me().id)
    return render_template("accounts/bodies.html", found=found)


@blueprint.route("/<party_id>/first", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30)
def first(party_id: str) -> ResponseReturnValue:
    """Enter the first person of a body; a second manager has to agree."""
    with reading() as data:
        acting.manager(data, me().id)
        party = accounts.party(data, party_id)
    if party is None:
        raise Unknown
    form = FirstForm()
    if form.validate_on_submit():
        with form.refusals():
            service.ask_first(
                database(),
                me().id,
                party_id=party_id,
                login=form.login.data or "",
                document=form.document.data or "",
                digest=_hash(form.scan.data),
            )
            tell("accounts.told.first_asked")
            return redirect(url_for(".index"), 303)
    return form_page("accounts/body_first.html", form, party=party)


@blueprint.post("/agree")
@logged_in
@recently_confirmed(30)
def agree() -> ResponseReturnValue:
    """Agree to the first person of a body."""
    service.agree_first(database(), me().id, request.form.get("entry", ""))
    tell("accounts.told.first_entered")
    return redirect(url_for(".index"), 303)


@blueprint.post("/decline")
@logged_in
def decline() -> ResponseReturnValue:
    """Decline the first person of a body, or take the entry back."""
    service.decline_first(database(), me().id, request.form.get("entry", ""))
    tell("accounts.told.first_declined")
    return redirect(url_for(".index"), 303)


@blueprint.route("/<party_id>/admit", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30)
def admit(party_id: str) -> ResponseReturnValue:
    """Admit a colleague to one's own body."""
    with reading() as data:
        party = service.own_body(data, me().id, party_id)
    form = ColleagueForm()
    if form.validate_on_submit():
        with form.refusals():
            typed = {"login": form.login.data or "", "name": form.name.data or ""}
            with service.names_counted(database(), me().id, origin=request.remote_addr or ""):
                service.admit(database(), me().id, party_id=party_id, **typed)
            tell("accounts.told.body_admitted")
            return redirect(url_for(".index"), 303)
    return form_page("accounts/body_admit.html", form, party=party)


@blueprint.route("/<party_id>/let-go/<entry_id>", methods=["GET", "POST"])
@logged_in
@recently_confirmed(30)
def let_go(party_id: str, entry_id: str) -> ResponseReturnValue:
    """Take a colleague, or oneself, off the list of one's own body."""
    with reading() as data:
        party = service.own_body(data, me().id, party_id)
        row = data.get(storage.BodyPersonRow, entry_id)
        if row is None or row.party != party_id or not row.entry().stands:
            raise Unknown
        name = accounts.people_names(data, [row.person]).get(row.person)
    form = GoForm()
    if form.validate_on_submit():
        with form.refusals():
            why = form.why.data or ""
            service.let_go(database(), me().id, party_id=party_id, entry_id=entry_id, why=why)
            tell("accounts.told.body_let_go")
            return redirect(url_for(".index"), 303)
    return form_page("accounts/body_let_go.html", form, party=party, name=name)


def _hash(scan: FileStorage) -> str:
    """Return the SHA-256 of a file; the file itself stays with whoever has it."""
    return hashlib.sha256(scan.stream.read()).hexdigest()
