"""Reads the parameter sets and inputs that are shipped; what no document states is drawn, and marked so."""

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from budgetproto.i18n import Named
from budgetproto.money import Som, Unit, parse_percentage
from budgetproto.transfers.models import WHOLE, Input, ModelCode, ParameterSet, measure_of
from budgetproto.transfers.reference import FIXTURES

#: Drawn amounts are whole hundreds of soms.
_GRAIN: Final = 10_000
_FILES: Final = ("parameter_sets.toml", "model_inputs.toml", "local_self_governments.csv")


@dataclass(frozen=True)
class Shipped:
    """Everything that is loaded together."""

    sets: tuple[ParameterSet, ...]
    inputs: tuple[Input, ...]


def shipped_digest(folder: Path = FIXTURES) -> str:
    """Return the SHA-256 of the files that all of it is made from; drawing takes longer than asking."""
    content = b"\0".join((folder / name).read_bytes() for name in _FILES)
    return hashlib.sha256(content).hexdigest()


@cache
def read_shipped(folder: Path = FIXTURES) -> Shipped:
    """Read the sets, the real figures, and draw the others."""
    values = tomllib.loads((folder / "model_inputs.toml").read_text(encoding="utf-8"))
    return Shipped(read_sets(folder), (*map(_real, values["real"]), *_drawn(values["drawn"], folder)))


def read_sets(folder: Path = FIXTURES) -> tuple[ParameterSet, ...]:
    """Read the parameter sets."""
    values = tomllib.loads((folder / "parameter_sets.toml").read_text(encoding="utf-8"))
    return tuple(_set(entry) for entry in values["sets"])


@cache
def item_names(folder: Path = FIXTURES) -> dict[str, Named]:
    """Return what taxes, powers and traits are called."""
    values = tomllib.loads((folder / "parameter_sets.toml").read_text(encoding="utf-8"))
    return {item: Named(**names) for item, names in values["items"].items()}


def _set(entry: dict[str, Any]) -> ParameterSet:
    return ParameterSet(
        model=entry["model"],
        code=entry["code"],
        name=Named(**entry["name"]),
        status=entry["status"],
        valid_from=entry["valid_from"],
        values={name: _value(entry["model"], name, text) for name, text in entry["values"].items()},
        source=" ".join(entry["sources"]),
        reference=Named(**entry.get("reference", {})),
        note=Named(**entry.get("note", {})),
        valid_to=entry.get("valid_to"),
    )


def _value(model: ModelCode, parameter: str, written: str) -> int:
    if measure_of(model, parameter) == "share":
        return parse_percentage(written)
    return Som.parse(written, Unit.SOM).tyiyn


def _real(entry: dict[str, Any]) -> Input:
    return Input(
        soate=entry["soate"],
        year=entry["year"],
        kind=entry["kind"],
        item=entry.get("item", ""),
        source=entry["source"],
        amount=Som.parse(entry["amount"], Unit.SOM).tyiyn if "amount" in entry else None,
        quantity=entry.get("quantity"),
    )


def _drawn(drawn: dict[str, Any], folder: Path) -> Iterator[Input]:
    """Draw each item of each territory that has its own budget."""
    with (folder / "local_self_governments.csv").open(encoding="utf-8", newline="") as file:
        territories = [(row["soate"], row["kind"] != "aiyl_aimak") for row in csv.DictReader(file)]
    for item in drawn["items"]:
        for year in item["years"]:
            for soate, city in territories:
                yield from _figure(drawn, item, year, soate, city=city)


def _figure(
    drawn: dict[str, Any], item: dict[str, Any], year: int, soate: str, *, city: bool
) -> Iterator[Input]:
    """Draw one figure, or none where the territory has none."""
    number = _number(drawn["seed"], item["kind"], item.get("item", ""), year, soate)
    if number % 100 >= item.get("share", 100):
        return
    times = item.get("cities", 1) if city else 1
    low, high = item.get("low", 1) * times, item.get("high", 1) * times
    value = low + number // 100 % (high - low + 1)
    counted = item["kind"] in {"volume", "trait"}
    yield Input(
        soate=soate,
        year=year,
        kind=item["kind"],
        item=item.get("item", ""),
        source=drawn["source"],
        amount=None if counted else value * 100 // _GRAIN * _GRAIN,
        quantity=value if counted else number // WHOLE % 101 if item["kind"] == "project" else None,
        illustrative=True,
    )


def _number(*parts: object) -> int:
    """Return a number that depends on its parts alone, the same on every machine."""
    told = "\x1f".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")
