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
    """The bytes so far, and where each object stands: (kind, place or holder, place in it)."""

    def __init__(self) -> None:
        self._chunks, self._at = [_HEAD], len(_HEAD)
        self._places: dict[int, tuple[int, int, int]] = {}

    def put(self, number: int, body: bytes) -> None:
        """Write an object."""
        self._places[number] = (1, self._at, 0)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def put_together(self, holder: int, bundle: list[Numbered]) -> None:
        """Write several small objects into one."""
        self.put(holder, _bundle(bundle))
        self._places |= {number: (2, holder, place) for place, (number, _) in enumerate(bundle)}

    def closed(self, number: int, *, root: int, info: int) -> bytes:
        """Write where everything stands, as an object of this number, and return the file."""
        identity = md5(b"".join(self._chunks), usedforsecurity=False).hexdigest().encode()
        self._places[number] = (1, self._at, 0)
        entries = b"/Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]" % (root, info, identity, identity)
        table = b"%d 0 obj\n%b\nendobj\n" % (number, _crossings(self._places, entries))
        return b"".join([*self._chunks, table, b"startxref\n%d\n%%%%EOF\n" % self._at])

    def _write(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._at += len(chunk)


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


def _crossings(places: dict[int, tuple[int, int, int]], entries: bytes) -> bytes:
    """Return the table of where each object stands, as a stream."""
    rows = [(0, 0, 65535), *(places[number] for number in sorted(places))]
    assert sorted(places) == list(range(1, len(rows)))  # noqa: S101 - a hole would be an object nobody wrote
    content = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + place.to_bytes(2, "big")
        for kind, where, place in rows
    )
    return stream(b"/Type /XRef /Size %d /W [1 4 2] %b" % (len(rows), entries), content)
