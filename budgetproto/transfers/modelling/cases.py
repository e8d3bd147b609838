"""The worked cases of the models: read from their file, computed, and laid beside what was expected."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from budgetproto.i18n import Named
from budgetproto.money import Som, Unit, parse_percentage
from budgetproto.transfers.models import Data, ParameterSet, Project, Result, measure_of, simulate
from budgetproto.transfers.reference import FIXTURES

_APART: Final = frozenset(
    ("code", "territory", "expected", "shortfall", "volume", "funding", "traits", "cost", "points")
)


@dataclass(frozen=True, eq=False)
class Case:
    """One case: what goes in, and what has to come out, per territory and in common as the file says it."""

    key: str
    title: Named
    sources: tuple[str, ...]
    illustrative: bool
    note: Named
    unit: Unit
    parameters: ParameterSet
    data: Data
    expected: dict[str, int]
    shortfall: dict[str, int]
    in_common: dict[str, str | int]

    def result(self) -> Result:
        """Compute the case."""
        return simulate(self.data, self.parameters)

    def rows(self) -> Iterator[tuple[str, dict[str, int], Som]]:
        """Give each territory with what is known of it (of a project cost and points) and what comes out."""
        result = self.result()
        costs = {each.territory: {"cost": each.cost, "points": each.points} for each in self.data.projects}
        for place, code in enumerate(self.data.territories):
            stated = {
                name: int(self.data.items[name][place])
                for name, there in self.data.known.items()
                if there[place]
            }
            yield code, stated | costs.get(code, {}), Som(int(result.money[place]))

    def tyiyn(self, written: str) -> int:
        """Return an amount that is written in the unit of the case."""
        return Som.parse(written, self.unit).tyiyn


@cache
def read_cases(folder: Path = FIXTURES) -> tuple[Case, ...]:
    """Read all worked cases, in the order of their file."""
    values = tomllib.loads((folder / "transfer_models.toml").read_text(encoding="utf-8"))
    return tuple(_case(entry) for entry in values["case"])


def _case(entry: dict[str, Any]) -> Case:
    rows: list[dict[str, Any]] = entry.get("territories") or entry["projects"]
    unit = Unit[entry["unit"].upper()]
    return Case(
        key=entry["key"],
        title=Named(**entry["title"]),
        sources=tuple(entry["sources"]),
        illustrative=entry.get("illustrative", False),
        note=Named(**entry.get("note", {})),
        unit=unit,
        parameters=_parameters(entry, unit),
        data=_data(entry, rows, unit),
        expected={_code(row): Som.parse(row["expected"], unit).tyiyn for row in rows},
        shortfall={_code(row): Som.parse(row["shortfall"], unit).tyiyn for row in rows if "shortfall" in row},
        in_common=entry["expected"],
    )


def _parameters(entry: dict[str, Any], unit: Unit) -> ParameterSet:
    model, source = entry["model"], " ".join(entry["sources"])
    values = {
        name: parse_percentage(written)
        if measure_of(model, name) == "share"
        else Som.parse(written, unit).tyiyn
        for name, written in entry["parameters"].items()
    }
    return ParameterSet(
        model, entry["key"], Named(**entry["title"]), "illustrative", date(2026, 1, 1), values, source
    )


def _data(entry: dict[str, Any], rows: list[dict[str, Any]], unit: Unit) -> Data:
    inputs = [dict(_inputs(entry, row, unit)) for row in rows]
    items = sorted({item for each in inputs for item in each})
    return Data(
        year=2026,
        territories=tuple(_code(row) for row in rows),
        items={item: np.array([each.get(item, 0) for each in inputs], dtype=np.int64) for item in items},
        known={item: np.array([item in each for each in inputs]) for item in items},
        projects=tuple(
            Project(row["territory"], row["code"], Som.parse(row["cost"], unit).tyiyn, row["points"])
            for row in rows
            if "cost" in row
        ),
    )


def _inputs(entry: dict[str, Any], row: dict[str, Any], unit: Unit) -> Iterator[tuple[str, int]]:
    """Give what is known of a territory, by item."""
    kind = "tax." if entry["model"] == "sharing" else ""
    yield from ((f"{kind}{name}", Som.parse(row[name], unit).tyiyn) for name in row if name not in _APART)
    yield from ((f"volume.{power}", count) for power, count in row.get("volume", {}).items())
    for power, given in row.get("funding", {}).items():
        yield f"funding.{power}", Som.parse(given, unit).tyiyn
    yield from ((f"trait.{trait}", 1) for trait in row.get("traits", []))


def _code(row: dict[str, Any]) -> str:
    return str(row["territory"] if "territory" in row else row["code"])
