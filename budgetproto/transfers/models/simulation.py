"""PURE: running a model on what is known of the territories, and laying two runs side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np

from budgetproto.errors import BadInput, Problem
from budgetproto.transfers.models.arrays import WHOLE, BoolArray, IntArray, sums, total
from budgetproto.transfers.models.delegated import Delegated, delegate
from budgetproto.transfers.models.equalization import QUANTUM, Equalization, equalize
from budgetproto.transfers.models.parameters import ModelCode, ParameterSet
from budgetproto.transfers.models.sharing import Norm, Shared, share
from budgetproto.transfers.models.stimulating import Project, Stimulated, stimulate


@dataclass(frozen=True, eq=False)
class Data:
    """What is known of territories in one year.

    Each item is a column as long as `territories`; `known` says where it has a figure, and 0 stands where it
    has none. `illustrative` says that at least one figure is made up.
    """

    year: int
    territories: tuple[str, ...]
    items: Mapping[str, IntArray]
    known: Mapping[str, BoolArray]
    projects: tuple[Project, ...] = ()
    illustrative: bool = False
    sources: tuple[str, ...] = ()

    def of(self, kind: str) -> dict[str, IntArray]:
        """Return the columns of one kind by what follows it: the taxes of `tax`, the powers of `volume`."""
        return {
            item.partition(".")[2]: values
            for item, values in self.items.items()
            if item.partition(".")[0] == kind
        }


@dataclass(frozen=True, eq=False)
class Result:
    """The money of each territory under one set of parameters.

    `label` is the key of the sentence that must stand wherever the figures do. `money` is what the model
    decides; `beside` are columns that explain it, `facts` what it found for all together. A territory
    without data has no figure: it is False in `stated`.
    """

    label: str
    territories: tuple[str, ...]
    money: IntArray
    stated: BoolArray
    beside: Mapping[str, IntArray] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The money of all territories, in tyiyn."""
        return total(self.money)


@dataclass(frozen=True)
class Row:
    """Before, after and their difference in tyiyn: of a territory, a region, or all."""

    code: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What is gained; negative what is lost."""
        return self.after - self.before


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two runs of one model on the same data; every sum of the page and the files is made here."""

    before: Result
    after: Result

    def __post_init__(self) -> None:
        if self.before.territories != self.after.territories or self.before.label != self.after.label:
            raise ValueError("two runs of one model on the same data are compared")

    @property
    def label(self) -> str:
        """The sentence that goes with the figures."""
        return self.before.label

    @property
    def difference(self) -> IntArray:
        """What each territory gains."""
        return self.after.money - self.before.money

    @property
    def whole(self) -> Row:
        """The sum over all territories."""
        return Row("", self.before.total, self.after.total)

    def rows(self) -> tuple[Row, ...]:
        """Return the territories that have data, in their order."""
        stated = self.before.stated.tolist()
        every = zip(
            self.before.territories, self.before.money.tolist(), self.after.money.tolist(), strict=True
        )
        return tuple(Row(*each) for each, there in zip(every, stated, strict=True) if there)

    def by_group(self, group_of: Sequence[str]) -> tuple[Row, ...]:
        """Return the sums per group, by code; `group_of` names the group of each territory."""
        codes = sorted(set(group_of))
        place = {code: number for number, code in enumerate(codes)}
        groups = np.fromiter(map(place.__getitem__, group_of), dtype=np.int64, count=len(group_of))
        before, after = (sums(run.money, groups, len(codes)) for run in (self.before, self.after))
        return tuple(Row(*each) for each in zip(codes, before, after, strict=True))

    def missing(self) -> tuple[str, ...]:
        """Return the territories of which too little is known."""
        return tuple(
            code for code, there in zip(self.before.territories, self.before.stated, strict=True) if not there
        )

    def money(self) -> list[int]:
        """Return what every territory gets before and after, in tyiyn; all other money is made of it."""
        return [*self.before.money.tolist(), *self.after.money.tolist()]

    @property
    def gaining(self) -> int:
        """How many territories gain."""
        return int((self.difference > 0).sum())

    @property
    def losing(self) -> int:
        """How many territories lose."""
        return int((self.difference < 0).sum())


def compare(data: Data, base: ParameterSet, other: ParameterSet) -> Comparison:
    """Run both sets; what the other one does not name stays as in the base.

    Raise BadInput when the other names a norm or a unit cost of which the base says nothing: the money before
    would not be of the same taxes and powers as the money after.
    """
    if base.model != other.model:
        raise BadInput(Problem("transfers.models.two_models"))
    if names := unsaid(base, other):
        raise BadInput(Problem("transfers.models.base_says_nothing", {"items": ", ".join(names)}))
    return Comparison(simulate(data, base), simulate(data, other.laid_over(base)))


def unsaid(base: ParameterSet, other: ParameterSet) -> tuple[str, ...]:
    """Return the norms and unit costs of the other set of which the base says nothing."""
    return tuple(name for name in other.values if _stands_alone(name) and name not in base.values)


def _stands_alone(parameter: str) -> bool:
    kind, _, of = parameter.partition(".")
    return kind == "unit_cost" or (kind == "norm" and "." not in of)


def simulate(data: Data, parameters: ParameterSet) -> Result:
    """Run the model of a set; raise BadInput when the set or the data lacks what the model counts."""
    if parameters.missing:
        raise BadInput(Problem("transfers.models.values_missing", {"items": ", ".join(parameters.missing)}))
    return _MODELS[parameters.model](data, parameters.values)


def label_of(model: ModelCode) -> str:
    """Return the key of the sentence that goes with every figure of a model."""
    return _LABELS[model]


def _equalized(data: Data, values: Mapping[str, int]) -> Result:
    stated = _stated(data, "need", every=True) & _stated(data, "potential", every=True)
    need, potential = (np.where(stated, data.items[item], 0) for item in ("need", "potential"))
    found = equalize(
        data.territories,
        need=need,
        potential=potential,
        fund=values.get("fund"),
        coverage=values.get("coverage", WHOLE),
        quantum=values.get("quantum", QUANTUM),
        coefficients=_coefficients(data, values),
    )
    facts = {"coverage": found.coverage, "payable": found.payable, "rest": found.rest}
    beside = {"need": found.need, "potential": found.potential, "gap": found.gap}
    return Result(found.label, data.territories, found.transfers, stated, beside, facts)


def _coefficients(data: Data, values: Mapping[str, int]) -> list[IntArray]:
    """Return what multiplies the need, per coefficient: its value where a territory has the trait, else 1."""
    traits = data.of("trait")
    return [
        np.where(traits[name] > 0, value, WHOLE)
        for name, value in _of(values, "coefficient")
        if name in traits
    ]


def _shared(data: Data, values: Mapping[str, int]) -> Result:
    taxes = data.of("tax")
    norms = {tax: _norm(data, tax, values) for tax in taxes if f"norm.{tax}" in values}
    counted = {tax: taxes[tax] for tax in norms}
    stated = _stated(data, *(f"tax.{tax}" for tax in counted))
    found = share(counted, norms)
    beside = {"collected": found.collected, "republican": found.republican}
    return Result(found.label, data.territories, found.own, stated, beside)


def _norm(data: Data, tax: str, values: Mapping[str, int]) -> Norm:
    """Return the norm of a tax; with `norm.TAX.41711` territories of that code have one of their own."""
    common = values[f"norm.{tax}"]
    own = _of(values, f"norm.{tax}")
    if not own:
        return common
    norms = np.full(len(data.territories), common, dtype=np.int64)
    for start, value in sorted(own, key=lambda each: len(each[0])):
        norms[[code.startswith(start) for code in data.territories]] = value
    return norms


def _delegated(data: Data, values: Mapping[str, int]) -> Result:
    costs = dict(_of(values, "unit_cost"))
    volumes = {power: volume for power, volume in data.of("volume").items() if power in costs}
    funding = {power: given for power, given in data.of("funding").items() if power in costs}
    stated = _stated(data, *(f"volume.{power}" for power in volumes))
    found = delegate(volumes, costs, funding)
    beside = {"funding": found.funding, "shortfall": found.shortfall, "surplus": found.surplus}
    return Result(found.label, data.territories, found.need, stated, beside)


def _stimulated(data: Data, values: Mapping[str, int]) -> Result:
    if not data.projects:
        raise nothing_known()
    found = stimulate(
        data.projects,
        fund=values["fund"],
        cofinancing=values["cofinancing"],
        limit=values.get("limit"),
    )
    place = {code: number for number, code in enumerate(data.territories)}
    at = np.array([place[grant.project.territory] for grant in found.grants], dtype=np.int64)
    money, count, cost = (np.zeros(len(place), dtype=np.int64) for _ in range(3))
    np.add.at(money, at, [grant.granted for grant in found.grants])
    np.add.at(cost, at, [grant.project.cost for grant in found.grants])
    np.add.at(count, at, 1)
    facts = {"financed": found.financed, "projects": len(found.grants), "rest": found.rest}
    return Result(found.label, data.territories, money, count > 0, {"cost": cost}, facts)


def _of(values: Mapping[str, int], kind: str) -> list[tuple[str, int]]:
    """Return the values whose code begins with `kind`, by what follows it."""
    start = f"{kind}."
    return [(name.removeprefix(start), value) for name, value in values.items() if name.startswith(start)]


def nothing_known() -> BadInput:
    """Return the refusal of a run for which the year has no data."""
    return BadInput(Problem("transfers.models.no_data"))


def _stated(data: Data, *items: str, every: bool = False) -> BoolArray:
    """Tell where any of these items has a figure; raise BadInput when nowhere."""
    there = [data.known[item] for item in items if item in data.known]
    if not there or (every and len(there) < len(items)):
        raise nothing_known()
    found: BoolArray = np.any(np.array(there), axis=0)
    return found


_Run: TypeAlias = Callable[[Data, Mapping[str, int]], Result]
_MODELS: Final[Mapping[ModelCode, _Run]] = {
    "equalization": _equalized,
    "sharing": _shared,
    "delegated": _delegated,
    "stimulating": _stimulated,
}
_LABELS: Final[Mapping[ModelCode, str]] = {
    "equalization": Equalization.label,
    "sharing": Shared.label,
    "delegated": Delegated.label,
    "stimulating": Stimulated.label,
}
