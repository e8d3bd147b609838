"""PURE: values as plain JSON values and back, so that canonical JSON and its hash mean every word."""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

#: What JSON has as we do, and most values are.
_AS_THEY_ARE: Final = frozenset({str, int, bool})


def plain(value: Any) -> Any:
    """Return a value as JSON has it: dataclasses by field, tuples as lists, days and fractions as text.

    >>> plain((date(2026, 1, 5), Fraction(1, 3)))
    ['2026-01-05', '1/3']
    """
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def read(kind: Any, value: Any) -> Any:
    """Read a plain value as what a field says it is.

    >>> read(tuple[Fraction, ...], ["1/3"])
    (Fraction(1, 3),)
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return value
    if origin in {typing.Union, types.UnionType}:
        return None if value is None else read(next(part for part in parts if part is not type(None)), value)
    if origin is tuple:
        return _read_tuple(parts, value)
    if origin is not None and issubclass(origin, Mapping):
        return {read(parts[0], key): read(parts[1], each) for key, each in value.items()}
    if is_dataclass(kind):
        hints = _hints(kind if isinstance(kind, type) else type(kind))
        return typing.cast(Any, kind)(**{name: read(hints[name], each) for name, each in value.items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum | Fraction | Decimal):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return what the fields of a class are; working it out takes longer than reading a value."""
    return get_type_hints(kind)


def _read_tuple(parts: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if parts[-1] is Ellipsis:
        return tuple(read(parts[0], each) for each in value)
    return tuple(read(part, each) for part, each in zip(parts, value, strict=True))
