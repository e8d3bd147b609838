"""PURE: what a reader asked of the table, read from an address and written back into one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from budgetproto.disputes.domain import Measure
from budgetproto.disputes.table.domain import SORTS, Status
from budgetproto.i18n.letters import folded

#: Lines on a page that is light, on a longer one, and on one that shows a whole large sitting.
SIZES: Final = (20, 50, 500)
#: Lines the page of a sitting shows of all.
SHORT: Final = 8
#: What a line about no single territory is chosen by.
WHOLE_REPUBLIC: Final = "republic"

_MOST_LETTERS: Final = 200
_LAST_PAGE: Final = 100_000


@dataclass(frozen=True)
class Choice:
    """Filters, order and page; an empty text chooses everything."""

    kind: str = ""
    territory: str = ""
    measure: str = ""
    status: str = ""
    words: str = ""
    sort: str = "number"
    descending: bool = False
    page: int = 1
    size: int = SIZES[0]

    @property
    def filters(self) -> dict[str, str]:
        """The filters in force."""
        every = ("kind", "territory", "measure", "status", "words")
        return {name: getattr(self, name) for name in every if getattr(self, name)}

    @property
    def searched(self) -> list[str]:
        """The words to be found, folded."""
        return folded(self.words).split()

    @property
    def plain(self) -> bool:
        """Tell whether the database can filter, sort and page by itself."""
        return self.sort == "number" and not self.searched and not self.status

    @property
    def first(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * self.size

    def query(self, **changes: object) -> dict[str, str]:
        """Return the parameters of the address of this choice, or of one that differs from it.

        >>> Choice(kind="grant", page=3).query(sort="title", page=1)
        {'kind': 'grant', 'sort': 'title'}
        """
        asked = replace(self, **changes)  # type: ignore[arg-type]  # fields by name
        sort = ("-" if asked.descending else "") + asked.sort
        values = {
            "sort": "" if sort == "number" else sort,
            "page": "" if asked.page == 1 else str(asked.page),
            "size": "" if asked.size == SIZES[0] else str(asked.size),
        }
        return asked.filters | {name: value for name, value in values.items() if value}


def chosen(address: Mapping[str, str], *, besides: Iterable[str] = ()) -> tuple[Choice, tuple[str, ...]]:
    """Read the parameters of an address; return the choice and the names of those that mean nothing here.

    `besides` are parameters that others read. A blank one is the field of a form left alone.

    >>> chosen({"size": "7", "colour": "red", "page": "2"})[1]
    ('size', 'colour')
    """
    given = {name: value.strip() for name, value in address.items() if value.strip()}
    told = {name: value for name, value in given.items() if name not in besides}
    bad = tuple(name for name, value in told.items() if not _understood(name, value))
    sort = told.get("sort", "number") if "sort" not in bad else "number"
    texts = {name: told[name] for name in _TEXTS if name in told and name not in bad}
    numbers = {name: int(told[name]) for name in ("page", "size") if name in told and name not in bad}
    return Choice(**texts, **numbers, sort=sort.lstrip("-"), descending=sort.startswith("-")), bad  # type: ignore[arg-type]


_TEXTS: Final = ("kind", "territory", "measure", "status", "words")


def _understood(name: str, value: str) -> bool:
    match name:
        case "kind" | "territory":
            return len(value) <= _MOST_LETTERS
        case "words":
            return len(value) <= _MOST_LETTERS
        case "measure":
            return value in set(Measure)
        case "status":
            return value in set(Status)
        case "sort":
            return value.removeprefix("-") in SORTS
        case "size":
            return value in {str(size) for size in SIZES}
        case "page":
            return value.isascii() and value.isdigit() and len(value) <= 6 and 0 < int(value) <= _LAST_PAGE
    return False
