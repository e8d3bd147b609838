"""PURE: a value written by `plain` read back as the type it was."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Read = TypeVar("Read")


def from_plain(kind: type[Read], document: Any) -> Read:
    """Read what `plain` wrote of a frozen dataclass; raise ValueError where it is none.

    >>> from budgetproto.balancing.sensitivity.curve import Knot
    >>> from_plain(Knot, {"envelope": "40/1", "rate": "1/2"})
    Knot(envelope=Fraction(40, 1), rate=Fraction(1, 2))
    """
    try:
        value: Read = _read(kind, document)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not the document of {kind.__name__}") from error
    return value


def _read(kind: Any, document: Any) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return (
            None
            if document is None
            else _read(next(each for each in inside if each is not NoneType), document)
        )
    if origin is tuple:
        kinds = inside[:1] * len(document) if inside[-1] is Ellipsis else inside
        return tuple(_read(each, item) for each, item in zip(kinds, document, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {_read(inside[0], name): _read(inside[1], item) for name, item in document.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{each.name: _read(hints[each.name], document[each.name]) for each in fields(kind)})
    if kind is Fraction or issubclass(kind, Enum):
        return kind(document)
    return document


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
