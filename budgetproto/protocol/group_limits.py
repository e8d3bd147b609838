"""PURE: limits of territories and of kinds in a snapshot: as the terms have them, and what became of them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som


@dataclass(frozen=True)
class GroupLimit:
    """The least and the most that all lines of a territory, or of a kind, get together, and by what law."""

    scope: Literal["region", "kind"]
    name: Named
    floor: Som | None = None
    cap: Som | None = None
    basis: Named = NO_NAME


@dataclass(frozen=True)
class GroupShare:
    """What became of a limit in the option; `state` is a key of messages, shares are there under rule A."""

    name: Named
    granted: Som
    floor: Som | None = None
    cap: Som | None = None
    state: str = "idle"
    rate: Fraction | None = None
    common: Fraction | None = None
