"""The agenda: each question with who was heard, who spoke and what was decided."""

from collections.abc import Sequence

from budgetproto.protocol.drawing.house_style import BODY, LIST, SECTION, SUBSECTION
from budgetproto.protocol.drawing.paper import Paper
from budgetproto.protocol.snapshot import AgendaItem, Speech


def draw_agenda(paper: Paper) -> None:
    """Draw the agenda, then what was heard and said on each question."""
    say, flow, agenda = paper.writer.say, paper.flow, paper.protocol.facts.agenda
    flow.text(say("agenda.title"), SECTION)
    if not agenda:
        flow.text(say("agenda.none"), BODY)
    for item in agenda:
        flow.text(f"{item.number}. {paper.writer.name(item.title)}", LIST)
    for item in agenda:
        if item.heard or item.spoke or item.decided:
            _draw_item(paper, item)


def _draw_item(paper: Paper, item: AgendaItem) -> None:
    paper.flow.text(paper.writer.say("agenda.item", number=item.number, title=item.title), SUBSECTION)
    _draw_speeches(paper, "agenda.heard", item.heard)
    _draw_speeches(paper, "agenda.spoke", item.spoke)
    if item.decided:
        said = paper.writer.words(item.decided)
        paper.flow.text([("bold", f"{paper.writer.say('agenda.decided')}:"), ("text", said)], BODY)


def _draw_speeches(paper: Paper, key: str, speeches: Sequence[Speech]) -> None:
    writer = paper.writer
    for number, speech in enumerate(speeches):
        speaker = writer.joined((speech.speaker, writer.name(speech.role)))
        opening = f"{writer.say(key)}: {speaker}." if number == 0 else f"{speaker}."
        paper.flow.text([("bold", opening), ("text", writer.words(speech.words))], LIST)
