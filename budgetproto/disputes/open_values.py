"""Values of sittings in which nothing is sealed, worked out once and kept in this process until the next act.

Who may read is decided before anybody asks here, on every request: what is kept is the same for all readers.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlmodel import Session

from budgetproto.database import is_picture
from budgetproto.disputes.stamp import state
from budgetproto.sittings.domain import Sitting

_Value = TypeVar("_Value")


class OpenValues(Generic[_Value]):
    """Values of one kind, the `most` that were asked for last; its readers must not change them."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, _Value] = OrderedDict()

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
        key = (session.get_bind().engine.url, sitting.id, moved_by, what)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        return self._keep(key, make())

    def _keep(self, key: Hashable, value: _Value) -> _Value:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
