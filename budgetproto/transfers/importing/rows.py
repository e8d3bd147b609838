"""The rows of a file of transfers as they are stored, and how they lie beside what is stored already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, count, repeat
from typing import Final

import numpy as np

from budgetproto.exchange.large import Amounts, LargeTable
from budgetproto.i18n import LANGUAGES
from budgetproto.money import Som
from budgetproto.transfers.domain import transfer_key
from budgetproto.transfers.importing.layout import MEASURES, TOTAL, counted, periods, texts

#: What a figure says: planned, approved, executed in tyiyn, None where not stated, and whether it counts.
Said = tuple[int | None, int | None, int | None, bool]
#: A figure by its key.
Keyed = tuple[str, Said]

#: Ten or a thousand times as much as before is most often a slip of the unit.
_JUMPS: Final = (10, 1_000)
#: So many changed figures are shown before they are taken.
_SHOWN: Final = 50


@dataclass(frozen=True)
class Change:
    """A figure that the file states otherwise than it is stored."""

    row: int
    before: Said
    after: Said

    @property
    def som_before(self) -> tuple[Som | None, ...]:
        """What is stored: planned, approved, executed."""
        return _soms(self.before)

    @property
    def som_after(self) -> tuple[Som | None, ...]:
        """What the file states: planned, approved, executed."""
        return _soms(self.after)


@dataclass
class Beside:
    """The rows of a file beside what is stored of the same source.

    `new` and `changed` are places of rows in the file, `gone` keys of stored figures that it no longer has,
    `jumps` the numbers of rows with an amount ten or a thousand times as large or as small as before.
    """

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    shown: list[Change] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Return what was seen, for the act to find whether it is still so."""
        numbers = (len(self.new), len(self.changed), len(self.gone), self.same)
        return "-".join(map(str, numbers))


def laid_beside(table: LargeTable, keys: Sequence[str], stored: Iterable[Keyed]) -> Beside:
    """Compare the rows of a file with what is stored of its source; every row is new, changed or the same."""
    found, places = Beside(), dict(zip(keys, range(len(keys)), strict=True))
    said: list[Said] = []
    for key, before in stored:
        said = said or list(_said(table))
        place = places.pop(key, None)
        if place is None:
            found.gone.append(key)
        elif said[place] == before:
            found.same += 1
        else:
            _changed(found, table, place, before, said[place])
    found.new.extend(places.values())
    return found


def keys_of(table: LargeTable, source: str) -> list[str]:
    """Return the key of each row: what identifies its figure in the source, whatever its amount."""
    coded = table.coded
    kinds = texts(coded["kind"], blank=TOTAL)
    words = (texts(coded["words_ky"]), texts(coded["words_ru"]))
    return list(map(transfer_key, texts(coded["territory"]), kinds, *words, periods(table), repeat(source)))


def said_of(table: LargeTable, keys: Sequence[str], places: Sequence[int]) -> Iterator[Keyed]:
    """Return the keys and figures of some rows."""
    said = list(_said(table)) if places else []
    return ((keys[place], said[place]) for place in places)


def values_of(
    table: LargeTable, keys: Sequence[str], source: str, *, first: int
) -> Iterator[tuple[object, ...]]:
    """Return each row as `COLUMNS` of the table of transfers, its place counted from `first`."""
    coded = table.coded
    kinds = texts(coded["kind"], blank=TOTAL)
    return zip(
        keys,
        count(first),
        texts(coded["territory"]),
        (kind or None for kind in kinds),
        *(texts(coded[f"words_{language}"]) for language in LANGUAGES),
        *(texts(coded[key]) for key in ("period_from", "period_to")),
        *(_stated(table.amounts[measure]) for measure in MEASURES),
        counted(coded["counted"]),
        repeat(source),
        *(repeat("") for _ in _NOTHING_MORE),
        strict=False,
    )


def chosen(values: Iterator[tuple[object, ...]], places: Sequence[int]) -> Iterator[tuple[object, ...]]:
    """Return the rows at these places, in the order of the rows."""
    wanted = bytearray(max(places, default=-1) + 1)
    for place in places:
        wanted[place] = True
    return compress(values, wanted)


#: The language and the notes of a source, which a file of transfers has not got.
_NOTHING_MORE: Final = ("source_language", "note_ky", "note_ru", "note_en")
#: The columns of the table of transfers in the order of `values_of`.
COLUMNS: Final = (
    "key", "place", "territory", "kind", "words_ky", "words_ru", "words_en", "period_start", "period_end",
    *MEASURES, "counted", "source", *_NOTHING_MORE,
)  # fmt: skip


def _said(table: LargeTable) -> Iterator[Said]:
    amounts = (_stated(table.amounts[measure]) for measure in MEASURES)
    return zip(*amounts, counted(table.coded["counted"]), strict=True)


def _stated(column: Amounts) -> list[int | None]:
    """Return the tyiyn of each row, None where none are stated."""
    tyiyn: list[int | None] = column.tyiyn.tolist()
    for place in np.flatnonzero(~column.stated).tolist():
        tyiyn[place] = None
    return tyiyn


def _changed(found: Beside, table: LargeTable, place: int, before: Said, after: Said) -> None:
    found.changed.append(place)
    if len(found.shown) < _SHOWN:
        found.shown.append(Change(table.row(place), before, after))
    if any(_jumped(*pair) for pair in zip(before[:3], after[:3], strict=True)):
        found.jumps.append(table.row(place))


def _soms(said: Said) -> tuple[Som | None, ...]:
    return tuple(None if each is None else Som(each) for each in said[:3])


def _jumped(before: int | None, after: int | None) -> bool:
    if not before or not after:
        return False
    return any(before == after * times or after == before * times for times in _JUMPS)
