"""What one language writes, place by place: page 1, agenda, every line, totals, opinions, signatories."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgetproto.i18n import Words
from budgetproto.protocol.drawing.answers import answer_word
from budgetproto.protocol.drawing.effects_table import besides, effect_cells
from budgetproto.protocol.drawing.front_page import answer
from budgetproto.protocol.drawing.gains_table import gain_cells
from budgetproto.protocol.drawing.main_table import line_cells
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.drawing.participation import participation_cells, parts, reviewed, waived
from budgetproto.protocol.drawing.totals_table import total_cells
from budgetproto.protocol.effects import effects
from budgetproto.protocol.gains import gains
from budgetproto.protocol.snapshot import AgendaItem, Line, Signatory
from budgetproto.protocol.typesetting.tables import Cell


@dataclass(frozen=True)
class Place:
    """A place of the paper: the key of its part, its number there, and what is written.

    `party_texts` are the texts in it that somebody wrote in a language of his own.
    """

    part: str
    number: str
    paragraphs: tuple[str, ...]
    party_texts: tuple[Words, ...] = ()


def written(paper: Paper) -> Iterator[Place]:
    """Yield every place of the paper as its language writes it."""
    yield Place("front.in_short", "", tuple(answer(paper.protocol, paper.writer)))
    yield from (_agenda(paper, item) for item in paper.protocol.facts.agenda)
    yield from _participation(paper)
    for line, made in paper.protocol.pairs():
        said = _said(cell for row in line_cells(paper, line, made) for cell in row)
        said += tuple(answer_word(paper.writer, each) for each in line.answers)
        yield Place("lines.title", str(line.number), said, tuple(_of_line(line)))
    for total in (*paper.protocol.years, paper.protocol.overall):
        yield Place("totals.title", str(total.year or ""), _said(total_cells(paper.writer, total)))
    for effect in effects(paper.protocol):
        row = _said(effect_cells(paper.writer, effect))
        yield Place("effects.title", str(effect.year), (*row, besides(paper.writer, effect)))
    for number, gain in enumerate(gains(paper.protocol), 1):
        yield Place("annexes.gains", str(number), _said(gain_cells(paper.writer, gain)))
    for number, opinion in enumerate(paper.protocol.facts.opinions, 1):
        said = (str(opinion.line or ""), paper.writer.words(opinion.words))
        yield Place("annexes.opinions", str(number), said, (opinion.words,))
    if without := paper.protocol.facts.issued_open:
        said = (without.numbers, paper.writer.words(without.reason))
        yield Place("signatures.title", "", said, (without.reason,))
    for number, signatory in enumerate(paper.protocol.facts.signatories, 1):
        yield _signatory(paper, number, signatory)


def _agenda(paper: Paper, item: AgendaItem) -> Place:
    speeches = (*item.heard, *item.spoke)
    party_texts = (*(each.words for each in speeches), *((item.decided,) if item.decided else ()))
    said = (str(item.number), paper.writer.name(item.title), *map(paper.writer.words, party_texts))
    return Place("agenda.title", str(item.number), said, party_texts)


def _participation(paper: Paper) -> Iterator[Place]:
    for question, each in parts(paper.protocol):
        said = _said(participation_cells(paper, question, each))
        yield Place("participation.title", str(question.number), said)
    found = paper.protocol.facts.participation
    for question in found.questions if found else ():
        if question.missed:
            said = tuple(paper.writer.name(each.name) for each in question.missed)
            yield Place("participation.title", str(question.number), said)
        if said := tuple(reviewed(paper.writer, question)):
            yield Place("participation.title", str(question.number), said)
    if found and found.waiver:
        said = tuple(waived(paper.writer, found))
        yield Place("participation.title", "", said, (found.waiver.reason,))


def _signatory(paper: Paper, number: int, signatory: Signatory) -> Place:
    party_texts = tuple(each for each in (signatory.remark, signatory.refused_words) if each)
    state = paper.writer.say(f"signatures.{signatory.state}")
    said = (state, paper.writer.moment(signatory.at), *map(paper.writer.words, party_texts))
    return Place("signatures.title", str(number), said, party_texts)


def _said(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(said for cell in cells for parts, _ in cell.texts for _, said in parts)


def _of_line(line: Line) -> Iterator[Words]:
    """Yield what parties and chair wrote on a line in their own words."""
    yield from (attempt.words for attempt in line.history)
    for position in line.positions:
        texts = (position.rationale, position.timing, position.vulnerable_groups)
        yield from (each for each in texts if each)
    yield from (each.reason for each in line.answers if each.reason)
    if line.decision:
        yield from (each for each in (line.decision.proposed_reason, line.decision.note) if each)
