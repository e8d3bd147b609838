"""The only SQL of the models: parameter sets in their versions, what is known of territories."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from budgetproto.transfers.modelling.rows import ModelInputRow, ParameterSetRow, input_values
from budgetproto.transfers.models import COUNTED, DECIDING, ITEM_KINDS, Input, ModelCode, ParameterSet
from budgetproto.transfers.rows import TerritoryRow
from budgetproto.transfers.storage import put

_IN_ORDER: Final = (col(ParameterSetRow.model), col(ParameterSetRow.code), col(ParameterSetRow.version))


def find_sets(session: Session, model: ModelCode | None = None) -> list[ParameterSet]:
    """Return every version of every set, or of those of one model: by model, code and version."""
    query = select(ParameterSetRow).order_by(*_IN_ORDER)
    if model is not None:
        query = query.where(ParameterSetRow.model == model)
    return [row.parameters() for row in session.exec(query)]


def find_versions(session: Session, code: str) -> list[ParameterSet]:
    """Return the versions of one set, the oldest first."""
    query = select(ParameterSetRow).where(ParameterSetRow.code == code).order_by(*_IN_ORDER)
    return [row.parameters() for row in session.exec(query)]


def add_set(session: Session, parameters: ParameterSet) -> None:
    """Add one version of a set."""
    session.add(ParameterSetRow.of(parameters))
    session.flush()


def put_inputs(session: Session, inputs: Sequence[Input]) -> None:
    """Insert figures in one statement; the same figure of the same kind takes the new value."""
    put(session, ModelInputRow, [input_values(each) for each in inputs], keep=False)


def find_inputs(session: Session, model: ModelCode, year: int) -> list[Input]:
    """Return what a model counts in one year."""
    rows = session.connection().execute(_INPUTS, {"year": year, "kinds": list(COUNTED[model])})
    return [Input(*row) for row in rows]


def years_of(session: Session, model: ModelCode) -> dict[int, set[str]]:
    """Return the years that hold something for a model, the newest first, each with its taxes or powers."""
    query = select(ModelInputRow.year, ModelInputRow.item).where(ModelInputRow.kind == DECIDING[model])
    found: dict[int, set[str]] = {}
    for year, item in sorted(session.exec(query.distinct()), reverse=True):
        found.setdefault(year, set()).add(item)
    return found


def all_inputs(session: Session, year: int) -> list[Input]:
    """Return every figure of one year, by kind, item and territory."""
    rows = session.connection().execute(_INPUTS, {"year": year, "kinds": list(ITEM_KINDS)})
    return sorted((Input(*row) for row in rows), key=lambda each: (each.kind, each.item, each.soate))


def held(session: Session) -> list[tuple[int, str, str, bool, int]]:
    """Return what is held: year, kind, item, whether it is made up, and for how many territories."""
    rows = session.connection().execute(_HELD)
    return [(year, kind, item, made_up, count) for year, kind, item, made_up, count in rows]


def territory_codes(session: Session) -> frozenset[str]:
    """Return the codes of all territories."""
    return frozenset(session.exec(select(TerritoryRow.soate)))


def self_governing(session: Session) -> list[str]:
    """Return the codes of the territories with a budget of their own."""
    query = select(TerritoryRow.soate).where(col(TerritoryRow.self_governing).is_(True))
    return list(session.exec(query))


_INPUTS: Final = sa.select(
    *(
        col(getattr(ModelInputRow, name))
        for name in ("soate", "year", "kind", "item", "source", "amount", "quantity", "illustrative")
    )
).where(
    col(ModelInputRow.year) == sa.bindparam("year"),
    col(ModelInputRow.kind).in_(sa.bindparam("kinds", expanding=True)),
)

_WHAT: Final[Any] = tuple(
    col(getattr(ModelInputRow, name)) for name in ("year", "kind", "item", "illustrative")
)
_HELD: Final[Any] = (
    sa.select(*_WHAT, sa.func.count().label("territories"))
    .group_by(*_WHAT)
    .order_by(_WHAT[0].desc(), *_WHAT[1:])
)
