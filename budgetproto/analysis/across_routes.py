"""The pages over all sittings that the reader may read: the pivot and its files."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis import showing
from budgetproto.analysis.asking import LinesForm, PivotForm, ask, asked
from budgetproto.analysis.choice import chosen
from budgetproto.analysis.columns import Part
from budgetproto.analysis.discrepancies import subtotal, subtotal_columns, subtotal_name
from budgetproto.analysis.pivoted import Pivoted
from budgetproto.analysis.routes import asked_dialect
from budgetproto.analysis.scope import Scope, scope_of
from budgetproto.analysis.several import Several
from budgetproto.analysis.telling import told
from budgetproto.exchange import Cell, Column, Sheet, to_csv, to_xlsx
from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download
from budgetproto.web.paging import paged

blueprint = Blueprint("across", __name__)

_SIZE: Final = 50
#: What a line shows among those of several sittings; its own page and the files show the rest.
_PARTS: Final[tuple[Part, ...]] = (
    "government", "lsg", "difference", "computed", "decided", "adopted", "outcome",
)  # fmt: skip


@blueprint.get("/analysis")
@logged_in
@nothing_sealed
def lines() -> ResponseReturnValue:
    """Show the discrepancies of all sittings the reader may read, page by page, with subtotals."""
    scope = read_scope()
    form = ask(LinesForm, request.args, scope, request_language())
    found = Several(scope, form.choice(), request_language()) if form.validate() else None
    return form_page(
        "analysis/several.html",
        form,
        scope=scope,
        several=found,
        paging=paged(request.args.get("page"), length=len(found.entries), size=_SIZE) if found else None,
        told=told(form.choice(), scope, scope.unit) if found else (),
        query={name: said for name, said in form.query().items() if name != "page"},
        parts=_PARTS,
        writer=Writer(request_language(), scope.unit),
        showing=showing,
        subtotal=subtotal,
        subtotal_columns=subtotal_columns,
        subtotal_name=subtotal_name,
    )


@blueprint.get("/analysis/discrepancies.xlsx")
@logged_in
def lines_xlsx() -> ResponseReturnValue:
    """Hand out the lines of all sittings as a workbook, with the subtotals of the page."""
    scope, sheets = _sheets()
    return download(to_xlsx(sheets, request_language(), scope.unit), "discrepancies.xlsx", XLSX)


@blueprint.get("/analysis/discrepancies.csv")
@logged_in
def lines_csv() -> ResponseReturnValue:
    """Hand out the lines of all sittings as CSV."""
    scope, (sheet, *_) = _sheets()
    dialect = asked_dialect()
    content = to_csv(sheet, request_language(), scope.unit, dialect)
    return download(content, f"discrepancies_{dialect.name}.csv", "text/csv; charset=utf-8")


@blueprint.get("/analysis/pivot")
@logged_in
@nothing_sealed
def pivot() -> ResponseReturnValue:
    """Show one figure of the chosen lines over two axes, with its margins."""
    scope, form = _asked()
    found = _pivoted(scope, form) if form.validate() else None
    return form_page(
        "analysis/pivot.html",
        form,
        scope=scope,
        pivoted=found,
        notes=_notes(scope, form, found) if found else (),
        query=form.query(),
        writer=Writer(request_language(), scope.unit),
        showing=showing,
    )


@blueprint.get("/analysis/pivot.xlsx")
@logged_in
def pivot_xlsx() -> ResponseReturnValue:
    """Hand out the pivot as a workbook."""
    scope, found, notes = _whole()
    content = to_xlsx([found.sheet(notes, _about(scope, notes))], request_language(), scope.unit)
    return download(content, "pivot.xlsx", XLSX)


@blueprint.get("/analysis/pivot.csv")
@logged_in
def pivot_csv() -> ResponseReturnValue:
    """Hand out the pivot as CSV: plain, or as Excel opens it where the comma is the decimal sign."""
    scope, found, notes = _whole()
    dialect = asked_dialect()
    content = to_csv(found.sheet(notes, _about(scope, notes)), request_language(), scope.unit, dialect)
    return download(content, f"pivot_{dialect.name}.csv", "text/csv; charset=utf-8")


def _sheets() -> tuple[Scope, list[Sheet]]:
    """Return the tables that the page over several sittings shows."""
    scope = read_scope()
    form = asked(ask(LinesForm, request.args, scope, request_language()))
    found = Several(scope, form.choice(), request_language())
    counted = every_language("analysis.note.lines", lines=len(found.entries), all=len(scope.entries))
    notes = (counted, *told(form.choice(), scope, scope.unit), *scope.told())
    return scope, found.sheets(notes, _about(scope, notes))


def _asked() -> tuple[Scope, PivotForm]:
    scope = read_scope()
    return scope, ask(PivotForm, request.args, scope, request_language())


def read_scope() -> Scope:
    """Return what the reader may read of the sittings that the address names."""
    with reading() as data:
        return scope_of(data, me(), request.args.getlist("sitting"))


def _whole() -> tuple[Scope, Pivoted, tuple[Named, ...]]:
    """Return what a file is made of, with everything that has to be told in it."""
    scope, form = _asked()
    found = _pivoted(scope, asked(form))
    return scope, found, (*_notes(scope, form, found), *scope.told())


def _pivoted(scope: Scope, form: PivotForm) -> Pivoted:
    language = request_language()
    return Pivoted(chosen(scope.entries, form.choice(), language), form.axes(), language)


def _notes(scope: Scope, form: PivotForm, found: Pivoted) -> tuple[Named, ...]:
    """Tell what the cells hold, how many lines are counted and what was chosen."""
    lines = every_language("analysis.note.lines", lines=len(found.counted), all=len(scope.entries))
    return (*found.told(), lines, *told(form.choice(), scope, scope.unit))


def _about(scope: Scope, notes: Sequence[Named]) -> tuple[tuple[Column, Cell], ...]:
    """Return what a program has to know of a table: its sittings, their snapshots and its conditions."""
    facts = [table.paper.protocol.facts for table in scope.tables]
    cells: dict[str, Cell] = {
        "sitting": " ".join(each.sitting.code for each in facts),
        "snapshot": " ".join(each.head.digest for each in facts),
        "snapshot_at": " ".join(each.head.at.isoformat() for each in facts),
        "conditions": Named(*(" ".join(note.text(code) for note in notes) for code in LANGUAGES)),
    }
    return tuple((Column(key, every_language(f"analysis.about.{key}")), cell) for key, cell in cells.items())
