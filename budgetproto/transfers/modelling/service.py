"""What is done with the models: load what is shipped, read sets, add a version, run two sets side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from budgetproto.accounts.domain import Person
from budgetproto.database import Database
from budgetproto.errors import NotPermitted, Refused, Stale, Unknown
from budgetproto.i18n import LANGUAGES, Named
from budgetproto.journal import SYSTEM, append
from budgetproto.transfers.domain import oblast_code
from budgetproto.transfers.modelling import storage
from budgetproto.transfers.modelling.events import ModelsLoaded, ParametersAdded
from budgetproto.transfers.modelling.shipped import read_shipped, shipped_digest
from budgetproto.transfers.models import (
    MODEL_CODES,
    Comparison,
    ModelCode,
    ParameterSet,
    Row,
    compare,
    gathered,
    value_for,
)
from budgetproto.transfers.models.simulation import nothing_known
from budgetproto.transfers.reference import FIXTURES
from budgetproto.transfers.service import may_edit_kinds
from budgetproto.transfers.storage import is_loaded, names_of, remember_loaded


class UnknownModel(Unknown):
    """There is no such model or parameter set."""


class SetUnchanged(Refused):
    """A new version says what the last one says."""

    message_key = "transfers.models.unchanged"


class SetOfAnotherModel(Refused):
    """A set of this code exists and is of another model."""

    message_key = "transfers.models.code_taken"


class SetChanged(Stale):
    """Somebody else added a version since the set was read."""


@dataclass(frozen=True)
class Simulation:
    """Two runs side by side with the names of what they are about; sums are made in the comparison."""

    model: ModelCode
    year: int
    base: ParameterSet
    other: ParameterSet
    comparison: Comparison
    oblasts: tuple[Row, ...]
    names: Mapping[str, Named]
    illustrative: bool
    sources: tuple[str, ...]

    def missing(self) -> tuple[Named, ...]:
        """Return the territories of which too little is known."""
        return tuple(self.names.get(code, Named(code, code, code)) for code in self.comparison.missing())


def load_models(database: Database, folder: Path = FIXTURES) -> bool:
    """Load the sets and figures that are shipped; return False when exactly these are there already.

    A version of a set that is there stays as it is; made-up figures take their new values.
    """
    digest = shipped_digest(folder)
    with database.writing() as session:
        if is_loaded(session, digest):
            return False
        shipped = read_shipped(folder)
        known = {each.key for each in storage.find_sets(session)}
        for each in shipped.sets:
            if each.key not in known:
                storage.add_set(session, each)
        storage.put_inputs(session, shipped.inputs)
        remember_loaded(session, digest)
        append(session, SYSTEM, ModelsLoaded(digest, len(shipped.sets), len(shipped.inputs)))
    return True


def newest_sets(session: Session, model: ModelCode | None = None) -> list[ParameterSet]:
    """Return the newest version of each set."""
    return list({each.code: each for each in storage.find_sets(session, model)}.values())


def require_model(code: str) -> ModelCode:
    """Return a model; raise UnknownModel."""
    for model in MODEL_CODES:
        if model == code:
            return model
    raise UnknownModel


def require_set(session: Session, key: str) -> ParameterSet:
    """Return a set by its code and version, "norms-2014.1", or the newest version by its code alone."""
    code, _, version = key.partition(".")
    found = storage.find_versions(session, code) if code.isprintable() else []
    chosen = [each for each in found if not version or str(each.version) == version]
    if not chosen:
        raise UnknownModel
    return chosen[-1]


def add_version(database: Database, *, keeper: Person, parameters: ParameterSet, seen: int) -> ParameterSet:
    """Add a version of a set, or a set of a new code (`seen` is 0); the keepers of the catalogue may.

    Raise SetChanged when `seen` is not the newest version, SetUnchanged when the new one says the same.
    """
    if not may_edit_kinds(keeper):
        raise NotPermitted(denied="transfers.add_parameters")
    with database.writing() as session:
        versions = storage.find_versions(session, parameters.code)
        if versions and versions[-1].model != parameters.model:
            raise SetOfAnotherModel(code=parameters.code)
        if len(versions) != seen:
            raise SetChanged(theirs=_texts(versions[-1]) if versions else {}, yours=_texts(parameters))
        added = replace(parameters, version=seen + 1)
        if versions and replace(versions[-1], version=added.version) == added:
            raise SetUnchanged
        storage.add_set(session, added)
        append(session, SYSTEM, _added(keeper.id, added))
    return added


def simulated(
    session: Session,
    *,
    model: ModelCode,
    year: int,
    base: ParameterSet,
    other: ParameterSet,
    wanted: tuple[str, int] | None = None,
) -> Simulation:
    """Run both sets on what is known of a year; raise BadInput when it holds nothing for the model.

    With `wanted`, a parameter and money, the other run is the base with the largest value of that parameter
    which costs so much more at most.
    """
    inputs = storage.find_inputs(session, model, year)
    if not inputs:
        raise nothing_known()
    data = gathered(inputs, year=year, territories=storage.self_governing(session))
    if wanted is not None:
        other = base.with_value(wanted[0], value_for(data, base, *wanted))
    comparison = compare(data, base, other)
    oblasts = comparison.by_group([oblast_code(code) for code in data.territories])
    return Simulation(
        model=model,
        year=year,
        base=base,
        other=other.laid_over(base),
        comparison=comparison,
        oblasts=oblasts,
        names=names_of(session, (*data.territories, *(row.code for row in oblasts))),
        illustrative=data.illustrative or base.illustrative or other.illustrative,
        sources=data.sources,
    )


def _texts(parameters: ParameterSet) -> dict[str, str]:
    names = {f"transfers.models.name_{code}": getattr(parameters.name, code) for code in LANGUAGES}
    return {**names, "transfers.models.source": parameters.source}


def _added(person_id: str, parameters: ParameterSet) -> ParametersAdded:
    return ParametersAdded(
        person=person_id,
        code=parameters.code,
        version=parameters.version,
        model=parameters.model,
        status=parameters.status,
        name_ky=parameters.name.ky,
        name_ru=parameters.name.ru,
        name_en=parameters.name.en,
        values=" ".join(f"{name}={value}" for name, value in parameters.values.items()),
        source=parameters.source,
    )
