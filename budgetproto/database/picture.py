"""What a read-only transaction has read once stands: its picture of the data never changes."""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from sqlmodel import Session

_READ: Final = "budgetproto.picture"
_Value = TypeVar("_Value")


def empty() -> dict[str, Any]:
    """Return what a session needs to know so that `once` keeps what it reads."""
    return {_READ: {}}


def is_picture(session: Session) -> bool:
    """Tell whether a session reads one picture of the data, and so sees nothing that others do meanwhile."""
    return _READ in session.info


def once(session: Session, key: Hashable, read: Callable[[], _Value]) -> _Value:
    """Return what was read under this key before in the same picture, else read it.

    A writing transaction keeps nothing: it sees what others commit and what it writes itself. So a right is
    judged on every request and in every act anew, and within one page from one state of the data.
    """
    kept: dict[Hashable, _Value] | None = session.info.get(_READ)
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]


def keep(session: Session, key: Hashable, value: object) -> None:
    """Keep what another statement of this picture has read already."""
    if (kept := session.info.get(_READ)) is not None:
        kept[key] = value
