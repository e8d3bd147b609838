"""PURE: the titles of a document as bookmarks that a reader opens beside the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetproto.protocol.typesetting.packing import Numbered
from budgetproto.protocol.typesetting.particulars import text
from budgetproto.protocol.typesetting.sheet import Sheet

_LEVELS = {"H1": 0, "H2": 1}


@dataclass
class _Entry:
    title: str
    level: int
    page: int
    y: float
    number: int
    inside: list["_Entry"] = field(default_factory=list)

    def count(self) -> int:
        return sum(1 + each.count() for each in self.inside)


def outline(sheets: Sequence[Sheet], pages: Sequence[int], numbers: Iterator[int]) -> list[Numbered]:
    """Return the objects of the bookmarks, the root first; none where the document has no titles.

    `pages` are the numbers of the page objects, `numbers` gives the next free ones.
    """
    found = [(title, sheet) for sheet in sheets for title in sheet.titles]
    if not found:
        return []
    top = _Entry("", -1, 0, 0, next(numbers))
    path = [top]
    for (role, said, y), sheet in found:
        entry = _Entry(said, _LEVELS[role], pages[sheet.number], sheet.style.height - y, next(numbers))
        while path[-1].level >= entry.level:
            path.pop()
        path[-1].inside.append(entry)
        path.append(entry)
    return list(_objects(top))


def _objects(top: _Entry) -> Iterator[Numbered]:
    yield top.number, b"<< /Type /Outlines %b /Count %d >>" % (_ends(top), top.count())
    yield from _inside(top)


def _inside(holder: _Entry) -> Iterator[Numbered]:
    for place, entry in enumerate(holder.inside):
        said = [b"/Title %b /Parent %d 0 R" % (text(entry.title), holder.number)]
        said.append(b"/Dest [%d 0 R /XYZ null %.2f null]" % (entry.page, entry.y))
        if place:
            said.append(b"/Prev %d 0 R" % holder.inside[place - 1].number)
        if place + 1 < len(holder.inside):
            said.append(b"/Next %d 0 R" % holder.inside[place + 1].number)
        if entry.inside:
            said.append(b"%b /Count %d" % (_ends(entry), -entry.count()))
        yield entry.number, b"<< %b >>" % b" ".join(said)
        yield from _inside(entry)


def _ends(entry: _Entry) -> bytes:
    return b"/First %d 0 R /Last %d 0 R" % (entry.inside[0].number, entry.inside[-1].number)
