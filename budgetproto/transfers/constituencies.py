"""PURE: which constituency a territory belongs to, by a dated list; what is in several has none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from budgetproto.i18n.languages import Named


@dataclass(frozen=True)
class Constituency:
    """One entry of the list: a territory and all below it belong to a constituency for some time."""

    code: str
    name: Named
    soate: str
    valid_from: date
    source: str
    valid_to: date | None = None
    illustrative: bool = False

    def is_valid(self, on: date) -> bool:
        """Tell whether the entry is in force on a day, the last one included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def constituency_of(
    parents: Mapping[str, str | None], entries: Iterable[Constituency], on: date
) -> dict[str, str]:
    """Return the constituency of each territory that is in one alone: its own, else of what is above.

    `parents` has the territories, and what stands above them, each with its own parent. A territory that is
    divided between constituencies, or reaches over several of them, has none.
    """
    listed: dict[str, set[str]] = {}
    for entry in entries:
        if entry.is_valid(on):
            listed.setdefault(entry.soate, set()).add(entry.code)
    found = {code: _nearest(code, parents, listed) for code in parents}
    return {code: next(iter(its)) for code, its in found.items() if len(its) == 1}


def _nearest(code: str, parents: Mapping[str, str | None], listed: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    here: str | None = code
    while here is not None and here not in seen:
        if here in listed:
            return listed[here]
        seen.add(here)
        here = parents.get(here)
    return set()
