"""The forms that enter many lines at once: for territories, and from a spreadsheet."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Base, LineText, Measure
from budgetproto.disputes.figures.fields import FigureForm
from budgetproto.disputes.lines.bulk import AIYL_AIMAKS, GROUPS
from budgetproto.disputes.positions.repeating import KeyUsed, new_key
from budgetproto.errors import ConciliationError
from budgetproto.i18n import LANGUAGES, Named, text
from budgetproto.sittings.fields import Preset, in_languages, named
from budgetproto.transfers.domain import Territory
from budgetproto.web import Form, choice, in_years, longest, required

_MEASURES: Any = [choice(each.value, f"disputes.measure.{each.value}") for each in Measure]


class _OnceForm(Form):
    """A form that enters its lines once, however often it is sent."""

    request_key = HiddenField()

    def take(self, error: ConciliationError) -> None:
        """Begin anew with other lines when the form was sent before with different ones."""
        if isinstance(error, KeyUsed):
            self.request_key.data = new_key()
        super().take(error)


class BulkForm(_OnceForm, FigureForm):
    """What the lines of many territories have in common, and for which territories they are."""

    title_ky, title_ru, title_en = in_languages("disputes.bulk.title", needed=True)
    kind = SelectField("disputes.kind", [required()])
    measure = RadioField("disputes.measure", [Preset()], default="amount", choices=_MEASURES)
    year = IntegerField("disputes.year", [required(), in_years()])
    recurring = RadioField(
        "disputes.recurring",
        [Preset()],
        default="no",
        choices=[choice("no", "disputes.recurring.no"), choice("yes", "disputes.recurring.yes")],
    )
    legal_basis_ky, legal_basis_ru, legal_basis_en = in_languages("disputes.legal_basis", most=1000)
    lead_government = SelectField("disputes.lead_government", description="disputes.lead.hint")
    lead_lsg = SelectField("disputes.lead_lsg", description="disputes.lead.hint")
    groups = SelectMultipleField("disputes.bulk.groups")
    codes = TextAreaField("disputes.bulk.codes", [longest(20_000)], description="disputes.bulk.codes.hint")

    def offer(self, kinds: dict[str, Named], parties: list[Party], oblasts: list[Territory]) -> None:
        """Let the reader choose kinds, leads and groups of territories."""
        self.kind.choices = [choice("", "web.choose"), *(choice(code, name) for code, name in kinds.items())]
        for field, side in ((self.lead_government, "government"), (self.lead_lsg, "lsg")):
            of_side = [choice(party.id, party.name) for party in parties if party.side == side]
            field.choices = [choice("", "disputes.lead.none"), *of_side]
        self.groups.choices = [
            *(choice(group, f"disputes.bulk.group.{group}") for group in GROUPS),
            *(choice(AIYL_AIMAKS + each.soate, _aiyl_aimaks(each)) for each in oblasts),
        ]

    def pattern(self) -> LineText:
        """Return the line that was typed, without a territory."""
        return LineText(
            title=named(self, "title"),
            kind=str(self.kind.data),
            territory=None,
            group=Named(),
            year=self.year.data or 0,
            measure=Measure(self.measure.data),
            recurring=self.recurring.data == "yes",
            legal_basis=named(self, "legal_basis"),
            budget_code="",
            history=(),
            base_government=Base(),
            base_lsg=Base(),
            money_base=None,
            cost_sign=1,
            step=None,
            floor=None,
            cap=None,
            protected=False,
            limit_basis="",
            lead_government=self.lead_government.data or None,
            lead_lsg=self.lead_lsg.data or None,
            illustrative=False,
        )

    def typed_codes(self) -> list[str]:
        """Return the codes that were typed, whatever stands between them."""
        return (self.codes.data or "").replace(",", " ").replace(";", " ").split()


class SheetForm(_OnceForm):
    """A spreadsheet of lines: a file, or cells that were copied."""

    measure = RadioField("disputes.measure", [Preset()], default="amount", choices=_MEASURES)
    file = FileField("disputes.sheet.file", description="disputes.sheet.file.hint")
    pasted = TextAreaField("disputes.sheet.pasted", description="disputes.sheet.pasted.hint")


def _aiyl_aimaks(oblast: Territory) -> Named:
    """Return the choice of all aiyl aimaks of an oblast, named in every language of the reader."""
    return Named(*(text("disputes.bulk.group.aiyl_aimaks", code, oblast=oblast.name) for code in LANGUAGES))
