"""What a reader asks of a model by the address: a year, two sets, one changed value, an order."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField

from budgetproto import web
from budgetproto.errors import BadInput, ConciliationError, Problem
from budgetproto.i18n import Language, Named
from budgetproto.i18n.letters import collation
from budgetproto.money import Som, Unit
from budgetproto.money.fields import AmountField
from budgetproto.money.som import UnreadableNumber, parse_percentage
from budgetproto.transfers.modelling.names import named_parameters, parameter_name, unit_of
from budgetproto.transfers.models import ParameterSet, Row, unsaid

SORTS: Final = ("gain", "loss", "name", "code")


def _listed(key: str) -> SelectField:
    return SelectField(key, choices=[], default="")


class SimulationForm(web.Form):
    """The question to a model; sent by GET, so that the address holds all of it."""

    year = _listed("transfers.models.year")
    base = _listed("transfers.models.base")
    other = _listed("transfers.models.other")
    parameter = _listed("transfers.models.changed")
    value = StringField("transfers.models.value", [web.longest(40)])
    money = AmountField("transfers.models.money", unit=Unit.THOUSAND_SOMS)
    sort = _listed("transfers.models.sort")

    @property
    def sets(self) -> Mapping[str, ParameterSet]:
        """The sets that can be chosen, by their keys."""
        found: Mapping[str, ParameterSet] = self.meta.sets
        return found

    def asked(self) -> tuple[int, ParameterSet, ParameterSet]:
        """Return the year, the base and what it is compared with, for a form without faults."""
        base, other = self.sets[self.base.data], self.sets[self.other.data]
        if self.parameter.data and self.money.data is None:
            other = other.laid_over(base).with_value(self.parameter.data, self._changed(base))
        return int(self.year.data), base, other

    def validate(self, extra_validators: Mapping[str, Iterable[Any]] | None = None) -> bool:
        """Tell whether the address makes sense; a parameter has a value, or money to find it for."""
        if not super().validate(extra_validators):
            return False
        typed = (self.value.data or "").strip()
        ways = bool(typed) + (self.money.data is not None)
        if ways != bool(self.parameter.data):
            self.take(BadInput(Problem("transfers.models.value_alone", form_field="value")))
            return False
        try:
            self.asked()
        except UnreadableNumber as fault:
            self.take(BadInput(Problem(fault.key, fault.details, form_field="value")))
        except BadInput as fault:
            self.take(fault)
        return not self.errors

    def take(self, error: ConciliationError) -> None:
        """Show a refusal with the names of its parameters instead of their codes."""
        if isinstance(error, BadInput):
            error = BadInput(*(named_parameters(problem) for problem in error.problems))
        super().take(error)

    def wanted(self) -> tuple[str, int] | None:
        """Return the parameter whose value is looked for, and the money that it may cost more."""
        money = self.money.data
        return None if money is None else (str(self.parameter.data), money.tyiyn)

    def problems(self) -> tuple[Problem, ...]:
        """Return every fault, for an answer that has no form to show it on."""
        found = [*self.form_errors, *(fault for field in self for fault in field.errors)]
        return tuple(fault if isinstance(fault, Problem) else Problem(fault) for fault in found)

    def query(self) -> dict[str, str]:
        """Return the address of what was asked, with what stood for what was left out."""
        said = {field.name: str(field.data) for field in self if field.data and field is not self.money}
        return said if self.money.data is None else {**said, "money": self.money.write(self.money.data)}

    def _changed(self, base: ParameterSet) -> int:
        unit = unit_of(base.model, self.parameter.data)
        typed = (self.value.data or "").strip()
        return parse_percentage(typed) if unit is None else Som.parse(typed, unit).tyiyn


def simulation_form(
    typed: "MultiDict[str, str]", sets: Sequence[ParameterSet], years: Mapping[int, Set[str]]
) -> SimulationForm:
    """Return the form of a model, filled from an address; what it leaves out is chosen so that it can run."""
    by_key = {each.key: each for each in sorted(sets, key=lambda each: each.status != "law")}
    said = {name: words for name, words in typed.items() if words.strip()}
    filled = MultiDict({**_started(by_key, years, said), **said})
    form = SimulationForm(filled, meta={"csrf": False, "sets": by_key})
    form.year.choices = [web.choice(str(year), Named(*[str(year)] * 3)) for year in years]
    for field in (form.base, form.other):
        field.choices = [web.choice(key, set_name(each)) for key, each in by_key.items()]
    parameters = dict.fromkeys(name for each in sets for name in each.values)
    form.parameter.choices = [
        web.choice("", "transfers.models.changed.none"),
        *(web.choice(name, parameter_name(name)) for name in parameters),
    ]
    form.sort.choices = [web.choice(each, f"transfers.models.sort.{each}") for each in SORTS]
    return form


def set_name(each: ParameterSet) -> Named:
    """Return the name of a set with the number of its version, when there was an earlier one."""
    if each.version == 1:
        return each.name
    return Named(*(f"{name} [{each.version}]" for name in (each.name.ky, each.name.ru, each.name.en)))


def ordered(rows: Iterable[Row], sort: str, names: Mapping[str, Named], language: Language) -> list[Row]:
    """Return the rows in the chosen order; equal ones by code."""
    orders: dict[str, Callable[[Row], Any]] = {
        "gain": lambda row: -row.difference,
        "loss": lambda row: row.difference,
        "name": lambda row: collation(names.get(row.code, Named()).text(language)),
        "code": lambda row: row.code,
    }
    return sorted(sorted(rows, key=lambda row: row.code), key=orders[sort])


def _started(
    sets: Mapping[str, ParameterSet], years: Mapping[int, Set[str]], said: Mapping[str, str]
) -> dict[str, str]:
    """Return what is chosen at first: the newest year, a base with figures, and what is laid over it.

    Law goes before other bases. A set that gives other values to what the base names goes before one that
    adds something: what is added, such as a coverage beside a fund, may decide nothing.
    """
    wanted = [year for year in years if said.get("year") in {None, str(year)}]
    bases = [each for key, each in sets.items() if said.get("base") in {None, key} and not each.missing]
    fitting = {year: [base for base in bases if _has_figures(base, years[year])] for year in wanted}
    year = next((each for each in wanted if fitting[each]), next(iter(years), 0))
    pairs = [
        (base, other)
        for base in fitting.get(year) or list(sets.values())[:1]
        for other in _over(base, sets, said.get("other")) or [base]
    ]
    if not pairs:
        return {"sort": SORTS[0]}
    base, other = min(pairs, key=lambda pair: (pair[0].status != "law", pair[0] is pair[1], _adds(*pair)))
    return {"year": str(year or ""), "base": base.key, "other": other.key, "sort": SORTS[0]}


def _over(base: ParameterSet, sets: Mapping[str, ParameterSet], key: str | None) -> list[ParameterSet]:
    """Return the sets that can be laid over a base; only that of the key where one was said."""
    found = (each for each in sets.values() if key in {None, each.key})
    return [each for each in found if each.code != base.code and not unsaid(base, each)]


def _adds(base: ParameterSet, other: ParameterSet) -> bool:
    """Tell whether the other set names something that the base does not."""
    return not other.values.keys() <= base.values.keys()


def _has_figures(base: ParameterSet, items: Set[str]) -> bool:
    """Tell whether a year has a tax or a power that the set speaks of; a fund needs neither."""
    named = {name.split(".")[1] for name in base.values if "." in name and not name.startswith("coefficient")}
    return not named or bool(named & items)
