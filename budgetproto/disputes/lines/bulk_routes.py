"""The pages on which many lines are entered by one act: for territories, and from a spreadsheet."""

from typing import Final

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.domain import LineText, Measure
from budgetproto.disputes.lines import bulk, many
from budgetproto.disputes.lines.bulk_forms import BulkForm, SheetForm
from budgetproto.disputes.lines.sheet import Known, read_lines, template
from budgetproto.disputes.positions.repeating import new_key
from budgetproto.errors import BadInput, Problem, Unknown
from budgetproto.exchange import PLAIN, from_xlsx, to_csv, to_xlsx
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting
from budgetproto.transfers.storage import find_territories, kind_names
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("bulk", __name__)

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/sittings/<sitting_id>/lines/territories", methods=["GET", "POST"])
@logged_in
def territories(sitting_id: str) -> ResponseReturnValue:
    """Enter one line for each of many territories: first a preview, then one act for all of them."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.PREPARE)
        form = BulkForm(data={"year": sitting.budget_year, "request_key": new_key()})
        form.offer(kind_names(data), sittings.invited_parties(data, sitting_id), bulk.oblasts(data))
    planned: list[bulk.Planned] = []
    if form.validate_on_submit():
        with form.refusals():
            if _entering():
                return _entered(sitting_id, _enter(sitting_id, form))
            planned = _planned(sitting_id, form)
    return form_page(
        "disputes/territories.html", form, sitting=sitting, planned=planned, most=many.MOST_LINES
    )


@blueprint.route("/sittings/<sitting_id>/lines/spreadsheet", methods=["GET", "POST"])
@logged_in
def spreadsheet(sitting_id: str) -> ResponseReturnValue:
    """Enter the lines of a spreadsheet: first everything that is wrong or would be entered, then one act."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.PREPARE)
    form = SheetForm(data={"request_key": new_key()})
    lines: tuple[LineText, ...] = ()
    if form.validate_on_submit():
        with form.refusals():
            lines = _read(sitting, form)
            if _entering():
                key = form.request_key.data or ""
                entered = many.enter_sheet(database(), me().id, sitting_id, lines, request=key)
                return _entered(sitting_id, entered)
    return form_page("disputes/spreadsheet.html", form, sitting=sitting, lines=lines)


@blueprint.get("/sittings/<sitting_id>/lines/template.<ending>")
@logged_in
def sheet_template(sitting_id: str, ending: str) -> ResponseReturnValue:
    """Hand out the empty sheet of lines: as a workbook, or as CSV."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.PREPARE)
    asked = request.args.get("measure", "amount")
    sheet = template(Measure(asked) if asked in set(Measure) else Measure.AMOUNT)
    name = f"lines_{asked if asked in set(Measure) else 'amount'}.{ending}"
    match ending:
        case "xlsx":
            return download(to_xlsx([sheet], request_language(), sitting.unit), name, _XLSX)
        case "csv":
            content = to_csv(sheet, request_language(), sitting.unit, PLAIN)
            return download(content, name, "text/csv; charset=utf-8")
    raise Unknown


def _entering() -> bool:
    """Tell whether the lines are to be entered, or only shown first."""
    return request.form.get("act") == "enter"


def _entered(sitting_id: str, lines: int) -> ResponseReturnValue:
    tell("disputes.told.lines_entered", lines=lines)
    return redirect(url_for("sittings.sitting", sitting_id=sitting_id), 303)


def _enter(sitting_id: str, form: BulkForm) -> int:
    return bulk.enter(
        database(),
        me().id,
        sitting_id,
        form.pattern(),
        groups=form.groups.data or (),
        codes=form.typed_codes(),
        request=form.request_key.data or "",
    )


def _planned(sitting_id: str, form: BulkForm) -> list[bulk.Planned]:
    groups, codes = form.groups.data or (), form.typed_codes()
    with reading() as data:
        return bulk.planned(data, sitting_id, form.pattern(), groups=groups, codes=codes)


def _read(sitting: Sitting, form: SheetForm) -> tuple[LineText, ...]:
    """Read what was uploaded, else what was pasted; an uploaded file stays on the form as pasted cells."""
    sent = form.file.data
    content, name = (form.pasted.data or "").encode(), None
    if sent is not None and sent.filename:
        content, name = sent.read(), str(sent.filename)[-100:]
        content = from_xlsx(content, name) if content.startswith(b"PK") else content
        form.pasted.data = content.decode("utf-8-sig", errors="replace")
    if not content.strip():
        raise BadInput(Problem("disputes.sheet.empty", form_field="pasted"))
    measure = Measure(form.measure.data)
    lines, problems = read_lines(content, measure, _known(sitting), unit=sitting.unit, file=name)
    if problems:
        raise BadInput(*problems)
    return lines


def _known(sitting: Sitting) -> Known:
    with reading() as data:
        return Known(
            kinds=frozenset(kind_names(data)),
            territories=frozenset(each.soate for each in find_territories(data)),
            parties=tuple(sittings.invited_parties(data, sitting.id)),
            year=sitting.budget_year,
        )
