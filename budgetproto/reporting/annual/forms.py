"""The forms of an annual report: words, indicators, yardsticks, values, people, what became of it."""

from collections.abc import Iterable
from typing import Any, Final

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import NumberRange, Optional, ValidationError

from budgetproto import web
from budgetproto.errors import Problem
from budgetproto.i18n import Named
from budgetproto.money import UnreadableNumber
from budgetproto.money.fields import AmountField
from budgetproto.reporting.annual.content import MONEY, FailingAct, TypedSums
from budgetproto.reporting.annual.domain import MEASURES, Indicator, Measure, Yardstick
from budgetproto.reporting.annual.figures import UNIT, read, typed_again
from budgetproto.reporting.annual.steps import STEPS, Step
from budgetproto.sittings.fields import in_languages, line, named, passage, spread

_BETTER: Final = ("more", "less")


class SeenForm(web.Form):
    """A form that says which version of the report its author has seen."""

    seen = HiddenField()

    def read_seen(self) -> int:
        """Return the version the form was made of; 0, which never stands, when it was tampered with."""
        return web.whole(str(self.seen.data or ""))


class BeginForm(web.Form):
    """The year of a new report, and for which association."""

    year = IntegerField("annual.form.year", [web.required(), web.in_years()])
    party = SelectField("annual.form.party", [web.required()])


class SectionForm(SeenForm):
    """A part in words; one language may wait for the other until the text is closed."""

    words_ky, words_ru, words_en = in_languages("annual.form.words", long=True, most=20_000)

    def words(self) -> Named:
        """Return what was typed."""
        return named(self, "words")


class StarterForm(SeenForm):
    """Take the starter set over."""


class RecordedForm(SeenForm):
    """Choose among the indicators that the service computes itself."""

    keys = SelectMultipleField("annual.form.computed", [web.required()])

    def offer(self, indicators: Iterable[Indicator]) -> None:
        """Let the author choose among these."""
        self.keys.choices = [web.choice(each.key, each.name) for each in indicators]


class IndicatorForm(SeenForm):
    """What an indicator means and how it is counted."""

    key = line("annual.form.key", needed=True, most=40)
    name_ky, name_ru, name_en = in_languages("annual.form.name", needed=True)
    definition_ky, definition_ru, definition_en = in_languages(
        "annual.form.definition", needed=True, long=True, most=2_000
    )
    source_ky, source_ru, source_en = in_languages("annual.form.source", needed=True, most=500)
    measure = SelectField(
        "annual.form.measure",
        [web.required()],
        choices=[web.choice(each, f"annual.measure.{each}") for each in MEASURES],
    )
    better = SelectField(
        "annual.form.better",
        [web.required()],
        choices=[web.choice(each, f"annual.better.{each}") for each in _BETTER],
    )
    vulnerable = BooleanField("annual.form.vulnerable")

    def validate_key(self, field: StringField) -> None:
        """Refuse a key that would not be one word in a file."""
        if not (field.data or "").replace(".", "").replace("_", "").isalnum():
            raise ValidationError("annual.key_unfit")

    def indicator(self) -> Indicator:
        """Return what was typed, once the form is valid."""
        name, definition, source = (named(self, each) for each in ("name", "definition", "source"))
        return Indicator(
            (self.key.data or "").strip(),
            name,
            definition,
            source,
            measure=self.measure.data,
            better=self.better.data,
            vulnerable=bool(self.vulnerable.data),
        )


def indicator_form(indicator: Indicator | None, seen: int) -> IndicatorForm:
    """Return the form of an indicator, filled with what stands."""
    if indicator is None:
        return IndicatorForm(data={"seen": seen})
    words = {name: getattr(indicator, name) for name in ("name", "definition", "source")}
    filled = {key: value for name, each in words.items() for key, value in spread(name, each).items()}
    plain = {name: getattr(indicator, name) for name in ("key", "measure", "better", "vulnerable")}
    return IndicatorForm(data={**filled, **plain, "seen": seen})


class YardstickForm(SeenForm):
    """What an indicator is judged by; figures are in its own measure."""

    base_year = IntegerField("annual.form.base_year", [Optional(), web.in_years()])
    base = line("annual.form.base", most=30)
    threshold = line("annual.form.threshold", needed=True, most=30)
    target = line("annual.form.target", most=30)
    late = line("annual.form.late", most=500)

    measure: Measure = "count"

    def validate_base(self, field: StringField) -> None:
        """Refuse what is no figure."""
        _check_figure(field, self.measure)

    validate_threshold = validate_base
    validate_target = validate_base

    def yardstick(self, today: Any) -> Yardstick:
        """Return what was typed, once the form is valid."""
        return Yardstick(
            today,
            _figure(self.threshold, self.measure) or 0,
            self.base_year.data,
            _figure(self.base, self.measure),
            _figure(self.target, self.measure),
            (self.late.data or "").strip(),
        )


def yardstick_form(indicator: Indicator, seen: int) -> YardstickForm:
    """Return the form of an indicator's yardstick, filled with what stands."""
    stands, measure = indicator.yardstick, indicator.measure
    filled: dict[str, object] = {"seen": seen}
    if stands is not None:
        filled |= {"base_year": stands.base_year, "late": stands.late}
        figures = {name: getattr(stands, name) for name in ("base", "threshold", "target")}
        filled |= {name: typed_again(value, measure) for name, value in figures.items()}
    form = YardstickForm(data=filled)
    form.measure = measure
    return form


class FailingForm(SeenForm):
    """An act that does not work."""

    act = line("annual.failing.act", needed=True)
    article = line("annual.failing.article", most=100)
    fails_ky, fails_ru, fails_en = in_languages("annual.failing.fails", needed=True, long=True, most=2_000)
    where_ky, where_ru, where_en = in_languages("annual.failing.where", needed=True, most=500)
    evidence = line("annual.failing.evidence", needed=True, most=500)
    repair_ky, repair_ru, repair_en = in_languages(
        "annual.failing.repair", needed=True, long=True, most=2_000
    )

    def failing(self) -> FailingAct:
        """Return what was typed, once the form is valid."""
        fails, where, repair = (named(self, name) for name in ("fails", "where", "repair"))
        act, article, evidence = ((self[name].data or "").strip() for name in ("act", "article", "evidence"))
        return FailingAct(act, article, fails, where, evidence, repair)


def failing_form(act: FailingAct | None, seen: int) -> FailingForm:
    """Return the form of an act that does not work, filled with what stands."""
    filled: dict[str, object] = {"seen": seen}
    if act is not None:
        filled |= {name: getattr(act, name) for name in ("act", "article", "evidence")}
        for name in ("fails", "where", "repair"):
            filled |= spread(name, getattr(act, name))
    return FailingForm(data=filled)


class SumsForm(SeenForm):
    """Sums of a year that the record does not have, typed by hand."""

    year = IntegerField("annual.form.year_of_sums", [web.required(), web.in_years()])
    asked = AmountField("annual.money.asked", unit=UNIT)
    recommended = AmountField("annual.money.recommended", unit=UNIT)
    adopted = AmountField("annual.money.adopted", unit=UNIT)
    executed = AmountField("annual.money.executed", unit=UNIT)
    source = line("annual.form.source_of_values", needed=True, most=500)

    def sums(self) -> TypedSums:
        """Return what was typed, once the form is valid."""
        amounts = (self[name].data for name in MONEY)
        return TypedSums(self.year.data or 0, (self.source.data or "").strip(), *amounts)


def sums_form(sums: TypedSums | None, seen: int) -> SumsForm:
    """Return the form of typed sums, filled with what stands."""
    filled: dict[str, object] = {"seen": seen}
    if sums is not None:
        filled |= {name: getattr(sums, name) for name in ("year", "source", *MONEY)}
    return SumsForm(data=filled)


class ValuesForm(SeenForm):
    """The values of one territory and year; `values_form` adds a field for each indicator."""

    source = line("annual.form.source_of_values", needed=True, most=500)
    illustrative = BooleanField("annual.form.illustrative")


def values_form(indicators: tuple[Indicator, ...], begun: dict[str, object]) -> ValuesForm:
    """Return the form of one territory and year; the fields are named by the place of the indicator."""
    fields: dict[str, Any] = {}
    for place, each in enumerate(indicators):
        fields[f"value_{place}"] = line(each.name, most=30, description=f"annual.measure.{each.measure}.hint")
        fields[f"validate_value_{place}"] = _checking(each.measure)
    made: type[ValuesForm] = type("ValuesForm", (ValuesForm,), fields)
    return made(data=begun)


class FileForm(SeenForm):
    """A file of values."""

    file = FileField("annual.form.file", [web.required()])
    illustrative = BooleanField("annual.form.illustrative")


class AdmitForm(web.Form):
    """Whom to let in, and for which association."""

    whom = SelectField("annual.form.whom", [web.required()])


class StepForm(web.Form):
    """What became of a filed report."""

    kind = SelectField(
        "annual.form.step",
        [web.required()],
        choices=[web.choice(each, f"annual.step.{each}") for each in STEPS],
    )
    on = DateField("annual.form.on", [web.required(), web.in_years()])
    body = line("annual.form.body", needed=True)
    reference = line("annual.form.reference", most=100)
    words = passage("annual.form.step_words", most=4_000)
    until = DateField("annual.form.until", [Optional(), web.in_years()])
    to = IntegerField(
        "annual.form.to", [Optional(), NumberRange(min=1, max=9999, message="web.not_a_whole_number")]
    )

    def step(self) -> Step:
        """Return what was typed, once the form is valid."""
        body, words, reference = ((self[name].data or "").strip() for name in ("body", "words", "reference"))
        assert self.on.data is not None  # noqa: S101 - the field is required
        return Step(self.kind.data, self.on.data, body, words, reference, self.until.data, self.to.data or 0)


def _checking(measure: Measure) -> Any:
    def check(_form: object, field: StringField) -> None:
        _check_figure(field, measure)

    return check


def _check_figure(field: StringField, measure: Measure) -> None:
    try:
        _figure(field, measure)
    except UnreadableNumber as unreadable:
        fault = ValidationError()
        fault.args = (Problem(unreadable.key, unreadable.details),)
        raise fault from unreadable


def _figure(field: StringField, measure: Measure) -> int | None:
    typed = (field.data or "").strip()
    return read(typed, measure) if typed else None
