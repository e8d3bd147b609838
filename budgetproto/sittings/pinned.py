"""PURE: the residents and revenues that a rule goes by, as they stood when the terms were proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgetproto.i18n.languages import Named
from budgetproto.money import Som


@dataclass(frozen=True)
class Pinned:
    """One value of one territory: its residents (a number) or its own revenue (money), with its source.

    `territory` is the code; `on` is the day the value is about.
    """

    territory: str
    name: Named
    indicator: str
    value: int | Som
    on: date
    source: str


def written(pinned: Pinned) -> dict[str, object]:
    """Return a value as the terms' document holds it."""
    value = pinned.value.to_json() if isinstance(pinned.value, Som) else pinned.value
    return vars(pinned) | {"name": vars(pinned.name), "value": value, "on": pinned.on.isoformat()}


def read(document: Mapping[str, Any]) -> Pinned:
    """Read a value back; money is text, people are a number."""
    value = document["value"]
    return Pinned(
        **dict(document)
        | {
            "name": Named(**document["name"]),
            "value": Som.from_json(value) if isinstance(value, str) else value,
            "on": date.fromisoformat(document["on"]),
        }
    )
