"""The forms of the secretary: a contested line, and the terms of the sitting."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, Final

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party, Side
from budgetproto.disputes.domain import NO_PARAMETER, Base, LineText, Measure, ParameterLink, costs_more
from budgetproto.disputes.figures import FigureForm
from budgetproto.disputes.group_forms import group_fields, group_values, groups_of, stated_rows
from budgetproto.disputes.groups import GroupRefused
from budgetproto.disputes.history import KNOWN_FIGURES
from budgetproto.disputes.history_forms import history_fields, history_of, history_values, offer_actors
from budgetproto.disputes.needs import GrowthOutOfRange, NeedWithoutSource
from budgetproto.disputes.parameter_lines import BaseBesidePrices, BaseOfModel, ParameterUnfit, StepNotWhole
from budgetproto.disputes.pinning import OFFERED, IndicatorNotKnown, RuleNotOffered, TerritoryNotSaid
from budgetproto.disputes.prices import NoMoneyInIt, NotMonotone, TooManySteps
from budgetproto.disputes.rows import GROUP, GROUPS, ROWS
from budgetproto.disputes.service import BaseNotWhole, KappaOutOfRange, NewTerms
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.i18n import Named
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.sittings.domain import LsgFigure, Source, Terms
from budgetproto.sittings.fields import Preset, in_languages, line, named, numbered, spread
from budgetproto.web import Form, choice, in_years, required

#: Rows for sources a form of terms begins with.
_ROWS: Final = 3


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


class TermsForm(FigureForm):
    """The terms of a sitting; `terms_form` adds the rows for sources of the envelope and limits of groups."""

    rows: ClassVar[int] = 0
    group_rows: ClassVar[int] = 0

    rule = RadioField(
        "sittings.rule",
        [required()],
        default="A",
        choices=[choice(rule, f"sittings.rule.{rule}") for rule in OFFERED],
    )
    quantum = AmountField(
        "sittings.quantum",
        [required()],
        unit=Unit.SOM,
        description="disputes.quantum.hint",
    )
    kappa = PercentageField("sittings.kappa", description="sittings.kappa.hint")
    lsg_figure = RadioField(
        "sittings.lsg_figure",
        [required()],
        choices=[choice(each.value, f"sittings.lsg_figure.{each.value}") for each in LsgFigure],
    )

    growth = IntegerField("disputes.growth", [Optional()], description="disputes.growth.hint")
    places: ClassVar = {
        **FigureForm.places,
        GrowthOutOfRange: "growth",
        KappaOutOfRange: "kappa",
        **dict.fromkeys((RuleNotOffered, TerritoryNotSaid, IndicatorNotKnown), "rule"),
    }

    def terms(self) -> NewTerms:
        """Return what was typed, once the form is valid."""
        sources = [self._source(number) for number in range(1, self.rows + 1) if self._stated(number)]
        return NewTerms(
            rule=str(self.rule.data),
            sources=tuple(sources),
            quantum=self.quantum.data,
            kappa=self.kappa.data or 0,
            lsg_figure=LsgFigure(self.lsg_figure.data),
            groups=groups_of(self, self.group_rows),
            growth=self.growth.data,
        )

    def take(self, error: ConciliationError) -> None:
        """Put the refusal of a limit of a group beside its row."""
        if isinstance(error, GroupRefused):
            row = stated_rows(self, self.group_rows)[error.place]
            self.take_at(error, f"{GROUP}{error.about}_{row}")
        else:
            super().take(error)

    def _stated(self, number: int) -> bool:
        asked = ("name_ky", "name_ru", "amount", "document_ky", "document_ru")
        return any(self[f"{name}_{number}"].data not in (None, "") for name in asked)

    def _source(self, number: int) -> Source:
        values = {name: self[f"{name}_{number}"].data for name in (*_SOURCE_TEXTS, "amount", "year", "side")}
        for name in ("name_ky", "amount", "year"):
            if values[name] in (None, ""):
                raise BadInput(Problem("web.required", form_field=f"{name}_{number}"))
        return Source(
            name=Named(values["name_ky"], values["name_ru"]),
            amount=values["amount"],
            year=values["year"],
            document=Named(values["document_ky"], values["document_ru"]),
            side=values["side"] or None,
            illustrative=self[f"illustrative_{number}"].data,
        )


_SOURCE_TEXTS: Final = ("name_ky", "name_ru", "document_ky", "document_ru")


def terms_form(
    unit: Unit, terms: Terms | None, *, step: Som, groups: Mapping[str, Named] = MappingProxyType({})
) -> TermsForm:
    """Return the form of the terms in the sitting's unit, filled with `terms`, rows as many as are needed.

    `step` is the step of rounding that terms begin with; `groups` are the territories and kinds of the lines.
    """
    rows = ROWS.count(len(terms.sources) + 1 if terms else _ROWS)
    group_rows = GROUPS.count(len(terms.groups) if terms else 0)
    fields = group_fields(group_rows, groups) | {
        name: field for number in range(1, rows + 1) for name, field in _source_fields(number).items()
    }
    made: type[TermsForm] = type(
        "TermsForm", (TermsForm,), {**fields, "rows": rows, "group_rows": group_rows}
    )
    sent = ROWS.kept() or GROUPS.kept()
    return made(meta={"unit": unit}, data=_terms_values(terms) if terms else {"quantum": step}, **sent)


def _source_fields(number: int) -> dict[str, Any]:
    sides = [
        choice("", "disputes.side.none"),
        *(choice(s, f"accounts.side.{s}") for s in ("government", "lsg")),
    ]
    texts = {
        f"{name}_{number}": line(numbered(f"disputes.source_{name}", number), most=500)
        for name in _SOURCE_TEXTS
    }
    label: Callable[[str], Any] = partial(numbered, number=number)
    return texts | {
        f"amount_{number}": AmountField(label("sittings.source.amount")),
        f"year_{number}": IntegerField(label("sittings.source.year"), [Optional(), in_years()]),
        f"side_{number}": SelectField(label("sittings.source.side"), choices=sides),
        f"illustrative_{number}": BooleanField(label("sittings.illustrative")),
    }


def _terms_values(terms: Terms) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rule": terms.rule,
        "quantum": terms.quantum,
        "kappa": terms.kappa or None,
        "lsg_figure": terms.lsg_figure.value,
        "growth": terms.growth,
    }
    values |= group_values(terms.groups)
    for number, source in enumerate(terms.sources, start=1):
        values |= {
            f"name_ky_{number}": source.name.ky,
            f"name_ru_{number}": source.name.ru,
            f"document_ky_{number}": source.document.ky,
            f"document_ru_{number}": source.document.ru,
            f"amount_{number}": source.amount,
            f"year_{number}": source.year,
            f"side_{number}": source.side or "",
            f"illustrative_{number}": source.illustrative,
        }
    return values


def _choose() -> Any:
    return choice("", "web.choose")
