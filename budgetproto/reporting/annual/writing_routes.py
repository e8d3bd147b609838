"""The pages on which a report is written: its words, its indicators, acts that do not work, sums by hand."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.database import now
from budgetproto.errors import Unknown
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.reporting.annual import service, storage
from budgetproto.reporting.annual.content import SECTIONS, Content
from budgetproto.reporting.annual.domain import Indicator
from budgetproto.reporting.annual.forms import (
    RecordedForm,
    SectionForm,
    SeenForm,
    StarterForm,
    failing_form,
    indicator_form,
    sums_form,
    yardstick_form,
)
from budgetproto.reporting.annual.people import Seat, own_seat
from budgetproto.reporting.annual.record import is_computed
from budgetproto.reporting.annual.starter import recorded_set, starter_set
from budgetproto.sittings.fields import spread
from budgetproto.web import form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("annual_writing", __name__)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.route("/annual-reports/<report_id>/sections/<section>", methods=["GET", "POST"])
@logged_in
def section(report_id: str, section: str) -> ResponseReturnValue:
    """Write a part in words."""
    held, content = _own(report_id)
    key = next((each for each in SECTIONS if each == section), None)
    if key is None:
        raise Unknown
    form = SectionForm(data={"seen": held.row.version, **spread("words", content.section(key))})
    if form.validate_on_submit():
        with form.refusals():
            service.write_section(database(), me().id, report_id, key, form.words(), seen=form.read_seen())
            return _kept(report_id)
    return _page(form, held, f"annual.section.{key}", f"annual.section.{key}.what")


@blueprint.route("/annual-reports/<report_id>/indicators", methods=["GET", "POST"])
@logged_in
def indicators(report_id: str) -> ResponseReturnValue:
    """Show the indicators with their yardsticks, and take the starter set over."""
    held, content = _own(report_id)
    with reading() as data:
        counted = storage.counted_values(data, report_id)
    form = StarterForm(data={"seen": held.row.version})
    new = _not_yet(content, starter_set())
    if form.validate_on_submit():
        with form.refusals():
            service.add_indicators(database(), me().id, report_id, new, seen=form.read_seen())
            return _kept(report_id, ".indicators")
    return form_page(
        "annual/indicators.html",
        form,
        held=held,
        indicators=content.indicators,
        counted=counted,
        new=new,
        is_computed=is_computed,
        computed=_not_yet(content, recorded_set()),
    )


@blueprint.route("/annual-reports/<report_id>/indicators/record", methods=["GET", "POST"])
@logged_in
def recorded(report_id: str) -> ResponseReturnValue:
    """Choose indicators that the service computes from its record; what they show is not told before."""
    held, content = _own(report_id)
    new = _not_yet(content, recorded_set())
    form = RecordedForm(data={"seen": held.row.version})
    form.offer(new)
    if form.validate_on_submit():
        with form.refusals():
            chosen = [each for each in new if each.key in (form.keys.data or ())]
            service.add_indicators(database(), me().id, report_id, chosen, seen=form.read_seen())
            return _kept(report_id, ".indicators")
    hints = {each.key: each.definition for each in new}
    return _page(form, held, "annual.do.recorded", "annual.do.recorded.what", hints=hints)


@blueprint.route("/annual-reports/<report_id>/indicators/new", methods=["GET", "POST"])
@logged_in
def new_indicator(report_id: str) -> ResponseReturnValue:
    """Add an indicator of one's own."""
    held, _ = _own(report_id)
    form = indicator_form(None, held.row.version)
    if form.validate_on_submit():
        with form.refusals():
            service.add_indicators(database(), me().id, report_id, [form.indicator()], seen=form.read_seen())
            return _kept(report_id, ".indicators")
    return _page(form, held, "annual.do.new_indicator", "annual.do.new_indicator.what")


@blueprint.route("/annual-reports/<report_id>/indicators/<indicator>", methods=["GET", "POST"])
@logged_in
def indicator(report_id: str, indicator: str) -> ResponseReturnValue:
    """Change what an indicator means, or take it out."""
    held, content = _own(report_id)
    found = service.indicator_of(content, indicator)
    form = indicator_form(found, held.row.version)
    if request.method == "POST" and request.form.get("act") == "remove" and form.validate_on_submit():
        with form.refusals():
            service.remove_indicator(database(), me().id, report_id, found.key, seen=form.read_seen())
            return _kept(report_id, ".indicators")
    elif form.validate_on_submit():
        with form.refusals():
            changed = form.indicator()
            if changed.key != found.key:
                raise Unknown
            service.change_indicator(database(), me().id, report_id, changed, seen=form.read_seen())
            return _kept(report_id, ".indicators")
    return _page(form, held, "annual.do.indicator", "annual.do.new_indicator.what", removable=True)


@blueprint.route("/annual-reports/<report_id>/yardsticks/<indicator>", methods=["GET", "POST"])
@logged_in
def yardstick(report_id: str, indicator: str) -> ResponseReturnValue:
    """Fix what an indicator is judged by, before its values come."""
    held, content = _own(report_id)
    found = service.indicator_of(content, indicator)
    with reading() as data:
        today, late = bishkek_day(now(data)), service.has_come(data, held.row, found.key)
    form = yardstick_form(found, held.row.version)
    if form.validate_on_submit():
        with form.refusals():
            service.fix_yardstick(
                database(), me().id, report_id, found.key, form.yardstick(today), seen=form.read_seen()
            )
            return _kept(report_id, ".indicators")
    what = "annual.do.yardstick.late" if late else "annual.do.yardstick.what"
    return _page(form, held, "annual.do.yardstick", what, about=found.name)


@blueprint.route("/annual-reports/<report_id>/failing/<int:number>", methods=["GET", "POST"])
@logged_in
def failing(report_id: str, number: int) -> ResponseReturnValue:
    """Enter an act that does not work (0), change one, or take it out."""
    held, content = _own(report_id)
    form = failing_form(_at(content.failing, number), held.row.version)
    if request.form.get("act") == "remove":
        service.put_failing(database(), me().id, report_id, number, None, seen=form.read_seen())
        return _kept(report_id)
    if form.validate_on_submit():
        with form.refusals():
            service.put_failing(database(), me().id, report_id, number, form.failing(), seen=form.read_seen())
            return _kept(report_id)
    return _page(form, held, "annual.do.failing", "annual.do.failing.what", removable=number > 0)


@blueprint.route("/annual-reports/<report_id>/sums/<int:number>", methods=["GET", "POST"])
@logged_in
def sums(report_id: str, number: int) -> ResponseReturnValue:
    """Enter sums of a year by hand (0), change them, or take them out."""
    held, content = _own(report_id)
    form = sums_form(_at(content.sums, number), held.row.version)
    if request.form.get("act") == "remove":
        service.put_sums(database(), me().id, report_id, number, None, seen=form.read_seen())
        return _kept(report_id)
    if form.validate_on_submit():
        with form.refusals():
            service.put_sums(database(), me().id, report_id, number, form.sums(), seen=form.read_seen())
            return _kept(report_id)
    return _page(form, held, "annual.do.sums", "annual.do.sums.what", removable=number > 0)


def _own(report_id: str) -> tuple[Seat, Content]:
    """Return the report to one of its own people; others learn nothing of it."""
    with reading() as data:
        held = own_seat(data, me().id, report_id)
        return held, held.row.content()


def _not_yet(content: Content, shipped: Sequence[Indicator]) -> list[Indicator]:
    """Return the shipped indicators that the report does not have."""
    return [each for each in shipped if content.indicator(each.key) is None]


def _at(found: tuple[Any, ...], number: int) -> Any:
    """Return the entry of a number, None for a new one."""
    if number > len(found):
        raise Unknown
    return found[number - 1] if number else None


def _kept(report_id: str, endpoint: str = "annual.report") -> ResponseReturnValue:
    tell("annual.kept")
    return redirect(url_for(endpoint, report_id=report_id), 303)


def _page(form: SeenForm, held: Seat, heading: str, intro: str, **more: object) -> ResponseReturnValue:
    return form_page("annual/form.html", form, held=held, heading=heading, intro=intro, **more)
