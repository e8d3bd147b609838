"""The pages of the settings of the procedure: every name, quorum and term, its source and its history."""

from itertools import groupby

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.domain import Person
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.journal import naming, sentence
from budgetproto.sittings.procedure import KEEPERS, change_setting, history, procedure
from budgetproto.sittings.settings_forms import setting_form
from budgetproto.web import form_page, nothing_sealed, request_language, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("settings", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
    add_section(app, "sittings.settings", "settings.index", blueprints=frozenset({"settings", "calendar"}))


@blueprint.get("/settings")
@nothing_sealed
@logged_in
def index() -> ResponseReturnValue:
    """Show every setting with value, source and date."""
    with reading() as data:
        every = procedure(data).settings.values()
    order = list(dict.fromkeys(each.group for each in every))
    sorted_ = sorted(every, key=lambda each: order.index(each.group))
    groups = [(group, list(found)) for group, found in groupby(sorted_, key=lambda each: each.group)]
    return render_template("sittings/settings.html", groups=groups, may_edit=may_edit(me()))


@blueprint.route("/settings/<key>", methods=["GET", "POST"])
@logged_in
def setting(key: str) -> ResponseReturnValue:
    """Show one setting with its history, and change it where the reader may."""
    with reading() as data:
        found = procedure(data).settings.get(key)
        if found is None:
            raise Unknown
        told = history(data, key)
        names = naming.names(data, told)
    form = setting_form(found)
    if form.is_submitted() and not may_edit(me()):
        raise NotPermitted(denied="sittings.change_setting")
    if form.validate_on_submit():
        with form.refusals():
            change_setting(
                database(),
                me().id,
                key,
                value=form.stated(),
                name=form.stated_name(),
                source=form.stated_source(),
                seen=str(form.seen.data),
            )
            tell("sittings.told.setting_changed")
            return redirect(url_for(".index"), 303)
    changes = [(entry.at, sentence(entry, names, request_language())) for entry in told]
    return form_page("sittings/setting.html", form, setting=found, changes=changes, may_edit=may_edit(me()))


def may_edit(person: Person) -> bool:
    """Tell whether a person keeps the settings."""
    return not person.roles.isdisjoint(KEEPERS)
