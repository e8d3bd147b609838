"""PURE: the explanation stored with an option, read back, with the names its figures go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetproto import balancing
from budgetproto.balancing import Award, Findings, Option, Sensitivity
from budgetproto.balancing.plainly import from_plain
from budgetproto.disputes.options.explanation.sections import Cell, Said, said
from budgetproto.i18n.languages import Named
from budgetproto.money import Som


@dataclass(frozen=True)
class Territory:
    """A territory of the lines, with its residents and own revenue as far as they were known."""

    name: Named
    population: int | None
    own_revenue: Som | None


@dataclass(frozen=True)
class Explained:
    """Everything the sections are told from; `rules` hold what each rule grants on the lines in order.

    Where it is not `titled` lines go by their numbers alone.
    """

    option: Option
    findings: Findings
    sensitivity: Sensitivity
    rules: Mapping[str, Sequence[int | None]]
    territories: Mapping[str, Territory]
    facts: Mapping[str, Mapping[str, Any]]
    titled: bool = True

    def line(self, name: str) -> Said:
        """Return number and title of a line."""
        fact = self.facts[name]
        if not self.titled:
            return said("disputes.explained.number", number=fact["number"])
        return said("disputes.explained.line", number=fact["number"], title=Named(**fact["title"]))

    def numbers(self, names: Sequence[str]) -> str:
        """Return the numbers of some lines."""
        return ", ".join(f"№ {self.facts[name]['number']}" for name in names)

    def region(self, code: str | None) -> Cell:
        """Return the name of a territory, or that a line has none."""
        if not code:
            return said("disputes.explained.no_region")
        found = self.territories.get(code)
        return found.name if found else code

    @property
    def awards(self) -> Sequence[Award]:
        """What each line gets."""
        return self.option.lines


def read_explained(document: Mapping[str, Any]) -> Explained | None:
    """Read the explanation of a stored option; None where it was published without one."""
    if "findings" not in document:
        return None
    return Explained(
        option=balancing.from_document(document["option"]),
        findings=from_plain(Findings, document["findings"]),
        sensitivity=from_plain(Sensitivity, document["sensitivity"]),
        rules=document["rules"],
        territories={code: _territory(each) for code, each in document["regions"].items()},
        facts={line["line"]: line for line in document["lines"]},
    )


def _territory(written: Mapping[str, Any]) -> Territory:
    population, revenue = written["indicators"]
    return Territory(Named(**written["name"]), population, None if revenue is None else Som(revenue))
