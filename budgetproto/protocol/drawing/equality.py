"""Whether the texts in the three languages say the same: every figure at its place, in party texts too."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from budgetproto.i18n import LANGUAGES
from budgetproto.protocol.drawing.front_page import answer
from budgetproto.protocol.drawing.main_table import line_cells
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.totals_table import total_cells
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.typesetting.tables import Cell

#: What parts the digits of one figure, in any of the languages; and a figure with its sign.
_PARTED = re.compile(r"(?<=\d)[ \u00a0\u202f,.](?=\d)")
_FIGURE = re.compile(r"[+\u2212]?\d+")

#: A place of the text and what is written there.
Written = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Equality:
    """How many figures were compared on how many lines, and the places where the texts differ.

    `untranslated` counts the marks of party texts that a language has no confirmed translation of.
    """

    lines: int
    figures: int
    untranslated: int
    differing: tuple[str, ...]


def compared(paper: Paper) -> Equality:
    """Compare what is written in the three languages, place by place, as the paper's parts write it."""
    papers = [replace(paper, writer=Writer(each, paper.writer.unit)) for each in LANGUAGES]
    texts = [dict(_written(each)) for each in papers]
    found = [{place: figures(said) for place, said in text.items()} for text in texts]
    return Equality(
        lines=len(paper.protocol.lines),
        figures=sum(figure.total() for figure in found[0].values()),
        untranslated=sum(map(_marks, papers, texts)),
        differing=tuple(place for place in found[0] if any(each[place] != found[0][place] for each in found)),
    )


def figures(said: str) -> Counter[str]:
    """Return every figure of a text in one form for all languages.

    >>> figures("1 200,5 сом") == figures("1,200.5 soms")
    True
    """
    return Counter(_FIGURE.findall(_PARTED.sub("", said)))


def _written(paper: Paper) -> Written:
    """Yield the front page, every line and every total; a line's place is its number."""
    yield "", "\n".join(answer(paper.protocol, paper.writer))
    for line, made in paper.protocol.pairs():
        yield str(line.number), _said(cell for row in line_cells(paper, line, made) for cell in row)
    for total in (*paper.protocol.years, paper.protocol.overall):
        yield f"= {total.year or ''}", _said(total_cells(paper.writer, total))


def _said(cells: Iterable[Cell]) -> str:
    return "\n".join(said for cell in cells for parts, _ in cell.texts for _, said in parts)


def _marks(paper: Paper, text: dict[str, str]) -> int:
    """Count the marks of a missing or unconfirmed translation."""
    marks = {
        paper.writer.say(f"translation.{kind}", language=paper.writer.say(f"language.{language}"))
        for kind in ("missing", "unconfirmed")
        for language in LANGUAGES
    }
    return sum(said.count(mark) for said in text.values() for mark in marks)
