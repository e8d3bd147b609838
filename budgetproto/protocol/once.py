"""PURE: a value worked out once for each protocol, however many languages are drawn from it."""

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

from budgetproto.protocol.composed import Protocol

_Value = TypeVar("_Value")


class OncePerProtocol(Generic[_Value]):
    """Keeps a value for as long as the very protocol it was made from is there."""

    def __init__(self) -> None:
        self._kept: dict[int, _Value] = {}

    def of(self, protocol: Protocol, make: Callable[[], _Value]) -> _Value:
        """Return the value of a protocol; make it when nobody has asked for it yet."""
        key = id(protocol)
        if key not in self._kept:
            made = make()
            weakref.finalize(protocol, self._kept.pop, key, None)
            self._kept[key] = made
        return self._kept[key]
