"""The forms of the secretary: a contested line, and the terms of the sitting."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final

from flask import request
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.accounts.domain import Party
from budgetproto.disputes.domain import Base, LineText, Measure
from budgetproto.disputes.figures import FigureForm
from budgetproto.disputes.service import BaseNotWhole, NewTerms
from budgetproto.errors import BadInput, Problem
from budgetproto.i18n import Named
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.sittings.domain import LsgFigure, Source, Terms
from budgetproto.sittings.fields import Preset, in_languages, line, named, numbered, spread
from budgetproto.web import Form, choice, in_years, required, whole

#: Rows for sources a form of terms begins with, and the most it takes.
_ROWS: Final = 3
_MOST_ROWS: Final = 20


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
    """What the secretary enters of a line; `line_form` adds the figures of its measure."""

    places: ClassVar = {**FigureForm.places, BaseNotWhole: "money_base"}

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
    base_government_source = line("disputes.base_government_source", most=500)
    base_government_illustrative = BooleanField("disputes.base_government_illustrative")
    base_lsg_source = line("disputes.base_lsg_source", most=500)
    base_lsg_illustrative = BooleanField("disputes.base_lsg_illustrative")
    protected = BooleanField("disputes.protected", description="disputes.protected.hint")
    limit_basis = line("disputes.limit_basis", most=500, description="disputes.limit_basis.hint")
    lead_government = SelectField("disputes.lead_government", description="disputes.lead.hint")
    lead_lsg = SelectField("disputes.lead_lsg", description="disputes.lead.hint")
    history_ky, history_ru, history_en = in_languages("disputes.history", long=True, most=4000)
    note_ky, note_ru, note_en = in_languages("disputes.note", long=True, most=4000)
    illustrative = BooleanField("disputes.illustrative")

    def offer(self, kinds: dict[str, Named], parties: list[Party]) -> None:
        """Let the reader choose kinds and leading parties."""
        self.kind.choices = [_choose(), *(choice(code, name) for code, name in kinds.items())]
        for field, side in ((self.lead_government, "government"), (self.lead_lsg, "lsg")):
            of_side = [choice(party.id, party.name) for party in parties if party.side == side]
            field.choices = [choice("", "disputes.lead.none"), *of_side]

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
            history=named(self, "history"),
            base_government=self._base("government"),
            base_lsg=self._base("lsg"),
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
        )

    def _base(self, side: str) -> Base:
        source, made_up = self[f"base_{side}_source"].data, self[f"base_{side}_illustrative"].data
        return Base(self._figure(f"base_{side}"), source or "", made_up)

    def _figure(self, name: str) -> Any:
        return self[name].data if name in self else None


class _AmountLine(LineForm):
    base_government = AmountField("disputes.base_government", description="disputes.base_government.hint")
    base_lsg = AmountField("disputes.base_lsg", description="disputes.base_lsg.hint")
    floor = AmountField("disputes.floor")
    cap = AmountField("disputes.cap")


class _PercentageLine(LineForm):
    base_government = PercentageField("disputes.base_government", description="disputes.base_government.hint")
    base_lsg = PercentageField("disputes.base_lsg", description="disputes.base_lsg.hint")
    money_base = AmountField("disputes.money_base", description="disputes.money_base.hint")
    step = PercentageField("disputes.step", description="disputes.step.hint")
    floor = PercentageField("disputes.floor")
    cap = PercentageField("disputes.cap")


def line_form(measure: Measure) -> type[LineForm]:
    """Return the form for a line of this measure; only amounts and percentages have base figures."""
    return {Measure.AMOUNT: _AmountLine, Measure.PERCENTAGE: _PercentageLine}.get(measure, LineForm)


def line_values(text: LineText, measure: Measure) -> dict[str, Any]:
    """Return a line as the values its form starts with; figures of another measure are left out."""
    plain = ("kind", "year", "budget_code", "limit_basis", "protected", "illustrative")
    places = ("territory", "lead_government", "lead_lsg")
    figures = ("money_base", "step", "floor", "cap") if measure is text.measure else ()
    values = {name: getattr(text, name) for name in (*plain, *places, *figures)}
    for name in ("title", "group", "legal_basis", "history", "note"):
        values |= spread(name, getattr(text, name))
    for side, base in (("government", text.base_government), ("lsg", text.base_lsg)):
        values[f"base_{side}"] = base.figure if measure is text.measure else None
        values[f"base_{side}_source"], values[f"base_{side}_illustrative"] = base.source, base.illustrative
    values["recurring"] = "yes" if text.recurring else "no"
    return values | {"cost_sign": "more" if text.cost_sign > 0 else "less"}


class TermsForm(FigureForm):
    """The terms of a sitting; `terms_form` adds the rows for the sources of the envelope."""

    rows: ClassVar[int] = 0

    rule = RadioField("sittings.rule", [required()], default="A", choices=[choice("A", "sittings.rule.A")])
    quantum = AmountField(
        "sittings.quantum",
        [required()],
        unit=Unit.SOM,
        default=Som(10_000),
        description="disputes.quantum.hint",
    )
    lsg_figure = RadioField(
        "sittings.lsg_figure",
        [required()],
        choices=[choice(each.value, f"sittings.lsg_figure.{each.value}") for each in LsgFigure],
    )

    @property
    def wants_rows(self) -> bool:
        """Tell whether the reader asked for one more row instead of proposing."""
        return request.form.get("act") == "rows"

    def terms(self) -> NewTerms:
        """Return what was typed, once the form is valid."""
        sources = [self._source(number) for number in range(1, self.rows + 1) if self._stated(number)]
        return NewTerms(
            rule=str(self.rule.data),
            sources=tuple(sources),
            quantum=self.quantum.data,
            kappa=0,
            lsg_figure=LsgFigure(self.lsg_figure.data),
        )

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


def terms_form(unit: Unit, terms: Terms | None) -> TermsForm:
    """Return the form of the terms in the sitting's unit, filled with `terms`, rows as many as are needed."""
    rows = _row_count(len(terms.sources) + 1 if terms else _ROWS)
    fields = {name: field for number in range(1, rows + 1) for name, field in _source_fields(number).items()}
    made: type[TermsForm] = type("TermsForm", (TermsForm,), {**fields, "rows": rows})
    return made(meta={"unit": unit}, data=_terms_values(terms) if terms else {})


def _row_count(beginning: int) -> int:
    """Return how many rows the form has: what was sent says so, one more when asked for."""
    rows = whole(request.form.get("rows"), beginning)
    return max(1, min(_MOST_ROWS, rows + (request.form.get("act") == "rows")))


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
        "lsg_figure": terms.lsg_figure.value,
    }
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
