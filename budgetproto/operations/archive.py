"""The file of a backup: a zip of one part per table and a manifest, closed by a hash over every byte.

Any unzip tool opens it, so it can be read when this service no longer exists: each part is lines of JSON.
The zip's comment is the SHA-256 of all bytes before it, so that no flipped or missing byte passes unseen.
Under a passphrase the same file lies in a lock (locking.py).
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, Final, cast

from budgetproto.errors import ConciliationError
from budgetproto.operations import locking
from budgetproto.operations.files import new_file
from budgetproto.operations.manifest import Manifest, Part

PURPOSE: Final = "backup"
#: The first part names the kind of file, at the same place in each backup.
_NAME: Final = "budgetproto-backup"
_MANIFEST: Final = "manifest.json"
_BEGINNING: Final = 30
_DIGITS: Final = 64
_PIECE: Final = 2**20
#: A locked backup up to this size is opened in memory, a larger one in an unnamed file.
_IN_MEMORY: Final = 2**26


class BadBackup(ConciliationError):
    """A file is no backup, or no longer the one that was written; nothing was changed."""

    message_key = "operations.damaged"


class Writer:
    """Takes the parts of a backup one after the other, then its manifest."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped

    def add(self, table: str, columns: tuple[str, ...], lines: Iterable[bytes]) -> Part:
        """Write the lines of a table; return what the manifest will say of them."""
        digest, rows = hashlib.sha256(), 0
        with self._zip.open(_part(table), "w", force_zip64=True) as target:
            for line in lines:
                digest.update(line)
                target.write(line)
                rows += 1
        return Part(table, columns, rows, digest.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """Write the manifest."""
        self._zip.writestr(_MANIFEST, manifest.document())


class Archive:
    """A backup that was read and found whole."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        try:
            self.manifest = Manifest.read(zipped.read(_MANIFEST))
        except (KeyError, ValueError, TypeError) as unreadable:
            raise BadBackup("operations.other_form") from unreadable
        for part in self.manifest.parts:
            self._check(part)

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield the lines of a table."""
        with self._zip.open(_part(part.table)) as source:
            yield from source

    def _check(self, part: Part) -> None:
        digest, rows = hashlib.sha256(), 0
        try:
            for line in self.lines(part):
                digest.update(line)
                rows += 1
        except (KeyError, zipfile.BadZipFile, EOFError, OSError) as broken:
            raise BadBackup from broken
        if (digest.hexdigest(), rows) != (part.digest, part.rows):
            raise BadBackup


@contextmanager
def written(file: Path, passphrase: str | None) -> Iterator[Writer]:
    """Give a writer whose parts become `file` when the block ends."""
    with (
        new_file(file) as stream,
        _outer(stream, passphrase) as target,
        _closing_hash(target) as hashed,
        zipfile.ZipFile(hashed, "w", zipfile.ZIP_DEFLATED) as zipped,
    ):
        zipped.comment = b"0" * _DIGITS
        zipped.writestr(_NAME, b"")
        yield Writer(zipped)


@contextmanager
def opened(file: Path, passphrase: str | None) -> Iterator[Archive]:
    """Give the backup in `file` after every byte of it has been proven; raise BadBackup or Unlockable."""
    try:
        source = file.open("rb")
    except OSError as missing:
        raise BadBackup("operations.unreadable", file=file) from missing
    with source, _inner(source, passphrase) as plain:
        _check_bytes(plain)
        try:
            zipped = zipfile.ZipFile(plain)
        except zipfile.BadZipFile as broken:
            raise BadBackup from broken
        with zipped:
            yield Archive(zipped)


def is_locked(file: Path) -> bool:
    """Tell whether a file needs a passphrase."""
    try:
        with file.open("rb") as source:
            return source.read(len(locking.MAGIC)) == locking.MAGIC
    except OSError as missing:
        raise BadBackup("operations.unreadable", file=file) from missing


def _part(table: str) -> str:
    return f"tables/{table}.jsonl"


@contextmanager
def _outer(stream: BinaryIO, passphrase: str | None) -> Iterator[BinaryIO]:
    if passphrase is None:
        yield stream
        return
    lock = locking.Locking(stream, passphrase, purpose=PURPOSE)
    yield cast(BinaryIO, lock)
    lock.close()


@contextmanager
def _inner(source: BinaryIO, passphrase: str | None) -> Iterator[IO[bytes]]:
    """Give the plain bytes; of a locked backup from memory or a file without a name."""
    locked = source.read(len(locking.MAGIC)) == locking.MAGIC
    source.seek(0)
    if not locked:
        yield source
        return
    if passphrase is None:
        raise BadBackup("operations.locked")
    with SpooledTemporaryFile(_IN_MEMORY) as plain:
        for piece in locking.unlocked(source, passphrase, purpose=PURPOSE):
            plain.write(piece)
        plain.seek(0)
        yield plain


def _check_bytes(plain: IO[bytes]) -> None:
    """Compare the hash over every byte with the one that closes the file."""
    beginning = plain.read(_BEGINNING + len(_NAME))
    if not beginning.startswith(b"PK\x03\x04") or not beginning.endswith(_NAME.encode()):
        raise BadBackup("operations.no_backup")
    digest, held = hashlib.sha256(), beginning
    while piece := plain.read(_PIECE):
        held += piece
        digest.update(held[:-_DIGITS])
        held = held[-_DIGITS:]
    if held != digest.hexdigest().encode():
        raise BadBackup
    plain.seek(0)


@contextmanager
def _closing_hash(target: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that ends in the hash of what went before, in the place the zip keeps for its comment."""
    hashing = _Hashing(target)
    yield cast(BinaryIO, hashing)
    hashing.finish()


class _Hashing:
    """Passes bytes on, holding back as many as the hash has digits."""

    def __init__(self, target: BinaryIO) -> None:
        self._target, self._digest, self._held = target, hashlib.sha256(), b""

    def write(self, data: bytes) -> int:
        """Pass bytes on."""
        self._held += data
        ready, self._held = self._held[:-_DIGITS], self._held[-_DIGITS:]
        self._digest.update(ready)
        self._target.write(ready)
        return len(data)

    def flush(self) -> None:
        """Pass the wish on."""
        self._target.flush()

    def finish(self) -> None:
        """Write the hash over the digits held back."""
        self._target.write(self._digest.hexdigest().encode())
