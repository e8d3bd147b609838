"""The pages of an import: hand a file in, look at what it would change, take it or not."""

from math import ceil
from time import perf_counter
from typing import Final

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.errors import BadInput, Problem, Unknown
from budgetproto.exchange import PLAIN, Sheet, to_csv, to_xlsx
from budgetproto.i18n import every_language
from budgetproto.money import Unit
from budgetproto.transfers.importing import service
from budgetproto.transfers.importing.forms import FileForm, TakingForm
from budgetproto.transfers.importing.layout import MEASURES, columns
from budgetproto.transfers.importing.rows import Beside
from budgetproto.transfers.importing.service import FileRead
from budgetproto.web import form_page, request_language, tell
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download

blueprint = Blueprint("importing", __name__)

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: So many faults stand on a page.
_TOLD: Final = 200


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/transfers/import", methods=["GET", "POST"])
@logged_in
def file() -> ResponseReturnValue:
    """Read a file: tell every fault of it, or keep it until its sender has seen what it changes."""
    service.require_keeper(me())
    form = FileForm()
    if form.validate_on_submit():
        with form.refusals():
            return redirect(url_for(".waiting", file_id=_kept(form)), 303)
    return form_page("transfers/import.html", form, columns=columns())


@blueprint.get("/transfers/import/template.<ending>")
@logged_in
def template(ending: str) -> ResponseReturnValue:
    """Hand out the empty table of figures: as a workbook, or as CSV."""
    service.require_keeper(me())
    sheet = Sheet(every_language("transfers.import.title"), columns(), rows=())
    match ending:
        case "xlsx":
            content = to_xlsx([sheet], request_language(), Unit.THOUSAND_SOMS)
            return download(content, "figures.xlsx", _XLSX)
        case "csv":
            written = to_csv(sheet, request_language(), Unit.THOUSAND_SOMS, PLAIN)
            return download(written, "figures.csv", "text/csv; charset=utf-8")
    raise Unknown


@blueprint.route("/transfers/import/<file_id>", methods=["GET", "POST"])
@logged_in
def waiting(file_id: str) -> ResponseReturnValue:
    """Show what a file would change; take it, or forget it."""
    begun = perf_counter()
    read = service.waiting(database(), me(), file_id)
    seconds = ceil(perf_counter() - begun)
    with reading() as session:
        found = service.beside(session, read)
    form = TakingForm()
    if form.validate_on_submit():
        with form.refusals():
            return _forgotten(file_id) if request.form.get("act") == "forget" else _taken(file_id, read, form)
    form.seen.data = found.seen
    return form_page(
        "transfers/import_waiting.html", form, read=read, found=found, measures=MEASURES, seconds=seconds
    )


def _kept(form: FileForm) -> str:
    sent, name = form.sent()
    unit = Unit[str(form.unit.data)]
    try:
        read = service.read_file(database(), sent, name=name, unit=unit, source=form.read_source())
    except BadInput as faulty:
        raise _shortened(faulty, name) from faulty
    sent.seek(0)
    return service.wait(database(), me(), sent.read(), read)


def _shortened(faulty: BadInput, name: str) -> BadInput:
    """Return the faults that stand on a page, and how many more there are."""
    more = len(faulty.problems) - _TOLD
    if more <= 0:
        return faulty
    return BadInput(*faulty.problems[:_TOLD], Problem("transfers.import.more", {"more": more}, name))


def _taken(file_id: str, read: FileRead, form: TakingForm) -> ResponseReturnValue:
    found: Beside = service.take(
        database(),
        me(),
        read,
        remove_gone=bool(form.remove_gone.data),
        confirmed=bool(form.confirmed.data),
        seen=form.seen.data or "",
    )
    service.forget(database(), me(), file_id)
    tell("transfers.import.taken", new=len(found.new), changed=len(found.changed))
    return redirect(url_for("transfers.table"), 303)


def _forgotten(file_id: str) -> ResponseReturnValue:
    service.forget(database(), me(), file_id)
    tell("transfers.import.forgotten")
    return redirect(url_for(".file"), 303)
