"""PURE: what pages and texts look like, as data."""

from dataclasses import dataclass
from typing import Final, Literal

#: What a piece of the page is to a reader who cannot see it; emitted around everything that is drawn.
Role = Literal["H1", "H2", "P", "Table", "TR", "TH", "TD", "Form", "Figure", "Artifact"]
#: Rules, feet and repeated heads: they are there for the eye alone.
ARTIFACT: Final = "Artifact"
#: The titles a reader can jump to.
TITLES: Final = frozenset({"H1", "H2"})
FaceName = Literal["text", "bold", "head"]
Align = Literal["left", "right", "center"]

A4_SHORT, A4_LONG = 595.276, 841.89


@dataclass(frozen=True)
class TextStyle:
    """How a paragraph is set: face, size and leading in points, space before and after it.

    `keep` binds it to what follows, `indent` moves all its lines to the right. In a cell, `whole_words`
    makes the type smaller rather than cut a word: half a figure would be read as another figure.
    """

    face: FaceName = "text"
    size: float = 11
    leading: float = 13.5
    align: Align = "left"
    role: Role = "P"
    before: float = 0
    after: float = 4
    indent: float = 0
    keep: bool = False
    whole_words: bool = False


@dataclass(frozen=True)
class PageStyle:
    """A sheet of paper and its margins, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def text_width(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True)
class TableStyle:
    """Padding within cells and the weights of the rules, in points."""

    pad_x: float = 3
    pad_y: float = 3
    outer: float = 0.8
    inner: float = 0.35
    #: A group of rows up to this share of the page moves to the next page whole.
    whole: float = 0.4


PORTRAIT = PageStyle(A4_SHORT, A4_LONG, left=71, right=48, top=52, bottom=62)
LANDSCAPE = PageStyle(A4_LONG, A4_SHORT, left=40, right=40, top=48, bottom=56)
