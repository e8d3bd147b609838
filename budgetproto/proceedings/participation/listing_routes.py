"""The page of the associations that the committee has bound itself to invite, and putting one on the list."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.accounts.storage import parties, people_names
from budgetproto.proceedings.participation import listing, storage
from budgetproto.proceedings.participation.forms import MustInviteForm
from budgetproto.sittings.settings_routes import may_edit
from budgetproto.web import form_page, nothing_sealed, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("must_invite", __name__, url_prefix="/participation/must-invite")


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
@nothing_sealed
@logged_in
def index() -> ResponseReturnValue:
    """Show whom the committee has bound itself to invite, to which sittings, by what act, and all before."""
    with reading() as data:
        rows = storage.must_invite(data)
        listed = listing.in_force(data)
        bodies = {each.id: each.name for each in parties(data)}
        names = people_names(data, [row.person for row in rows])
    return render_template(
        "participation/must_invite.html",
        listed=listed,
        rows=rows[::-1],
        bodies=bodies,
        names=names,
        may_edit=may_edit(me()),
    )


@blueprint.route("/enter", methods=["GET", "POST"])
@logged_in
def enter() -> ResponseReturnValue:
    """Put an association on the list or take it off."""
    with reading() as data:
        listing.require_keeper(data, me().id)
        associations, bodies = listing.offered(data)
    form = MustInviteForm(data=request.args.to_dict() if request.method == "GET" else None)
    form.offer(associations, bodies)
    if form.validate_on_submit():
        with form.refusals():
            listing.bind(
                database(),
                me().id,
                party=form.party.data,
                beside=form.beside.data or None,
                listed=form.listed.data == "yes",
                basis=form.stated_basis(),
            )
            tell("proceedings.told.must_invite")
            return redirect(url_for(".index"), 303)
    return form_page("participation/must_invite_enter.html", form)
