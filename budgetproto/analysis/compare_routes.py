"""The comparison of two sittings, two years or two versions of an option, line by line, with its files."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from budgetproto import web
from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.asking import CompareForm, ask, asked
from budgetproto.analysis.compared import Comparison, Sides, sides_of
from budgetproto.analysis.joining import STATES
from budgetproto.analysis.routes import asked_dialect
from budgetproto.analysis.scope import Scope, scope_of
from budgetproto.analysis.telling import told
from budgetproto.exchange import to_csv, to_xlsx
from budgetproto.i18n import Named
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download
from budgetproto.web.paging import paged

blueprint = Blueprint("compare", __name__)
_SIZE = 50


@blueprint.get("/analysis/compare")
@logged_in
@nothing_sealed
def comparison() -> ResponseReturnValue:
    """Show what is new, gone and changed between two sides."""
    scope, sides, form = _asked()
    found = _compared(sides, form) if form.validate() and form.before.data and form.after.data else None
    return form_page(
        "analysis/compare.html",
        form,
        scope=scope,
        compared=found,
        states=STATES,
        paging=paged(request.args.get("page"), length=len(found.pairs), size=_SIZE) if found else None,
        notes=_notes(scope, form, found) if found else (),
        query={name: said for name, said in form.query().items() if name != "page"},
        writer=Writer(request_language(), scope.unit),
    )


@blueprint.get("/analysis/compare.xlsx")
@logged_in
def xlsx() -> Response:
    """Hand out the comparison as a workbook."""
    scope, found, notes = _whole()
    return download(to_xlsx([found.sheet(notes)], request_language(), scope.unit), "comparison.xlsx", XLSX)


@blueprint.get("/analysis/compare.csv")
@logged_in
def csv() -> Response:
    """Hand out the comparison as CSV."""
    scope, found, notes = _whole()
    dialect = asked_dialect()
    content = to_csv(found.sheet(notes), request_language(), scope.unit, dialect)
    return download(content, f"comparison_{dialect.name}.csv", "text/csv; charset=utf-8")


def _asked() -> tuple[Scope, Sides, CompareForm]:
    with reading() as data:
        scope = scope_of(data, me())
        sides = sides_of(data, scope)
    form = ask(CompareForm, request.args, scope, request_language())
    for field in (form.before, form.after):
        field.choices = [web.choice("", "analysis.compare.choose"), *_choices(sides.names)]
    return scope, sides, form


def _choices(names: Mapping[str, Named]) -> list[Any]:
    return [web.choice(key, name) for key, name in names.items()]


def _compared(sides: Sides, form: CompareForm) -> Comparison:
    return Comparison(
        sides,
        form.before.data,
        form.after.data,
        form.figure.data,
        form.choice(),
        request_language(),
        form.state.data or None,
    )


def _notes(scope: Scope, form: CompareForm, found: Comparison) -> tuple[Named, ...]:
    return (found.told(), *told(form.choice(), scope, scope.unit))


def _whole() -> tuple[Scope, Comparison, tuple[Named, ...]]:
    """Return what a file is made of, with all that has to be told in it."""
    scope, sides, form = _asked()
    asked(form, needed=("before", "after"))
    found = _compared(sides, form)
    return scope, found, (*_notes(scope, form, found), *scope.told())
