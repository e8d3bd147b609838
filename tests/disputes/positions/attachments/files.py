"""Small real files of every kind that may be attached, made as their programs make them."""

import io
import struct
import zipfile
import zlib

import openpyxl
from reportlab.pdfgen.canvas import Canvas

TEXT = "Долбоорлордун тизмеси\n1; Сыр айыл өкмөтү; 347 538,5\n".encode()


def pdf(*, password: str | None = None) -> bytes:
    """Make a page that says something."""
    made = io.BytesIO()
    page = Canvas(made, invariant=True, encrypt=password)
    page.drawString(72, 720, "347 538,5")
    page.save()
    return made.getvalue()


def xlsx() -> bytes:
    """Make a workbook with one figure."""
    made, book = io.BytesIO(), openpyxl.Workbook()
    book.create_sheet("Гранттар")["A1"] = 347538.5
    book.save(made)
    return made.getvalue()


def archive(parts: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Make an archive with these parts in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(name, content, compress_type=kind)
    return made.getvalue()


def with_part(file: bytes, name: str, content: bytes = b"x") -> bytes:
    """Add a part to an archive."""
    made = io.BytesIO(file)
    with zipfile.ZipFile(made, "a") as opened:
        opened.writestr(name, content)
    return made.getvalue()


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = '<Types><Override PartName="/word/document.xml" ContentType="{}"/></Types>'


def docx(of_type: str = _OFFICE, **parts: bytes) -> bytes:
    """Make a text document of Office Open XML."""
    whole = {"[Content_Types].xml": _TYPES.format(of_type).encode(), "word/document.xml": b"<w:document/>"}
    return archive(whole | {name.replace("__", "/"): content for name, content in parts.items()})


def open_document(kind: str = "text", manifest: bytes = b"<manifest:manifest/>", **parts: bytes) -> bytes:
    """Make an OpenDocument file: `text` or `spreadsheet`."""
    whole = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": b"<office:document-content/>",
        "META-INF/manifest.xml": manifest,
    }
    return archive(
        whole | {name.replace("__", "/"): content for name, content in parts.items()}, stored=("mimetype",)
    )


def png() -> bytes:
    """Make a picture of one black point."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def jpeg() -> bytes:
    """Make the frame of a picture: its first and last marks, a comment between them."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\0\0\x01\0\x01\0\0" + b"\xff\xd9"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
