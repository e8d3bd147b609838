"""Texts broken into lines: greedy, ragged right, no-break spaces kept, over-long words cut at last resort."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from budgetproto.i18n.letters import printable
from budgetproto.protocol.typesetting.ink import Ink
from budgetproto.protocol.typesetting.style import FaceName

#: A text is one or more parts, each in its face; a space stands between two parts.
Part = tuple[FaceName, str]

#: In thousandths of the type size: a word made as small as its column is not cut for the last digit of a sum.
_SLACK: Final = 0.01


class Run(NamedTuple):
    """Words of one face that stand side by side, and their width in points with the spaces between."""

    face: FaceName
    words: list[str]
    width: float


class Line(NamedTuple):
    """One set line and its natural width in points; `goes_on`: the next one begins with another word.

    A reader who cannot see is told of the space between them, which nobody sees.
    """

    runs: tuple[Run, ...]
    width: float
    goes_on: bool = False


class LineBreaker:
    """Breaks texts into lines with the measures of one document."""

    def __init__(self, inks: dict[FaceName, Ink]) -> None:
        self._inks = inks

    def lines(self, parts: Sequence[Part], *, size: float, width: float) -> list[Line]:
        """Set `parts` at `size` in a column of `width` points; a line feed in a text begins a new line."""
        broken: list[Line] = []
        current = _Current(width)
        for face, text in parts:
            first, *others = printable(text).split("\n")
            self._fill(current, broken, face, first, size)
            for paragraph in others:
                broken.append(current.closed())
                self._fill(current, broken, face, paragraph, size)
        broken.append(current.closed())
        return broken

    def _fill(self, current: "_Current", broken: list[Line], face: FaceName, text: str, size: float) -> None:
        """Set words of one face a line at a time: where it ends is looked up among the sums of widths."""
        scale, ink, words = size / 1000, self._inks[face], list(filter(None, text.split(" ")))
        ends = list(accumulate(map(ink.steps.__getitem__, words)))
        current.turn_to(face)
        at, base = 0, 0.0
        while at < len(words):
            # The first word of a line has no space before it.
            saved = 0.0 if current.begun else ink.widths[" "]
            to = bisect_right(ends, base + saved + (current.limit - current.used) / scale + _SLACK, at)
            if to > at:
                current.add(words[at:to], (ends[to - 1] - base - saved) * scale)
            elif not current.begun:
                to = at + 1
                *full, rest = self._pieces(words[at], face, scale, current.limit)
                broken.extend(_single(face, piece, ink.widths[piece] * scale) for piece in full)
                current.add([rest], ink.widths[rest] * scale)
            if to < len(words):
                broken.append(current.closed(goes_on=True))
                current.turn_to(face)
            at, base = to, ends[to - 1] if to else 0.0

    def _pieces(self, word: str, face: FaceName, scale: float, limit: float) -> list[str]:
        """Cut a word wider than the column: at no-break spaces, hyphens and strokes, else between letters."""
        widths = self._inks[face].widths
        pieces: list[str] = []
        for piece in _WEAK_POINT.findall(word):
            if pieces and widths[pieces[-1] + piece] * scale <= limit:
                pieces[-1] += piece
            elif widths[piece] * scale <= limit:
                pieces.append(piece)
            else:
                pieces.extend(self._letters(piece, face, scale, limit))
        return [piece.strip("\u00a0\u202f") or piece for piece in pieces]

    def _letters(self, piece: str, face: FaceName, scale: float, limit: float) -> Iterable[str]:
        width = self._inks[face].widths
        part, used = "", 0.0
        for letter in piece:
            wide = width[letter] * scale
            if part and used + wide > limit:
                yield part
                part, used = "", 0.0
            part, used = part + letter, used + wide
        yield part


class _Current:
    """The line being filled."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.face: FaceName = "text"
        self.runs: list[Run] = []
        self.words: list[str] = []
        self.used = 0.0
        self._begun = 0.0

    def turn_to(self, face: FaceName) -> None:
        """Begin a run of another face unless the line is already in it."""
        if self.words and face != self.face:
            self._end_run()
        self.face = face

    @property
    def begun(self) -> bool:
        """Whether something stands on it."""
        return bool(self.words or self.runs)

    def add(self, words: list[str], width: float) -> None:
        """Put more words on it, so wide with the spaces before them."""
        self.words.extend(words)
        self.used += width

    def closed(self, *, goes_on: bool = False) -> Line:
        """Return the line and begin an empty one."""
        if self.words:
            self._end_run()
        line = Line(tuple(self.runs), self.used, goes_on)
        self.runs, self.used, self._begun = [], 0.0, 0.0
        return line

    def _end_run(self) -> None:
        # The space between two runs belongs to the second of them: it is drawn with its words.
        self.runs.append(Run(self.face, self.words, self.used - self._begun))
        self._begun, self.words = self.used, []


def _single(face: FaceName, word: str, width: float) -> Line:
    return Line((Run(face, [word], width),), width)


_WEAK_POINT = re.compile("[^\u00a0\u202f/-]*[\u00a0\u202f/-]|[^\u00a0\u202f/-]+")
