"""What parameters are called, and in which unit people write them."""

from dataclasses import replace

from budgetproto.errors import Problem
from budgetproto.i18n import LANGUAGES, Named, every_language, is_known, text
from budgetproto.money import Som, Unit
from budgetproto.transfers.modelling.shipped import item_names
from budgetproto.transfers.models import ModelCode, Value, measure_of


def parameter_name(parameter: str) -> Named:
    """Return what a parameter is called: its kind, then the tax, power or trait it is of."""
    kind, _, of = parameter.partition(".")
    key = f"transfers.models.parameter.{kind}"
    if not is_known(key):
        return Named(parameter, parameter, parameter)
    if not of:
        return every_language(key)
    return every_language(f"{key}_of", item=item_name(of))


def input_name(name: str) -> Named:
    """Return what a figure of a territory is called: its kind, then the tax, power or trait it is of."""
    kind, _, of = name.partition(".")
    key = f"transfers.models.kind.{kind}"
    if not of:
        return every_language(key)
    item = item_name(of)
    return Named(*(f"{text(key, language)}: {item.text(language)}" for language in LANGUAGES))


def is_counted(name: str) -> bool:
    """Tell whether a figure of a territory is a number and no amount."""
    return name.partition(".")[0] in {"volume", "trait", "points"}


def named_parameters(problem: Problem) -> Problem:
    """Return a problem that names its parameters instead of telling their codes."""
    codes = {name: str(problem.details[name]) for name in ("parameter", "items") if name in problem.details}
    told = {
        name: _joined([parameter_name(code) for code in each.split(", ")]) for name, each in codes.items()
    }
    return replace(problem, details={**problem.details, **told})


def unit_of(model: ModelCode, parameter: str) -> Unit | None:
    """Return the unit an amount is written in; None for a share."""
    if measure_of(model, parameter) == "share":
        return None
    return Unit.SOM if parameter.startswith("unit_cost") else Unit.THOUSAND_SOMS


def whole_number(value: Value) -> int:
    """Return a value as it is stored: hundredths of a percent, or tyiyn."""
    return value.tyiyn if isinstance(value, Som) else value


def _joined(names: list[Named]) -> Named:
    return Named(*("; ".join(name.text(language) for name in names) for language in LANGUAGES))


def item_name(of: str) -> Named:
    """Return what a tax, a power or a trait is called; a territory of its own is added by its code."""
    name, _, code = of.partition(".")
    found = item_names().get(name, Named(name, name, name))
    if not code:
        return found
    return Named(*(f"{found.text(language)} ({code})" for language in LANGUAGES))
