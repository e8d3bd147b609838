"""New files that hold secrets: for their owner alone, never over another, there as a whole or not at all."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from budgetproto.errors import ConciliationError

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Unwritten(ConciliationError):
    """A file could not be written; nothing of it is left."""

    message_key = "operations.unwritten"


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes become `file` when the block ends: on the disk, then named, or not at all."""
    if file.exists():
        raise Unwritten("operations.file_exists", file=file)
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}.unfinished")
    try:
        with _private(unfinished) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _name(unfinished, file)
    except OSError as failed:
        raise _refusal(file, failed) from failed
    finally:
        unfinished.unlink(missing_ok=True)


def _private(file: Path) -> BinaryIO:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _name(unfinished: Path, file: Path) -> None:
    """Give the finished file its name; a file that has appeared there meanwhile is kept."""
    try:
        os.link(unfinished, file)
    except FileExistsError:
        raise
    except OSError:  # a memory stick without hard links
        if file.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(file)) from None
        unfinished.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    with contextlib.suppress(OSError):  # some file systems cannot sync a folder
        os.fsync(folder)
    os.close(folder)


def _refusal(file: Path, failed: OSError) -> Unwritten:
    if failed.errno in _FULL:
        return Unwritten("operations.disk_full", file=file)
    if isinstance(failed, FileExistsError):
        return Unwritten("operations.file_exists", file=file)
    return Unwritten(file=file, why=failed.strerror or type(failed).__name__)
