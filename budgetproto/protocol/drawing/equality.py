"""Whether the texts in the three languages say the same, and every party text is translated or marked."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from budgetproto.i18n import LANGUAGES, Language, Words
from budgetproto.protocol.answers import ANSWER_KINDS
from budgetproto.protocol.composed import STANDINGS
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.drawing.written import Place, written
from budgetproto.protocol.once import OncePerProtocol

#: A figure with its sign and whatever parts its digits in any of the languages.
_FIGURE: Final = re.compile(r"[+\u2212]?\d(?:[ \u00a0\u202f,.]?\d)*")
_PARTING: Final = str.maketrans("", "", " \u00a0\u202f,.")

#: What was decided or signed: paragraphs of the paper that are read back in each language.
STATES: Final = (
    *(f"standing.{standing}" for standing in STANDINGS),
    *(f"signatures.{state}" for state in ("open", "signed", "signed_with_remarks", "refused", "absent")),
    *(f"answers.{kind}" for kind in ANSWER_KINDS),
    "yes",
    "no",
    "no_position",
)


@dataclass(frozen=True)
class Equality:
    """How much was compared, and the places where the texts differ or a text lacks its mark.

    `untranslated` counts the marks of party texts that a language has no confirmed translation of.
    """

    lines: int
    figures: int
    untranslated: int
    signatories: int
    differing: tuple[Place, ...]
    unmarked: tuple[Place, ...]


_FOUND: Final = OncePerProtocol[Equality]()


def compared(paper: Paper) -> Equality:
    """Compare the texts of a protocol place by place, as its parts write them; once for all languages."""
    return _FOUND.of(paper.protocol, lambda: _compared(paper))


def figures(said: str) -> Counter[str]:
    """Return every figure of a text in one form for all languages.

    >>> figures("1 200,5 сом") == figures("1,200.5 soms")
    True
    """
    return Counter(figure.translate(_PARTING) for figure in _FIGURE.findall(said))


def lacks(words: Words, language: Language) -> bool:
    """Tell whether a text has no translation into a language that its author confirmed."""
    own, original = getattr(words.text, language), getattr(words.text, words.language)
    if not any((words.text.ky, words.text.ru, words.text.en)) or (own and own == original):
        return False
    return not own or language not in (words.language, *words.confirmed)


def _compared(paper: Paper) -> Equality:
    read = [_read(replace(paper, writer=Writer(each, paper.writer.unit), whole=True)) for each in LANGUAGES]
    rows = list(zip(*read, strict=True))
    return Equality(
        lines=len(paper.protocol.lines),
        figures=sum(row[0].figures.total() for row in rows),
        untranslated=sum(each.marks for row in rows for each in row),
        signatories=len(paper.protocol.facts.signatories),
        differing=tuple(row[0].place for row in rows if any(_differs(row[0], each) for each in row)),
        unmarked=tuple(row[0].place for row in rows if any(each.marks < each.lacking for each in row)),
    )


@dataclass(frozen=True)
class _Reading:
    """What is read back from one place in one language."""

    place: Place
    figures: Counter[str]
    states: tuple[str, ...]
    marks: int
    lacking: int


def _differs(one: _Reading, other: _Reading) -> bool:
    same_place = (one.place.part, one.place.number) == (other.place.part, other.place.number)
    return not same_place or one.figures != other.figures or one.states != other.states


def _read(paper: Paper) -> list[_Reading]:
    """Read back what one language writes."""
    writer = paper.writer
    states = {writer.say(key): key for key in STATES}
    marks = _marks(writer)
    return [
        _Reading(
            place,
            figures("\n".join(place.paragraphs)),
            tuple(states[said] for said in place.paragraphs if said in states),
            sum(said.count(mark) for said in place.paragraphs for mark in marks if "[" in said),
            sum(lacks(words, writer.language) for words in place.party_texts),
        )
        for place in written(paper)
    ]


def _marks(writer: Writer) -> list[str]:
    """Return the marks of a missing or unconfirmed translation as the language writes them."""
    return [
        writer.say(f"translation.{kind}", language=writer.say(f"language.{language}"))
        for kind in ("missing", "unconfirmed")
        for language in LANGUAGES
    ]
