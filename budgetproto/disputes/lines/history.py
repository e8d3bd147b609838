"""PURE: what was tried to settle a line before the sitting: talks, letters, offers, each with its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from budgetproto.accounts.domain import Side
from budgetproto.i18n.languages import Named
from budgetproto.money import Som

#: The figures of a line that are known before the sitting, in the order in which they are shown.
KNOWN_FIGURES: Final = ("base_government", "base_lsg", "approved_last_year", "executed", "documented_need")
#: No entry is longer: three reasons of the screening of a draft act, 4,000 each, with the words around them.
LONGEST: Final = 12_500
#: Who acted: one side, or both together (talks).
Acting = Side | Literal["both"]


class HistoryKind(StrEnum):
    """What kind of step it was."""

    TALKS = "talks"
    LETTER = "letter"
    OFFER = "offer"
    OTHER = "other"


@dataclass(frozen=True)
class HistoryEntry:
    """One step before the sitting.

    `party` is the id of the body that acted and `side` its side; both may be unknown. `figure` is what an
    offer named, in the measure of the line.
    """

    kind: HistoryKind
    on: date | None
    text: Named
    side: Acting | None = None
    party: str | None = None
    figure: Som | int | None = None
    source: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """A line was taken back while the sitting was prepared: when and why; its number is not given again."""

    at: datetime
    reason: str


def by_date(entries: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """Return entries from the oldest to the newest, those without a date last, as they were entered."""
    return tuple(sorted(entries, key=lambda entry: entry.on or date.max))
