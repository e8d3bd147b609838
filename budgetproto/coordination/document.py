"""PURE: drafts, steps and procedures as canonical JSON, so that a hash means every word, and back."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, get_args, get_origin, get_type_hints

from budgetproto.coordination import happenings
from budgetproto.coordination.domain import Draft
from budgetproto.coordination.happenings import What
from budgetproto.coordination.procedure_values import Procedure
from budgetproto.journal.domain import canonical_json

#: The name under which each thing that can happen is kept; a name is never changed.
KINDS: Final[dict[str, type[What]]] = {kind.__name__.lower(): kind for kind in get_args(happenings.What)}


def kind_of(what: What) -> str:
    """Return the name under which something is kept.

    >>> kind_of(happenings.RoundBegun("Жаңы текст"))
    'roundbegun'
    """
    return type(what).__name__.lower()


def written(value: Draft | What | Procedure) -> str:
    """Write a value as canonical JSON: sorted keys, no spaces, letters as they are.

    >>> written(happenings.Submitted("Жогорку Кеңеш"))
    '{"where":"Жогорку Кеңеш"}'
    """
    return canonical_json(_plain(value))


def read_draft(document: str) -> Draft:
    """Read a draft back from its document."""
    found: Draft = _read(Draft, json.loads(document))
    return found


def read_what(kind: str, document: str) -> What:
    """Read back what happened."""
    found: What = _read(KINDS[kind], json.loads(document))
    return found


def read_procedure(document: str) -> Procedure:
    """Read a version of the procedure back."""
    found: Procedure = _read(Procedure, json.loads(document))
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    """Read a plain value as what a field says it is."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        return None if value is None else _read(next(part for part in parts if part is not type(None)), value)
    if origin is tuple:
        return _read_tuple(parts, value)
    if origin is not None and issubclass(origin, Mapping):
        return {_read(parts[0], key): _read(parts[1], each) for key, each in value.items()}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return typing.cast(Any, kind)(**{name: _read(hints[name], each) for name, each in value.items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value


def _read_tuple(parts: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if parts[-1] is Ellipsis:
        return tuple(_read(parts[0], each) for each in value)
    return tuple(_read(part, each) for part, each in zip(parts, value, strict=True))
