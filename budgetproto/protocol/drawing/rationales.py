"""Rationales: short ones at their line, long ones there in brief and whole in their annex."""

from collections.abc import Iterator

from budgetproto.i18n import LANGUAGES, Words
from budgetproto.protocol.composed import Protocol
from budgetproto.protocol.drawing.house_style import BODY, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper, party_name
from budgetproto.protocol.snapshot import Line, Position

#: More letters, or more line feeds, are read in the annex; the line keeps a beginning of so many letters.
LONG, LONG_LINES, BRIEF = 700, 8, 400


def rationale(paper: Paper, position: Position) -> str:
    """Return why a party states its figure; of a long reason the beginning, with where it stands whole."""
    writer, words = paper.writer, position.rationale
    if words is None:
        return writer.say("position.no_rationale")
    if paper.whole or not is_long(words):
        return writer.words(words)
    said, mark = writer.said_and_mark(words)
    return writer.joined((beginning(said), writer.say("position.whole"), mark), " ")


def is_long(words: Words) -> bool:
    """Tell whether a text is long in any language: the annex holds the same texts in all of them."""
    texts = [getattr(words.text, language) for language in LANGUAGES]
    return any(len(said) > LONG or said.count("\n") > LONG_LINES for said in texts)


def beginning(said: str) -> str:
    """Return the first sentences of a text on one line, or its first words where a sentence is long.

    >>> beginning("Short.")
    'Short.'
    >>> beginning("Every sentence is short. " * 30).endswith("sentence is short. …")
    True
    """
    said = " ".join(said.split())
    if len(said) <= BRIEF:
        return said
    kept = said[:BRIEF]
    sentences = max(kept.rfind(f"{end} ") for end in ".!?;") + 1
    return f"{kept[:sentences] if sentences > BRIEF // 2 else kept.rpartition(' ')[0] or kept} …"


def has_long(protocol: Protocol) -> bool:
    """Tell whether there is any long rationale."""
    return any(True for line in protocol.facts.lines for _ in _long(line))


def draw_rationales(paper: Paper) -> None:
    """Draw the long rationales whole, each under its line and its party."""
    writer = paper.writer
    for line in paper.protocol.facts.lines:
        for place, (position, words) in enumerate(_long(line)):
            if place == 0:
                paper.flow.text(f"№ {line.number}. {writer.name(line.title)}", SUBSECTION)
            opening, *others = writer.words(words).split("\n")
            paper.flow.text([("bold", f"{party_name(paper, position.party)}:"), ("text", opening)], BODY)
            for paragraph in others:
                paper.flow.text(paragraph, BODY)


def _long(line: Line) -> Iterator[tuple[Position, Words]]:
    for position in line.positions:
        if position.rationale is not None and is_long(position.rationale):
            yield position, position.rationale
