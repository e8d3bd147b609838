"""PURE: what kind of file bytes really are; nothing encrypted, nothing that runs, nothing of two kinds.

The name says what a file claims to be, its bytes have to agree: the first bytes, the structure, for office
files the contents of the archive. A file that passes is still only ever handed out to be saved.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from budgetproto.errors import Refused

#: An archive may grow to so many bytes when it is unpacked, and have so many parts.
_LARGEST_UNPACKED: Final = 200 * 2**20
_MOST_PARTS: Final = 5_000
#: How much of the small parts of an archive that say what it is may be read.
_LARGEST_PART: Final = 4 * 2**20


class KindNotTaken(Refused):
    """Files of this kind are not taken."""

    message_key = "disputes.attachment.kind_not_taken"


class NotItsKind(Refused):
    """The file is not what its name says, is damaged, or is two kinds of file at once."""

    message_key = "disputes.attachment.not_its_kind"


class FileEncrypted(Refused):
    """The file is protected by a password: nobody could check or read it."""

    message_key = "disputes.attachment.encrypted"


class FileRuns(Refused):
    """The file has macros or other parts that run."""

    message_key = "disputes.attachment.runs"


class FileKind(StrEnum):
    """The kinds of files taken."""

    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    ODT = "odt"
    ODS = "ods"
    PNG = "png"
    JPEG = "jpeg"
    TXT = "txt"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """Return the media type that a download names."""
        return _MEDIA_TYPES[self]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
_MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.ODT: f"{_OPEN}.text",
    FileKind.ODS: f"{_OPEN}.spreadsheet",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.CSV: "text/csv; charset=utf-8",
}
_ENDINGS: Final = {kind.value: kind for kind in FileKind} | {"jpg": FileKind.JPEG}
#: What a file chooser offers at first.
ENDINGS: Final = ",".join(f".{ending}" for ending in _ENDINGS)

#: Old office files and all encrypted ones are such compound files.
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
#: What no text begins with.
_OTHER_KINDS: Final = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff")
_MARKUP: Final = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php)\b", re.IGNORECASE)
#: The short name is looked for with its value: three bytes alone stand by chance in one scan of three.
_RUNNING_PDF: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles|RichMedia)\b|/JS\s*(?:[(<]|\d+\s+\d+\s+R\b)"
)
_RUNNING_PARTS: Final = ("/macrosheets/", "/activex/")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def recognised(name: str, content: bytes) -> FileKind:
    """Return the kind that both name and bytes say; raise what is wrong with a file that is none."""
    kind = _ENDINGS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise KindNotTaken
    if content.startswith(_COMPOUND):
        raise FileEncrypted
    _CHECKS[kind](content)
    return kind


def _pdf(content: bytes) -> None:
    if not re.match(rb"%PDF-[12]\.\d", content) or b"%%EOF" not in content[-2048:]:
        raise NotItsKind
    if _MARKUP.search(content[:4096]) or b"PK\x05\x06" in content[-(2**16) :]:
        raise NotItsKind
    if re.search(rb"/Encrypt\b", content):
        raise FileEncrypted
    if _RUNNING_PDF.search(content):
        raise FileRuns


def _png(content: bytes) -> None:
    """Walk from chunk to chunk: the last one ends the file."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        raise NotItsKind
    at, kind = 8, b""
    while at + 12 <= len(content) and kind != b"IEND":
        kind = content[at + 4 : at + 8]
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    if kind != b"IEND" or at != len(content):
        raise NotItsKind


def _jpeg(content: bytes) -> None:
    whole = content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0\r\n").endswith(b"\xff\xd9")
    if not whole or _MARKUP.search(content[:4096]) or b"PK\x05\x06" in content[-(2**16) :]:
        raise NotItsKind


def _plain_text(content: bytes) -> None:
    """Take UTF-8 and the old Cyrillic code page; a text that a browser could take for a page is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1251")
        except UnicodeDecodeError:
            raise NotItsKind from None
    if content.startswith(_OTHER_KINDS) or _CONTROLS.search(text) or _MARKUP.search(content):
        raise NotItsKind


def _office(main: str, of_type: str) -> Callable[[bytes], None]:
    """Return the check of an Office Open XML file with this main part of this type."""

    def check(content: bytes) -> None:
        with _archive(content) as archive:
            names = set(archive.namelist())
            if not {"[Content_Types].xml", main} <= names:
                raise NotItsKind
            types = _part(archive, "[Content_Types].xml")
            if b"macroEnabled" in types or any(_runs(name) for name in names):
                raise FileRuns
            if f"{_OFFICE}.{of_type}.main+xml".encode() not in types:
                raise NotItsKind

    return check


def _open_document(kind: str) -> Callable[[bytes], None]:
    """Return the check of an OpenDocument file: its first part, uncompressed, names its type."""

    def check(content: bytes) -> None:
        with _archive(content) as archive:
            first, names = archive.infolist()[0], set(archive.namelist())
            typed = first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
            if not typed or not {"content.xml", "META-INF/manifest.xml"} <= names:
                raise NotItsKind
            if _part(archive, "mimetype") != f"{_OPEN}.{kind}".encode():
                raise NotItsKind
            if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                raise FileEncrypted
            if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                raise FileRuns

    return check


def _archive(content: bytes) -> zipfile.ZipFile:
    """Open an archive that is one from its first byte to its last, of a bearable size, with sane names."""
    if not content.startswith(b"PK\x03\x04"):
        raise NotItsKind
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as damaged:
        raise NotItsKind from damaged
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise FileEncrypted
    names = [part.filename for part in parts]
    sane = len(set(names)) == len(names) and not any(_strange(name) for name in names)
    bearable = len(parts) <= _MOST_PARTS and sum(part.file_size for part in parts) <= _LARGEST_UNPACKED
    alone = parts and min(part.header_offset for part in parts) == 0 and not archive.comment
    if not (sane and bearable and alone and content[-22:].startswith(b"PK\x05\x06")):
        raise NotItsKind
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a small part of an archive, no more of it than it says and no more than is bearable."""
    try:
        with archive.open(name) as part:
            found = part.read(_LARGEST_PART + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as damaged:
        raise NotItsKind from damaged
    if len(found) > _LARGEST_PART:
        raise NotItsKind
    return found


def _strange(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _runs(name: str) -> bool:
    lower = name.lower()
    return lower.endswith(("vbaproject.bin", "vbadata.xml")) or any(part in lower for part in _RUNNING_PARTS)


_CHECKS: Final[dict[FileKind, Callable[[bytes], None]]] = {
    FileKind.PDF: _pdf,
    FileKind.XLSX: _office("xl/workbook.xml", "spreadsheetml.sheet"),
    FileKind.DOCX: _office("word/document.xml", "wordprocessingml.document"),
    FileKind.ODT: _open_document("text"),
    FileKind.ODS: _open_document("spreadsheet"),
    FileKind.PNG: _png,
    FileKind.JPEG: _jpeg,
    FileKind.TXT: _plain_text,
    FileKind.CSV: _plain_text,
}
