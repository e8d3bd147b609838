"""The form of a substitute: who, in what capacity, by which document, from when to when."""

from wtforms import DateField, Field, RadioField, StringField
from wtforms.validators import Optional, ValidationError

from budgetproto.accounts.forms import LogInName
from budgetproto.i18n import Language
from budgetproto.sittings.fields import Preset, labelled, line, named
from budgetproto.sittings.substitute import Substitute
from budgetproto.web import Form, choice, in_years, required


class NotBefore:
    """Refuse a last day before the first."""

    def __call__(self, form: Form, field: Field) -> None:
        """Raise ValidationError when the days stand the wrong way round."""
        if form.valid_from.data and field.data and field.data < form.valid_from.data:
            raise ValidationError("sittings.valid_order")


class SubstituteForm(Form):
    """Nine fields, three of them with what is usually said."""

    account = RadioField(
        "sittings.substitute.account",
        [Preset()],
        default="new",
        choices=[choice(each, f"sittings.substitute.account.{each}") for each in ("new", "existing")],
        description="sittings.substitute.account.hint",
    )
    name = line("accounts.name", needed=True, most=200, description="accounts.name.hint")
    login = StringField("accounts.login", [required(), LogInName()], description="accounts.login.hint")
    capacity_ky = line(labelled("sittings.capacity", "ky"), needed=True, default="өкүл")
    capacity_ru = line(labelled("sittings.capacity", "ru"), needed=True, default="представитель")
    paper_ky = line(labelled("sittings.mandate_paper", "ky"), needed=True)
    paper_ru = line(labelled("sittings.mandate_paper", "ru"), needed=True)
    valid_from = DateField("sittings.valid_from", [Optional(), in_years()])
    valid_to = DateField("sittings.valid_to", [Optional(), in_years(), NotBefore()])

    def substitute(self, *, language: Language) -> Substitute:
        """Return what was typed, once the form is valid."""
        return Substitute(
            name=(self.name.data or "").strip(),
            login=(self.login.data or "").strip(),
            capacity=named(self, "capacity"),
            paper=named(self, "paper"),
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            language=language,
        )
