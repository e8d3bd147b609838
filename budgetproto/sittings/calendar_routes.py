"""The pages of the calendar of working days: a year, a day that is moved, the end of a term."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgetproto.accounts.session import logged_in, me
from budgetproto.database import now
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n.formatting import bishkek_day
from budgetproto.sittings import day_calendar
from budgetproto.sittings.fields import named
from budgetproto.sittings.settings_forms import DayForm, TermForm
from budgetproto.sittings.settings_routes import may_edit
from budgetproto.sittings.workdays import Calendar, is_working, working_day_after, working_days
from budgetproto.web import form_page, nothing_sealed, tell, whole
from budgetproto.web.data import database, reading

blueprint = Blueprint("calendar", __name__)

#: The years a calendar is shown of: those the published one knows.
_YEARS = range(1992, 2101)


@dataclass(frozen=True)
class Month:
    """One month of the calendar: its days in weeks, each with whether it is worked, and their number."""

    number: int
    weeks: tuple[tuple[tuple[date, bool] | None, ...], ...]
    working: int


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/calendar")
@nothing_sealed
@logged_in
def year() -> ResponseReturnValue:
    """Show the working days of a year, its special days, and the end of a term that is asked for."""
    with reading() as data:
        shown = _year(bishkek_day(now(data)))
        special = day_calendar.calendar_of(data, shown)
        form = TermForm(request.args)
        asked = form.asked()
        ends = (
            _ends(day_calendar.calendar_of(data, asked[0].year, asked[0].year + 4), asked) if asked else None
        )
    return render_template(
        "sittings/calendar.html",
        year=shown,
        first=_YEARS[0],
        last=_YEARS[-1],
        months=[_month(shown, number, special) for number in range(1, 13)],
        special=sorted(special.values(), key=lambda each: each.day),
        form=form,
        ends=ends,
        may_edit=may_edit(me()),
    )


@blueprint.route("/calendar/day", methods=["GET", "POST"])
@logged_in
def day() -> ResponseReturnValue:
    """Say of one day whether it is worked, and by what act."""
    with reading() as data:
        day_calendar.require_keeper(data, me().id)
    form = DayForm()
    if form.validate_on_submit():
        with form.refusals():
            entered = form.stated_day()
            day_calendar.enter_day(
                database(),
                me().id,
                entered,
                working=form.working.data == "yes",
                name=named(form, "name"),
                source=form.source.data or "",
            )
            tell("sittings.told.calendar_day")
            return redirect(url_for(".year", year=entered.year), 303)
    return form_page("sittings/calendar_day.html", form)


@blueprint.post("/calendar/day/remove")
@logged_in
def remove() -> ResponseReturnValue:
    """Take an entry of the calendar out again."""
    removed = _day(request.form.get("day", ""))
    day_calendar.remove_day(database(), me().id, removed)
    tell("sittings.told.calendar_day_removed")
    return redirect(url_for(".year", year=removed.year), 303)


def _year(today: date) -> int:
    asked = whole(request.args.get("year"), today.year)
    return asked if asked in _YEARS else today.year


def _ends(special: Calendar, asked: tuple[date, int]) -> date:
    return working_day_after(*asked, special)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as unreadable:
        raise BadInput(Problem("web.not_a_date")) from unreadable


def _month(year: int, number: int, special: Calendar) -> Month:
    """Return one month with its weeks from Monday to Sunday."""
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    days = [first + timedelta(days=count) for count in range((after - first).days)]
    cells: list[tuple[date, bool] | None] = [None] * first.weekday()
    cells += [(day, is_working(day, special)) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    before = first - timedelta(days=1)
    return Month(number, weeks, working_days(before, days[-1], special))
