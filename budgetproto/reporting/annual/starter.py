"""The starter set of indicators that the service ships; the association fixes their yardsticks itself."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from budgetproto.i18n import Named
from budgetproto.reporting.annual.domain import Indicator

_FILE: Final = Path(__file__).with_name("starter.toml")


@cache
def starter_set() -> tuple[Indicator, ...]:
    """Return the indicators of the work of local councils, in the order of the file."""
    with _FILE.open("rb") as file:
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
