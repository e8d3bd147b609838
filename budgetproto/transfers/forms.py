"""The forms of the reference data: a kind's legal basis, the indicators of a territory."""

from collections.abc import Mapping, Sequence

from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional, ValidationError

from budgetproto import web
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import Named
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField
from budgetproto.transfers.comparing import Asked
from budgetproto.transfers.domain import INDICATOR_KINDS, Indicator, IndicatorKind, TransferKind


class KindForm(web.Form):
    """The legal basis in three languages, the keys of its sources, and the version that was read."""

    version = HiddenField()
    basis_ky = TextAreaField("transfers.kinds.basis_ky", [web.longest(2_000), web.OnPaper()])
    basis_ru = TextAreaField("transfers.kinds.basis_ru", [web.longest(2_000), web.OnPaper()])
    basis_en = TextAreaField("transfers.kinds.basis_en", [web.longest(2_000), web.OnPaper()])
    sources = StringField(
        "transfers.kinds.sources", [web.longest(300)], description="transfers.kinds.sources.hint"
    )

    def basis(self) -> Named:
        """Return what was typed."""
        typed = (self.basis_ky.data, self.basis_ru.data, self.basis_en.data)
        return Named(*((words or "").strip() for words in typed))

    def read_version(self) -> int:
        """Return the version the form was made of; 0, which never stands, when it was tampered with."""
        return web.whole(str(self.version.data or ""))

    @classmethod
    def of(cls, kind: TransferKind) -> "KindForm":
        """Return the form of a kind: filled on the first look, as typed afterwards."""
        return cls(
            version=kind.version,
            basis_ky=kind.basis.ky,
            basis_ru=kind.basis.ru,
            basis_en=kind.basis.en,
            sources=" ".join(kind.sources),
        )


def _group(kind: IndicatorKind) -> IntegerField:
    fits = NumberRange(min=0, max=1_000_000_000, message="web.not_a_whole_number")
    return IntegerField(
        f"transfers.indicator.{kind}", [Optional(), fits], description="transfers.indicators.group.hint"
    )


class IndicatorForm(web.Form):
    """What is newly known of a territory: residents, groups of them, own revenue, of one day and source."""

    population = IntegerField(
        "transfers.indicator.population",
        [Optional(), NumberRange(min=1, max=1_000_000_000, message="web.not_a_whole_number")],
        description="transfers.indicators.people.hint",
    )
    own_revenue = AmountField(
        "transfers.indicator.own_revenue",
        unit=Unit.THOUSAND_SOMS,
        description="transfers.indicators.revenue.hint",
    )
    children = _group("children")
    pensioners = _group("pensioners")
    disabled = _group("disabled")
    benefit_recipients = _group("benefit_recipients")
    on = DateField(
        "transfers.indicators.on",
        [web.required(), web.in_years()],
        description="transfers.indicators.on.hint",
    )
    source = StringField(
        "transfers.indicators.source",
        [web.required(), web.longest(500), web.OnPaper()],
        description="transfers.indicators.source.hint",
    )

    def validate_own_revenue(self, field: Field) -> None:
        """Refuse revenue below zero."""
        if field.data is not None and field.data < Som(0):
            raise ValidationError("transfers.indicators.not_below_zero")

    def indicators(self, soate: str) -> list[Indicator]:
        """Return what was typed, once the form is valid; refuse a form that states nothing."""
        on, source = self.on.data, (self.source.data or "").strip()
        assert on is not None  # noqa: S101 - the field is required
        stated = ((kind, self[kind].data) for kind in INDICATOR_KINDS)
        found = [Indicator(soate, kind, value, on, source) for kind, value in stated if value is not None]
        if not found:
            raise BadInput(Problem("transfers.indicators.none", form_field="population"))
        return found


class ListForm(web.Form):
    """A list as a file, or as cells that were copied."""

    file = FileField("transfers.lists.file", description="transfers.lists.file.hint")
    pasted = TextAreaField("transfers.lists.pasted", description="transfers.lists.pasted.hint")


class ComparisonForm(web.Form):
    """Which figure of which two years, in the units of which of them; sent by GET."""

    figure = SelectField("transfers.compare.figure", description="transfers.compare.figure.hint")
    first = SelectField("transfers.compare.first")
    second = SelectField("transfers.compare.second")
    units = SelectField("transfers.compare.units", description="transfers.compare.units.hint")

    def asked(self) -> Asked:
        """Return what was chosen, for a form without faults."""
        return Asked(self.figure.data, int(self.first.data), int(self.second.data), int(self.units.data))

    @classmethod
    def of(
        cls, typed: "MultiDict[str, str]", figures: Mapping[str, Named], years: Sequence[int]
    ) -> "ComparisonForm":
        """Return the form with what there is to choose; at first the last two years, in the later's units."""
        known = [str(year) for year in years]
        begun = {"first": known[-2:][0], "second": known[-1], "units": known[-1]} if known else {}
        form = cls(typed or None, data=begun, meta={"csrf": False})
        form.figure.choices = [web.choice(key, name) for key, name in figures.items()]
        for field in (form.first, form.second, form.units):
            field.choices = [web.choice(year, Named(*[year] * 3)) for year in known]
        return form
