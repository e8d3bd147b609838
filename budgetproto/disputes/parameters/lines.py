"""A contested parameter of a model: what its line costs, and what each side's value means per territory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from budgetproto.disputes.domain import Figure, Line, LineText, Measure, ParameterLink, magnitude
from budgetproto.disputes.figures.stands import LineView
from budgetproto.disputes.parameters.prices import priced, steps_between
from budgetproto.errors import BadInput, Problem, Refused
from budgetproto.i18n import Named, Points
from budgetproto.money import Som
from budgetproto.transfers.domain import oblast_code
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.service import newest_sets, require_set
from budgetproto.transfers.models import (
    WHOLE,
    Comparison,
    Data,
    ParameterSet,
    Result,
    Row,
    gathered,
    simulate,
)
from budgetproto.transfers.storage import names_of

#: The parameters whose money follows the value in one proportion, by the measure of a line: a norm by the
#: money it is taken of, a fund by itself.
LINEAR: Mapping[Measure, str] = {Measure.PERCENTAGE: "norm", Measure.AMOUNT: "fund"}
#: The parameters whose money follows the value in no one proportion, each with its largest value: a question
#: in percent is about them, and the money of every step is fixed with the terms. A unit cost is stated in
#: percent of that of the set.
PRICED: Mapping[str, int] = {
    "unit_cost": 10 * WHOLE,
    "coefficient": 10 * WHOLE,
    "coverage": WHOLE,
    "cofinancing": WHOLE,
}
#: The step where none was entered: a point.
_STEP: Final = 100


class ParameterUnfit(Refused):
    """The parameter is none that a line of this measure can be about."""

    message_key = "disputes.parameter_unfit"


class BaseOfModel(Refused):
    """The money base that was typed is not the one that the model gives."""

    message_key = "disputes.parameter_base"


class BaseBesidePrices(Refused):
    """A money base was typed for a parameter whose money follows its value in no one proportion."""

    message_key = "disputes.parameter_without_base"


class StepNotWhole(Refused):
    """A step of a unit cost is no whole tyiyn."""

    message_key = "disputes.parameter_step_not_whole"


@dataclass(frozen=True, eq=False)
class ParameterEffects:
    """What the values of a line mean per territory; `runs` are named by whose value they are of."""

    parameters: ParameterSet
    link: ParameterLink
    data: Data
    runs: Mapping[str, Result]
    names: Mapping[str, Named]

    @property
    def label(self) -> str:
        """The sentence that goes with the figures."""
        return next(iter(self.runs.values())).label

    @property
    def illustrative(self) -> bool:
        """Whether something in it is made up."""
        return self.parameters.illustrative or self.data.illustrative

    def between(self, first: str, second: str) -> Comparison:
        """Lay the runs of two values side by side."""
        return Comparison(self.runs[first], self.runs[second])

    def oblasts(self, first: str, second: str) -> tuple[Row, ...]:
        """Return the sums of the oblasts between two values."""
        return self.between(first, second).by_group([oblast_code(code) for code in self.data.territories])


def with_parameter(session: Session, text: LineText) -> LineText:
    """Return a line with the money that its parameter gives it; refuse a parameter that does not fit.

    A base that was typed must be that of the model: two bases for one norm would be two prices. What follows
    its value in no one proportion gets the money of every step, and is refused where that now rises and now
    falls.
    """
    text = replace(text, prices=None)
    if not text.parameter:
        return text
    parameters, data = known_of(session, text.parameter)
    if not fits(parameters, text.parameter, text.measure):
        raise ParameterUnfit(parameter=text.parameter.name)
    if text.parameter.name.partition(".")[0] in PRICED:
        return _with_prices(data, parameters, text)
    if text.measure is not Measure.PERCENTAGE:
        simulate(data, parameters)
        return text
    base = money_base(data, parameters, text.parameter.name)
    if text.money_base not in {None, base}:
        raise BaseOfModel(base=base)
    return replace(text, money_base=base)


def fits(parameters: ParameterSet, link: ParameterLink, measure: Measure) -> bool:
    """Tell whether a line of this measure can be about the parameter."""
    kind = link.name.partition(".")[0]
    fitting = {LINEAR.get(measure)} | (PRICED.keys() if measure is Measure.PERCENTAGE else set())
    return link.name in parameters.values and kind in fitting


def model_value(parameters: ParameterSet, parameter: str, figure: int) -> int:
    """Return a figure of a line as the value of the model: percent of a unit cost are tyiyn."""
    if parameter.partition(".")[0] == "unit_cost":
        return parameters.values[parameter] * figure // WHOLE
    return figure


def _with_prices(data: Data, parameters: ParameterSet, text: LineText) -> LineText:
    if text.money_base is not None:
        raise BaseBesidePrices
    name = text.parameter.name
    kind = name.partition(".")[0]
    floor, cap = magnitude(text.floor), magnitude(text.cap)
    first, last, step = floor or 0, PRICED[kind] if cap is None else cap, text.step or _STEP
    whole = parameters.values[name] if kind == "unit_cost" else None
    if whole is not None and (whole * first % WHOLE or whole * step % WHOLE):
        raise StepNotWhole(whole=Som(whole), step=Points(step))
    money = {
        value: simulate(data, parameters.with_value(name, model_value(parameters, name, value))).total
        for value in steps_between(first, last, step)
    }
    prices = priced(first, step, money, None if whole is None else Som(whole))
    prices.check(text.documented_need.figure)
    # The list itself says which way the money goes.
    return replace(text, step=step, prices=prices, cost_sign=1)


def money_base(data: Data, parameters: ParameterSet, parameter: str) -> Som:
    """Return the money of a hundred per cent, as the model gives it: all less nothing.

    It is cut to what makes every hundredth of a point whole tyiyn.
    """
    all_of_it, none = (simulate(data, parameters.with_value(parameter, value)) for value in (WHOLE, 0))
    return Som((all_of_it.total - none.total) // WHOLE * WHOLE)


def offered(session: Session, measure: Measure) -> dict[str, tuple[ParameterSet, str]]:
    """Return the parameters that a line of this measure can be about, by what names them in a form."""
    return {
        f"{each.key} {name}": (each, name)
        for each in newest_sets(session)
        for name in each.values
        if fits(each, ParameterLink(each.key, name, 0), measure) and not each.missing
    }


def effects_of(session: Session, view: LineView, figures: Mapping[str, Figure]) -> ParameterEffects | None:
    """Run the model for each stated value of an opened line; None where fewer than two are stated.

    Raise BadInput for a value that the model cannot have.
    """
    link = view.line.text.parameter
    stated = {name: value for name, figure in figures.items() if (value := magnitude(figure)) is not None}
    if not link or len(stated) < 2:
        return None
    parameters, data = known_of(session, link)
    runs = {name: run_of(data, parameters, link, value) for name, value in stated.items()}
    codes = {*data.territories, *(oblast_code(code) for code in data.territories)}
    return ParameterEffects(parameters, link, data, runs, names_of(session, codes))


def run_of(data: Data, parameters: ParameterSet, link: ParameterLink, figure: int) -> Result:
    """Run the model of a line for a figure that was stated on it; raise BadInput for one it cannot have."""
    return simulate(data, parameters.with_value(link.name, model_value(parameters, link.name, figure)))


def known_of(session: Session, link: ParameterLink) -> tuple[ParameterSet, Data]:
    """Return the set of a link and what is known for it; raise BadInput when that is nothing."""
    parameters = require_set(session, link.parameters)
    inputs = storage.find_inputs(session, parameters.model, link.year)
    if not inputs:
        raise BadInput(Problem("transfers.models.no_data", form_field="parameter_year"))
    return parameters, gathered(inputs, year=link.year, territories=storage.self_governing(session))


def is_open(line: Line) -> bool:
    """Tell whether values of the line may be shown to those who read opened positions."""
    return line.opened_at is not None and line.withdrawn is None
