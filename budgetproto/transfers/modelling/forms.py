"""The form of a new version of a parameter set."""

from datetime import date
from typing import Any, ClassVar

from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp, ValidationError

from budgetproto import web
from budgetproto.exchange import from_xlsx
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.transfers.modelling.names import parameter_name, unit_of, whole_number
from budgetproto.transfers.modelling.service import SetOfAnotherModel, SetUnchanged
from budgetproto.transfers.models import SET_STATUSES, ParameterSet

_PREFIX = "value_"


class InputsForm(web.Form):
    """A table of figures of territories: a CSV or a workbook."""

    file = FileField("transfers.models.data.file", [web.required()])

    def sent(self) -> tuple[bytes, str]:
        """Return the table as CSV, with the name of its file."""
        content, name = self.file.data.read(), str(self.file.data.filename)[-100:]
        return (from_xlsx(content, name) if content.startswith(b"PK") else content), name


class SetForm(web.Form):
    """What a set is called, from when it holds and where it comes from; `set_form` adds its values."""

    places: ClassVar = {SetOfAnotherModel: "code", SetUnchanged: "source"}

    version = HiddenField()
    name_ky = StringField("transfers.models.name_ky", [web.required(), web.longest(200), web.OnPaper()])
    name_ru = StringField("transfers.models.name_ru", [web.longest(200), web.OnPaper()])
    name_en = StringField("transfers.models.name_en", [web.longest(200), web.OnPaper()])
    status = SelectField(
        "transfers.models.status",
        [web.required()],
        choices=[web.choice(each, f"transfers.models.status.{each}") for each in SET_STATUSES],
    )
    valid_from = DateField("transfers.models.valid_from", [web.required(), web.in_years()])
    valid_to = DateField("transfers.models.valid_to", [Optional(), web.in_years()])
    reference_ky = TextAreaField("transfers.models.reference_ky", [web.longest(2_000), web.OnPaper()])
    reference_ru = TextAreaField("transfers.models.reference_ru", [web.longest(2_000), web.OnPaper()])
    reference_en = TextAreaField("transfers.models.reference_en", [web.longest(2_000), web.OnPaper()])
    source = StringField("transfers.models.source", [web.required(), web.longest(500), web.OnPaper()])
    code = StringField(
        "transfers.models.new_code",
        [Optional(), Regexp(r"\A[a-z0-9][a-z0-9-]{1,58}[a-z0-9]\Z", message="transfers.models.bad_code")],
    )

    def validate_valid_to(self, field: Any) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("transfers.models.ends_before_it_begins")

    def parameters(self, read: ParameterSet) -> ParameterSet:
        """Return what was typed, once the form is valid; a blank value is no longer part of the set."""
        fields = {name: self[_PREFIX + name.replace(".", "__")] for name in read.values}
        values = {name: whole_number(field.data) for name, field in fields.items() if field.data is not None}
        return ParameterSet(
            model=read.model,
            code=(self.code.data or "").strip() or read.code,
            name=self._named("name"),
            status=self.status.data,
            valid_from=self.valid_from.data or date.min,
            values=values,
            source=(self.source.data or "").strip(),
            reference=self._named("reference"),
            note=Named(),
            valid_to=self.valid_to.data,
        )

    def seen(self, read: ParameterSet) -> int:
        """Return the newest version the form was made of; 0 for a set of a new code."""
        typed = (self.code.data or "").strip()
        return 0 if typed and typed != read.code else web.whole(str(self.version.data or ""))

    def values(self) -> list[Any]:
        """Return the fields of the values, in the order of the set."""
        return [field for field in self if field.name.startswith(_PREFIX)]

    def _named(self, part: str) -> Named:
        return Named(*((self[f"{part}_{language}"].data or "").strip() for language in LANGUAGES))


def set_form(read: ParameterSet) -> SetForm:
    """Return the form of a new version of a set, filled with what the last one says."""
    fields = {_PREFIX + name.replace(".", "__"): _field(read, name) for name in read.values}
    made: type[SetForm] = type("SetForm", (SetForm,), fields)
    started = {
        **{name: getattr(read, name) for name in ("version", "status", "valid_from", "valid_to", "source")},
        **{
            f"{part}_{code}": getattr(getattr(read, part), code)
            for part in ("name", "reference")
            for code in LANGUAGES
        },
        **{_PREFIX + name.replace(".", "__"): read.value(name) for name in read.values},
    }
    return made(data=started)


def _field(read: ParameterSet, parameter: str) -> Any:
    label: Any = web.Label(*_words(parameter), key="transfers.models.parameter_value")
    unit = unit_of(read.model, parameter)
    return PercentageField(label) if unit is None else AmountField(label, unit=unit)


def _words(parameter: str) -> tuple[str, str, str]:
    name = parameter_name(parameter)
    return name.ky, name.ru, name.en
