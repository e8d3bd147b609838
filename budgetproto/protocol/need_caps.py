"""PURE: claims of a snapshot that count only up to their need."""

from dataclasses import dataclass
from typing import Literal

from budgetproto.i18n.languages import NO_NAME, Named
from budgetproto.money import Som


@dataclass(frozen=True)
class NeedCap:
    """A claim that counts only up to its need: filed, counted, on what ground, and what it would get without.

    `known` is the figure of the ground: the documented need, or what was approved last year, which counts
    `growth` percent of itself.
    """

    line: int
    filed: Som | int
    capped: Som | int
    ground: Literal["documented", "last_year"]
    known: Som | int
    source: Named = NO_NAME
    growth: int | None = None
    figure: Som | int | None = None
    without: Som | int | None = None
