"""The form in which the secretary proposes the terms of the sitting."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, Final

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from budgetproto.disputes.figures.fields import FigureForm
from budgetproto.disputes.lines.form_rows import GROUP, GROUPS, ROWS
from budgetproto.disputes.lines.needs import GrowthOutOfRange
from budgetproto.disputes.terms.group_forms import group_fields, group_values, groups_of, stated_rows
from budgetproto.disputes.terms.groups import GroupRefused
from budgetproto.disputes.terms.pinning import OFFERED, IndicatorNotKnown, RuleNotOffered, TerritoryNotSaid
from budgetproto.disputes.terms.proposing import KappaOutOfRange, NewTerms
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.i18n import Named
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.sittings.domain import LsgFigure, Source, Terms
from budgetproto.sittings.fields import line, numbered
from budgetproto.web import choice, in_years, required

#: Rows for sources a form of terms begins with.
_ROWS: Final = 3


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
