"""PURE: numbered objects packed into one PDF.

A document of thousands of lines has a hundred thousand small objects. Object streams (ISO 32000-1, 7.5.7)
pack a hundred of them at a time, so that the structure adds a tenth to a file and not its double.
"""

import zlib
from collections.abc import Iterable, Iterator
from hashlib import md5
from itertools import count
from typing import Final

#: How many small objects are packed together.
_TOGETHER: Final = 200

_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

#: An object: its number and its bytes, without `obj` and `endobj`.
Numbered = tuple[int, bytes]


def packed(
    streams: Iterable[Numbered], small: Iterable[Numbered], *, free: int, root: int, info: int
) -> bytes:
    """Write a PDF of objects that are streams and of small ones, numbered from one up to below `free`.

    The same objects give the same bytes: the file's identity is their hash.
    """
    file, numbers = _File(), count(free)
    for number, body in streams:
        file.put(number, body)
    for bundle in _bundles(small):
        file.put_together(next(numbers), bundle)
    return file.closed(next(numbers), root=root, info=info)


class _File:
    """The bytes so far, and where each object stands."""

    def __init__(self) -> None:
        self._chunks, self._at, self._identity = [_HEAD], len(_HEAD), md5(_HEAD, usedforsecurity=False)
        self._places = _Places()

    def put(self, number: int, body: bytes) -> None:
        """Write an object."""
        self._places.set(number, 1, self._at)
        chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._identity.update(chunk)
        self._chunks.append(chunk)
        self._at += len(chunk)

    def put_together(self, holder: int, bundle: list[Numbered]) -> None:
        """Write several small objects into one."""
        self.put(holder, _bundle(bundle))
        for place, (number, _) in enumerate(bundle):
            self._places.set(number, 2, holder, place)

    def closed(self, number: int, *, root: int, info: int) -> bytes:
        """Write where everything stands, as an object of this number, and return the file."""
        self._places.set(number, 1, self._at)
        identity = self._identity.hexdigest().encode()
        entries = b"/Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]" % (root, info, identity, identity)
        table = b"%d 0 obj\n%b\nendobj\n" % (number, self._places.stream(entries))
        return b"".join([*self._chunks, table, b"startxref\n%d\n%%%%EOF\n" % self._at])


class _Places:
    """Where each object stands, in seven bytes: its kind, its place or holder, its place in the holder."""

    _WIDTH: Final = 7

    def __init__(self) -> None:
        self._rows = bytearray(b"\0\0\0\0\0\xff\xff")  # number 0 is no object

    def set(self, number: int, kind: int, where: int, place: int = 0) -> None:
        """Note where an object stands."""
        missing = (number + 1) * self._WIDTH - len(self._rows)
        self._rows.extend(bytes(max(missing, 0)))
        row = kind.to_bytes(1, "big") + where.to_bytes(4, "big") + place.to_bytes(2, "big")
        self._rows[number * self._WIDTH : (number + 1) * self._WIDTH] = row

    def stream(self, entries: bytes) -> bytes:
        """Return the table as a stream."""
        size = len(self._rows) // self._WIDTH
        return stream(b"/Type /XRef /Size %d /W [1 4 2] %b" % (size, entries), bytes(self._rows))


def stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream object, compressed."""
    return compressed(entries, zlib.compress(content))


def compressed(entries: bytes, content: bytes) -> bytes:
    """Return a stream object of a content that is compressed already."""
    head = b"<< %b /Filter /FlateDecode /Length %d >>" % (entries, len(content))
    return b"%b\nstream\n%b\nendstream" % (head, content)


def plain_stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream object that is not compressed."""
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def references(numbers: Iterable[int]) -> bytes:
    """Write references to objects, one after another."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _bundles(small: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    bundle: list[Numbered] = []
    for each in small:
        bundle.append(each)
        if len(bundle) == _TOGETHER:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def _bundle(bundle: list[Numbered]) -> bytes:
    """Return the object stream of some small objects."""
    at, heads = 0, []
    for number, body in bundle:
        heads.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(heads) + b"\n"
    content = head + b"\n".join(body for _, body in bundle)
    return stream(b"/Type /ObjStm /N %d /First %d" % (len(bundle), len(head)), content)
