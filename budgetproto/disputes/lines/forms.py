"""The forms in which the secretary enters a contested line."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import NO_PARAMETER, Base, LineText, Measure, ParameterLink, costs_more
from budgetproto.disputes.figures.fields import FigureForm
from budgetproto.disputes.lines.entering import BaseNotWhole
from budgetproto.disputes.lines.form_rows import ROWS
from budgetproto.disputes.lines.history import KNOWN_FIGURES
from budgetproto.disputes.lines.history_forms import history_fields, history_of, history_values, offer_actors
from budgetproto.disputes.lines.needs import NeedWithoutSource
from budgetproto.disputes.parameters.lines import BaseBesidePrices, BaseOfModel, ParameterUnfit, StepNotWhole
from budgetproto.disputes.parameters.prices import NoMoneyInIt, NotMonotone, TooManySteps
from budgetproto.i18n import Named
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.sittings.fields import Preset, in_languages, line, named, spread
from budgetproto.web import Form, choice, in_years, required


class MeasureForm(Form):
    """What kind of figure a new line is about."""

    class Meta(Form.Meta):
        """A question asked by GET changes nothing and needs no token."""

        csrf = False

    measure = RadioField(
        "disputes.measure",
        [required()],
        choices=[choice(measure.value, f"disputes.measure.{measure.value}") for measure in Measure],
    )


class LineForm(FigureForm):
    """What the secretary enters of a line; `line_form` adds the figures of its measure and its history."""

    places: ClassVar = {
        **FigureForm.places,
        BaseNotWhole: "money_base",
        BaseOfModel: "money_base",
        ParameterUnfit: "parameter",
        NotMonotone: "parameter",
        NoMoneyInIt: "parameter",
        TooManySteps: "step",
        StepNotWhole: "step",
        BaseBesidePrices: "money_base",
        NeedWithoutSource: "documented_need_source",
    }
    rows: ClassVar[int] = 0
    sides: Mapping[str, Side] = MappingProxyType({})

    seen = HiddenField()
    title_ky, title_ru, title_en = in_languages("disputes.title", needed=True)
    kind = SelectField("disputes.kind", [required()])
    territory = line("disputes.territory", most=14, description="disputes.territory.hint")
    group_ky, group_ru, group_en = in_languages("disputes.group")
    year = IntegerField("disputes.year", [required(), in_years()])
    recurring = RadioField(
        "disputes.recurring",
        [required()],
        choices=[choice("no", "disputes.recurring.no"), choice("yes", "disputes.recurring.yes")],
    )
    cost_sign = RadioField(
        "disputes.cost_sign",
        [Preset()],
        default="more",
        choices=[choice("more", "disputes.cost_sign.more"), choice("less", "disputes.cost_sign.less")],
    )
    legal_basis_ky, legal_basis_ru, legal_basis_en = in_languages("disputes.legal_basis", most=1000)
    budget_code = line("disputes.budget_code", most=60)
    protected = BooleanField("disputes.protected", description="disputes.protected.hint")
    limit_basis = line("disputes.limit_basis", most=500, description="disputes.limit_basis.hint")
    lead_government = SelectField("disputes.lead_government", description="disputes.lead.hint")
    lead_lsg = SelectField("disputes.lead_lsg", description="disputes.lead.hint")
    note_ky, note_ru, note_en = in_languages("disputes.note", long=True, most=4000)
    illustrative = BooleanField("disputes.illustrative")

    def offer(self, kinds: dict[str, Named], parties: list[Party]) -> None:
        """Let the reader choose kinds and leading parties."""
        self.kind.choices = [_choose(), *(choice(code, name) for code, name in kinds.items())]
        for field, side in ((self.lead_government, "government"), (self.lead_lsg, "lsg")):
            of_side = [choice(party.id, party.name) for party in parties if party.side == side]
            field.choices = [choice("", "disputes.lead.none"), *of_side]
        self.sides = {party.id: party.side for party in parties}
        offer_actors(self, self.rows, parties)

    def text(self, measure: Measure) -> LineText:
        """Return what was typed, once the form is valid."""
        return LineText(
            title=named(self, "title"),
            kind=str(self.kind.data),
            territory=(self.territory.data or "").strip() or None,
            group=named(self, "group"),
            year=self.year.data or 0,
            measure=measure,
            recurring=self.recurring.data == "yes",
            legal_basis=named(self, "legal_basis"),
            budget_code=self.budget_code.data or "",
            history=history_of(self, self.rows, self.sides),
            base_government=self._base("base_government"),
            base_lsg=self._base("base_lsg"),
            money_base=self._figure("money_base"),
            cost_sign=1 if self.cost_sign.data == "more" else -1,
            step=self._figure("step"),
            floor=self._figure("floor"),
            cap=self._figure("cap"),
            protected=self.protected.data,
            limit_basis=self.limit_basis.data or "",
            lead_government=self.lead_government.data or None,
            lead_lsg=self.lead_lsg.data or None,
            illustrative=self.illustrative.data,
            note=named(self, "note"),
            approved_last_year=self._base("approved_last_year"),
            executed=self._base("executed"),
            documented_need=self._base("documented_need"),
            parameter=self._parameter(),
        )

    def offer_parameters(self, found: Mapping[str, Named], years: Iterable[int]) -> None:
        """Let the reader choose what parameter of a model the line is about, on the data of which year."""
        if "parameter" in self:
            parameters = [choice(code, name) for code, name in found.items()]
            self.parameter.choices = [choice("", "disputes.parameter.none"), *parameters]
            told = [choice(str(year), Named(*[str(year)] * 3)) for year in years]
            self.parameter_year.choices = [choice("", "disputes.parameter_year.none"), *told]

    def _parameter(self) -> ParameterLink:
        if "parameter" not in self or not self.parameter.data:
            return NO_PARAMETER
        key, _, name = str(self.parameter.data).partition(" ")
        return ParameterLink(key, name, int(self.parameter_year.data or 0))

    def _base(self, name: str) -> Base:
        if name not in self:
            return Base()
        source, as_of = self[f"{name}_source"].data or "", self[f"{name}_as_of"].data
        return Base(self[name].data, source, self[f"{name}_illustrative"].data, as_of)

    def _figure(self, name: str) -> Any:
        return self[name].data if name in self else None


class _AmountLine(LineForm):
    parameter = SelectField("disputes.parameter", default="")
    parameter_year = SelectField("disputes.parameter_year", default="")
    floor = AmountField("disputes.floor")
    cap = AmountField("disputes.cap")


class _PercentageLine(LineForm):
    parameter = SelectField("disputes.parameter", default="")
    parameter_year = SelectField("disputes.parameter_year", default="")
    money_base = AmountField("disputes.money_base", description="disputes.money_base.hint")
    step = PercentageField("disputes.step", description="disputes.step.hint")
    floor = PercentageField("disputes.floor")
    cap = PercentageField("disputes.cap")


def line_form(measure: Measure, history: int) -> type[LineForm]:
    """Return the form for a line of this measure, with rows for so many entries of its history.

    Only amounts and percentages have known figures.
    """
    of_measure = {Measure.AMOUNT: _AmountLine, Measure.PERCENTAGE: _PercentageLine}.get(measure, LineForm)
    rows = ROWS.count(history)
    fields = {**_known_figures(measure), **history_fields(measure, rows), "rows": rows}
    made: type[LineForm] = type("LineForm", (of_measure,), fields)
    return made


def line_values(text: LineText, measure: Measure) -> dict[str, Any]:
    """Return a line as the values its form starts with; figures of another measure are left out."""
    plain = ("kind", "year", "budget_code", "limit_basis", "protected", "illustrative")
    places = ("territory", "lead_government", "lead_lsg")
    figures = ("money_base", "step", "floor", "cap") if measure is text.measure else ()
    values = {name: getattr(text, name) for name in (*plain, *places, *figures)}
    for name in ("title", "group", "legal_basis", "note"):
        values |= spread(name, getattr(text, name))
    for name in KNOWN_FIGURES if measure is text.measure else ():
        base = getattr(text, name)
        values |= {name: base.figure} | {f"{name}_{part}": getattr(base, part) for part in _PARTS}
    values |= history_values(text.history, figures=measure is text.measure)
    if text.parameter and measure is text.measure:
        values |= {"parameter": f"{text.parameter.parameters} {text.parameter.name}"}
        values |= {"parameter_year": str(text.parameter.year)}
    values["recurring"] = "yes" if text.recurring else "no"
    return values | {"cost_sign": "more" if costs_more(text) else "less"}


_PARTS: Final = ("source", "as_of", "illustrative")


def _known_figures(measure: Measure) -> dict[str, Any]:
    """Return the fields of every known figure: the figure, its source, the date of the data, its mark."""
    field = {Measure.AMOUNT: AmountField, Measure.PERCENTAGE: PercentageField}.get(measure)
    if field is None:
        return {}
    figures = {name: field(f"disputes.{name}", description=f"disputes.{name}.hint") for name in KNOWN_FIGURES}
    return figures | {name: about for figure in KNOWN_FIGURES for name, about in _about(figure).items()}


def _about(figure: str) -> dict[str, Any]:
    return {
        f"{figure}_source": line(f"disputes.{figure}_source", most=500),
        f"{figure}_as_of": DateField(f"disputes.{figure}_as_of", [Optional(), in_years()]),
        f"{figure}_illustrative": BooleanField(f"disputes.{figure}_illustrative"),
    }


def _choose() -> Any:
    return choice("", "web.choose")
