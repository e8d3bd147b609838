"""PURE: files as one archive and back: the same files are the same bytes, so that any other byte is seen.

Nothing is compressed and no time is kept, so neither a library nor a clock has a say in the bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

from budgetproto.errors import Unreadable

#: What a box may hold in all: the protocol of 5,000 lines in three languages is a tenth of it.
LARGEST: Final = 512 * 2**20
#: Of a regular file, readable by all.
_RIGHTS: Final = 0o100644 << 16
#: Names that lie in the folder they are unpacked into, on every system.
_NAME: Final = re.compile(r"(?:[a-z0-9_-]+/)?[A-Za-z0-9_-]+(?:\.[a-z]+)?")
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)


class NoBox(Unreadable):
    """What was handed in is no box that can be read."""

    message_key = "protocol.box.unreadable"


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the one archive that these files have.

    >>> pack({"b": b"2", "a": b"1"}) == pack({"a": b"1", "b": b"2"})
    True
    """
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.create_system, entry.external_attr = 3, _RIGHTS
            archive.writestr(entry, files[name])
    return held.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive; raise NoBox where it is none, too large, or packed otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(each.file_size for each in entries) > min(LARGEST, len(content)):
                raise NoBox
            files = {each.filename: archive.read(each) for each in entries}
            if not all(_NAME.fullmatch(each.filename) for each in entries):
                raise NoBox
    except NoBox:
        raise
    except Exception as unreadable:  # a parser fed by strangers may fail in any way
        raise NoBox from unreadable
    if pack(files) != content:
        raise NoBox
    return files


def is_archive(content: bytes) -> bool:
    """Tell whether bytes begin as an archive does."""
    return content.startswith(b"PK")
