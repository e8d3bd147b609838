"""The page on which a secretary makes a new sitting from an earlier one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from wtforms import SelectField

from budgetproto.accounts.session import logged_in, me
from budgetproto.i18n import Named, Sentence
from budgetproto.proceedings import cloning
from budgetproto.proceedings.cloning import Offered
from budgetproto.proceedings.rolling import rolled_name, rolled_words
from budgetproto.sittings import page
from budgetproto.sittings.dates import usual_deadline
from budgetproto.sittings.domain import Act, Sitting, Standing
from budgetproto.sittings.fields import spread
from budgetproto.sittings.forms import SittingForm, deadline_values
from budgetproto.sittings.page import Deed, Part
from budgetproto.transfers.storage import kind_names, names_of
from budgetproto.web import choice, form_page, nothing_sealed, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("cloning", __name__)

#: What the filter calls a line about the whole republic.
_REPUBLIC: Final = "republic"


class CloneForm(SittingForm):
    """The identity of the new sitting, and which lines of the earlier one are shown to choose from."""

    line_kind = SelectField("disputes.kind")
    region = SelectField("proceedings.clone.region")


def init_app(app: Flask) -> None:
    """Register the page, and lead to it from the page of every sitting."""
    app.register_blueprint(blueprint)
    page.add_part(app, _part)


@blueprint.route("/sittings/<sitting_id>/clone", methods=["GET", "POST"])
@nothing_sealed
@logged_in
def clone(sitting_id: str) -> ResponseReturnValue:
    """Make a new sitting from this one: choose lines, look over the identity."""
    with reading() as data:
        source, found = cloning.offered(data, me().id, sitting_id)
        form = CloneForm(data=_identity(data, source))
        _offer(data, form, found)
    shown, act = _shown(form, found), request.form.get("act", "")
    chosen = _chosen(found, shown, act)
    if not act and form.validate_on_submit():
        with form.refusals():
            new = replace(form.new_sitting(), currency=source.currency)
            made = cloning.clone_sitting(database(), me().id, sitting_id, new, chosen)
            tell("proceedings.told.cloned", lines=len(chosen))
            return redirect(url_for("sittings.sitting", sitting_id=made), 303)
    return form_page(
        "proceedings/clone.html",
        form,
        sitting=source,
        shown=shown,
        chosen=chosen,
        hidden=sorted(chosen - {each.line.id for each in shown}),
    )


def _identity(data: Session, source: Sitting) -> dict[str, Any]:
    """Return what the form starts with: the earlier identity, a year later, with the usual deadline."""
    year, moved = source.budget_year, {"year": source.budget_year, "years": 1}
    values: dict[str, Any] = {
        "number": rolled_words(source.number, **moved),
        "budget_year": year + 1,
        "unit": source.unit.key,
        "kind": source.kind.value,
    }
    values |= spread("title", rolled_name(source.title, **moved))
    values |= spread("draft_budget", rolled_name(source.draft_budget, **moved))
    return values | spread("place", source.place) | deadline_values(usual_deadline(data))


def _offer(data: Session, form: CloneForm, found: Sequence[Offered]) -> None:
    """Let the reader choose among the kinds and regions that the lines have."""
    kinds = kind_names(data)
    present = dict.fromkeys(each.line.text.kind for each in found)
    form.line_kind.choices = [_every(), *(choice(code, kinds.get(code, Named(code))) for code in present)]
    names = names_of(data, (each.region for each in found if each.region))
    regions = dict.fromkeys(each.region for each in found)
    form.region.choices = [_every(), *(_region(code, names) for code in regions)]


def _every() -> Any:
    return choice("", "proceedings.clone.every")


def _region(code: str, names: dict[str, Named]) -> Any:
    if not code:
        return choice(_REPUBLIC, "disputes.territory.whole")
    return choice(code, names.get(code, Named(code)))


def _shown(form: CloneForm, found: Sequence[Offered]) -> list[Offered]:
    kind, region = form.line_kind.data or "", form.region.data or ""
    return [
        each
        for each in found
        if kind in {"", each.line.text.kind} and region in {"", each.region or _REPUBLIC}
    ]


def _chosen(found: Sequence[Offered], shown: Sequence[Offered], act: str) -> set[str]:
    """Return the lines that are chosen: every one at first, then as ticked, all or none of those shown."""
    every, visible = {each.line.id for each in found}, {each.line.id for each in shown}
    ticked = every & set(request.form.getlist("line")) if request.method == "POST" else every
    return ticked | visible if act == "all" else ticked - visible if act == "none" else ticked


def _part(_data: Session, sitting: Sitting, place: Standing) -> Part:
    if Act.PREPARE not in place.acts:
        return Part()
    address = url_for("cloning.clone", sitting_id=sitting.id)
    return Part(links=(Deed(Sentence("proceedings.do.clone"), address),))
