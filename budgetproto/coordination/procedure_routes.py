"""The pages of the procedures: what holds for each level, every version, what changed, the next version."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.domain import MANAGERS, Person
from budgetproto.accounts.session import logged_in, me
from budgetproto.coordination.domain import Level
from budgetproto.coordination.procedure_forms import procedure_form
from budgetproto.coordination.procedure_values import COUNTED, TIMED, WORDED, Rule
from budgetproto.coordination.procedures import Versions, every_level, versions_of
from budgetproto.coordination.service import set_procedure
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import Sentence, every_language
from budgetproto.web import form_page, nothing_sealed, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("procedures", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["basis_named"] = _basis_named


@blueprint.get("/acts/procedures")
@nothing_sealed
@logged_in
def index() -> ResponseReturnValue:
    """Show for each level what holds, with its terms."""
    with reading() as data:
        found = every_level(data)
    return render_template(
        "coordination/procedures.html", levels=found, counted=(*TIMED, *COUNTED), may_set=_may_set(me())
    )


@blueprint.get("/acts/procedures/<level>")
@nothing_sealed
@logged_in
def level(level: str) -> ResponseReturnValue:
    """Show one version for a level in full, the one in force unless another is asked for, and the others."""
    found = _found(level)
    held = found.held or (found.latest.procedure if found.latest else None)
    number = whole(request.args.get("version"), held.version if held else 0)
    return render_template(
        "coordination/procedure.html",
        found=found,
        shown=found.version(number) if found.versions else None,
        worded=WORDED,
        counted=(*TIMED, *COUNTED),
        may_set=_may_set(me()),
    )


@blueprint.get("/acts/procedures/<level>/compare")
@nothing_sealed
@logged_in
def compare(level: str) -> ResponseReturnValue:
    """Show two versions side by side, where they differ."""
    found = _found(level)
    latest = len(found.versions)
    before = whole(request.args.get("before"), max(1, latest - 1))
    after = whole(request.args.get("after"), latest)
    return render_template(
        "coordination/procedure_compare.html",
        found=found,
        before=found.version(before),
        after=found.version(after),
        changed=found.changed(before, after),
        worded=WORDED,
    )


@blueprint.route("/acts/procedures/<level>/next", methods=["GET", "POST"])
@logged_in
def next_version(level: str) -> ResponseReturnValue:
    """Take the next version of the procedure for a level."""
    if not _may_set(me()):
        raise NotPermitted(denied="coordination.keep")
    found = _found(level)
    latest = found.latest.procedure if found.latest else None
    form = procedure_form(latest)
    if form.validate_on_submit():
        with form.refusals():
            stated, seen = form.stated(found.level, latest), whole(form.seen.data)
            number = set_procedure(database(), me().id, stated, seen=seen)
            tell("procedures.told.set", version=number)
            return redirect(url_for(".level", level=level, version=number), 303)
    return form_page(
        "coordination/procedure_next.html",
        form,
        found=found,
        worded=WORDED,
        counted=(*TIMED, *COUNTED),
    )


def _found(level: str) -> Versions:
    if level not in set(Level):
        raise Unknown
    with reading() as data:
        return versions_of(data, Level(level))


def _may_set(person: Person) -> bool:
    return not person.roles.isdisjoint(MANAGERS)


def _basis_named(rule: Rule) -> object:
    """Return what a rule rests on as words for `named`."""
    basis = rule.basis
    return every_language(basis.key, **dict(basis.values)) if isinstance(basis, Sentence) else basis
