"""What the parties answer to the option on a line, party by party; in words also where nobody answered."""

from collections.abc import Iterator

from budgetproto.protocol.answers import Answer
from budgetproto.protocol.composed import ComposedLine
from budgetproto.protocol.drawing.paper import Paper, party_name
from budgetproto.protocol.drawing.writer import Writer
from budgetproto.protocol.snapshot import Line, Sentence


def answers_on(paper: Paper, line: Line, made: ComposedLine) -> Iterator[tuple[str, str]]:
    """Yield label and text: what the answers come to, then each party's answer where one was given."""
    if not made.answered:
        return
    writer, option = paper.writer, paper.protocol.facts.option
    label = writer.say("answers.title", version=option.version if option else 0)
    yield label, writer.message(f"responses.standing.{made.answered}")
    if any(each.kind != "none" for each in line.answers):
        for each in line.answers:
            yield writer.say("answers.of", party=party_name(paper, each.party)), answer_text(writer, each)


def answer_text(writer: Writer, answer: Answer) -> str:
    """Return an answer with all that belongs to it."""
    figure = writer.figure(answer.figure) if answer.figure is not None else ""
    said = writer.marked(writer.joined((answer_word(writer, answer), figure)), answer.illustrative)
    reason = writer.label("answers.reason", writer.words(answer.reason)) if answer.reason else ""
    uncounted = "" if answer.counts else writer.say("answers.not_counted")
    about = (_confirmation(writer, answer), _condition(writer, answer), reason, uncounted)
    return writer.joined((said, *about), "; ")


def answer_word(writer: Writer, answer: Answer) -> str:
    """Return the kind of an answer in words."""
    return writer.say(f"answers.{answer.kind}")


def _confirmation(writer: Writer, answer: Answer) -> str:
    if answer.until is None:
        return ""
    if not answer.confirmer:
        return writer.say("answers.until", until=answer.until)
    values = (("confirmer", answer.confirmer), ("until", answer.until))
    return writer.sentence(Sentence("responses.confirmed_by", values))


def _condition(writer: Writer, answer: Answer) -> str:
    if not answer.lines:
        return ""
    lines = ", ".join(map(str, answer.lines))
    said = writer.sentence(Sentence("responses.if_lines", (("lines", lines),)))
    state = writer.message(f"responses.condition.{answer.condition}") if answer.condition else ""
    return writer.joined((said, state), " ")
