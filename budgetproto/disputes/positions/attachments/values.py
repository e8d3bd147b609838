"""PURE: what is known of an attached file, who may read it and when, and the limits of one position."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from budgetproto.accounts.domain import Role
from budgetproto.disputes.positions.attachments.file_kinds import FileKind, KindNotTaken
from budgetproto.errors import Refused, SetUp
from budgetproto.i18n.languages import Named
from budgetproto.sittings.domain import Act, Stage, Standing, may

#: Bytes in a megabyte.
MEBIBYTE: Final = 2**20
#: The largest file taken, in bytes.
LARGEST: Final = 10 * MEBIBYTE
#: A position commits to so many files always, most of them blank: their number is nobody else's business.
SLOTS: Final = 20
_LONGEST_NAME: Final = 120
_COMMITTEE: Final = frozenset({Role.SECRETARY, Role.CHAIR, Role.MEMBER})
#: What no file system, header or reader should meet in a name; letters that turn the direction of writing.
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


class FileEmpty(Refused):
    """The file has no bytes."""

    message_key = "disputes.attachment.empty"


class FileTooLarge(Refused):
    """The file is larger than one file may be."""

    message_key = "disputes.attachment.too_large"


class TooManyFiles(Refused):
    """The position has as many files as it may have."""

    message_key = "disputes.attachment.too_many"


class FilesTooLarge(Refused):
    """All files of the position together are larger than they may be."""

    message_key = "disputes.attachment.too_large_together"


class FileTwice(Refused):
    """The same file is attached already."""

    message_key = "disputes.attachment.twice"


class Visibility(StrEnum):
    """Who may read a file once the line is open; each kind of readers includes those before it."""

    OWN_PARTY = "own_party"
    BOTH_SIDES = "both_sides"
    COMMITTEE = "committee"
    PUBLIC = "public"


@dataclass(frozen=True)
class Header:
    """What is known of a file beside its bytes; with its salt it is what the position commits to."""

    name: str
    kind: FileKind
    size: int
    digest: str
    visibility: Visibility
    title: Named
    salt: str


@dataclass(frozen=True)
class Attachment:
    """A file of a party on a line; `filed` says whether the last filed version of the position has it."""

    id: str
    party: str
    header: Header
    filed: bool


@dataclass(frozen=True)
class Limits:
    """What an installation lets one position carry: so many files, so many bytes in all."""

    count: int = 10
    total: int = 30 * MEBIBYTE

    def __post_init__(self) -> None:
        if self.count > SLOTS:
            name = "BUDGETPROTO_ATTACHMENTS"
            raise SetUp(what=f"{name}={self.count}", remedy=f"{name}={SLOTS}")

    def check(self, attached: Sequence[Header], header: Header) -> None:
        """Raise unless one more file may be attached to those that are."""
        if any(each.digest == header.digest for each in attached):
            raise FileTwice
        if len(attached) >= self.count:
            raise TooManyFiles(most=self.count)
        if sum(each.size for each in attached) + header.size > self.total:
            raise FilesTooLarge(megabytes=self.total // MEBIBYTE)


def check_size(size: int) -> None:
    """Raise FileEmpty or FileTooLarge unless one file may be so large."""
    if not size:
        raise FileEmpty
    if size > LARGEST:
        raise FileTooLarge(megabytes=LARGEST // MEBIBYTE)


def may_read(visibility: Visibility, place: Standing, party: str, stage: Stage) -> bool:
    """Tell whether somebody may read a file of an open line: his own party's always, others' as they say."""
    if place.speaks_for(party):
        return True
    if not may(place, Act.READ_OPENED, stage):
        return False
    match visibility:
        case Visibility.OWN_PARTY:
            return False
        case Visibility.BOTH_SIDES:
            return bool(place.parties)
        case Visibility.COMMITTEE:
            return bool(place.parties or place.roles & _COMMITTEE)
        case Visibility.PUBLIC:
            return True


def cleaned(name: str) -> str:
    r"""Return a file's name without its path and without anything that misleads; raise KindNotTaken for none.

    >>> cleaned("C:\\Users\\a\\Эсеп  2020.XLSX")
    'Эсеп 2020.xlsx'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = " ".join(_NOT_IN_NAMES.sub(" ", last).split()).rpartition(".")
    if not dot or not ending.isascii() or not ending.isalnum():
        raise KindNotTaken
    ending = ending.lower()
    stem = stem.strip(" .")[: _LONGEST_NAME - len(ending) - 1].rstrip(" .")
    return f"{stem or 'file'}.{ending}"


def list_digest(files: Iterable[str]) -> str:
    """Return the hash that says which files somebody had before him, in whatever order.

    >>> list_digest(["a", "b"]) == list_digest(["b", "a"]) != list_digest(["a"])
    True
    """
    return hashlib.sha256(" ".join(sorted(files)).encode()).hexdigest()


#: What an author has seen where nothing is attached.
NO_FILES: Final = list_digest(())


def written(header: Header) -> str:
    """Write a header as canonical JSON: sorted keys, no spaces, letters as they are."""
    values = vars(header) | {"title": vars(header.title)}
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(document: str) -> Header:
    """Read a header back."""
    values: dict[str, Any] = json.loads(document)
    kind, visibility = FileKind(values["kind"]), Visibility(values["visibility"])
    return Header(**values | {"kind": kind, "visibility": visibility, "title": Named(**values["title"])})
