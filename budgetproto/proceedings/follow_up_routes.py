"""The page on which it is entered what became of a question: what the law took over, what was executed."""

from typing import ClassVar, Final

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.session import logged_in, me
from budgetproto.disputes import service as disputes
from budgetproto.disputes.domain import FigureMissing, Instrument, Line
from budgetproto.disputes.figures.fields import FigureForm, measured
from budgetproto.disputes.page import LinePart, add_line_part
from budgetproto.i18n import Sentence
from budgetproto.proceedings import service, storage
from budgetproto.proceedings.domain import FollowUp
from budgetproto.sittings import service as sittings
from budgetproto.sittings.domain import Act, Sitting, Standing, may
from budgetproto.sittings.fields import in_languages, line, named
from budgetproto.sittings.page import Deed
from budgetproto.sittings.procedure import SourceMissing
from budgetproto.web import choice, form_page, in_years, required, tell
from budgetproto.web.data import database, reading

blueprint = Blueprint("follow_ups", __name__)

_KINDS: Final = ("adopted", "executed")


class FollowUpForm(FigureForm):
    """What became of a question; `measured` gives it the figure of the line's measure."""

    places: ClassVar = {**FigureForm.places, SourceMissing: "source", FigureMissing: "figure"}

    kind = RadioField(
        "proceedings.follow_up.kind",
        [required()],
        choices=[choice(kind, f"proceedings.follow_up.{kind}") for kind in _KINDS],
    )
    instrument = SelectField(
        "disputes.instrument",
        choices=[
            choice("", "disputes.instrument.none"),
            *(choice(each.value, f"disputes.instrument.{each.value}") for each in Instrument),
        ],
    )
    on = DateField("proceedings.follow_up.on", [Optional(), in_years()])
    source = line("disputes.source", needed=True, most=500, description="proceedings.follow_up.source.hint")
    remark_ky, remark_ru, remark_en = in_languages("proceedings.follow_up.words", long=True, most=2000)

    def follow_up(self) -> FollowUp:
        """Return what was typed, once the form is valid."""
        return FollowUp(
            kind="adopted" if self.kind.data == "adopted" else "executed",
            figure=self.stated(),
            instrument=Instrument(self.instrument.data) if self.instrument.data else None,
            on=self.on.data,
            source=self.source.data or "",
            words=named(self, "remark"),
        )


def init_app(app: Flask) -> None:
    """Register the page, and lead to it from the card of a line."""
    app.register_blueprint(blueprint)
    add_line_part(app, _part)


@blueprint.route("/lines/<line_id>/follow-up", methods=["GET", "POST"])
@logged_in
def follow_up(line_id: str) -> ResponseReturnValue:
    """Enter what became of a question, with its source; what was entered before stays."""
    with reading() as data:
        sitting, _, found = disputes.line_of(data, me().id, line_id)
        sittings.admitted(data, me().id, sitting.id, Act.ENTER_FOLLOW_UP)
        before = storage.follow_ups(data, sitting.id).get(line_id, [])
    form: FollowUpForm = measured(FollowUpForm, found.text.measure)(meta={"unit": sitting.unit})
    if form.validate_on_submit():
        with form.refusals():
            service.enter_follow_up(database(), me().id, line_id, form.follow_up())
            tell("proceedings.told.follow_up")
            return redirect(url_for("lines.line", line_id=line_id), 303)
    return form_page("proceedings/follow_up.html", form, sitting=sitting, line=found, before=before)


def _part(_data: Session, sitting: Sitting, place: Standing, line: Line) -> LinePart:
    if line.withdrawn is not None or not may(place, Act.ENTER_FOLLOW_UP, sitting.stage):
        return LinePart()
    address = url_for("follow_ups.follow_up", line_id=line.id)
    return LinePart(deeds=(Deed(Sentence("proceedings.do.follow_up"), address),))
