"""The page of the statistics of coordination with the acts that bypassed it, and their files."""

from typing import Final

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.analysis.routes import asked_dialect
from budgetproto.coordination.applying import every_term, resting
from budgetproto.coordination.counting import bypassed_acts, statistics
from budgetproto.coordination.procedures import procedures_of
from budgetproto.coordination.sheets import associations_sheet, initiators_sheet, notes
from budgetproto.coordination.statistics import Statistics
from budgetproto.exchange import to_csv, to_xlsx
from budgetproto.money import Unit
from budgetproto.web import nothing_sealed, request_language, whole
from budgetproto.web.data import reading
from budgetproto.web.downloads import XLSX, download
from budgetproto.web.paging import paged

blueprint = Blueprint("statistics", __name__)

#: Initiators on one page.
_SHOWN: Final = 25


def init_app(app: Flask) -> None:
    """Register the page and its files."""
    app.register_blueprint(blueprint)


@blueprint.get("/acts/statistics")
@logged_in
@nothing_sealed
def index() -> ResponseReturnValue:
    """Show every year, and of one year each initiator, each association and each act that bypassed."""
    with reading() as data:
        found = statistics(data, me().id)
        year = whole(request.args.get("year"), found.years[0] if found.years else 0)
        acts, paging = bypassed_acts(data, me().id, year, request.args.get("page"))
        held = resting(every_term(procedures_of(data, year))) if year in found.years else ()
    of_year = found.of(year)
    part = paged(request.args.get("initiators"), length=len(of_year.initiators), size=_SHOWN)
    return render_template(
        "coordination/statistics.html",
        found=found,
        year=year,
        of_year=of_year,
        initiators=part.of(of_year.initiators),
        part=part,
        acts=acts,
        paging=paging,
        notes=notes(found),
        resting=held,
    )


@blueprint.get("/acts/statistics.xlsx")
@logged_in
def xlsx() -> ResponseReturnValue:
    """Hand out every year of every initiator and association as a workbook."""
    found = _found()
    content = to_xlsx([initiators_sheet(found), associations_sheet(found)], request_language(), Unit.SOM)
    return download(content, "acts_by_year.xlsx", XLSX)


@blueprint.get("/acts/statistics.csv")
@logged_in
def csv() -> ResponseReturnValue:
    """Hand out every year of every initiator as CSV."""
    dialect = asked_dialect()
    content = to_csv(initiators_sheet(_found()), request_language(), Unit.SOM, dialect)
    return download(content, f"acts_by_year_{dialect.name}.csv", "text/csv; charset=utf-8")


def _found() -> Statistics:
    with reading() as data:
        return statistics(data, me().id)
