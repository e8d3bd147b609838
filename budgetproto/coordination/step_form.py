"""What the forms of all steps share: how much of the course was seen, the day, for whom or about what."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import Optional

from budgetproto.coordination import refusals as no
from budgetproto.coordination.domain import LONGEST_TEXT
from budgetproto.sittings.fields import passage
from budgetproto.web import Form, choice, in_years, required, whole


def longer(key: str, *, needed: bool = False) -> Any:
    """Return the field of a longer text."""
    return passage(key, needed=needed, most=LONGEST_TEXT)


def about(key: str) -> Any:
    """Return the field that asks for whom, or about what, a step is."""
    return SelectField(key, [required()])


def choices_of(kinds: Iterable[Any], prefix: str) -> list[Any]:
    """Return what can be chosen of kinds, each by its sentence."""
    return [choice(each.value, f"coordination.{prefix}.{each.value}") for each in kinds]


class StepForm(Form):
    """What every step has: how much of the course its author had seen, and, for the keeper, its day."""

    #: The field each refusal is shown beside.
    places: ClassVar = {
        no.DayToCome: "on",
        no.BeforeItsReason: "on",
    }

    seen = HiddenField()
    on = DateField("coordination.form.on", [Optional(), in_years()])

    def what(self) -> Any:
        """Return what was typed, once the form is valid."""
        raise NotImplementedError  # each kind of step has words of its own

    def typed(self, name: str) -> str:
        """Return the text of a field without spaces around it."""
        return (self[name].data or "").strip()


class TargetForm(StepForm):
    """A step for one body, or about one remark or appeal: which one is chosen from those that are open."""

    target = about("coordination.fact.body")

    @property
    def number(self) -> int:
        """The number of the remark or the appeal that was chosen."""
        return whole(self.target.data)


def backdated(form: StepForm) -> date | None:
    """Return the day that the keeper gave; None is today."""
    day: date | None = form.on.data if "on" in form else None
    return day
