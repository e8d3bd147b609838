"""The public pages of annual reports, without a log-in, and the page on which an association decides.

What is not public is not there: a draft, a filed report and no report at all are answered alike.
"""

from typing import Final

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.reporting.annual import page_parts
from budgetproto.reporting.annual.public import service
from budgetproto.reporting.annual.public.forms import ReportPublicationForm
from budgetproto.reporting.annual.public.service import PublicReport
from budgetproto.web import add_footer_link, form_page, nothing_sealed, tell
from budgetproto.web.data import database, end_reading, reading
from budgetproto.web.downloads import download
from budgetproto.web.paging import paged

blueprint = Blueprint("public_reports", __name__)

#: Territories on one page.
_SHOWN: Final = 50


def init_app(app: Flask) -> None:
    """Register the pages, and the link to the public ones at the foot of every page."""
    app.register_blueprint(blueprint)
    add_footer_link(app, "annual.public.title", "public_reports.everything")


@blueprint.get("/published-reports")
@nothing_sealed
def everything() -> ResponseReturnValue:
    """List the annual reports that are public today."""
    with reading() as data:
        found = service.public_reports(data)
    return render_template("annual/public_list.html", found=found)


@blueprint.get("/published-reports/<report_id>")
@nothing_sealed
def report(report_id: str) -> ResponseReturnValue:
    """Show a public report whole: its words, its figures, what became of it."""
    found = _found(report_id)
    return render_template("annual/public_report.html", found=found, **page_parts.told(found.report))


@blueprint.get("/published-reports/<report_id>/by-indicator/<indicator>")
@nothing_sealed
def values(report_id: str, indicator: str) -> ResponseReturnValue:
    """Show the values of one indicator, territory by territory."""
    found = _found(report_id)
    measured = page_parts.measured_by(found.report, indicator)
    paging = paged(request.args.get("page"), length=len(measured.rows), size=_SHOWN)
    return render_template(
        "annual/public_measured.html",
        found=found,
        measured=measured,
        rows=paging.of(measured.rows),
        paging=paging,
        tones=page_parts.TONES,
    )


@blueprint.get("/published-reports/<report_id>/<language>.pdf")
def pdf(report_id: str, language: str) -> Response:
    """Hand out the report as it was filed, whole, in one language."""
    asked = page_parts.known_language(language)
    found = _found(report_id)
    content = page_parts.filed_paper(found.report, asked, found.digest)
    return download(content, f"annual_report_{found.row.year}_{asked}.pdf", "application/pdf")


@blueprint.get("/published-reports/<report_id>/report.json")
def as_json(report_id: str) -> Response:
    """Hand out the filed text itself, whose hash the paper prints."""
    with reading() as data:
        row, text = service.public_text(data, report_id)
    return download(text.encode(), f"annual_report_{row.year}.json", "application/json")


@blueprint.get("/published-reports/<report_id>/<drawing>.<picture>")
def drawing(report_id: str, drawing: str, picture: str) -> Response:
    """Hand out one chart as a picture."""
    return page_parts.picture_of(_found(report_id).report, drawing, picture)


@blueprint.route("/annual-reports/<report_id>/publication", methods=["GET", "POST"])
@logged_in
def publication(report_id: str) -> ResponseReturnValue:
    """Publish a filed report of one's own, or withdraw it."""
    with reading() as data:
        row, decisions = service.decided(data, me().id, report_id)
    form = ReportPublicationForm()
    if form.validate_on_submit():
        with form.refusals():
            scope, since, reason = form.decision()
            service.publish(database(), me().id, report_id, scope, since=since, reason=reason)
            tell("delivery.told.recorded")
            return redirect(url_for(".publication", report_id=report_id), 303)
    return form_page("annual/publication.html", form, row=row, decisions=decisions)


def _found(report_id: str) -> PublicReport:
    with reading() as data:
        found = service.public_report(data, report_id)
    end_reading()  # papers and pictures are made with no transaction open
    return found
