"""Lists that keepers bring as a spreadsheet; every fault is told with its row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeVar, get_args

from budgetproto.errors import BadInput, Problem
from budgetproto.exchange import Cell, Column, Kind, Sheet, from_xlsx, read_numbered
from budgetproto.i18n import LANGUAGES, Named, every_language
from budgetproto.money import Som, Unit
from budgetproto.transfers.constituencies import Constituency
from budgetproto.transfers.domain import (
    CHANGE_KINDS,
    INDICATOR_KINDS,
    MONEY_INDICATORS,
    TERRITORY_KINDS,
    Change,
    Indicator,
    IndicatorKind,
    Territory,
)

ListName = Literal["indicators", "constituencies", "territories", "changes"]
LISTS: Final[tuple[ListName, ...]] = get_args(ListName)

#: More people than any territory has.
_MOST_PEOPLE: Final = 1_000_000_000

_Row = Mapping[str, Cell]
_Value = TypeVar("_Value")
_Code = TypeVar("_Code", bound=str)

_SOATE: Final = re.compile(r"[0-9]{14}")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+(/\S*)?")


def columns(name: ListName) -> tuple[Column, ...]:
    """Return the columns of a list; amounts are in thousand soms."""
    return _COLUMNS[name]


def template(name: ListName) -> Sheet:
    """Return the empty sheet that people fill in; no note stands below that would be read as a row."""
    bare = tuple(replace(column, for_programs=True) for column in columns(name))
    return Sheet(every_language(f"transfers.lists.{name}"), bare, ())


def read_indicators(content: bytes, known: frozenset[str], file: str | None = None) -> tuple[Indicator, ...]:
    """Read dated, sourced values of territories; raise BadInput with every fault, and then take none."""
    faults = _Faults(known, file, [])
    found = _made("indicators", content, faults, faults.indicator)
    return _sound(found, faults, lambda each: (each.soate, each.kind, each.on))


def read_constituencies(
    content: bytes, known: frozenset[str], file: str | None = None
) -> tuple[Constituency, ...]:
    """Read a whole list of constituencies; raise BadInput with every fault, and then take none."""
    faults = _Faults(known, file, [])
    found = _made("constituencies", content, faults, faults.constituency)
    return _sound(found, faults, lambda each: (each.code, each.soate, each.valid_from))


def read_territories(content: bytes, known: frozenset[str], file: str | None = None) -> tuple[Territory, ...]:
    """Read new territories, their level left open; raise BadInput with every fault, and then take none."""
    faults = _Faults(known, file, [])
    found = _made("territories", content, faults, faults.territory)
    return _sound(found, faults, lambda each: each.soate)


def read_changes(content: bytes, known: frozenset[str], file: str | None = None) -> tuple[Change, ...]:
    """Read what became of territories; raise BadInput with every fault, and then take none."""
    faults = _Faults(known, file, [])
    found = _made("changes", content, faults, faults.change)
    return _sound(found, faults, lambda each: (each.soate, each.kind, each.on, each.successor))


@dataclass(frozen=True)
class _Faults:
    """Turns rows into values and keeps what is wrong with them; `known` are the codes of territories."""

    known: frozenset[str]
    file: str | None
    problems: list[Problem]

    def told(self, key: str, row: int, column: str, **details: object) -> None:
        self.problems.append(Problem(key, details, self.file, row, column))

    def indicator(self, number: int, row: _Row) -> Indicator | None:
        """Return the value of one row, None where something is wrong with it."""
        soate, kind = self._territory(number, row), self._kind(number, row)
        value = self._value(number, row, kind) if kind else None
        on, source = row.get("on"), row.get("source")
        if not (soate and kind and value is not None and isinstance(on, date) and isinstance(source, str)):
            return None
        return Indicator(soate, kind, value, on, source)

    def constituency(self, number: int, row: _Row) -> Constituency | None:
        """Return the entry of one row, None where something is wrong with it."""
        soate, first, last = self._territory(number, row), row.get("valid_from"), row.get("valid_to")
        code, source = _words(row, "code"), _words(row, "source")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.told("transfers.lists.ends_before", number, "valid_to")
            return None
        if len(code) > 20:
            self.told("transfers.lists.code_too_long", number, "code", most=20)
            return None
        if not (soate and code and source and isinstance(first, date)):
            return None
        return Constituency(code, _named(row), soate, first, source, last if isinstance(last, date) else None)

    def territory(self, number: int, row: _Row) -> Territory | None:
        """Return the new territory of one row, None where something is wrong with it."""
        code, parent, first = _words(row, "soate"), self._code(number, row, "parent"), row.get("valid_from")
        kind = self._one_of(number, row, "kind", TERRITORY_KINDS)
        if code and not _SOATE.fullmatch(code):
            self.told("transfers.lists.no_soate", number, "soate", typed=code)
        elif row.get("self_governing") not in {0, 1, None}:
            self.told("transfers.lists.out_of_range", number, "self_governing")
        elif code in self.known:
            self.told("transfers.lists.known_code", number, "soate", code=code)
        elif code and parent and kind and isinstance(first, date):
            return Territory(
                soate=code,
                level=0,
                kind=kind,
                name=_named(row),
                parent=parent,
                as_of=first.isoformat(),
                self_governing=row.get("self_governing") == 1,
                valid_from=first,
                note=Named(*[_words(row, "source")] * 3),
            )
        return None

    def change(self, number: int, row: _Row) -> Change | None:
        """Return the change of one row, None where something is wrong with it."""
        code, kind = self._code(number, row, "soate"), self._one_of(number, row, "kind", CHANGE_KINDS)
        successor, on, source = self._code(number, row, "successor"), row.get("on"), _words(row, "source")
        if source and not _ADDRESS.fullmatch(source):
            self.told("transfers.lists.no_address", number, "source")
        elif kind in {"merged", "split"} and not _words(row, "successor"):
            self.told("transfers.lists.no_successor", number, "successor")
        elif code and kind and source and isinstance(on, date):
            return Change(code, kind, source, on, _named(row), successor)
        return None

    def _one_of(self, number: int, row: _Row, column: str, known: tuple[_Code, ...]) -> _Code | None:
        typed = _words(row, column)
        found = next((each for each in known if each == typed), None)
        if typed and found is None:
            self.told("transfers.lists.no_code", number, column, typed=typed, known=", ".join(known))
        return found

    def _territory(self, number: int, row: _Row) -> str | None:
        return self._code(number, row, "soate")

    def _code(self, number: int, row: _Row, column: str) -> str | None:
        """Return the code of a territory that is known."""
        code = _words(row, column)
        if code and code not in self.known:
            self.told("transfers.unknown_code", number, column, code=code)
            return None
        return code or None

    def _kind(self, number: int, row: _Row) -> IndicatorKind | None:
        typed = _words(row, "kind")
        found = next((kind for kind in INDICATOR_KINDS if typed in _names(kind)), None)
        if typed and found is None:
            self.told(
                "transfers.lists.no_kind", number, "kind", typed=typed, known=", ".join(INDICATOR_KINDS)
            )
        return found

    def _value(self, number: int, row: _Row, kind: IndicatorKind) -> int | Som | None:
        """Return people or money, whichever the kind is; the other column stays blank."""
        column, other = ("amount", "people") if kind in MONEY_INDICATORS else ("people", "amount")
        value = row.get(column)
        if row.get(other) is not None or value is None:
            self.told(f"transfers.lists.{column}_wanted", number, column)
            return None
        least = 1 if kind == "population" else 0
        number_of = value.tyiyn if isinstance(value, Som) else value if isinstance(value, int) else least - 1
        if number_of < least or (column == "people" and number_of > _MOST_PEOPLE):
            self.told("transfers.lists.out_of_range", number, column)
            return None
        return value if isinstance(value, Som | int) else None


def _made(
    name: ListName, content: bytes, faults: _Faults, make: Callable[[int, _Row], _Value | None]
) -> list[tuple[int, _Value]]:
    """Return the value of each row that is sound, with its number; the faults are kept."""
    cells = from_xlsx(content, faults.file) if content.startswith(b"PK") else content
    numbered, problems = read_numbered(cells, columns(name), unit=Unit.THOUSAND_SOMS, file=faults.file)
    faults.problems.extend(problems)
    found = [(number, make(number, row)) for number, row in numbered]
    return [(number, value) for number, value in found if value is not None]


def _sound(
    found: Sequence[tuple[int, _Value]], faults: _Faults, key_of: Callable[[_Value], object]
) -> tuple[_Value, ...]:
    """Return the values; raise BadInput when anything is wrong with any row, or there is none."""
    faults.problems.extend(_twice([(number, key_of(value)) for number, value in found], faults.file))
    if faults.problems:
        raise BadInput(*sorted(faults.problems, key=lambda each: each.row or 0))
    if not found:
        raise BadInput(Problem("transfers.lists.empty", file=faults.file))
    return tuple(value for _, value in found)


def _twice(keys: Sequence[tuple[int, object]], file: str | None) -> Iterator[Problem]:
    seen: dict[object, int] = {}
    for number, key in keys:
        if key in seen:
            yield Problem("transfers.lists.twice", {"first": seen[key]}, file, number)
        seen.setdefault(key, number)


def _names(kind: IndicatorKind) -> tuple[str, ...]:
    name = every_language(f"transfers.indicator.{kind}")
    return kind, name.ky, name.ru, name.en


def _named(row: _Row) -> Named:
    return Named(*(_words(row, f"name_{language}") for language in LANGUAGES))


def _words(row: _Row, key: str) -> str:
    return str(row.get(key) or "").strip()


def _column(key: str, kind: Kind = "text", *, required: bool = True) -> Column:
    return Column(key, every_language(f"transfers.lists.column.{key}"), kind, required)


def _names_of(*, required: bool) -> tuple[Column, ...]:
    return tuple(
        _column(f"name_{language}", required=required and language != "en") for language in LANGUAGES
    )


_COLUMNS: Final[Mapping[ListName, tuple[Column, ...]]] = {
    "territories": (
        _column("soate"),
        _column("kind"),
        *_names_of(required=True),
        _column("parent"),
        _column("self_governing", "integer"),
        _column("valid_from", "date"),
        _column("source"),
    ),
    "changes": (
        _column("soate"),
        _column("kind"),
        _column("on", "date"),
        _column("successor", required=False),
        *_names_of(required=False),
        _column("source"),
    ),
    "indicators": (
        _column("soate"),
        _column("kind"),
        _column("people", "integer", required=False),
        _column("amount", "amount", required=False),
        _column("on", "date"),
        _column("source"),
    ),
    "constituencies": (
        _column("code"),
        *_names_of(required=True),
        _column("soate"),
        _column("valid_from", "date"),
        _column("valid_to", "date", required=False),
        _column("source"),
    ),
}
