"""The pages of annual reports: the list, one report with its papers and pictures, and the acts upon it."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from budgetproto.accounts.navigation import add_section
from budgetproto.accounts.session import logged_in, me
from budgetproto.accounts.storage import party_names, people_names
from budgetproto.disputes.journal.chronicle import page_of
from budgetproto.errors import NotPermitted, Unknown
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.journal import report_chain
from budgetproto.reporting.annual import figures, filing, page_parts, service, storage
from budgetproto.reporting.annual.domain import Measure
from budgetproto.reporting.annual.drawing import draw
from budgetproto.reporting.annual.duty import duties, every_duty
from budgetproto.reporting.annual.forms import AdmitForm, BeginForm, StepForm
from budgetproto.reporting.annual.people import delegates, own_seat, seat, spoken_for
from budgetproto.reporting.annual.showing import Shown, every_filed, own, shown
from budgetproto.sittings.desk_parts import DeskPart, add_clock_part, add_desk_part
from budgetproto.web import choice, form_page, request_language, tell, whole
from budgetproto.web.data import database, reading
from budgetproto.web.downloads import download
from budgetproto.web.paging import paged

blueprint = Blueprint("annual", __name__)

#: Territories on one page.
_SHOWN: Final = 50


def init_app(app: Flask) -> None:
    """Register the pages, the link to them, and the duty on the desk of a delegate."""
    app.register_blueprint(blueprint)
    blueprints = frozenset({"annual", "annual_writing", "annual_values"})
    add_section(app, "annual.title", "annual.index", blueprints=blueprints)
    add_desk_part(app, _desk)
    add_clock_part(app, _on_clock)
    app.jinja_env.globals.update(
        coefficient=_coefficient, middle=_middle, value_of=_value_of, paragraphs=_paragraphs
    )


@blueprint.route("/annual-reports", methods=["GET", "POST"])
@logged_in
def index() -> ResponseReturnValue:
    """List the filed reports and one's own; begin one for an association that one speaks for."""
    with reading() as data:
        parties = spoken_for(data, me().id)
        filed, drafts, owed = every_filed(data), own(data, me().id), duties(data, me().id)
    form = BeginForm(data={"year": owed[0].year if owed else None})
    form.party.choices = [choice(each.id, each.name) for each in parties]
    if form.validate_on_submit():
        with form.refusals():
            made = service.open_report(
                database(), me().id, party_id=form.party.data, year=form.year.data or 0
            )
            return redirect(url_for(".report", report_id=made), 303)
    return form_page("annual/index.html", form, filed=filed, drafts=drafts, duties=owed, parties=parties)


@blueprint.get("/annual-reports/<report_id>")
@logged_in
def report(report_id: str) -> ResponseReturnValue:
    """Show a report: its words, its figures, where it stands, and what this reader may do."""
    found, names = _found(report_id)
    told = page_parts.told(found.report)
    return render_template("annual/report.html", found=found, names=names, **told)


@blueprint.get("/annual-reports/<report_id>/by-indicator/<indicator>")
@logged_in
def values(report_id: str, indicator: str) -> ResponseReturnValue:
    """Show the values of one indicator, territory by territory."""
    found, _ = _found(report_id)
    measured = page_parts.measured_by(found.report, indicator)
    paging = paged(request.args.get("page"), length=len(measured.rows), size=_SHOWN)
    return render_template(
        "annual/measured.html",
        found=found,
        measured=measured,
        rows=paging.of(measured.rows),
        paging=paging,
        tones=page_parts.TONES,
    )


@blueprint.get("/annual-reports/<report_id>/<language>.pdf")
@logged_in
def pdf(report_id: str, language: str) -> Response:
    """Hand out the report as it is printed, whole, in one language."""
    asked = page_parts.known_language(language)
    found, _ = _found(report_id)
    if found.row.filed_on is not None:
        content = page_parts.filed_paper(found.report, asked, found.digest)
    else:
        content = draw(found.report, asked, digest=found.digest)
    return download(content, f"annual_report_{found.row.year}_{asked}.pdf", "application/pdf")


@blueprint.get("/annual-reports/<report_id>/report.json")
@logged_in
def as_json(report_id: str) -> Response:
    """Hand out the closed text itself, whose hash the paper prints."""
    with reading() as data:
        row = seat(data, me().id, report_id).row
        closed = storage.closed(data, row.id, row.closed) if row.closed else None
    if closed is None:
        raise Unknown
    return download(closed.document.encode(), f"annual_report_{row.year}.json", "application/json")


@blueprint.get("/annual-reports/<report_id>/<drawing>.<picture>")
@logged_in
def drawing(report_id: str, drawing: str, picture: str) -> Response:
    """Hand out one chart as a picture."""
    found, _ = _found(report_id)
    return page_parts.picture_of(found.report, drawing, picture)


@blueprint.route("/annual-reports/<report_id>/people", methods=["GET", "POST"])
@logged_in
def people(report_id: str) -> ResponseReturnValue:
    """Show who reads and writes the report, and let somebody in."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        present = storage.admitted(data, report_id)
        able = delegates(data)
        names = people_names(data, [each.person for each in present])
        associations = storage.associations(data, report_id)
        parties = party_names(data, [each.party for each in associations])
    inside = {(each.person, each.party) for each in present}
    form = AdmitForm()
    form.whom.choices = [
        choice(f"{each.person}:{each.party.id}", _who(each.name, each.party.name))
        for each in able
        if (each.person, each.party.id) not in inside
    ]
    if form.validate_on_submit():
        with form.refusals():
            whom, _, party = form.whom.data.partition(":")
            service.admit(database(), me().id, report_id, whom=whom, party_id=party)
            tell("annual.admitted")
            return redirect(url_for(".people", report_id=report_id), 303)
    return form_page(
        "annual/people.html",
        form,
        held=held,
        present=present,
        names=names,
        parties=parties,
        associations=associations,
    )


@blueprint.get("/annual-reports/<report_id>/journal")
@logged_in
def journal(report_id: str) -> ResponseReturnValue:
    """Tell the report's own people what was recorded of it, entry by entry, and whether it is all there."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        chain, paging = page_of(data, report_chain(report_id), request.args.get("page"))
    language = request_language()
    title = text("annual.paper.title", language, year=str(held.row.year))
    return render_template(
        "journal/one.html",
        trail=[
            (text("annual.title", language), url_for(".index")),
            (title, url_for(".report", report_id=report_id)),
        ],
        here={"report_id": report_id},
        chain=chain,
        paging=paging,
        verified="verify" in request.args,
    )


@blueprint.post("/annual-reports/<report_id>/dismiss")
@logged_in
def dismiss(report_id: str) -> ResponseReturnValue:
    """Let somebody out of a report."""
    service.dismiss(database(), me().id, report_id, whom=request.form.get("whom", ""))
    tell("annual.dismissed")
    return redirect(url_for(".people", report_id=report_id), 303)


@blueprint.post("/annual-reports/<report_id>/leave")
@logged_in
def leave(report_id: str) -> ResponseReturnValue:
    """Take an association out of a joint report."""
    service.leave(database(), me().id, report_id, party_id=request.form.get("party", ""))
    tell("annual.left")
    return redirect(url_for(".index"), 303)


@blueprint.post("/annual-reports/<report_id>/close")
@logged_in
def close(report_id: str) -> ResponseReturnValue:
    """Close the text for approval."""
    filing.close(database(), me().id, report_id, seen=whole(request.form.get("seen")))
    tell("annual.closed")
    return redirect(url_for(".report", report_id=report_id), 303)


@blueprint.post("/annual-reports/<report_id>/reopen")
@logged_in
def reopen(report_id: str) -> ResponseReturnValue:
    """Open the closed text again."""
    filing.reopen(database(), me().id, report_id)
    tell("annual.reopened")
    return redirect(url_for(".report", report_id=report_id), 303)


@blueprint.post("/annual-reports/<report_id>/approve")
@logged_in
def approve(report_id: str) -> ResponseReturnValue:
    """Approve the closed text that was looked at."""
    filing.approve(database(), me().id, report_id, digest=request.form.get("digest", ""))
    tell("annual.approved")
    return redirect(url_for(".report", report_id=report_id), 303)


@blueprint.post("/annual-reports/<report_id>/file")
@logged_in
def file(report_id: str) -> ResponseReturnValue:
    """File the report."""
    filing.file_report(database(), me().id, report_id)
    tell("annual.filed")
    return redirect(url_for(".report", report_id=report_id), 303)


@blueprint.route("/annual-reports/<report_id>/steps", methods=["GET", "POST"])
@logged_in
def steps(report_id: str) -> ResponseReturnValue:
    """Record what became of a filed report."""
    with reading() as data:
        held = seat(data, me().id, report_id)
        if not held.records:
            raise NotPermitted(denied="annual.step")
    form = StepForm()
    if form.validate_on_submit():
        with form.refusals():
            filing.record_step(database(), me().id, report_id, form.step())
            tell("annual.step_kept")
            return redirect(url_for(".report", report_id=report_id), 303)
    return form_page(
        "annual/form.html", form, held=held, heading="annual.do.step", intro="annual.do.step.what"
    )


def _coefficient(value: Fraction | Decimal | None, decimals: int = 4) -> str:
    """Write a pure number in the reader's language."""
    exact = None if value is None else Fraction(value)
    return figures.coefficient(exact, request_language(), decimals=decimals)


def _middle(value: Fraction | None, measure: Measure) -> str:
    """Write a median in the reader's language."""
    return figures.middle(value, measure, request_language())


def _value_of(value: int, measure: Measure) -> str:
    """Write a value in the reader's language."""
    return figures.written(value, measure, request_language())


def _paragraphs(words: Named) -> list[Named]:
    """Return the paragraphs of a text in the reader's language, each marked when it is in another."""
    said, found = words.in_(request_language())
    return [Named(**{found: part}) for part in said.splitlines() if part.strip()]


def _found(report_id: str) -> tuple[Shown, Mapping[str, Named]]:
    """Return a report, and the names of those who stand by its closed text."""
    with reading() as data:
        found = shown(data, me().id, report_id)
        names = people_names(data, [one for each in found.associations for one in each.approval.people])
    return found, names


def _who(name: str, party: Named) -> Named:
    return Named(*(f"{name} · {party.text(language)}" for language in LANGUAGES))


def _desk(session: Session, person_id: str) -> DeskPart | None:
    """Return the duty of each association that the reader speaks for; nothing for others."""
    found = duties(session, person_id)
    return DeskPart("annual/on_desk.html", {"duties": found}) if found else None


def _on_clock(session: Session, person_id: str) -> DeskPart | None:
    """Return the duty of every association that is bound to report, for whoever reads the clock."""
    found = every_duty(session, person_id)
    return DeskPart("annual/on_clock.html", {"duties": found}) if found else None
