"""The seal key on its way to the safe and back: in a file under a passphrase, short enough to be printed."""

import base64
import io
from pathlib import Path
from typing import Final

from budgetproto.disputes.positions import sealing
from budgetproto.errors import ConciliationError
from budgetproto.operations.files import new_file
from budgetproto.operations.locking import Locking, unlocked

_PURPOSE: Final = "seal key"
_BEGIN: Final = b"-----BEGIN BUDGETPROTO SEAL KEY-----\n"
_END: Final = b"-----END BUDGETPROTO SEAL KEY-----\n"


class NoExportedKey(ConciliationError):
    """A file holds no exported seal key."""

    message_key = "operations.no_exported_key"


def export_key(key_file: Path, target: Path, passphrase: str) -> None:
    """Write the seal key to `target` under a passphrase."""
    sealing.load_key(key_file)
    locked = io.BytesIO()
    lock = Locking(locked, passphrase, purpose=_PURPOSE)
    lock.write(key_file.read_bytes())
    lock.close()
    with new_file(target) as stream:
        stream.write(_BEGIN + base64.encodebytes(locked.getvalue()) + _END)


def import_key(source: Path, key_file: Path, passphrase: str) -> None:
    """Put an exported seal key in its place, where none may lie yet."""
    plain = b"".join(unlocked(_locked(source), passphrase, purpose=_PURPOSE))
    key_file.parent.mkdir(parents=True, exist_ok=True)
    with new_file(key_file) as stream:
        stream.write(plain)


def _locked(source: Path) -> io.BytesIO:
    try:
        # Typed off paper, lines may end in blanks or as Windows ends them.
        lines = b"".join(line.strip() + b"\n" for line in source.read_bytes().splitlines())
        inside = lines.partition(_BEGIN)[2].partition(_END)[0]
        found = base64.b64decode(inside)
    except (OSError, ValueError) as unreadable:
        raise NoExportedKey(file=source) from unreadable
    if not found:
        raise NoExportedKey(file=source)
    return io.BytesIO(found)
