"""Calls of a library that runs an event loop of its own, where one may be running already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Made = TypeVar("_Made")


def apart(call: Callable[[], _Made]) -> _Made:
    """Return what a call gives, made in a thread of its own; what it raises is raised here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
