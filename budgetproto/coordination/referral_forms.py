"""The question in which sitting, and as what kind of figure, a disputed point is to be contested."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField

from budgetproto.disputes.domain import Measure
from budgetproto.i18n import Named
from budgetproto.sittings.domain import Sitting
from budgetproto.web import Form, choice, required


class WhereForm(Form):
    """A question by GET: the sitting and the measure; figures are asked for next, in the sitting's unit."""

    class Meta(Form.Meta):
        """A question asked by GET changes nothing and needs no token."""

        csrf = False

    sitting = SelectField("referral.sitting", [required()])
    measure = RadioField(
        "disputes.measure",
        [required()],
        choices=[choice(measure.value, f"disputes.measure.{measure.value}") for measure in Measure],
    )

    def offer(self, sittings: Iterable[Sitting]) -> None:
        """Let the reader choose among the sittings that are prepared."""
        offered = [choice(each.id, _told(each)) for each in sittings]
        self.sitting.choices = [choice("", "web.choose"), *offered]


def _told(sitting: Sitting) -> Named:
    title = sitting.title
    return Named(*(f"№ {sitting.number} {name}".strip() for name in (title.ky, title.ru, title.en)))
