"""The pages on which the secretary enters and edits contested lines."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes import service
from budgetproto.disputes.domain import Line, LineText, Measure
from budgetproto.disputes.lines import entering, many
from budgetproto.disputes.lines.entering import LineMoved, LineWithdrawn
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.disputes.lines.forms import LineForm, MeasureForm, line_form, line_values
from budgetproto.disputes.lines.history_forms import rows_of
from budgetproto.disputes.overview import territory_name
from budgetproto.disputes.parameters.views import parameters_offered
from budgetproto.disputes.positions.forms import number
from budgetproto.disputes.showing import told_line
from budgetproto.errors import BadInput, Problem
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting
from budgetproto.sittings.forms import ReasonForm
from budgetproto.transfers.storage import kind_names
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("entering", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/<sitting_id>/lines/new", methods=["GET", "POST"])
@logged_in
def new_line(sitting_id: str) -> ResponseReturnValue:
    """Enter a line; what kind of figure it is about is asked first."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.PREPARE)
    measure = _measure()
    if measure is None:
        return render_template("disputes/measure.html", form=MeasureForm(request.args), sitting=sitting)
    form = _form(sitting, measure, {"year": sitting.budget_year})
    if not ROWS.wanted() and form.validate_on_submit():
        with form.refusals():
            made = entering.add_line(database(), me().id, sitting_id, _text(form, measure))
            tell("disputes.told.line_entered")
            return redirect(url_for("lines.line", line_id=made), 303)
    return form_page("disputes/edit.html", form, sitting=sitting, measure=measure, line=None, moved=())


@blueprint.route("/lines/<line_id>/edit", methods=["GET", "POST"])
@logged_in
def edit_line(line_id: str) -> ResponseReturnValue:
    """Edit a line; when somebody else saved first, both texts are shown and nothing typed is lost."""
    sitting, line = _editable(line_id)
    measure = _measure() or line.text.measure
    values = line_values(line.text, measure) | {"seen": str(line.version)}
    form = _form(sitting, measure, values, history=rows_of(line.text.history))
    if not ROWS.wanted() and form.validate_on_submit():
        try:
            with form.refusals():
                text, seen = _text(form, measure), number(form.seen)
                entering.edit_line(database(), me().id, line_id, text, version=seen)
                tell("disputes.told.line_saved")
                return redirect(url_for("lines.line", line_id=line_id), 303)
        except LineMoved as moved:
            return _moved(line_id, form, measure, moved)
    return form_page("disputes/edit.html", form, sitting=sitting, measure=measure, line=line, moved=())


@blueprint.route("/lines/<line_id>/withdraw", methods=["GET", "POST"])
@logged_in
def withdraw(line_id: str) -> ResponseReturnValue:
    """Take a line back while the sitting is prepared, with a reason; its number is not given again."""
    sitting, line = _editable(line_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            many.withdraw_lines(database(), me().id, sitting.id, [line_id], reason=form.reason.data or "")
            tell("disputes.told.withdrawn")
            return redirect(url_for("sittings.sitting", sitting_id=sitting.id), 303)
    return form_page("disputes/withdraw.html", form, sitting=sitting, line=line)


@blueprint.post("/sittings/<sitting_id>/lines/restore")
@logged_in
def restore(sitting_id: str) -> ResponseReturnValue:
    """Put withdrawn lines back at their place."""
    many.restore_lines(database(), me().id, sitting_id, request.form.getlist("line"))
    tell("disputes.told.restored")
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<sitting_id>/parties/remove")
@logged_in
def remove_party(sitting_id: str) -> ResponseReturnValue:
    """Take a party that leads no question off the list."""
    service.remove_party(database(), me().id, sitting_id, request.form.get("party", ""))
    tell("sittings.told.invitation_removed")
    return redirect(url_for("preparing.invite", sitting_id=sitting_id), 303)


def _moved(line_id: str, form: LineForm, measure: Measure, moved: LineMoved) -> ResponseReturnValue:
    """Show what is saved beside what was sent; sending the form again replaces what is saved."""
    sitting, line = _editable(line_id)
    form.seen.data = str(line.version)
    rows = _compared(sitting, moved.details["theirs"], moved.details["yours"])
    page = render_template(
        "disputes/edit.html", form=form, sitting=sitting, measure=measure, line=line, moved=rows
    )
    return page, 409


def _compared(sitting: Sitting, theirs: object, yours: object) -> list[tuple[str, Markup, Markup]]:
    before, after = (_told(sitting, each) for each in (theirs, yours))
    return [(label, before[label], after[label]) for label in before if before[label] != after[label]]


def _told(sitting: Sitting, text: object) -> dict[str, Markup]:
    assert isinstance(text, LineText)  # noqa: S101 - the service gives both texts
    with reading() as data:
        kinds, parties = kind_names(data), sittings.invited_parties(data, sitting.id)
        territory = territory_name(data, text.territory)
    return told_line(text, sitting.unit, kinds=kinds, territory=territory, parties=parties)


def _editable(line_id: str) -> tuple[Sitting, Line]:
    with reading() as data:
        sitting, _, line = service.line_of(data, me().id, line_id)
        sittings.admitted(data, me().id, sitting.id, Act.PREPARE)
    if line.withdrawn is not None:
        raise LineWithdrawn(number=line.number)
    return sitting, line


def _form(sitting: Sitting, measure: Measure, values: dict[str, object], *, history: int = 1) -> LineForm:
    form = line_form(measure, history)(meta={"unit": sitting.unit}, data=values)
    with reading() as data:
        form.offer(kind_names(data), sittings.invited_parties(data, sitting.id))
        form.offer_parameters(*parameters_offered(data, measure, str(values.get("parameter", ""))))
    return form


def _text(form: LineForm, measure: Measure) -> LineText:
    text = form.text(measure)
    with reading() as data:
        if text.territory and territory_name(data, text.territory) is None:
            raise BadInput(
                Problem("transfers.unknown_code", {"code": text.territory}, form_field="territory")
            )
    return text


def _measure() -> Measure | None:
    """Return the measure the address asks for."""
    asked = request.args.get("measure", "")
    return Measure(asked) if asked in set(Measure) else None
