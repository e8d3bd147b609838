"""PURE: one row of the table, how a line stands for this reader, and the order of rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from budgetproto.disputes.domain import Figure, Measure, is_points
from budgetproto.disputes.figures.stands import Difference
from budgetproto.i18n.languages import Language, Named, Words
from budgetproto.i18n.letters import collation, folded
from budgetproto.money import Som


class Status(StrEnum):
    """How a line stands, as far as this reader may know it."""

    FILED = "filed"
    MISSING = "missing"
    CLOSED = "closed"
    AGREED = "agreed"
    DIFFERING = "differing"
    DIVIDED = "divided"
    ONE_SIDED = "one_sided"
    UNSTATED = "unstated"


#: What may be known of a line before its positions open, and from then on.
BEFORE: Final = (Status.MISSING, Status.FILED)
AFTER: Final = (
    Status.DIFFERING,
    Status.AGREED,
    Status.DIVIDED,
    Status.ONE_SIDED,
    Status.UNSTATED,
    Status.CLOSED,
)


#: What codes of kinds are called.
Kinds = Mapping[str, Named]


@dataclass(frozen=True, slots=True)
class Entered:
    """What the secretary entered of a line, as far as the table shows it."""

    id: str
    number: int
    title: Named
    kind: str
    territory: str | None
    place: Named
    group: Named
    year: int
    measure: Measure
    recurring: bool
    budget_code: str
    base_government: Som | int | None
    base_lsg: Som | int | None
    protected: bool
    lead_government: str | None
    lead_lsg: str | None
    illustrative: bool
    opened_at: datetime | None
    second_term_until: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table.

    `filed` belongs to the columns of the parties whose filings the reader may know: the number of the last
    version, 0 for none; to the secretary 1 says that something is filed. The figures are None while closed.
    """

    line: Entered
    status: Status | None
    filed: tuple[int, ...] = ()
    government: Figure = None
    lsg: Figure = None
    lsg_divided: bool = False
    difference: Difference | None = None


def compared(government: Figure, lsg: Figure, *, lsg_divided: bool) -> Status:
    """Tell how an open line stands by the figures that count on it.

    >>> compared(Som(0), Som(100), lsg_divided=False).value
    'differing'
    """
    if lsg_divided:
        return Status.DIVIDED
    if government is None and lsg is None:
        return Status.UNSTATED
    if government is None or lsg is None:
        return Status.ONE_SIDED
    return Status.AGREED if _same(government, lsg) else Status.DIFFERING


def matches(line: Entered, kinds: Kinds, words: Iterable[str]) -> bool:
    """Tell whether every folded word stands in the number, the codes, the titles or the names of a line."""
    named = (line.title, line.group, line.place, kinds.get(line.kind))
    texts = " ".join(" ".join((name.ky, name.ru, name.en)) for name in named if name)
    found = folded(f"№{line.number} {line.budget_code} {line.territory or ''} {texts}")
    return all(word in found for word in words)


def sorts(*, opened: bool, statuses: bool) -> frozenset[str]:
    """Return the columns there are: base figures before the opening, what the sides state from then on."""
    hidden = _BASES if opened else _STATED
    return SORTS - hidden if statuses else SORTS - hidden - {"status"}


def ordered(
    entries: list[Entry], kinds: Kinds, by: str, *, descending: bool, language: Language
) -> list[Entry]:
    """Return rows in the order of a column, by number where equal; what is not stated stands last."""
    keyed = [(_value(entry, by, kinds, language), entry) for entry in entries]
    stated = sorted((pair for pair in keyed if pair[0] is not None), key=_number)
    stated.sort(key=_key, reverse=descending)
    return [entry for _, entry in (*stated, *sorted((p for p in keyed if p[0] is None), key=_number))]


def _same(government: Figure, lsg: Figure) -> bool:
    """Compare two figures; of texts the wording counts, whatever language each was written in first."""
    if isinstance(government, Words) and isinstance(lsg, Words):
        return government.text == lsg.text
    return government == lsg


def _key(pair: tuple[Any, Entry]) -> Any:
    return pair[0]


def _number(pair: tuple[Any, Entry]) -> int:
    return pair[1].line.number


def _by_figure(figure: Figure) -> tuple[str, int] | None:
    """Keep amounts, percentages and answers apart: 5 per cent is neither more nor less than 5 som."""
    match figure:
        case Som():
            return "amount", figure.tyiyn
        case bool():
            return "answer", int(figure)
        case _ if is_points(figure):
            return "points", figure
    return None


def _by_name(name: Named | None, language: Language) -> tuple[tuple[str, int], ...] | None:
    return collation(name.text(language)) if name and name != Named() else None


def _value(entry: Entry, by: str, kinds: Kinds, language: Language) -> Any:
    """Return what a row is sorted by in one column, None when it says nothing there."""
    line, gap = entry.line, entry.difference
    match by:
        case "title":
            return _by_name(line.title, language)
        case "kind":
            return _by_name(kinds.get(line.kind), language)
        case "territory":
            return _by_name(line.place, language) or _by_name(line.group, language)
        case "base_government":
            return _by_figure(line.base_government)
        case "base_lsg":
            return _by_figure(line.base_lsg)
        case "government":
            return _by_figure(entry.government)
        case "lsg":
            return _by_figure(entry.lsg)
        case "difference":
            return _by_figure(gap.signed) if gap else None
        case "share":
            return gap.share if gap else None
        case "status":
            return _ORDER.get(entry.status)
    return line.number


_ORDER: Final[dict[Status | None, int]] = {status: place for place, status in enumerate((*BEFORE, *AFTER))}
_BASES: Final = frozenset({"base_government", "base_lsg"})
_STATED: Final = frozenset({"government", "lsg", "difference", "share"})

#: Columns by which the table can be sorted.
SORTS: Final = frozenset({"number", "title", "kind", "territory", "status"}) | _BASES | _STATED
