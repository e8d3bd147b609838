"""The page of discrepancies and its files: the same lines, chosen by the address, in every form."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis import showing
from budgetproto.analysis.columns import COMPARISON
from budgetproto.analysis.discrepancies import subtotal, subtotal_columns, subtotal_name
from budgetproto.analysis.entries import made_up
from budgetproto.analysis.forms import ChoiceForm, choice_form
from budgetproto.analysis.table import Table, table_of
from budgetproto.analysis.view import View
from budgetproto.disputes.opened.drawn_once import DrawnOnce
from budgetproto.errors import BadInput, Problem
from budgetproto.exchange import DIALECTS, PLAIN, Dialect, to_csv, to_xlsx
from budgetproto.i18n import Sentence
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.sittings import page
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download

blueprint = Blueprint("analysis", __name__)

_SHOWN: Final = DrawnOnce("analysis/view.html", 8)


def init_app(app: Flask) -> None:
    """Register the pages and the link to them on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/discrepancies")
@logged_in
@nothing_sealed
def discrepancies(sitting_id: str) -> ResponseReturnValue:
    """Show both figures of each line, their difference, the option and what became of it, with subtotals."""
    table, form = _asked(sitting_id)
    sitting = table.paper.sitting
    found = View(table, form.choice(), request_language()) if form.validate() else None
    return form_page(
        "analysis/discrepancies.html",
        form,
        paper=table.paper,
        closed=table.closed,
        compared=any(entry.adopted.stand.figure is not None for entry in table.entries),
        comparison=COMPARISON,
        shown=_shown(found, form.query()) if found else "",
        sitting=sitting,
        query=form.query(),
    )


@blueprint.get("/sittings/<sitting_id>/discrepancies.xlsx")
@logged_in
def xlsx(sitting_id: str) -> ResponseReturnValue:
    """Hand out what the page shows as a workbook, a worksheet per table."""
    found = _view(sitting_id)
    sitting = found.table.paper.sitting
    content = to_xlsx(found.sheets(), request_language(), sitting.unit)
    return download(content, f"discrepancies_{sitting.number}.xlsx", XLSX)


@blueprint.get("/sittings/<sitting_id>/discrepancies.csv")
@logged_in
def csv(sitting_id: str) -> ResponseReturnValue:
    """Hand out the table as CSV: plain, or as Excel opens it where the comma is the decimal sign."""
    found, dialect = _view(sitting_id), asked_dialect()
    sitting = found.table.paper.sitting
    content = to_csv(found.sheet(), request_language(), sitting.unit, dialect)
    return download(content, f"discrepancies_{sitting.number}_{dialect.name}.csv", "text/csv; charset=utf-8")


def asked_dialect() -> Dialect:
    """Return the kind of CSV that the address asks for."""
    name = request.args.get("dialect", PLAIN.name)
    if name not in DIALECTS:
        raise BadInput(Problem("analysis.no_dialect", {"typed": name, "known": ", ".join(DIALECTS)}))
    return DIALECTS[name]


def _shown(found: View, query: Mapping[str, list[str]]) -> Markup:
    """Draw the chosen lines with their sums; the addresses in it say what was typed."""
    sitting, typed = found.table.paper.sitting, tuple((name, *said) for name, said in query.items())
    with reading() as data:
        return _SHOWN.drawn(
            data,
            sitting,
            (found.choice, typed),
            view=found,
            query=query,
            writer=Writer(found.language, sitting.unit),
            showing=showing,
            made_up=made_up,
            subtotal=subtotal,
            subtotal_columns=subtotal_columns,
            subtotal_name=subtotal_name,
        )


def _asked(sitting_id: str) -> tuple[Table, ChoiceForm]:
    with reading() as data:
        table = table_of(data, me().id, sitting_id)
    return table, choice_form(request.args, table, request_language())


def _view(sitting_id: str) -> View:
    """Return what the address asks for; a file of anything else would be a silent mistake."""
    table, form = _asked(sitting_id)
    if not form.validate():
        raise BadInput(*form.problems())
    return View(table, form.choice(), request_language())


def _part(_: Session, sitting: Sitting, place: Standing) -> Part:
    if not may(place, Act.READ_OPENED, sitting.stage):
        return Part()
    address = url_for("analysis.discrepancies", sitting_id=sitting.id)
    return Part(links=(Deed(Sentence("analysis.discrepancies.title"), address),))
