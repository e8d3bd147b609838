"""The page of what became of a sitting's promises, and its files."""

from typing import Final

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.routes import asked_dialect
from budgetproto.exchange import to_csv, to_xlsx
from budgetproto.i18n import Sentence
from budgetproto.reporting.follow_up import Report, report
from budgetproto.reporting.sheets import notes, sheet
from budgetproto.sittings import page
from budgetproto.sittings.domain import AFTER_SESSION, Act, Sitting, Standing, may
from budgetproto.sittings.page import Deed, Part
from budgetproto.web import nothing_sealed, request_language
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download
from budgetproto.web.paging import paged

blueprint = Blueprint("promises", __name__)

#: Questions on one page.
_SHOWN: Final = 25


def init_app(app: Flask) -> None:
    """Register the page and the link to it on the page of a sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.get("/sittings/<sitting_id>/promises")
@logged_in
@nothing_sealed
def promises(sitting_id: str) -> ResponseReturnValue:
    """Show promise, law and treasury of each question with the three differences."""
    found = _found(sitting_id)
    paging = paged(request.args.get("page"), length=len(found.rows), size=_SHOWN)
    return render_template(
        "reporting/promises.html",
        sitting=found.table.paper.sitting,
        report=found,
        rows=paging.of(found.rows),
        paging=paging,
        notes=notes(found),
    )


@blueprint.get("/sittings/<sitting_id>/promises.xlsx")
@logged_in
def xlsx(sitting_id: str) -> ResponseReturnValue:
    """Hand out all questions of the page as a workbook."""
    found = _found(sitting_id)
    sitting = found.table.paper.sitting
    content = to_xlsx([sheet(found)], request_language(), sitting.unit)
    return download(content, f"promises_{sitting.number}.xlsx", XLSX)


@blueprint.get("/sittings/<sitting_id>/promises.csv")
@logged_in
def csv(sitting_id: str) -> ResponseReturnValue:
    """Hand out all questions of the page as CSV."""
    found, dialect = _found(sitting_id), asked_dialect()
    sitting = found.table.paper.sitting
    content = to_csv(sheet(found), request_language(), sitting.unit, dialect)
    return download(content, f"promises_{sitting.number}_{dialect.name}.csv", "text/csv; charset=utf-8")


def _found(sitting_id: str) -> Report:
    with reading() as data:
        return report(data, me().id, sitting_id)


def _part(_: Session, sitting: Sitting, place: Standing) -> Part:
    if sitting.stage not in AFTER_SESSION or not may(place, Act.READ_OPENED, sitting.stage):
        return Part()
    address = url_for("promises.promises", sitting_id=sitting.id)
    return Part(links=(Deed(Sentence("reporting.follow_up.title"), address),))
