"""The forms of the settings of the procedure and of the calendar of working days."""

from datetime import date
from typing import Any, ClassVar

from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from budgetproto.i18n import Named
from budgetproto.sittings.day_calendar import DayNameMissing
from budgetproto.sittings.fields import in_languages, labelled, line, named, spread
from budgetproto.sittings.numbering import SchemeUnfit
from budgetproto.sittings.procedure import Setting, SourceMissing, ValueUnfit
from budgetproto.web import Form, choice, in_years, required


class SettingForm(Form):
    """A setting's source; `setting_form` adds the field of its kind."""

    places: ClassVar = {SourceMissing: "source_ky", ValueUnfit: "value", SchemeUnfit: "value"}

    seen = HiddenField()
    source_ky, source_ru, source_en = in_languages("sittings.setting_source", needed=True, most=1000)

    def stated(self) -> str:
        """Return the value that was typed, blank for a name."""
        return str(self["value"].data or "").strip() if "value" in self else ""

    def stated_name(self) -> Named:
        """Return the name that was typed, none for a value."""
        return named(self, "name") if "name_ky" in self else Named()

    def stated_source(self) -> Named:
        """Return where the value comes from."""
        return named(self, "source")


class DayForm(Form):
    """One day of the calendar: whether it is worked, what it is, and the act that says so."""

    places: ClassVar = {SourceMissing: "source", DayNameMissing: "name_ky"}

    day = DateField("sittings.calendar.day", [required(), in_years()])
    working = RadioField(
        "sittings.calendar.working",
        [required()],
        choices=[
            choice("no", "sittings.calendar.working.no"),
            choice("yes", "sittings.calendar.working.yes"),
        ],
    )
    name_ky = line(labelled("sittings.calendar.name", "ky"), needed=True, most=200)
    name_ru = line(labelled("sittings.calendar.name", "ru"), most=200)
    source = line(
        "sittings.calendar.source", needed=True, most=500, description="sittings.calendar.source.hint"
    )

    def stated_day(self) -> date:
        """Return the day that was typed, once the form is valid."""
        return self.day.data or date.min


class TermForm(Form):
    """A question to the calendar: the last day of a term."""

    class Meta(Form.Meta):
        """A question asked by GET changes nothing and needs no token."""

        csrf = False

    begins = DateField("sittings.calendar.begins", [Optional(), in_years()])
    count = IntegerField(
        "sittings.calendar.count",
        [Optional(), NumberRange(min=1, max=1000, message="web.not_a_whole_number")],
    )

    def asked(self) -> tuple[date, int] | None:
        """Return the day a term begins on and its length, None while they are not both asked for."""
        if self.begins.data is None or self.count.data is None or not self.validate():
            return None
        return self.begins.data, self.count.data


def setting_form(setting: Setting) -> SettingForm:
    """Return the form of one setting, filled with what stands now."""
    made: type[SettingForm] = type("SettingForm", (SettingForm,), _fields(setting))
    started = {"value": setting.value, "seen": setting.told}
    return made(data=started | spread("name", setting.name) | spread("source", setting.source))


def _fields(setting: Setting) -> dict[str, Any]:
    label = f"sittings.setting.{setting.key}"
    if setting.kind == "name":
        names = in_languages(label, needed=True, most=1000)
        return dict(zip(("name_ky", "name_ru", "name_en"), names, strict=True))
    if setting.kind == "article":
        names = in_languages(label, most=1000)
        return dict(zip(("name_ky", "name_ru", "name_en"), names, strict=True))
    if setting.kind == "choice":
        offered = [choice(each, f"sittings.choice.{each}") for each in setting.choices]
        return {"value": SelectField(label, [required()], choices=offered)}
    hint = f"sittings.setting_hint.{setting.kind}"
    if setting.kind in {"address", "day_of_year"}:
        return {"value": line(label, most=60, description=hint)}
    return {"value": line(label, needed=True, most=60, description=hint)}
