"""The indicators that the service ships: a starter set, and those it computes itself from its record.

The association fixes the yardsticks of both itself.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from budgetproto.i18n import Named
from budgetproto.reporting.annual.domain import Indicator

_FOLDER: Final = Path(__file__).parent


@cache
def starter_set() -> tuple[Indicator, ...]:
    """Return the indicators of the work of local councils, in the order of the file."""
    return _shipped("starter.toml")


@cache
def recorded_set() -> tuple[Indicator, ...]:
    """Return the indicators whose values the service computes from its record, in the order of the file."""
    return _shipped("recorded.toml")


def _shipped(name: str) -> tuple[Indicator, ...]:
    with (_FOLDER / name).open("rb") as file:
        return tuple(_indicator(values) for values in tomllib.load(file)["indicators"])


def _indicator(values: Mapping[str, Any]) -> Indicator:
    name, definition, source = (Named(**values[part]) for part in ("name", "definition", "source"))
    return Indicator(
        values["key"],
        name,
        definition,
        source,
        measure=values["measure"],
        better=values["better"],
        vulnerable=values.get("vulnerable", False),
    )
