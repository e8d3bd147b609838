"""Pages of long lists: a cursor names the last thing that was seen, so nothing is missed or told twice."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from budgetproto.errors import BadInput, Problem

Key = tuple[str | int, ...]
_Item = TypeVar("_Item")
_TOO_LARGE: Final = 2**62


@dataclass(frozen=True)
class Page(Generic[_Item]):
    """Some items of a list, and the cursor behind the last of them; None on the last page."""

    items: tuple[_Item, ...]
    next: str | None

    def document(self, written: Callable[[_Item], dict[str, Any]]) -> dict[str, Any]:
        """Return the page as it is sent."""
        return {"items": [written(item) for item in self.items], "next": self.next}


def page_of(items: Iterable[_Item], key: Callable[[_Item], Key], *, cursor: str, limit: int) -> Page[_Item]:
    """Return the items behind the cursor, in the order of their keys, which are unique and never change.

    What is added meanwhile before the cursor is not told, what is added behind it is.
    """
    found = sorted(((key(item), item) for item in items), key=lambda pair: pair[0])
    after = behind(cursor, like=found[0][0]) if found else None
    behind_it = [item for at, item in found if after is None or at > after]
    return cut(behind_it, key, limit=limit)


def cut(found: Sequence[_Item], key: Callable[[_Item], Key], *, limit: int) -> Page[_Item]:
    """Return a page of what was found behind a cursor, one item more than the page where there are more."""
    shown = tuple(found[:limit])
    return Page(shown, written(key(shown[-1])) if len(found) > limit else None)


def behind(cursor: str, *, like: Key) -> Key | None:
    """Return the key a cursor names, None for no cursor; raise BadInput for one of another list.

    >>> behind(written((2, "41702")), like=(0, ""))
    (2, '41702')
    """
    if not cursor:
        return None
    key = _read(cursor)
    if [type(part) for part in key] != [type(part) for part in like]:
        raise _no_cursor()
    return key


def written(key: Key) -> str:
    """Return the cursor that names a key."""
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str) -> Key:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as wrong:
        raise _no_cursor() from wrong
    if not isinstance(parts, list) or not all(type(part) in (str, int) for part in parts):
        raise _no_cursor()
    if not all(map(_storable, parts)):
        raise _no_cursor()
    return tuple(parts)


def _storable(part: str | int) -> bool:
    """Tell whether a database can be asked for this: no NUL, no half letter, no number beyond its bounds."""
    if isinstance(part, int):
        return abs(part) < _TOO_LARGE
    return "\0" not in part and part.encode(errors="replace").decode() == part


def _no_cursor() -> BadInput:
    return BadInput(Problem("api.fault.cursor", form_field="cursor"))
