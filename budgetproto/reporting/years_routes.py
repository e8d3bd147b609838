"""The page of what became of the questions of all sittings, and its files."""

from collections.abc import Iterable
from typing import Any, Final

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from budgetproto import web
from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.address_form import AddressForm
from budgetproto.analysis.routes import asked_dialect
from budgetproto.errors import BadInput
from budgetproto.exchange import to_csv, to_xlsx
from budgetproto.i18n import Language, Named
from budgetproto.reporting.domain import TAKEN
from budgetproto.reporting.years import CHOSEN, Chosen, Years, chosen, every_line
from budgetproto.reporting.years_sheets import lines_sheet, notes, years_sheet
from budgetproto.web import form_page, nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download
from budgetproto.web.paging import paged

blueprint = Blueprint("promised", __name__)

#: Questions on one page.
_SHOWN: Final = 25


class YearsForm(AddressForm):
    """Which questions are asked for."""

    year = SelectField("reporting.years.year", choices=[], default="", validate_choice=False)
    owner = SelectField("reporting.follow_up.column.owner", choices=[], default="", validate_choice=False)
    duty = SelectField("following.state", choices=[], default="", validate_choice=False)
    reading = SelectField("following.read.title", choices=[], default="", validate_choice=False)
    taken = SelectField("reporting.follow_up.column.taken", choices=[], default="", validate_choice=False)

    def choice(self) -> Chosen:
        """Return what was chosen, for a form without faults."""
        return Chosen(**{name: self[name].data or "" for name in CHOSEN})


def init_app(app: Flask) -> None:
    """Register the page, and the link to it in the head of all pages."""
    app.register_blueprint(blueprint)
    add_section(app, "reporting.years.title", "promised.years", blueprints=frozenset({"promises"}))


@blueprint.get("/promises")
@logged_in
@nothing_sealed
def years() -> ResponseReturnValue:
    """Show what became of the questions of all sittings that the reader may read, year by year."""
    form, found = _found()
    if form.validate():
        found = _narrowed(form, found)
    paging = paged(request.args.get("page"), length=len(found.chosen), size=_SHOWN)
    return form_page(
        "reporting/years.html",
        form,
        found=found,
        lines=paging.of(found.chosen),
        paging=paging,
        query={name: said for name, said in form.query().items() if name != "page"},
        notes=notes(found),
    )


@blueprint.get("/promises.xlsx")
@logged_in
def xlsx() -> ResponseReturnValue:
    """Hand out the years and the questions of the page as a workbook."""
    found = _whole()
    sheets = [lines_sheet(found), years_sheet(found)]
    return download(to_xlsx(sheets, request_language(), found.scope.unit), "promises.xlsx", XLSX)


@blueprint.get("/promises.csv")
@logged_in
def csv() -> ResponseReturnValue:
    """Hand out the questions of the page as CSV."""
    found, dialect = _whole(), asked_dialect()
    content = to_csv(lines_sheet(found), request_language(), found.scope.unit, dialect)
    return download(content, f"promises_{dialect.name}.csv", "text/csv; charset=utf-8")


def _found() -> tuple[YearsForm, Years]:
    with reading() as data:
        scope, lines = every_line(data, me())
    found = Years(scope, lines, chosen(lines, Chosen()))
    return _form(request.args, found, request_language()), found


def _whole() -> Years:
    """Return the chosen questions; a file of anything else than was asked for would be a silent mistake."""
    form, found = _found()
    if not form.validate():
        raise BadInput(*form.problems())
    return _narrowed(form, found)


def _narrowed(form: YearsForm, found: Years) -> Years:
    return Years(found.scope, found.every, chosen(found.every, form.choice()))


def _form(typed: "MultiDict[str, str]", found: Years, language: Language) -> YearsForm:
    form = YearsForm(typed, meta={"csrf": False, "typed": typed})
    form.year.choices = _choices((str(year), Named(*[str(year)] * 3)) for year in found.known_years)
    form.owner.choices = _choices((ky, Named(*[name] * 3)) for ky, name in found.owners(language).items())
    form.duty.choices = _choices((each, f"following.duty.{each}") for each in found.known_duties)
    form.reading.choices = _choices((each, f"following.read.{each}") for each in found.known_readings)
    form.taken.choices = _choices((each, f"reporting.follow_up.taken.{each}") for each in TAKEN)
    return form


def _choices(named: Iterable[tuple[str, str | Named]]) -> list[Any]:
    return [web.choice("", "analysis.filter.all"), *(web.choice(value, words) for value, words in named)]
