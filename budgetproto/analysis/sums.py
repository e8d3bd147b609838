"""The sums of the table: composed by the protocol's own totals, with what became of the lines beside them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from budgetproto.analysis.entries import STATUSES, Entry
from budgetproto.i18n import NO_NAME, Named, every_language
from budgetproto.i18n.languages import Language
from budgetproto.i18n.letters import collation
from budgetproto.money import Som
from budgetproto.protocol.composed import STANDINGS, Totals
from budgetproto.protocol.totals import totals

#: The columns that are added up, in their order.
SUMMED: Final = (
    "draft", "government", "lsg", "difference", "difference_absolute", "computed", "midpoint", "proposed",
    "decided", "adopted", "executed", "distance", "distance_midpoint",
)  # fmt: skip


@dataclass(frozen=True)
class Sum:
    """A sum over `lines` of `all` lines; over no figure it is `None`, blank and not zero."""

    money: Som | None
    lines: int
    all: int


@dataclass(frozen=True)
class Group:
    """Some lines with their sums; the sums of all groups of a table add up to those of the whole."""

    name: Named
    entries: tuple[Entry, ...]
    #: What it is called in addresses and for programs.
    key: str = ""

    @cached_property
    def totals(self) -> Totals:
        """The composed totals of these lines."""
        return totals(None, [(entry.line, entry.made) for entry in self.entries])

    @cached_property
    def compared(self) -> Mapping[str, Sum]:
        """The sums over the lines on which both sides have a figure in money, by column."""
        return _sums(self.totals, [entry for entry in self.entries if entry.compared], apart=False)

    @cached_property
    def apart(self) -> Mapping[str, Sum]:
        """The sums over the other lines in money; there is no difference on them."""
        return _sums(self.totals, [entry for entry in self.entries if not entry.compared], apart=True)


def whole(entries: Sequence[Entry]) -> Group:
    """Return all lines as one group."""
    return Group(every_language("analysis.total.short"), tuple(entries))


def grouped(entries: Sequence[Entry], by: str, language: Language) -> tuple[Group, ...]:
    """Return the lines in groups that leave none out, the names in the order of the alphabet.

    Lines keep their order. What belongs nowhere (the whole republic, no lead party) stands last.
    """
    key_of = _KEYS[by]
    found: dict[str, list[Entry]] = {}
    names: dict[str, Named] = {}
    for entry in entries:
        key, name = key_of(entry)
        found.setdefault(key, []).append(entry)
        names.setdefault(key, name)
    rest = every_language(_RESTS.get(by, "analysis.whole_republic"))
    places = {
        key: (name == NO_NAME or key in _LAST, _place(by, key, name, language)) for key, name in names.items()
    }
    return tuple(
        Group(rest if names[key] == NO_NAME else names[key], tuple(found[key]), key)
        for key in sorted(found, key=lambda key: (*places[key], key))
    )


def _place(by: str, key: str, name: Named, language: Language) -> tuple[object, ...]:
    if by in _IN_ORDER:
        return (_IN_ORDER[by].index(key),)
    return (int(key),) if by == "year" else collation(name.text(language))


def _named(code: str, name: Named) -> tuple[str, Named]:
    return code or name.ky or name.ru or name.en, name


def _same(text: str) -> Named:
    return Named(text, text, text)


#: Sizes of a difference by their upper bounds in soms, the last one without any.
_BANDS: Final = {"to_1": 10**6, "to_10": 10**7, "to_100": 10**8, "to_1000": 10**9}
BANDS: Final = ("none", "zero", *_BANDS, "above_1000")


def band(entry: Entry) -> str:
    """Return how large the difference in money is; none where nobody can tell."""
    size = entry.made.difference.money_absolute if entry.made.difference else None
    if size is None:
        return "none"
    if not size.tyiyn:
        return "zero"
    return next((name for name, soms in _BANDS.items() if size < Som(soms * 100)), "above_1000")


_KEYS: Final[dict[str, Callable[[Entry], tuple[str, Named]]]] = {
    "kind": lambda entry: _named(entry.kind, entry.line.kind),
    "region": lambda entry: (entry.region, entry.region_name),
    "territory": lambda entry: _named(entry.territory, entry.line.territory),
    "outcome": lambda e: (e.made.standing, every_language(f"analysis.standing.{e.made.standing}")),
    "year": lambda entry: (str(entry.line.year), _same(str(entry.line.year))),
    "lead_government": lambda entry: (entry.line.lead_government, entry.lead_government),
    "lead_lsg": lambda entry: (entry.line.lead_lsg, entry.lead_lsg),
    "status": lambda entry: (entry.status, every_language(f"analysis.status.{entry.status}")),
    "size": lambda entry: (band(entry), every_language(f"analysis.size.{band(entry)}")),
    "sitting": lambda entry: (entry.sitting, entry.sitting_name),
}
#: Groups that stand in an order of their own and not in that of the alphabet.
_IN_ORDER: Final[Mapping[str, Sequence[str]]] = {"outcome": STANDINGS, "status": STATUSES, "size": BANDS}
_RESTS: Final = {"lead_government": "analysis.no_lead", "lead_lsg": "analysis.no_lead"}
_LAST: Final = frozenset({"republic", "several"})
#: What lines are grouped by; of one sitting all but the sitting.
GROUPINGS: Final = tuple(_KEYS)


def _sums(whole: Totals, entries: Sequence[Entry], *, apart: bool) -> dict[str, Sum]:
    composed = whole.one_sided if apart else whole.compared
    lines = composed.lines
    differences = 0 if apart else lines
    found = {
        "government": (composed.government, composed.government_lines),
        "lsg": (composed.lsg, composed.lsg_lines),
        "difference": (whole.signed, differences),
        "difference_absolute": (whole.absolute, differences),
        "computed": (composed.computed, composed.computed_lines),
        "proposed": (composed.proposed, composed.proposed_lines),
        "decided": (composed.decided, composed.decided_lines),
        **{key: _added(value(entry) for entry in entries) for key, value in _BESIDE.items()},
    }
    sums = {key: Sum(money if counted else None, counted, lines) for key, (money, counted) in found.items()}
    return {key: sums[key] for key in SUMMED}


#: Figures the protocol has no sum of: the drafts and midpoints it only names, and what was known after it.
_BESIDE: Final[dict[str, Callable[[Entry], Som | None]]] = {
    "draft": lambda entry: entry.draft.money,
    "midpoint": lambda entry: entry.midpoint.money,
    "adopted": lambda entry: entry.adopted.stand.money,
    "executed": lambda entry: entry.executed.stand.money,
    "distance": lambda entry: entry.distance,
    "distance_midpoint": lambda entry: entry.distance_midpoint,
}


def _added(amounts: Iterable[Som | None]) -> tuple[Som, int]:
    known = [amount for amount in amounts if amount is not None]
    return Som.total(known), len(known)
