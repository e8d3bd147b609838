"""PURE: the structure of a document as PDF objects (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from typing import NamedTuple

from budgetproto.protocol.typesetting.packing import Numbered, references
from budgetproto.protocol.typesetting.particulars import text
from budgetproto.protocol.typesetting.structure import DOCUMENT, Structure


class Numbers(NamedTuple):
    """The numbers of the objects that a structure refers to; `field` is the place for a signature.

    The parts begin at `first`; the root (ISO 32000-1, 14.7.2) is `root`, the way back behind the last part.
    """

    pages: list[int]
    field: int | None
    first: int
    root: int


def tree(structure: Structure, numbers: Numbers) -> Iterator[Numbered]:
    """Yield the objects of a structure: its parts, the way back from what is on the pages, its root."""
    first, back = numbers.first, numbers.first + len(structure)
    for part in range(len(structure)):
        yield first + part, _part(structure, part, numbers)
    rows = [
        b"%d [%b]" % (page, references(first + part for part in structure.on_page(page)))
        for page in range(len(numbers.pages))
    ]
    if structure.field is not None:
        rows.append(b"%d %d 0 R" % (len(rows), first + structure.field))
    yield back, b"<< /Nums [%b] >>" % b"\n".join(rows)
    yield (
        numbers.root,
        b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d >>"
        % (first + DOCUMENT, back, len(rows)),
    )


def _part(structure: Structure, part: int, numbers: Numbers) -> bytes:
    pages, first = numbers.pages, numbers.first
    role, pieces = structure.role(part), structure.pieces(part)
    parent = numbers.root if part == DOCUMENT else first + structure.parent(part)
    entries = [b"/S /%b /P %d 0 R" % (role.encode(), parent)]
    if pieces:
        entries.append(b"/Pg %d 0 R" % pages[pieces[0][0]])
    kids = [_piece(piece, pieces[0][0], pages) for piece in pieces]
    kids += [b"%d 0 R" % (first + each) for each in structure.children(part)]
    if part == structure.field:
        kids.append(b"<< /Type /OBJR /Obj %d 0 R /Pg %d 0 R >>" % (numbers.field or 0, pages[-1]))
    if kids:
        entries.append(b"/K " + (kids[0] if len(kids) == 1 else b"[%b]" % b" ".join(kids)))
    if said := structure.alternative(part):
        entries.append(b"/Alt " + text(said))
    if role in {"TH", "TD"}:
        entries += _of_cell(role, structure.span(part))
    return b"<< /Type /StructElem %b >>" % b" ".join(entries)


def _piece(piece: tuple[int, int], own: int, pages: list[int]) -> bytes:
    """Return how a part names a piece: by its place alone where it is drawn on the part's own page."""
    page, place = piece
    if page == own:
        return b"%d" % place
    return b"<< /Type /MCR /Pg %d 0 R /MCID %d >>" % (pages[page], place)


def _of_cell(role: str, span: int) -> Iterator[bytes]:
    said = [b"/Scope /Column"] if role == "TH" else []
    said += [b"/ColSpan %d" % span] if span > 1 else []
    if said:
        yield b"/A << /O /Table %b >>" % b" ".join(said)
