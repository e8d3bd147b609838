"""Values of sittings in which nothing is sealed, worked out once and kept in this process until the next act.

Who may read is decided before anybody asks here, on every request: what is kept is the same for all readers.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlmodel import Session

from budgetproto.database import is_picture
from budgetproto.disputes.opened.stamp import Stamp, state
from budgetproto.sittings.domain import Sitting

_Value = TypeVar("_Value")

#: More opened sittings than a committee holds in ten years: a page over all of them finds each one kept.
MANY_SITTINGS: Final = 100


class OpenValues(Generic[_Value]):
    """Values of one kind, the `most` that were asked for last; its readers must not change them."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, tuple[Stamp, _Value]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, session: Session, sitting: Sitting, what: Hashable, make: Callable[[], _Value]) -> _Value:
        """Return what is kept for the present state of a sitting, else make it.

        `what` names all that decides the value besides the state: the choice, the language. While anything
        in the sitting is sealed nothing is kept; nor in an act, which may see more than its state tells.
        """
        moved_by = state(session, sitting) if is_picture(session) else None
        if moved_by is None:
            return make()
        key = (session.get_bind().engine.url, sitting.id, what)
        with self._lock:
            found = self._kept.get(key)
            if found and found[0] == moved_by:
                self._kept.move_to_end(key)
                return found[1]
        return self._keep(key, moved_by, make())

    def _keep(self, key: Hashable, moved_by: Stamp, value: _Value) -> _Value:
        """Keep a value in the place of the one an act has outdated, which no page shows again."""
        with self._lock:
            self._kept[key] = (moved_by, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
