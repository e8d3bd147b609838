"""PURE: values as JSON documents and back, and their canonical bytes.

A field at its default is left out: a field that is added later does not change the hash of an old protocol.
"""

import json
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from budgetproto.i18n.languages import Points
from budgetproto.money import Som, Unit

#: A JSON document: objects, lists and plain values.
Document = dict[str, "Document"] | list["Document"] | str | int | bool | None

Read = TypeVar("Read")


class UnreadableDocument(ValueError):
    """A stored document does not fit the type it is read as."""


def to_document(value: object) -> Document:
    """Return `value` (a frozen dataclass, tuple or plain value of the protocol) as a JSON document.

    >>> to_document((Som(150), Fraction(1, 3)))
    [{'som': '1.50'}, {'share': '1/3'}]
    """
    kind: Any = type(value)
    return _writer(kind)(value)


def from_document(kind: type[Read], document: Document) -> Read:
    """Read a document of `to_document` as a value of `kind`; raise UnreadableDocument if it is none.

    >>> from_document(Som, {"som": "1.50"})
    Som(tyiyn=150)
    """
    value: Read = _read(kind, document)
    return value


def canonical_bytes(document: Document) -> bytes:
    """Write a document as UTF-8 JSON with sorted keys and no spaces: one value, one sequence of bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def canonical_pieces(value: object, *, depth: int) -> Iterator[bytes]:
    """Yield what `canonical_bytes` of a value's document is, piece by piece, so that it never lies whole.

    Values this deep are written field by field, what is in them item by item.

    >>> b"".join(canonical_pieces((Som(150), Fraction(1, 3)), depth=1))
    b'[{"som":"1.50"},{"share":"1/3"}]'
    """
    if depth and isinstance(value, tuple):
        yield from _enclosed(b"[]", (canonical_pieces(item, depth=depth - 1) for item in value))
    elif depth and is_dataclass(value) and type(value) not in _TAGGED:
        written = ((name, getattr(value, name)) for name in sorted(_stated(value)))
        yield from _enclosed(b"{}", (_named(name, item, depth) for name, item in written))
    else:
        yield canonical_bytes(to_document(value))


def _named(name: str, item: object, depth: int) -> Iterator[bytes]:
    yield b'"%b":' % name.encode()
    yield from canonical_pieces(item, depth=depth - 1)


def _enclosed(brackets: bytes, parts: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
    yield brackets[:1]
    for number, part in enumerate(parts):
        if number:
            yield b","
        yield from part
    yield brackets[1:]


@cache
def _writer(kind: Any) -> Callable[[Any], Document]:
    if kind in (str, int, bool, types.NoneType):
        return lambda value: value
    if kind is tuple:
        return lambda value: [to_document(item) for item in value]
    if kind in _TAGGED:
        tag, write, _ = _TAGGED[kind]
        return lambda value: {tag: write(value)}
    if is_dataclass(kind):
        return lambda value: {name: to_document(getattr(value, name)) for name in _stated(value)}
    raise TypeError(f"{kind.__name__} is no value of a protocol")


def _stated(value: Any) -> Iterator[str]:
    """Yield the names of the fields that are not at their default."""
    kind: Any = type(value)
    for name, default in _defaults(kind):
        item = getattr(value, name)
        # True == 1 and False == 0, so a default is compared with its type.
        if item != default or type(item) is not type(default):
            yield name


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


def _read(kind: Any, document: Document) -> Any:
    origin = get_origin(kind)
    if kind in _TAGGED:
        return _read_tagged(kind, document)
    if origin is tuple:
        return _read_tuple(get_args(kind), document)
    if origin in (types.UnionType, Union):
        return _read_one_of(get_args(kind), document)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_record(kind, document)
    if not _is_plain(kind, document):
        raise UnreadableDocument(f"{document!r} is not {kind}")
    return document


def _is_plain(kind: Any, document: Document) -> bool:
    """Tell whether a plain JSON value is of `kind`: a type, or the words of a Literal."""
    return document in get_args(kind) if get_args(kind) else type(document) is kind


def _read_tagged(kind: type, document: Document) -> object:
    tag, _, read = _TAGGED[kind]
    if not isinstance(document, dict) or list(document) != [tag]:
        raise UnreadableDocument(f"{document!r} has no {tag}")
    try:
        return read(document[tag])
    except (ArithmeticError, KeyError, TypeError, ValueError) as fault:
        raise UnreadableDocument(f"{document!r}: {fault}") from fault


def _read_tuple(kinds: tuple[Any, ...], document: Document) -> tuple[Any, ...]:
    if not isinstance(document, list):
        raise UnreadableDocument(f"{document!r} is not a list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], item) for item in document)
    if len(kinds) != len(document):
        raise UnreadableDocument(f"{document!r} has not {len(kinds)} items")
    return tuple(_read(kind, item) for kind, item in zip(kinds, document, strict=True))


def _read_one_of(kinds: tuple[Any, ...], document: Document) -> Any:
    for kind in kinds:
        try:
            return _read(kind, document)
        except UnreadableDocument:
            continue
    raise UnreadableDocument(f"{document!r} is none of {kinds}")


def _read_record(kind: Any, document: Document) -> object:
    known: dict[str, Any] = _hints(kind)
    if not isinstance(document, dict) or not document.keys() <= known.keys():
        raise UnreadableDocument(f"{document!r} is no {kind.__name__}")
    try:
        return kind(**{name: _read(known[name], item) for name, item in document.items()})
    except TypeError as missing:
        raise UnreadableDocument(f"{kind.__name__}: {missing}") from missing


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return value.astimezone(UTC).isoformat()


#: How the values with no JSON form of their own are written: tag, writer, reader.
_TAGGED: dict[type, tuple[str, Callable[[Any], Document], Callable[[Any], object]]] = {
    Som: ("som", Som.to_json, Som.from_json),
    Points: ("points", lambda value: value.hundredths, Points),
    Fraction: ("share", lambda value: f"{value.numerator}/{value.denominator}", Fraction),
    datetime: ("moment", _moment, datetime.fromisoformat),
    date: ("date", date.isoformat, date.fromisoformat),
    Unit: ("unit", lambda value: value.key, lambda key: Unit[key.upper()]),
}
