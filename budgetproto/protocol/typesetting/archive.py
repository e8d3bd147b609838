"""The finished file: fonts, pages, structure and what archives and screen readers ask for, in one PDF.

It is PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1): fonts embedded, colours defined, every text a tagged
part with its language, titles and bookmarks.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Final, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.pdfdoc import format as formatted

from budgetproto.protocol.typesetting.outline import outline
from budgetproto.protocol.typesetting.packing import Numbered, compressed, packed, references, stream
from budgetproto.protocol.typesetting.particulars import Particulars, information, text, xmp
from budgetproto.protocol.typesetting.sheet import Sheet
from budgetproto.protocol.typesetting.structure import Structure
from budgetproto.protocol.typesetting.tagging import Numbers, tree

#: The name of the place for the signature of the service.
FIELD: Final = "service"
_PROFILE: Final = Path(__file__).parent / "sRGB.icc"


def bound(document: PDFDocument, sheets: Sequence[Sheet], structure: Structure, about: Particulars) -> bytes:
    """Write the sheets in order as one file; `document` holds the fonts they use."""
    streams, small = _fonts(document)
    numbers = count(len(streams) + len(small) + 1)
    root, info, metadata, profile, listing, parts = (next(numbers) for _ in range(6))
    pages = [next(numbers) for _ in sheets]
    contents = [[next(numbers) for _ in sheet.streams()] for sheet in sheets]
    field = next(numbers) if about.signature else None
    small += [
        (page, _page(sheet, drawn, listing, field if page == pages[-1] else None))
        for page, sheet, drawn in zip(pages, sheets, contents, strict=True)
    ]
    if field is not None:
        small.append((field, _field(about, page=pages[-1], place=len(pages))))
    small.append((listing, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), references(pages))))
    titles = outline(sheets, pages, numbers)
    streams += [(metadata, xmp(about)), (profile, stream(b"/N 3", _PROFILE.read_bytes()))]
    small += [*titles, (info, information(about))]
    whole = _Whole(listing, metadata, profile, parts, titles[0][0] if titles else None, field)
    small.append((root, _catalog(about, whole)))
    first = next(numbers)
    return packed(
        chain(streams, _contents(sheets, contents)),
        chain(small, tree(structure, Numbers(pages, field, first, parts))),
        free=first + len(structure) + 1,
        root=root,
        info=info,
    )


def _fonts(document: PDFDocument) -> tuple[list[Numbered], list[Numbered]]:
    """Return the objects of the fonts as the library writes them, streams and others; number 1 lists them."""
    for used in document.delayedFonts:
        used.addObjects(document)
    streams, small = list[Numbered](), list[Numbered]()
    number = 1
    while number in document.numberToId:  # writing one may add others
        found = document.idToObject[document.numberToId[number]]
        body = formatted(found, document, toplevel=1).strip()
        if isinstance(found, PDFStream):
            # The library ends a stream without the end of line that archives ask for.
            streams.append((number, body.removesuffix(b"endstream") + b"\nendstream"))
        else:
            small.append((number, body))
        number += 1
    return streams, small


def _contents(sheets: Sequence[Sheet], numbers: Sequence[Sequence[int]]) -> Iterator[Numbered]:
    """Yield what is drawn on the pages; each sheet gives it up as it is written."""
    for sheet, given in zip(sheets, numbers, strict=True):
        for number, content in zip(given, sheet.given_up(), strict=True):
            yield number, compressed(b"", content)


def _page(sheet: Sheet, contents: list[int], listing: int, field: int | None) -> bytes:
    style, more = sheet.style, b"" if field is None else b"/Annots [%d 0 R] " % field
    return (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.3f %.3f] /Resources << /Font 1 0 R >> "
        b"/Contents [%b] %b/StructParents %d /Tabs /S >>"
    ) % (listing, style.width, style.height, references(contents), more, sheet.number)


def _field(about: Particulars, *, page: int, place: int) -> bytes:
    """Return the place for a signature: it takes no room on the page, so it needs no appearance."""
    return (
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (%b) /TU %b /F 132 /Rect [0 0 0 0] /P %d 0 R "
        b"/StructParent %d >>"
    ) % (FIELD.encode(), text(about.signature), page, place)


class _Whole(NamedTuple):
    """The numbers of the objects that are about the whole file."""

    listing: int
    metadata: int
    profile: int
    parts: int
    outline: int | None
    field: int | None


def _catalog(about: Particulars, whole: _Whole) -> bytes:
    entries = [
        b"/Type /Catalog /Pages %d 0 R /Lang %b" % (whole.listing, text(about.language)),
        b"/MarkInfo << /Marked true >> /StructTreeRoot %d 0 R" % whole.parts,
        b"/Metadata %d 0 R" % whole.metadata,
        b"/ViewerPreferences << /DisplayDocTitle true >>",
        b"/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
        b"/Info (sRGB) /DestOutputProfile %d 0 R >>]" % whole.profile,
    ]
    if whole.outline is not None:
        entries.append(b"/Outlines %d 0 R /PageMode /UseOutlines" % whole.outline)
    if whole.field is not None:
        entries.append(b"/AcroForm << /Fields [%d 0 R] /SigFlags 3 >>" % whole.field)
    return b"<< %b >>" % b"\n".join(entries)
