"""PURE: parameter sets: the values of a model in one version, dated and sourced; what two sets differ in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

from budgetproto.errors import BadInput, Problem
from budgetproto.i18n.languages import Named
from budgetproto.money import Som
from budgetproto.transfers.models.arrays import LARGEST, WHOLE

ModelCode = Literal["equalization", "sharing", "delegated", "stimulating"]
SetStatus = Literal["law", "draft", "proposal", "illustrative"]
#: What a value counts: hundredths of a percent, or tyiyn.
Measure = Literal["share", "amount"]
#: A value as people see it: hundredths of a percent, or an amount.
Value: TypeAlias = int | Som

MODEL_CODES: Final[tuple[ModelCode, ...]] = get_args(ModelCode)
SET_STATUSES: Final[tuple[SetStatus, ...]] = get_args(SetStatus)

#: The parameters of each model by the first part of their code, and what they count.
_KINDS: Final[Mapping[ModelCode, Mapping[str, Measure]]] = {
    "equalization": {"fund": "amount", "coverage": "share", "quantum": "amount", "coefficient": "share"},
    "sharing": {"norm": "share"},
    "delegated": {"unit_cost": "amount"},
    "stimulating": {"fund": "amount", "cofinancing": "share", "limit": "amount"},
}
#: The largest share a parameter may have: a norm leaves at most all, a coefficient multiplies by ten at most.
_MOST: Final[Mapping[str, int]] = {
    "norm": WHOLE,
    "cofinancing": WHOLE,
    "coverage": WHOLE,
    "coefficient": 10 * WHOLE,
}
#: Without one of each of these a model cannot run; a set that is laid over another one need not name them.
_NEEDED: Final[Mapping[ModelCode, tuple[tuple[str, ...], ...]]] = {
    "equalization": (("fund", "coverage"),),
    "stimulating": (("cofinancing",), ("fund",)),
}


@dataclass(frozen=True)
class ParameterSet:
    """One version of the parameters of a model; `reference` is the legal reference in words.

    `values` are hundredths of a percent or tyiyn, as `measure_of` their code says. A later version takes no
    earlier one away. `source` holds keys of the sources or words; an empty `valid_to` has no end yet.
    """

    model: ModelCode
    code: str
    name: Named
    status: SetStatus
    valid_from: date
    values: Mapping[str, int]
    source: str
    reference: Named = field(default_factory=Named)
    note: Named = field(default_factory=Named)
    valid_to: date | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise BadInput(*problems)

    @property
    def key(self) -> str:
        """What names this version in an address."""
        return f"{self.code}.{self.version}"

    @property
    def illustrative(self) -> bool:
        """Whether the values are made up."""
        return self.status == "illustrative"

    @property
    def missing(self) -> tuple[str, ...]:
        """What the model needs and the set does not name; of what may stand for one another, all of it."""
        needed = _NEEDED.get(self.model, ())
        return tuple(name for names in needed if not set(names) & set(self.values) for name in names)

    def laid_over(self, base: "ParameterSet") -> "ParameterSet":
        """Return this set with what it does not name taken from the base."""
        return replace(self, values={**base.values, **self.values})

    def value(self, parameter: str) -> Value | None:
        """Return a value as people see it; None where the set has none."""
        stored = self.values.get(parameter)
        return None if stored is None else shown_value(self.model, parameter, stored)

    def with_value(self, parameter: str, value: int) -> "ParameterSet":
        """Return the same set with one value changed; raise BadInput for a parameter it does not have."""
        if parameter not in self.values:
            raise BadInput(Problem("transfers.models.unknown_parameter", {"parameter": parameter}))
        return replace(self, values={**self.values, parameter: value})

    def _problems(self) -> Iterable[Problem]:
        for parameter, value in self.values.items():
            if not _known(self.model, parameter):
                yield Problem("transfers.models.unknown_parameter", {"parameter": parameter})
            elif not _in_range(parameter, value):
                yield Problem("transfers.models.value_out_of_range", {"parameter": parameter})
        if not self.values:
            yield Problem("transfers.models.no_values")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            yield Problem("transfers.models.ends_before_it_begins")


@dataclass(frozen=True)
class Difference:
    """One parameter of two sets; None where a set does not have it."""

    parameter: str
    first: Value | None
    second: Value | None

    @property
    def differs(self) -> bool:
        """Whether the two sets say different things."""
        return self.first != self.second

    @property
    def change(self) -> Value | None:
        """The second less the first; None where one of them says nothing."""
        if self.first is None or self.second is None:
            return None
        if isinstance(self.first, Som) and isinstance(self.second, Som):
            return self.second - self.first
        assert isinstance(self.first, int) and isinstance(self.second, int)  # noqa: S101, PT018 - one measure
        return self.second - self.first


def measure_of(model: ModelCode, parameter: str) -> Measure:
    """Return what a parameter counts.

    >>> measure_of("sharing", "norm.income_tax_agent")
    'share'
    """
    return _KINDS[model][parameter.partition(".")[0]]


def shown_value(model: ModelCode, parameter: str, stored: int) -> Value:
    """Return a stored value as people see it."""
    return Som(stored) if measure_of(model, parameter) == "amount" else stored


def differences(first: ParameterSet, second: ParameterSet) -> tuple[Difference, ...]:
    """Lay two sets of one model side by side, in the order of the first; raise BadInput for two models."""
    if first.model != second.model:
        raise BadInput(Problem("transfers.models.two_models"))
    parameters = dict.fromkeys((*first.values, *second.values))
    return tuple(Difference(each, first.value(each), second.value(each)) for each in parameters)


def in_force(sets: Iterable[ParameterSet], on: date) -> tuple[ParameterSet, ...]:
    """Return the newest version of each set that is law and holds on a day."""
    newest = {each.code: each for each in sorted(sets, key=lambda each: each.version) if each.status == "law"}
    return tuple(
        each
        for each in newest.values()
        if each.valid_from <= on and (each.valid_to is None or on <= each.valid_to)
    )


def _known(model: ModelCode, parameter: str) -> bool:
    kind, _, of = parameter.partition(".")
    if kind not in _KINDS[model]:
        return False
    return bool(of) == (kind in {"norm", "coefficient", "unit_cost"})


def _in_range(parameter: str, value: int) -> bool:
    least = 1 if parameter == "quantum" else 0
    return least <= value <= _MOST.get(parameter.partition(".")[0], LARGEST)
