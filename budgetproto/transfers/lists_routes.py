"""Pages of the lists: constituencies to read, indicators and constituencies to import."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me, person
from budgetproto.errors import BadInput, NotPermitted, Problem, Unknown
from budgetproto.exchange import PLAIN, to_csv, to_xlsx
from budgetproto.money import Unit
from budgetproto.transfers.forms import ListForm
from budgetproto.transfers.list_reading import LISTS, ListName, columns, template
from budgetproto.transfers.lists import constituency_list, import_list
from budgetproto.transfers.service import may_edit_kinds
from budgetproto.web import form_page, nothing_sealed, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import XLSX, download

blueprint = Blueprint("lists", __name__)


@blueprint.get("/territories/constituencies")
@nothing_sealed
def constituencies() -> ResponseReturnValue:
    """Show which territories belong to which constituency, and since when."""
    with reading() as session:
        found, names = constituency_list(session)
    return render_template(
        "transfers/constituencies.html", found=found, names=names, editable=may_edit_kinds(person())
    )


@blueprint.route("/territories/import/<name>", methods=["GET", "POST"])
@logged_in
def importing(name: str) -> ResponseReturnValue:
    """Import a list from a spreadsheet, all of it or nothing."""
    asked = _keeping(name)
    form = ListForm()
    if form.validate_on_submit():
        with form.refusals():
            content, file = _sent(form)
            rows = import_list(database(), keeper=me(), name=asked, content=content, file=file)
            tell("transfers.lists.imported", rows=rows)
            where = ".constituencies" if asked == "constituencies" else "transfers.territories"
            return redirect(url_for(where), 303)
    return form_page("transfers/list_import.html", form, name=asked, columns=columns(asked), lists=LISTS)


@blueprint.get("/territories/import/<name>/template.<ending>")
@logged_in
def list_template(name: str, ending: str) -> ResponseReturnValue:
    """Hand out the empty sheet of a list."""
    sheet, unit = template(_keeping(name)), Unit.THOUSAND_SOMS
    match ending:
        case "xlsx":
            return download(to_xlsx([sheet], request_language(), unit), f"{name}.xlsx", XLSX)
        case "csv":
            content = to_csv(sheet, request_language(), unit, PLAIN)
            return download(content, f"{name}.csv", "text/csv; charset=utf-8")
    raise Unknown


def _keeping(name: str) -> ListName:
    """Return the list that is asked for, to whoever keeps the reference data."""
    found = next((each for each in LISTS if each == name), None)
    if found is None:
        raise Unknown
    if not may_edit_kinds(me()):
        raise NotPermitted(denied="transfers.import_list")
    return found


def _sent(form: ListForm) -> tuple[bytes, str | None]:
    """Return what was uploaded, else what was pasted."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return sent.read(), str(sent.filename)[-100:]
    if not (form.pasted.data or "").strip():
        raise BadInput(Problem("transfers.lists.nothing_sent", form_field="pasted"))
    return str(form.pasted.data).encode(), None
