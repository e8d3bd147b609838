"""The pages on which the secretary changes or withdraws the lines chosen on the table."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes.domain import Line, LineText
from budgetproto.disputes.lines.many import MOST_LINES, NothingChosen, TooManyLines
from budgetproto.disputes.showing import told_line
from budgetproto.disputes.table.change_form import ChangeForm
from budgetproto.disputes.table.changing import (
    Change,
    LinesMoved,
    change_lines,
    chosen_lines,
    withdraw_chosen,
)
from budgetproto.disputes.table.choice import chosen
from budgetproto.errors import Unknown
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting
from budgetproto.sittings.forms import ReasonForm
from budgetproto.web import Form, form_page, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("changing", __name__)

#: What one line would say: (message key of the label, what it says now, what it would say).
Differences = list[tuple[str, Markup, Markup]]

_MOST_DIGITS: Final = 9


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.post("/sittings/<sitting_id>/lines/change")
@logged_in
def change(sitting_id: str) -> ResponseReturnValue:
    """Ask what is to be set on the chosen lines, show what changes on which, and do it once confirmed."""
    sitting, lines = _chosen(sitting_id)
    with reading() as data:
        form = ChangeForm()
        form.offer(sittings.invited_parties(data, sitting_id))
    wanted, act = None, request.form.get("act", "")
    if act in {"preview", "save"} and form.validate_on_submit():
        with form.refusals():
            wanted = form.change()
            if act == "save":
                try:
                    done = change_lines(database(), me().id, sitting_id, _seen(), wanted)
                except LinesMoved as moved:
                    return _moved("change", sitting_id, form, moved, change=wanted)
                tell("disputes.told.lines_changed", lines=done)
                return redirect(_table(sitting_id), 303)
    return _page("change", sitting, lines, form, change=wanted)


@blueprint.post("/sittings/<sitting_id>/lines/withdraw")
@logged_in
def withdraw(sitting_id: str) -> ResponseReturnValue:
    """Show the chosen lines, ask for the reason, and withdraw them once confirmed."""
    sitting, lines = _chosen(sitting_id)
    form = ReasonForm()
    if request.form.get("act") == "save" and form.validate_on_submit():
        with form.refusals():
            try:
                reason = form.reason.data or ""
                done = withdraw_chosen(database(), me().id, sitting_id, _seen(), reason=reason)
            except LinesMoved as moved:
                return _moved("withdraw_lines", sitting_id, form, moved)
            tell("disputes.told.lines_withdrawn", lines=done)
            return redirect(_table(sitting_id), 303)
    return _page("withdraw_lines", sitting, lines, form)


def _chosen(sitting_id: str) -> tuple[Sitting, list[Line]]:
    """Return the lines that the form names, to somebody who may change them."""
    with reading() as data:
        sitting, _ = sittings.admitted(data, me().id, sitting_id, Act.PREPARE)
        seen = _seen()
        if not seen:
            raise NothingChosen
        return sitting, chosen_lines(data, sitting_id, seen)


def _seen() -> dict[str, int]:
    """Return the version of each chosen line that the reader saw."""
    pairs = [each.rpartition(":") for each in request.form.getlist("line")]
    if len(pairs) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES, lines=len(pairs))
    if not all(number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS for *_, number in pairs):
        raise Unknown
    return {line: int(number) for line, _, number in pairs}


def _page(
    name: str,
    sitting: Sitting,
    lines: list[Line],
    form: Form,
    *,
    change: Change | None = None,
    moved: LinesMoved | None = None,
) -> ResponseReturnValue:
    values = {
        "sitting": sitting,
        "lines": lines,
        "seen": {line.id: line.version for line in lines} if moved else _seen(),
        "moved": moved,
        "preview": _previewed(sitting, lines, change) if change else None,
        "back": _table(sitting.id),
    }
    if moved is None:
        return form_page(f"disputes/table/{name}.html", form, **values)
    return render_template(f"disputes/table/{name}.html", form=form, **values), 409


def _moved(
    name: str, sitting_id: str, form: Form, moved: LinesMoved, *, change: Change | None = None
) -> ResponseReturnValue:
    """Show the lines as they stand now; sending the form again is about these."""
    sitting, lines = _chosen(sitting_id)
    return _page(name, sitting, lines, form, change=change, moved=moved)


def _previewed(sitting: Sitting, lines: list[Line], change: Change) -> dict[str, Differences]:
    with reading() as data:
        parties = sittings.invited_parties(data, sitting.id)

    def told(text: LineText) -> Mapping[str, Markup]:
        return told_line(text, sitting.unit, kinds={}, territory=None, parties=parties)

    return {line.id: _compared(told(line.text), told(change.of(line.text)), change) for line in lines}


def _compared(before: Mapping[str, Markup], after: Mapping[str, Markup], change: Change) -> Differences:
    labels = [label for label in before if label.removeprefix("disputes.") in change.values]
    return [(label, before[label], after[label]) for label in labels if before[label] != after[label]]


def _table(sitting_id: str) -> str:
    """Return the table as it was filtered and sorted."""
    asked: dict[str, Any] = chosen(request.args)[0].query()
    return url_for("table.lines", sitting_id=sitting_id, **asked)
