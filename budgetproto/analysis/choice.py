"""What a reader chose to see: which lines, in which order, groups and columns; the address has all of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from budgetproto.analysis.columns import PARTS, Part, value
from budgetproto.analysis.entries import Entry
from budgetproto.exchange import Cell
from budgetproto.i18n import LANGUAGES, Language, Named
from budgetproto.i18n.letters import collation, folded
from budgetproto.money import Som


@dataclass(frozen=True)
class Choice:
    """The conditions a line has to meet, then order, groups and columns; empty means no condition.

    `least` and `most` bound the size of the difference in money, `words` are searched in title, kind and
    territory.
    """

    kind: str = ""
    region: str = ""
    status: str = ""
    party: str = ""
    outcome: str = ""
    measure: str = ""
    recurring: str = ""
    year: str = ""
    least: Som | None = None
    most: Som | None = None
    words: str = ""
    sort: str = ""
    order: str = ""
    group: str = ""
    sitting: str = ""
    column: tuple[Part, ...] = ()

    @property
    def everything(self) -> bool:
        """Tell whether no line is left out."""
        return all(getattr(self, name) == getattr(Choice, name) for name in CONDITIONS)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The columns that are shown, in their order."""
        return tuple(part for part in PARTS if not self.column or part in self.column)


#: Everything there is to choose, and of it what leaves lines out.
CHOSEN: Final = tuple(field.name for field in fields(Choice))
CONDITIONS: Final = tuple(name for name in CHOSEN if name not in {"sort", "order", "group", "column"})


def chosen(entries: Iterable[Entry], choice: Choice, language: Language) -> tuple[Entry, ...]:
    """Return the lines that meet every condition, in the chosen order."""
    met = [entry for entry in entries if _meets(entry, choice)]
    return _ordered(met, choice, language) if choice.sort or choice.order else tuple(met)


def _meets(entry: Entry, choice: Choice) -> bool:
    return (
        all(not wanted or found == wanted for found, wanted in _codes(entry, choice))
        and (not choice.party or any(each.party == choice.party for each in entry.line.positions))
        and _in_bounds(entry, choice)
        and all(word in _searched(entry) for word in folded(choice.words).split())
    )


def _codes(entry: Entry, choice: Choice) -> tuple[tuple[str, str], ...]:
    return (
        (entry.kind, choice.kind),
        (entry.region, choice.region),
        (entry.status, choice.status),
        (entry.made.standing, choice.outcome),
        (entry.line.measure, choice.measure),
        ("yes" if entry.line.recurring else "no", choice.recurring),
        (str(entry.line.year), choice.year),
        (entry.sitting, choice.sitting),
    )


def _in_bounds(entry: Entry, choice: Choice) -> bool:
    """Tell whether the difference is within the bounds; without one it is in no bounds at all."""
    if choice.least is None and choice.most is None:
        return True
    size = entry.made.difference.money_absolute if entry.made.difference else None
    if size is None:
        return False
    return (choice.least is None or size >= choice.least) and (choice.most is None or size <= choice.most)


def _searched(entry: Entry) -> str:
    names = (entry.line.title, entry.line.kind, entry.line.territory, entry.region_name)
    said = " ".join(getattr(name, language) for name in names for language in LANGUAGES)
    return f"№{entry.line.number} {folded(said)}"


def _ordered(entries: Sequence[Entry], choice: Choice, language: Language) -> tuple[Entry, ...]:
    """Sort by one column, lines of the same value by number, blank cells last in either direction."""
    cells = [(entry, value(entry, choice.sort or "number")) for entry in entries]
    stated = [pair for pair in cells if pair[1] not in (None, "")]
    blank = [entry for entry, cell in cells if cell in (None, "")]
    place = _place(language)
    stated.sort(key=lambda pair: place(pair[1]), reverse=choice.order == "desc")
    return (*(entry for entry, _ in stated), *blank)


def _place(language: Language) -> Callable[[Cell], Any]:
    """Return what puts the cells of one column in order; they are of one type, so that they compare."""

    def place(cell: Cell) -> Any:
        said = cell.text(language) if isinstance(cell, Named) else cell
        return collation(said) if isinstance(said, str) else said

    return place
