"""Form fields for figures: of the kind a line asks for, with each refusal beside the field it is about."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Final, TypeVar

from wtforms import BooleanField, RadioField

from budgetproto.disputes.domain import (
    Figure,
    FigureMissing,
    FigureOfAnotherKind,
    FloorAboveCap,
    JumpUnconfirmed,
    Measure,
    OnlyLeadStatesFigure,
    VulnerableUnnamed,
    is_points,
)
from budgetproto.disputes.figures.wording import WRITTEN, stated_words
from budgetproto.disputes.parameters.prices import NotOnTheList
from budgetproto.disputes.positions.bounds import LONGEST as _MOST
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.i18n import Words, with_unit
from budgetproto.i18n.languages import as_language
from budgetproto.money import Som
from budgetproto.money.fields import AmountField, PercentageField
from budgetproto.sittings.fields import Preset, labelled, line, named, passage
from budgetproto.web import Form, choice, request_language

_Form = TypeVar("_Form", bound="FigureForm")


class FigureForm(Form):
    """A form about one line; `measured` gives it the fields of the line's measure."""

    #: The field each refusal is shown beside.
    places: ClassVar[Mapping[type[ConciliationError], str]] = {
        FigureMissing: "figure",
        FigureOfAnotherKind: "figure",
        OnlyLeadStatesFigure: "figure",
        JumpUnconfirmed: "figure",
        NotOnTheList: "figure",
        FloorAboveCap: "floor",
        VulnerableUnnamed: "vulnerable_text",
    }

    def take(self, error: ConciliationError) -> None:
        """Put a refusal beside its field, its amounts in the sitting's unit."""
        if isinstance(error, BadInput):
            super().take(error)
        else:
            self.take_at(error, self.places.get(type(error)))

    def take_at(self, error: ConciliationError, name: str | None) -> None:
        """Put a refusal beside the field of this name, above the form where there is none."""
        told = {
            place: with_unit(value, self.meta.unit, request_language())
            for place, value in error.details.items()
        }
        super().take(BadInput(Problem(error.key, told, form_field=name)))

    def stated(self) -> Figure:
        """Return the figure that was typed, None for none."""
        raise NotImplementedError


class WordsForm(FigureForm):
    """A form with texts of a party in Kyrgyz and Russian, one of them the original."""

    language = RadioField(
        "disputes.original_language",
        [Preset()],
        default="ky",
        choices=[choice(code, f"web.language.{code}") for code in WRITTEN],
        description="disputes.original_language.hint",
    )
    translation_confirmed = BooleanField(
        "disputes.translation_confirmed", description="disputes.translation_confirmed.hint"
    )
    translator = line("disputes.translator", most=_MOST["translator"], description="disputes.translator.hint")

    def words(self, name: str) -> Words | None:
        """Return a text with its translation; None when nothing was typed; BadInput without an original."""
        return stated_words(
            name,
            named(self, name),
            as_language(self.language.data),
            confirmed=self.translation_confirmed.data,
            translator=self.translator.data or "",
        )


class _AmountFigure(FigureForm):
    figure = AmountField("disputes.figure", description="disputes.figure.amount_hint")

    def stated(self) -> Figure:
        found: Som | None = self.figure.data
        return found


class _PercentageFigure(FigureForm):
    figure = PercentageField("disputes.figure", description="disputes.figure.percentage_hint")

    def stated(self) -> Figure:
        found: int | None = self.figure.data
        return found


class _YesNoFigure(FigureForm):
    figure = RadioField(
        "disputes.figure",
        default="",
        choices=[
            choice("yes", "disputes.answer.yes"),
            choice("no", "disputes.answer.no"),
            choice("", "disputes.answer.unstated"),
        ],
        description="disputes.figure.yes_no_hint",
    )

    def stated(self) -> Figure:
        return {"yes": True, "no": False}.get(str(self.figure.data))


_TEXT_HINT: Final = "disputes.figure.text_hint"


class _TextFigure(WordsForm):
    figure_ky = passage(labelled("disputes.figure.text", "ky"), most=_MOST["figure"], description=_TEXT_HINT)
    figure_ru = passage(labelled("disputes.figure.text", "ru"), most=_MOST["figure"], description=_TEXT_HINT)

    def stated(self) -> Figure:
        return self.words("figure")


_BY_MEASURE: Final[dict[Measure, type[FigureForm]]] = {
    Measure.AMOUNT: _AmountFigure,
    Measure.PERCENTAGE: _PercentageFigure,
    Measure.YES_NO: _YesNoFigure,
    Measure.TEXT: _TextFigure,
}


@cache
def measured(form: type[_Form], measure: Measure) -> type[_Form]:
    """Return a form with the fields for a figure of this measure."""
    made: type[_Form] = type(form.__name__, (_BY_MEASURE[measure], form), {})
    return made


def started(figure: Figure) -> dict[str, Any]:
    """Return a figure as the values its fields start with."""
    match figure:
        case bool():
            return {"figure": "yes" if figure else "no"}
        case Words():
            return spread_words("figure", figure)
        case Som():
            return {"figure": figure}
        case _ if is_points(figure):
            return {"figure": figure}
    return {}


def spread_words(name: str, words: Words | None) -> dict[str, Any]:
    """Return a text as the values its fields start with."""
    if words is None:
        return {}
    return {
        **{f"{name}_{code}": getattr(words.text, code) for code in WRITTEN},
        "language": words.language,
        "translation_confirmed": any(code != words.language for code in words.confirmed),
        "translator": words.translator,
    }
